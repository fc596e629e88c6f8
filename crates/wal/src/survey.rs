//! Looking at a log without opening it: nothing is created, cut or marked, so it may be another process's that
//! writes at this moment.

use crate::format::SEQ_MAX;
use crate::recovery;
use crate::scan::Scan;
use crate::segment::{self, Segment};
use crate::{Damage, Disk, Error, Replay};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A log that is trimmed or sealed while it is looked at is looked at again.
const TRIES: usize = 10;

/// A log at one moment.
#[derive(Debug)]
pub struct Survey {
    disk: Disk,
    salt: u64,
    segments: Vec<Segment>,
    /// Up to the end of its last intact record, each; what is behind that in the newest was not acknowledged.
    pub files: Vec<LogFile>,
    /// The oldest number that may be in the log.
    pub first_seq: u64,
    /// The newest; `first_seq - 1` when there is none.
    pub last_seq: u64,
}

/// One segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFile {
    pub path: PathBuf,
    pub bytes: u64,
}

impl Survey {
    /// Finds the segments of the log in `dir` and its last record. Blocks on disk. What was acknowledged before
    /// the call is in it, unless the log was trimmed meanwhile; a directory that is not there is an empty log.
    ///
    /// # Errors
    /// `Corrupt` for a format of the future, `Unavailable` when the disk does not answer.
    pub fn of(dir: &Path) -> Result<Self, Error> {
        let mut tries = 1;
        loop {
            match Self::once(dir) {
                Err(error) if error.has_moved() && tries < TRIES => tries += 1,
                done => return done,
            }
        }
    }

    fn once(dir: &Path) -> Result<Self, Error> {
        let disk = Disk::default();
        let mut segments = match segment::named(&disk, dir) {
            Err(Error::Io { source, .. }) if source.kind() == ErrorKind::NotFound => Vec::new(),
            found => found?,
        };
        let newest = segments.pop();
        let mut files: Vec<LogFile> = Vec::new();
        let mut kept: Vec<Segment> = Vec::new();
        for segment in segments {
            let path = segment.path.clone();
            match disk.bytes(&path) {
                Ok(bytes) => {
                    files.push(LogFile { path, bytes });
                    kept.push(segment);
                }
                // Trimmed, oldest first: those before it are gone, too.
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    files.clear();
                    kept.clear();
                }
                Err(error) => return Err(Error::io("read", &path)(error)),
            }
        }
        let mut segments = kept;
        segments.extend(newest);
        let salt = recovery::salt(&disk, &segments)?.unwrap_or_default();
        let first_seq = segments.first().map_or(1, |oldest| oldest.first_seq);
        let mut last_seq = first_seq.saturating_sub(1);
        if let Some(newest) = segments.last() {
            let (bytes, found) = end(&disk, newest, salt)?;
            last_seq = found.max(newest.first_seq.saturating_sub(1));
            let path = newest.path.clone();
            files.push(LogFile { path, bytes });
        }
        Ok(Self {
            disk,
            salt,
            segments,
            files,
            first_seq,
            last_seq,
        })
    }

    /// Reads every record above `after_seq` and compares it with its checksum; what is damaged, and how many
    /// records are whole.
    ///
    /// # Errors
    /// `Unavailable` when the disk does not answer, or the log went on so that a new survey is needed:
    /// [`Error::has_moved`].
    pub fn check(&self, after_seq: u64) -> Result<(u64, Vec<Damage>), Error> {
        let disk = self.disk.clone();
        let after_seq = after_seq.max(self.first_seq.saturating_sub(1));
        let records = Replay::new(disk, self.salt, &self.segments, after_seq, self.last_seq);
        let (mut whole, mut damaged) = (0, Vec::new());
        for record in records {
            match record {
                Ok(_) => whole += 1,
                Err(Error::Damaged(damage)) => damaged.push(damage),
                Err(error) => return Err(error),
            }
        }
        Ok((whole, damaged))
    }
}

/// Where the last intact record of the newest segment ends, and its number. All before that place was written
/// before it was read: a group is begun only when the one before it is on disk.
fn end(disk: &Disk, segment: &Segment, salt: u64) -> Result<(u64, u64), Error> {
    let mut scan = Scan::open(disk, segment, Some(salt), SEQ_MAX)?;
    while scan.next()?.is_some() {}
    Ok((scan.mark.at, scan.mark.seq.saturating_sub(1)))
}
