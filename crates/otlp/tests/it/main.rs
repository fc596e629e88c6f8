//! Decoding and answering, tested through the crate's public door.

#![allow(clippy::unwrap_used, reason = "in a test an error is a failure")]

/// Bodies, byte by byte and through OTLP's own types.
mod answers;
/// What several tests do: decode, print rows.
mod bench;
/// Requests and the rows that come of them: `cases/*.json` and `cases/*.rows`.
mod cases;
/// The same request in protobuf and in JSON gives the same batch.
mod equality;
/// Events in JSON and CSV.
mod events;
/// The walker gives what prost and builders give, whatever is in the request.
mod faithful;
/// Headers to encodings.
mod headers;
/// Bombs, floods, lies, cuts: refused in time, and nothing panics.
mod hostile;
mod hostile_events;
/// What the walker is measured by: prost's messages and Arrow's builders.
mod reference;
