//! Queries run to rows: on threads of their own, within a time, a memory, a row and a byte limit. They share
//! processors and memory with ingest, and a fault that ends the process ends both; what a limit cannot
//! stop is said in [`engine`].

/// How long rows are at least, once they are written as an answer.
mod answer_bytes;
/// Conditions that count rows stay where they are.
mod counted;
/// Where a page of rows ended.
mod cursor;
/// Datasets as the compiler asks for them: each opened once, at the moment of the query.
mod datasets;
/// Runs a plan.
mod engine;
/// Why a query has no rows.
mod error;
/// Events, as a table with their own fields.
mod events;
/// A plan in words.
mod explain;
/// Groups by texts, as the data files have them.
mod groups;
/// APL and SQL.
mod language;
/// Whole rows are read last.
mod late;
/// What datasets look like, for editors.
mod outlines;
/// How many rows a finished plan looked at and kept.
mod rows_seen;
/// What DataFusion may use, and how it reads.
mod session;
/// `now-1h` and RFC 3339: the ends of a time range.
pub(crate) mod time_range;
/// What makes many rows of few lets go between them.
mod yields;

/// What a query asks that names no dataset, and where spans go that name none. It is always there.
pub(crate) const DATASET_DEFAULT: &str = "traces";

pub(crate) use cursor::Cursor;
pub(crate) use datasets::{Known, Sight};
pub(crate) use engine::{Engine, Most, Rows, Turn};
pub(crate) use error::Error;
pub(crate) use events::ROW_ID;
pub(crate) use language::Language;
pub(crate) use outlines::{Outlined, Outlines};
