//! Queries run to rows: on threads of their own, within a time, a memory and a row limit, so that no
//! query can slow ingest or take the process with it.

/// Datasets as the compiler asks for them: each opened once, at the moment of the query.
mod datasets;
/// Runs a plan.
mod engine;
/// Why a query has no rows.
mod error;
/// How many rows a finished plan looked at and kept.
mod rows_seen;
/// What DataFusion may use, and how it reads.
mod session;
/// `now-1h` and RFC 3339: the ends of a time range.
pub(crate) mod time_range;

/// What a query asks that names no dataset, and where spans go that name none. It is always there.
pub(crate) const DATASET_DEFAULT: &str = "traces";

pub(crate) use engine::{Engine, Rows};
pub(crate) use error::Error;
