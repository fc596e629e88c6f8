//! Datasets: their log and their data files, in one data directory or in an object store.
//!
//! A request that is accepted goes to the log first; its rows are then in the buffer, where queries see
//! them; a flush turns the oldest part of the buffer into data files and commits them to the catalog
//! together with the log's position, and only then lets the log go.
//!
//! ```text
//! append ─► log (fdatasync) ─► buffer ─► data files (fsync) ─► catalog commit ─► trim the log
//!                                │                                   │
//! table  ────────────────────────┴── rows above the commit's position ∪ the commit's data files
//! ```
//!
//! Why no row is lost or doubled: a row is in the log until a commit covers it; a commit names the log's
//! position it covers, in the same transaction as its files; a reader clones the buffer *before* it reads
//! the catalog and then leaves out every buffered row that the catalog's position covers. A crash between
//! any two steps leaves a directory from which [`Store::open`] gets the same rows.
//!
//! What is stored is DuckLake 1.0 (`docs/adr/0002-ducklake-catalog-by-hand.md`): Parquet files and a
//! catalog in SQLite or PostgreSQL, which other engines read without us.
//!
//! It knows no HTTP, no protobuf and no query language: how a request's body becomes rows is the caller's
//! closure.

/// A request on its way in: admitted, logged, buffered.
mod append;
/// A copy of a data directory, and the way back.
mod backup;
/// The smallest and largest value of a column in a file: what lets a query skip the file.
mod bounds;
/// Recent rows in memory, by their position in the log.
mod buffer;
/// The DuckLake catalog: what belongs to a dataset, as one SQL transaction after the other.
mod catalog;
/// Small data files → large ones.
mod compact;
/// Limits, sizes and ages.
mod config;
/// What is counted.
mod counters;
/// Damage that was met: told once, and counted.
mod damage;
/// Parquet: order, layout and durable writing of one data file.
mod data_file;
/// What a store says of its datasets.
mod datasets;
/// The data directory: its lock, its version, its places.
mod directory;
/// What can go wrong, and what the caller does next.
mod error;
/// Buffer → data files → commit → trim, in steps that a crash may separate.
mod flush;
/// Ids as hex and back.
mod hex;
/// Which of the model's columns a batch has, and where.
mod layout;
/// What makes a request durable before its rows are in a data file.
mod log;
/// The task behind a store: flush when due, retention, vacuum.
mod maintenance;
/// What a dataset may be called, and the directory it gets.
mod name;
/// Where data files are: in a directory, or in an object store.
mod place;
/// The digests of recent requests: what makes an identical one sent again recognisable.
mod recent;
/// From the log back into the buffer, after open.
mod replay;
/// A request as the log keeps it.
mod request;
/// Whether the clock may be trusted with a deletion.
mod steady;
/// The handle: open, table, close.
mod store;
/// Data files that no commit names, as a crash leaves them: removed, or kept for a person.
mod sweep;
/// A dataset as DataFusion sees it: data files and buffered rows as one table.
mod table;
/// Rows of a dataset, removed on request.
mod trim;
/// Whether everything on disk is as it was written.
mod verify;

pub use append::Appended;
pub use backup::{Backup, Restored, backup, backup_places, restore, restore_places};
pub use catalog::reach;
#[doc(hidden)]
pub use catalog::{Fault, seal_anew};
#[doc(hidden)]
pub use compact::{Candidate, Target, plan};
pub use config::{CatalogUrl, Config, Objects, Patience};
pub use counters::Stats;
pub use datasets::{Dataset, dataset_names};
pub use directory::is_there;
pub use error::Error;
#[doc(hidden)]
pub use flush::Step;
pub use name::check as check_name;
pub use request::Request;
pub use store::Store;
pub use table::{Parts, by_keys, custom_keys, files_read, newest_since, parts};
pub use verify::{Finding, Progress, Report, verify, verify_places};
