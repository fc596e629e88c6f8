//! What can go wrong with a store, sorted by what the caller does next.

use model::ErrorKind;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("could not accept the setting {setting}: it {reason}")]
    Config {
        setting: &'static str,
        reason: &'static str,
    },
    #[error("could not use the dataset name {name:?}: {reason}")]
    Name { name: String, reason: &'static str },
    #[error(
        "could not create dataset {name}: {existing} exists, and names differ by more than case"
    )]
    NameTaken { name: String, existing: String },
    #[error(
        "could not create dataset {name}: there are {datasets_max} already, which is the limit"
    )]
    TooManyDatasets { name: String, datasets_max: usize },
    #[error("could not find a data directory of ours at {}; `--data` says where it is", path.display())]
    NoDirectory { path: PathBuf },
    #[error("could not open {}: another process is using it", path.display())]
    Locked { path: PathBuf },
    #[error("could not open {}: its version is {found:?}, this program knows {known:?}", path.display())]
    Version {
        path: PathBuf,
        found: String,
        known: &'static str,
    },
    #[error(
        "could not buffer {bytes} bytes: the limit of {buffer_bytes_max} is reached until a flush is done"
    )]
    BufferFull {
        bytes: usize,
        buffer_bytes_max: usize,
    },
    #[error("could not append: the store is closed")]
    Closed,
    /// The disk failed while the log was read back: what it holds is not known, so nothing is answered.
    #[error("could not read the log back; only a new start tries again")]
    NotReplayed(#[source] Arc<Error>),
    #[error("could not append the batch: {0}")]
    Batch(String),
    #[error("could not {verb} {}", path.display())]
    Io {
        verb: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    #[error(transparent)]
    Log(#[from] wal::Error),
    #[error("could not {verb} the catalog")]
    Catalog {
        verb: &'static str,
        source: sqlx::Error,
    },
    #[error(
        "could not commit to the catalog: it covers the log up to {found_seq}, not {expected_seq}; the flush is repeated"
    )]
    CatalogMoved { expected_seq: u64, found_seq: u64 },
    /// The catalog, the log and the data files do not belong together.
    #[error("could not open {}: {reason}", path.display())]
    Mismatch { path: PathBuf, reason: String },
    #[error("could not understand the catalog: {0}")]
    CatalogContent(String),
    #[error("could not use {}: {reason}", path.display())]
    NotEmpty { path: PathBuf, reason: &'static str },
    #[error("could not read the backup {}: {reason}", path.display())]
    Manifest { path: PathBuf, reason: String },
    /// A table of the catalog has not the rows that were written to it.
    #[error(
        "could not believe the catalog: {0} does not match its checksum; `throughline verify` says what is damaged"
    )]
    CatalogDamaged(String),
    /// A server deleted a file that was to be copied, as it may: the copy begins again.
    #[error("could not copy {}: it was deleted again and again while a backup was taken; try again", path.display())]
    Vanished { path: PathBuf },
    /// A data file has not the bytes that were written to it.
    #[error("{} is damaged: {damage}; `throughline verify` says what else is", path.display())]
    Damaged { path: PathBuf, damage: String },
    #[error("could not understand a record of the log: {0}")]
    Record(&'static str),
    #[error("could not write data file {}", path.display())]
    DataFile {
        path: PathBuf,
        source: parquet::errors::ParquetError,
    },
    #[error("could not read data file {}; it is left as it is", path.display())]
    Unreadable {
        path: PathBuf,
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("could not compact data files: {name} has {found} rows, they have {rows}")]
    Miscounted { name: String, rows: u64, found: u64 },
    #[error("could not encode a data file")]
    Parquet(#[from] parquet::errors::ParquetError),
    #[error("could not arrange rows")]
    Arrow(#[from] arrow::error::ArrowError),
    #[error("could not finish a task")]
    Task(#[from] tokio::task::JoinError),
}

impl Error {
    /// What the caller can do about it.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Config { .. }
            | Self::Name { .. }
            | Self::Version { .. }
            | Self::NoDirectory { .. }
            | Self::NotEmpty { .. }
            | Self::Manifest { .. } => ErrorKind::Invalid,
            Self::NameTaken { .. } | Self::Locked { .. } => ErrorKind::Conflict,
            Self::TooManyDatasets { .. } => ErrorKind::Exhausted,
            // No flush makes room for this one.
            Self::BufferFull {
                bytes,
                buffer_bytes_max,
            } if bytes > buffer_bytes_max => ErrorKind::Exhausted,
            Self::BufferFull { .. }
            | Self::Closed
            | Self::NotReplayed(_)
            | Self::CatalogMoved { .. }
            | Self::Vanished { .. }
            | Self::Io { .. } => ErrorKind::Unavailable,
            Self::Log(error) => error.kind(),
            Self::Catalog { source, .. } => catalog_kind(source),
            Self::Mismatch { .. }
            | Self::CatalogContent(_)
            | Self::CatalogDamaged(_)
            | Self::Damaged { .. }
            | Self::Record(_)
            | Self::Unreadable { .. } => ErrorKind::Corrupt,
            Self::DataFile { .. } | Self::Parquet(_) => ErrorKind::Unavailable,
            Self::Batch(_) | Self::Arrow(_) | Self::Task(_) | Self::Miscounted { .. } => {
                ErrorKind::Internal
            }
        }
    }

    /// For `map_err` on a file operation: "could not `verb` `path`".
    pub(crate) fn io(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { verb, path, source }
    }

    /// For `map_err` on a statement: "could not `verb` the catalog".
    pub(crate) fn catalog(verb: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| Self::Catalog { verb, source }
    }
}

/// SQLite's primary result codes: 11 (corrupt) and 26 (not a database) call a human, 1 (error in the
/// statement) is ours, everything else (busy, full, input/output) may pass.
fn catalog_kind(error: &sqlx::Error) -> ErrorKind {
    let code = error.as_database_error().and_then(|error| error.code());
    let primary = code
        .and_then(|code| code.parse::<u32>().ok())
        .map(|code| code & 0xff);
    match (primary, error) {
        (Some(11 | 26), _) => ErrorKind::Corrupt,
        (Some(1), _) | (None, sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)) => {
            ErrorKind::Internal
        }
        _ => ErrorKind::Unavailable,
    }
}

/// An error and its causes, in one line.
pub(crate) fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
