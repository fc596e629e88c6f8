//! What is on disk stays readable: frozen samples that these tests read for ever.

use crate::spans;
use crate::world::{self, World};
use bytes::Bytes;
use datafusion::prelude::{ident, lit};
use model::ErrorKind;
use std::ops::Range;
use std::path::Path;
use throughline_store::{Appended, Request, Store};

/// A record's header of version 1, which has no digest, byte by byte.
const REQUEST_V1: &[u8] = b"\x01\x07\x06\x00\x00\x00\xfa\xed\x51\x72\x86\x18traces0..3";
/// Version 2: with a digest.
const REQUEST_V2: &[u8] = b"\x02\x07\x06\x00\x00\x00\xfa\xed\x51\x72\x86\x18\
    \x0f\x0e\x0d\x0c\x0b\x0a\x09\x08\x07\x06\x05\x04\x03\x02\x01\x00traces0..3";

#[test]
fn a_request_of_each_version() {
    let without = spans::request("traces", spans::EPOCH, 0..3);
    let with = Request {
        digest: Some(0x0001_0203_0405_0607_0809_0a0b_0c0d_0e0f),
        ..without.clone()
    };
    for (sample, request) in [(REQUEST_V1, without), (REQUEST_V2, with)] {
        let encoded = request.encode();
        assert_eq!(
            encoded.escape_ascii().to_string(),
            sample.escape_ascii().to_string()
        );
        assert_eq!([request.head(), request.body.clone()].concat(), encoded);
        assert_eq!(
            Request::decode(&Bytes::from_static(sample)).unwrap(),
            request
        );
    }
}

#[test]
fn what_is_no_request() {
    let refuse = |record: &[u8]| {
        Request::decode(&Bytes::copy_from_slice(record))
            .unwrap_err()
            .kind()
    };
    for sample in [REQUEST_V1, REQUEST_V2] {
        for length in 0..sample.len() - "0..3".len() {
            assert_eq!(
                refuse(&sample[..length]),
                ErrorKind::Corrupt,
                "{length} bytes"
            );
        }
    }
    assert_eq!(
        refuse(&[b"\x03", &REQUEST_V1[1..]].concat()),
        ErrorKind::Corrupt
    );
    let mut no_text = REQUEST_V1.to_vec();
    no_text[12] = 0xff;
    assert_eq!(refuse(&no_text), ErrorKind::Corrupt);
    // An empty body and an empty name are for others to judge.
    assert!(
        Request::decode(&Bytes::copy_from_slice(&REQUEST_V1[..18]))
            .unwrap()
            .body
            .is_empty()
    );
}

#[tokio::test]
async fn the_layout_of_a_data_directory() {
    let world = World::new().await;
    world.append(0..3).await;
    world.store.flush().await.unwrap();
    let root = &world.config.data_dir;
    assert_eq!(
        std::fs::read_to_string(root.join("VERSION")).unwrap(),
        "throughline data 3\n"
    );
    for place in [
        "lock",
        "wal",
        "catalog.sqlite",
        "data/traces/000000000001-000000000001.parquet",
    ] {
        assert!(root.join(place).exists(), "{place}");
    }
}

/// Whole directories: `frozen/v*` has 20 flushed spans and 10 in the log; from version 2 on both requests
/// have digests, from version 3 on file and catalog have checksums. `UPDATE_FROZEN=1` writes the newest one anew, which is right only as long as no program of
/// that version was released.
#[tokio::test]
async fn a_directory_of_each_version() {
    let frozen = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen");
    if std::env::var_os("UPDATE_FROZEN").is_some() {
        freeze(&frozen.join("v3")).await;
    }
    let versions = [
        ("v1", Appended::Stored),
        ("v2", Appended::Duplicate),
        ("v3", Appended::Duplicate),
    ];
    for (version, again) in versions {
        let directory = tempfile::tempdir().unwrap();
        let config = world::config(directory.path());
        world::copy(&frozen.join(version), &config.data_dir);
        let store = world::open(&config, &model::Clock::fixed(spans::EPOCH)).await;
        let store = store.unwrap();
        let numbers = world::numbers(&store, None).await;
        assert_eq!(numbers, (0..30).collect::<Vec<_>>(), "{version}");
        // By the first version of an index in `v3`.
        for first in (0..30).step_by(spans::TRACE_SPANS as usize) {
            let of_trace = ident(model::span::TRACE_ID).eq(lit(spans::trace_id(first)));
            let mates: Vec<u64> = (first..30.min(first + spans::TRACE_SPANS)).collect();
            let found = world::numbers(&store, Some(of_trace)).await;
            assert_eq!(found, mates, "{version}");
        }
        // Files of version 1 and 2 have no index that would tell.
        let table = store.table("traces").await.unwrap().unwrap();
        let knows_absent = model::span::Note::Absent.read(&table.schema()).is_some();
        assert_eq!(knows_absent, version == "v3", "{version}");
        let stats = store.stats();
        assert_eq!(
            (
                stats.replayed_rows,
                stats.quarantined_records,
                stats.lost_records
            ),
            (10, 0, 0),
            "{version}"
        );
        for numbers in [0..20, 20..30] {
            assert_eq!(send(&store, numbers.clone()).await, again, "{version}");
            // What an older version did not write down is known from now on.
            let third = send(&store, numbers).await;
            assert_eq!(third, Appended::Duplicate, "{version}");
        }
        store.close().await.unwrap();
        drop(store);
        assert_eq!(
            std::fs::read_to_string(config.data_dir.join("VERSION")).unwrap(),
            "throughline data 3\n"
        );
        let store = world::open(&config, &model::Clock::fixed(spans::EPOCH)).await;
        let again = send(&store.unwrap(), 0..20).await;
        assert_eq!(again, Appended::Duplicate, "{version}");
    }
}

async fn send(store: &Store, numbers: Range<u64>) -> Appended {
    let request = Request {
        digest: Some(u128::from(numbers.end)),
        ..spans::request("traces", spans::EPOCH, numbers)
    };
    let batch = spans::decode(&request).unwrap().unwrap();
    store.append(request, batch).await.unwrap()
}

async fn freeze(to: &Path) {
    let world = World::with(|config| config.log.preallocate_bytes = 1).await;
    send(&world.store, 0..20).await;
    world.store.close().await.unwrap();
    let again = world.crash().await;
    send(&again.store, 20..30).await;
    let _ = std::fs::remove_dir_all(to);
    world::copy(&again.config.data_dir, to);
    for transient in ["lock", "catalog.sqlite-wal"] {
        let _ = std::fs::remove_file(to.join(transient));
    }
}

#[tokio::test]
async fn a_directory_of_the_future_is_refused_untouched() {
    let directory = tempfile::tempdir().unwrap();
    let config = world::config(directory.path());
    std::fs::create_dir_all(&config.data_dir).unwrap();
    std::fs::write(config.data_dir.join("VERSION"), "throughline data 4\n").unwrap();
    let refused = world::open(&config, &model::Clock::System)
        .await
        .unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid);
    assert!(
        refused.to_string().contains("throughline data 4"),
        "{refused}"
    );
    let files = std::fs::read_dir(&config.data_dir).unwrap();
    assert_eq!(files.count(), 1);
}
