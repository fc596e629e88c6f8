//! Requests and the rows that come of them. A new case is two files, no Rust; `UPDATE_EXPECT=1` writes
//! the second.

use crate::bench::{ARRIVAL_NANOS, decode, print, unpack};
use arrow::array::Array;
use model::span;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use throughline_otlp::{Body, Compression, Encoding, Limits};

fn cases() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/cases");
    let mut paths: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    paths.sort();
    paths
}

#[test]
fn every_request_gives_its_rows() {
    let paths = cases();
    assert!(paths.len() >= 8);
    for path in paths {
        let decoded = decode(Encoding::Json, fs::read(&path).unwrap()).unwrap_or_else(|error| {
            panic!("{}: {error}", path.display());
        });
        expect_test::expect_file![path.with_extension("rows")].assert_eq(&print(&decoded));
    }
}

#[test]
fn columns_are_sparse_and_in_the_models_order() {
    for path in cases() {
        let decoded = decode(Encoding::Json, fs::read(&path).unwrap()).unwrap();
        let Some(batch) = decoded.batch else { continue };
        assert_eq!(batch.num_rows() as u64, decoded.spans);
        let schema = span::buffered_schema();
        let places: Vec<_> = batch
            .schema()
            .fields()
            .iter()
            .map(|field| {
                let place = schema.index_of(field.name()).unwrap();
                assert_eq!(schema.field(place), field.as_ref());
                place
            })
            .collect();
        assert!(places.is_sorted());
        for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
            assert!(
                column.logical_null_count() < column.len(),
                "{} is empty",
                field.name()
            );
        }
        for required in span::columns().iter().filter(|column| !column.nullable) {
            assert!(
                batch.column_by_name(&required.name).is_some(),
                "{} is missing",
                required.name
            );
        }
    }
}

#[test]
fn packing_changes_nothing() {
    for path in cases() {
        let plain = fs::read(&path).unwrap();
        let expected = decode(Encoding::Json, plain.clone()).unwrap();
        // gzip in two members: one after the other they are one message.
        let (front, back) = plain.split_at(plain.len() / 2);
        let gzip = [gzip(front), gzip(back)].concat();
        let zstd = zstd::encode_all(&*plain, 3).unwrap();
        for (compression, packed) in [(Compression::Gzip, gzip), (Compression::Zstd, zstd)] {
            let decoded = unpack(Encoding::Json, compression, packed).unwrap();
            assert_eq!(decoded.batch, expected.batch);
            assert_eq!(decoded.rejected, expected.rejected);
        }
    }
}

#[test]
fn the_arrival_is_all_that_differs_between_two_decodings() {
    for path in cases() {
        let body = Body {
            encoding: Encoding::Json,
            compression: Compression::Identity,
            bytes: fs::read(&path).unwrap().into(),
        };
        let again = |arrival| {
            throughline_otlp::decode(&body, arrival, &Limits::default())
                .unwrap()
                .batch
        };
        assert_eq!(again(ARRIVAL_NANOS), again(ARRIVAL_NANOS));
        if let (Some(now), Some(later)) = (again(ARRIVAL_NANOS), again(ARRIVAL_NANOS + 1)) {
            for (index, field) in now.schema().fields().iter().enumerate() {
                let is_same = now.column(index) == later.column(index);
                assert_eq!(is_same, field.name() != span::SYS_TIME, "{}", field.name());
            }
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
