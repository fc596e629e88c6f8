//! The log that makes an accepted request durable: segments, checksums, group commit.
//!
//! What it promises:
//!
//! * **Durable answer.** [`Wal::append`] answers a sequence number only after the record's bytes were
//!   written and `fdatasync` returned. Waiting appends share one write and one sync.
//! * **One order.** Numbers start at 1, have no gaps, and continue over a restart, even when everything
//!   before was trimmed. [`Wal::replay`] yields records in that order.
//! * **No second chance.** After a failed write or sync nothing is acknowledged any more: the kernel may
//!   have dropped the pages, so a retry that succeeds would prove nothing. Every later append answers
//!   `Unavailable`; the way back is to open the log anew.
//! * **Torn or damaged, never confused.** A bad record with nothing valid behind it is a write that a
//!   crash cut short: it was never acknowledged, and is cut off at [`Wal::open`]. A bad record with a
//!   valid one behind it is damage: [`Wal::replay`] reports which numbers are lost and goes on with the
//!   records after it. Nothing that fails its checksum is ever returned.
//! * **Bounded memory.** The queue is bounded in records and in bytes (an append waits for room), and a
//!   replay holds one record at a time.
//!
//! What it does not do: it does not look into records, does not guard the directory against a second
//! process (its owner holds that lock), and does not remember what was trimmed.
//!
//! On disk a log is a directory of segments, `wal-<first sequence number>.log`; `format` has the bytes.

/// Limits and sizes.
mod config;
/// What can go wrong, and what the caller does next.
mod error;
/// The bytes of a segment: its head and its records.
mod format;
/// The handle: append, replay, trim, close.
mod log;
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
pub use error::{Damage, Error};
pub use log::Wal;
pub use recovery::Recovery;
pub use replay::Replay;
