//! The log that makes an accepted request durable: segments, checksums, group commit.
//!
//! What it promises:
//!
//! * **Durable answer.** [`Wal::append`] answers a sequence number only after the record's bytes were
//!   written and `fdatasync` returned. Waiting appends share one write and one sync.
//! * **One order.** Numbers start at 1 and continue over a restart, even when everything before was
//!   trimmed. The only numbers left out are those of records that were torn. [`Wal::replay`] yields
//!   records in that order.
//! * **A full disk is not the end.** When a write is refused, the segment is cut back to the end of the
//!   last synced group and synced: all appends of the group are answered with the error, none of them
//!   comes back after a restart, and the log goes on.
//! * **No second chance for a sync.** After a failed sync (or a failed cut back) nothing is acknowledged
//!   any more: the kernel may have dropped the pages, so a retry that succeeds would prove nothing. Every
//!   later append answers `Unavailable`, and [`Wal::failed`] says so; the way back is to open the log
//!   anew. What was not acknowledged may then be in it or not.
//! * **Torn or damaged.** Records of one write are a group, and the next group is begun only when the one
//!   before it is on disk. So whatever is bad in a group with anything behind it was acknowledged:
//!   [`Wal::replay`] reports it, with the exact count, and goes on with the records after it. What is bad
//!   in the very last group may be a write that a crash cut short (its pages reach the disk in any order):
//!   [`Wal::open`] keeps the bad bytes in `quarantine_dir`, counts them, keeps every intact record of the
//!   group, and marks what is missing, so that it is not taken for damage later. A log that was closed
//!   says so at its end, and has no such last group. Nothing that fails its checksum is ever returned.
//! * **What it cannot tell apart.** After a crash, an acknowledged record of the last group that rotted
//!   before the next group was begun looks like one that was torn.
//! * **What was served stays.** What a log holds when it is opened is made durable before it is returned,
//!   acknowledged or not: nothing that a replay showed is gone after the next loss of power.
//! * **Bounded memory.** The queue is bounded in records and in bytes (an append waits for room), and a
//!   replay holds one record at a time.
//!
//! What it does not do: it does not look into records, does not guard the directory against a second
//! process (its owner holds that lock), and does not remember what was trimmed.
//!
//! On disk a log is a directory of segments, `wal-<first sequence number>.log`; `format` has the bytes.

/// Limits and sizes.
mod config;
/// The door to the disk, behind which a test puts one that fails.
mod disk;
/// What can go wrong, and what the caller does next.
mod error;
/// The bytes of a segment: its head and its records.
mod format;
/// A log without a thread, for simulations.
mod inline;
/// The handle: append, replay, trim, close.
mod log;
/// A torn tail, kept aside before it is cut.
mod quarantine;
/// What is found at open: the last record, and a torn tail to cut.
mod recovery;
/// Reading a whole log in order, and reporting damage.
mod replay;
/// Reading one segment record by record, and finding the way again after a bad one.
mod scan;
/// Segment files: their names, their creation, their directory.
mod segment;
/// A look at a log that somebody else may be writing.
mod survey;
/// The thread that writes: gather, write, sync, answer.
mod writer;

pub use config::Config;
#[doc(hidden)]
pub use disk::{Disk, State, TestDisk};
pub use error::{Damage, Error};
#[doc(hidden)]
pub use inline::Inline;
pub use log::Wal;
pub use recovery::Recovery;
pub use replay::Replay;
pub use survey::{LogFile, Survey};
