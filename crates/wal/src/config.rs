//! Limits and sizes of a log.

use crate::{Disk, Error, format};
use std::path::PathBuf;

/// How large a log's parts may become. The defaults suit requests of up to 64 MiB.
#[derive(Clone, Debug)]
pub struct Config {
    /// A larger record is refused as `Exhausted`.
    pub record_bytes_max: usize,
    /// A segment is closed before the group that would make it larger. A single record may exceed it.
    pub segment_bytes_max: u64,
    /// A segment's file grows by this much at a time, so that most syncs need not write its new length.
    ///
    /// Measured on ext4 against growing with every write, `fallocate`, and zeros written ahead: growing
    /// was slowest by a third, the others were equal within the noise. `set_len` is the portable one.
    pub preallocate_bytes: u64,
    /// Records that share one write and one sync.
    pub group_bytes_max: usize,
    /// Appends waiting for the writer; more wait for room.
    pub queue_records_max: usize,
    /// Bytes of the appends waiting for the writer; more wait for room.
    pub queue_bytes_max: usize,
    /// Numbers up to this one were given out, whatever is found in the log: no number is given twice even
    /// where its newest records are lost. It is the number up to which their content is known elsewhere.
    pub floor_seq: u64,
    /// Where a torn tail is kept before it is cut off, for a person to look at; `None`: it is not kept.
    pub quarantine_dir: Option<PathBuf>,
    #[doc(hidden)]
    pub disk: Disk,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            record_bytes_max: 65 << 20,
            segment_bytes_max: 64 << 20,
            preallocate_bytes: 4 << 20,
            group_bytes_max: 4 << 20,
            queue_records_max: 4096,
            queue_bytes_max: 128 << 20,
            floor_seq: 0,
            quarantine_dir: None,
            disk: Disk::Real,
        }
    }
}

impl Config {
    pub(crate) fn check(&self) -> Result<(), Error> {
        let at_least_one = [
            ("record_bytes_max", self.record_bytes_max as u64),
            ("segment_bytes_max", self.segment_bytes_max),
            ("preallocate_bytes", self.preallocate_bytes),
            ("group_bytes_max", self.group_bytes_max as u64),
            ("queue_records_max", self.queue_records_max as u64),
            ("queue_bytes_max", self.queue_bytes_max as u64),
        ];
        if let Some((limit, _)) = at_least_one.into_iter().find(|(_, value)| *value == 0) {
            return Err(Error::Config {
                limit,
                reason: "must be at least 1",
            });
        }
        if self.floor_seq > format::SEQ_MAX {
            return Err(Error::Config {
                limit: "floor_seq",
                reason: "must be below 2^62",
            });
        }
        // A record, its group and its share of the queue are counted in 32 bits.
        let below_4_gib = [
            ("record_bytes_max", self.record_bytes_max),
            ("queue_bytes_max", self.queue_bytes_max),
            (
                "group_bytes_max",
                self.group_bytes_max.saturating_add(self.record_bytes_max),
            ),
        ];
        let too_large = |(_, bytes): &(_, usize)| u32::try_from(*bytes).is_err();
        if let Some((limit, _)) = below_4_gib.into_iter().find(too_large) {
            return Err(Error::Config {
                limit,
                reason: "must be below 4 GiB (a group: together with a record)",
            });
        }
        Ok(())
    }
}
