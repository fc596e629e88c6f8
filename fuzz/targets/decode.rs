//! Any bytes as an OTLP request: decoded or refused, within the limits, and never a panic.
//!
//! The first byte says how the rest is written and packed. The limits are low, so that a run is quick.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use throughline_otlp::{Body, Compression, Encoding, Limits};

const ARRIVAL_NANOS: i64 = 1_795_341_600_000_000_000;
const ENCODINGS: [Encoding; 2] = [Encoding::Protobuf, Encoding::Json];
const COMPRESSIONS: [Compression; 3] =
    [Compression::Identity, Compression::Gzip, Compression::Zstd];
static LIMITS: LazyLock<Limits> = LazyLock::new(|| Limits {
    body_bytes_max: 64 << 10,
    spans_max: 64,
    parts_max: 1024,
    batch_bytes_max: 1 << 20,
    ..Limits::default()
});

fuzz_target!(|input: &[u8]| {
    let Some((choice, bytes)) = input.split_first() else {
        return;
    };
    let body = Body {
        encoding: ENCODINGS[usize::from(choice % 2)],
        compression: COMPRESSIONS[usize::from(choice / 2 % 3)],
        bytes: bytes.to_vec().into(),
    };
    let Ok(decoded) = throughline_otlp::decode(&body, ARRIVAL_NANOS, &LIMITS) else {
        return;
    };
    let rows = decoded.batch.map_or(0, |batch| batch.num_rows());
    assert_eq!(rows as u64, decoded.spans);
    let rejected: u64 = decoded.rejected.iter().map(|it| it.count).sum();
    assert!(decoded.spans + rejected <= LIMITS.spans_max as u64);
});
