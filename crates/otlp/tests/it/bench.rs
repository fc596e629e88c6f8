//! What several tests do: decode, print rows.

use arrow::array::{Array, ArrayRef, AsArray, FixedSizeBinaryArray, StringViewArray};
use arrow::datatypes::{DataType, Schema, UInt32Type};
use arrow::record_batch::RecordBatch;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use model::span;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use prost::Message;
use std::fmt::Write as _;
use std::sync::Arc;
use throughline_otlp::{Body, Compression, Decoded, Encoding, Error, Limits};

/// 2026-11-22T10:00:00Z.
pub(crate) const ARRIVAL_NANOS: i64 = 1_795_341_600_000_000_000;

pub(crate) fn decode(encoding: Encoding, bytes: impl Into<Vec<u8>>) -> Result<Decoded, Error> {
    unpack(encoding, Compression::Identity, bytes)
}

pub(crate) fn unpack(
    encoding: Encoding,
    compression: Compression,
    bytes: impl Into<Vec<u8>>,
) -> Result<Decoded, Error> {
    let body = Body {
        encoding,
        compression,
        bytes: bytes.into().into(),
    };
    throughline_otlp::decode(&body, ARRIVAL_NANOS, &Limits::default())
}

pub(crate) fn message(request: &ExportTraceServiceRequest) -> Result<Decoded, Error> {
    decode(Encoding::Protobuf, request.encode_to_vec())
}

/// Every row with its columns that are not null, one a line, then the rejections.
pub(crate) fn print(decoded: &Decoded) -> String {
    let mut out = String::new();
    match &decoded.batch {
        Some(batch) => print_rows(&mut out, &queried(batch)),
        None => out.push_str("no rows\n"),
    }
    for rejection in &decoded.rejected {
        let throughline_otlp::Rejection {
            reason,
            count,
            first,
        } = rejection;
        writeln!(out, "rejected {count} {reason}, the first at {first}").unwrap();
    }
    out
}

/// As a query sees the batch: text as views, ids in hex, maps one a row; without columns that are null
/// throughout.
pub(crate) fn queried(batch: &RecordBatch) -> RecordBatch {
    let (mut fields, mut columns) = (Vec::new(), Vec::new());
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        if column.logical_null_count() == column.len() {
            continue;
        }
        let kind = span::schema()
            .field_with_name(field.name())
            .unwrap()
            .clone();
        let column: ArrayRef = match column.data_type() {
            DataType::FixedSizeBinary(_) => Arc::new(hex(column.as_fixed_size_binary())),
            DataType::Dictionary(_, values) if matches!(**values, DataType::Map(..)) => {
                let shared = column.as_dictionary::<UInt32Type>();
                arrow::compute::take(shared.values(), shared.keys(), None).unwrap()
            }
            _ => arrow::compute::cast(column, kind.data_type()).unwrap(),
        };
        fields.push(kind);
        columns.push(column);
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap()
}

fn hex(ids: &FixedSizeBinaryArray) -> StringViewArray {
    let text = |id: &[u8]| {
        id.iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    ids.iter().map(|id| id.map(text)).collect()
}

fn print_rows(out: &mut String, batch: &RecordBatch) {
    let options = FormatOptions::default().with_null("null");
    for row in 0..batch.num_rows() {
        writeln!(out, "row {row}").unwrap();
        for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
            if column.is_valid(row) {
                let value = ArrayFormatter::try_new(column, &options)
                    .unwrap()
                    .value(row)
                    .to_string();
                writeln!(out, "  {} = {value}", field.name()).unwrap();
            }
        }
    }
}
