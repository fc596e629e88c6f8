//! The log that makes an accepted request durable: segments, checksums, group commit.
//!
//! What it promises:
//!
//! * **Durable answer.** [`Wal::append`] answers a sequence number only after the record's bytes were
//!   written and `fdatasync` returned. Waiting appends share one write and one sync.
//! * **One order.** Numbers start at 1, have no gaps, and continue over a restart, even when everything
//!   before was trimmed. [`Wal::replay`] yields records in that order.
//! * **A full disk is not the end.** When a write is refused, the segment is cut back to the end of the
//!   last synced group and synced: all appends of the group are answered with the error, none of them
//!   comes back after a restart, and the log goes on.
//! * **No second chance for a sync.** After a failed sync (or a failed cut back) nothing is acknowledged
//!   any more: the kernel may have dropped the pages, so a retry that succeeds would prove nothing. Every
//!   later append answers `Unavailable`, and [`Wal::failed`] says so; the way back is to open the log
//!   anew. What was not acknowledged may then be in it or not.
//! * **Torn or damaged.** A bad record with nothing valid behind it is taken for a write that a crash cut
//!   short: it is kept in `quarantine_dir` and cut off at [`Wal::open`]. A bad record with a valid one
//!   behind it is reported by [`Wal::replay`], which goes on with the records after it. Nothing that
//!   fails its checksum is ever returned.
//! * **What it cannot tell apart.** Format 1 does not mark the end of a group. The pages of one write
//!   reach the disk in any order, so after a loss of power record k of the last group may be missing
//!   while k+1 is intact: it is reported like damage, though nobody was promised it. And an acknowledged
//!   last record that rots is cut off like a torn one. [`Damage`] therefore says "missing", not "lost",
//!   and the torn tail is kept, not thrown away. Format 2 (issue 4) marks groups.
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
/// The thread that writes: gather, write, sync, answer.
mod writer;

pub use config::Config;
#[doc(hidden)]
pub use disk::{Disk, TestDisk};
pub use error::{Damage, Error};
pub use log::Wal;
pub use recovery::Recovery;
pub use replay::Replay;
