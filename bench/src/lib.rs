//! What the benchmarks of ingest share: the spans, and what makes a prepared body unique.
//!
//! It knows neither the store nor the query engine: the server is always another process.

/// Spans of the shape of the baseline, the same in every run.
pub mod spans;
/// A second gzip member that makes a prepared body unique.
pub mod unique;
