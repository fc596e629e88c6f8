//! What can go wrong with a log, sorted by what the caller does next.

use model::ErrorKind;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An error of the log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("could not accept the setting {limit}: it {reason}")]
    Config {
        limit: &'static str,
        reason: &'static str,
    },
    #[error("could not {verb} {}", path.display())]
    Io {
        verb: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    #[error("could not append a record of {bytes} bytes: the limit is {record_bytes_max}")]
    RecordTooLarge {
        bytes: usize,
        record_bytes_max: usize,
    },
    /// The disk would not take the record, as when it is full. Nothing of it is in the log, which goes on.
    #[error("could not append: the disk refused the write")]
    Refused(#[source] Arc<Error>),
    /// An earlier sync failed; see the crate's head for why it is not tried again.
    #[error("could not append: the log stopped at a failed sync")]
    Poisoned(#[source] Arc<Error>),
    #[error("could not append: the log is closed")]
    Closed,
    #[error("could not read {}: it has format {version}, this program knows up to {known}", path.display())]
    UnknownVersion {
        path: PathBuf,
        version: u32,
        known: u32,
    },
    #[error("could not read part of the log: {0}")]
    Damaged(Damage),
}

impl Error {
    /// Whether who looked at the log from outside came too late: a segment was trimmed, or cut to its records.
    pub fn has_moved(&self) -> bool {
        match self {
            Self::Io { source, .. } => matches!(
                source.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::UnexpectedEof
            ),
            _ => false,
        }
    }

    /// What the caller can do about it.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Config { .. } => ErrorKind::Invalid,
            Self::RecordTooLarge { .. } => ErrorKind::Exhausted,
            Self::Io { .. } | Self::Refused(_) | Self::Poisoned(_) | Self::Closed => {
                ErrorKind::Unavailable
            }
            Self::UnknownVersion { .. } | Self::Damaged(_) => ErrorKind::Corrupt,
        }
    }

    /// The same answer for another append of the group.
    pub(crate) fn again(&self) -> Self {
        match self {
            Self::Refused(cause) => Self::Refused(Arc::clone(cause)),
            Self::Poisoned(cause) => Self::Poisoned(Arc::clone(cause)),
            _ => Self::Closed,
        }
    }

    /// For `map_err` on a file operation: "could not `verb` `path`".
    pub(crate) fn io(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { verb, path, source }
    }
}

/// How a step of the writer failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nothing that was acknowledged is in doubt.
    Refused(Error),
    /// Nobody knows what is on disk.
    Fatal(Error),
}

impl Failure {
    pub(crate) fn refused(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let error = Error::io(verb, path);
        move |source| Self::Refused(error(source))
    }

    pub(crate) fn fatal(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let error = Error::io(verb, path);
        move |source| Self::Fatal(error(source))
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error) | Failure::Fatal(error) => error,
        }
    }
}

/// A stretch of the log that fails its checksums although valid records follow it. When all of it is of
/// the last group before a loss of power, it may be a write that was never acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The segment in which the next valid record was found.
    pub segment: PathBuf,
    /// Where in that segment reading went on, in bytes.
    pub resumed_at: u64,
    /// Bytes passed over.
    pub bytes: u64,
    /// Sequence number of the first record missing.
    pub lost_from: u64,
    /// How many records are missing.
    pub lost_records: u64,
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} records from number {} are missing ({} bytes before byte {} of {}): damaged, or never acknowledged",
            self.lost_records,
            self.lost_from,
            self.bytes,
            self.resumed_at,
            self.segment.display()
        )
    }
}
