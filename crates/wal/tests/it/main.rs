//! The log's promises, tested through its public door, with real files.

#![allow(clippy::unwrap_used, reason = "in a test an error is a failure")]
#![allow(clippy::print_stdout, reason = "the long tests print their figures")]

/// What several tests do: open, append, read back, lay hands on the files.
mod bench;
/// Flipped bits and missing files: found, bounded, reported.
mod damage;
/// Chance from a seed.
mod dice;
/// A disk that is full, fails, or loses power.
mod faults;
/// Every bit of a segment, and many of a large log.
mod flips;
/// Logs written by each format, read for ever.
mod frozen;
/// Records of one write, of which any may be missing.
mod group;
/// Any sequence of appends, reopenings and trims keeps order and content.
mod model;
/// Append and replay, many at once, limits, closing.
mod operation;
/// Losses of power in simulation.
mod simulation;
/// How quickly a log opens and appends.
mod speed;
/// A look at a log from outside, while it is written.
mod survey;
/// A write cut short at any byte.
mod torn;
