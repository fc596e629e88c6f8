//! The log's promises, tested through its public door, with real files.

#![allow(clippy::unwrap_used, reason = "in a test an error is a failure")]

/// What several tests do: open, append, read back, lay hands on the files.
mod bench;
/// Flipped bits and missing files: found, bounded, reported.
mod damage;
/// A disk that is full, fails, or loses power.
mod faults;
/// A log written by format 1, read for ever.
mod frozen;
/// Any sequence of appends, reopenings and trims keeps order and content.
mod model;
/// Append and replay, many at once, limits, closing.
mod operation;
/// A write cut short at any byte.
mod torn;
