//! What can go wrong with a store, sorted by what the caller does next.

use model::ErrorKind;
use sqlx::postgres::PgDatabaseError;
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
    /// Of what looks at a data directory and nothing else.
    #[error("could not take {} for the whole store: {what}; {remedy}", path.display())]
    Elsewhere {
        path: PathBuf,
        what: String,
        remedy: &'static str,
    },
    /// `by` says who, as far as that is known.
    #[error("could not open {}: another process is using it{by}", path.display())]
    Locked { path: PathBuf, by: String },
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
    /// A place that is not on this machine, as it was found at open.
    #[error("could not use the {what} {place}: {problem}")]
    Place {
        what: &'static str,
        place: String,
        problem: String,
    },
    #[error("could not {verb} {object}")]
    Object {
        verb: &'static str,
        object: String,
        source: object_store::Error,
    },
    #[error("could not write {object}: it is there already with other content")]
    ObjectTaken { object: String },
    /// The one place where the next record could go is another owner's.
    #[error("could not append: another process has written {slot} and has the log now")]
    LogTaken { slot: String },
    #[error("could not use {}: another process has taken it over", path.display())]
    Fenced { path: PathBuf },
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
    #[error("{} is damaged: {damage}; put it back from a backup; `throughline verify` says what else is", path.display())]
    Damaged { path: PathBuf, damage: String },
    /// A file of a backup has not the bytes that were copied to it.
    #[error(
        "{} is damaged: {damage}; `throughline verify --data {}` says what else of the backup is: take it anew, or use another",
        path.display(),
        backup.display()
    )]
    BackupDamaged {
        path: PathBuf,
        backup: PathBuf,
        damage: String,
    },
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
            | Self::Elsewhere { .. }
            | Self::NotEmpty { .. }
            | Self::Manifest { .. } => ErrorKind::Invalid,
            Self::NameTaken { .. } | Self::Locked { .. } | Self::Fenced { .. } => {
                ErrorKind::Conflict
            }
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
            | Self::Place { .. }
            | Self::Object { .. }
            | Self::ObjectTaken { .. }
            | Self::LogTaken { .. }
            | Self::Vanished { .. }
            | Self::Io { .. } => ErrorKind::Unavailable,
            Self::Log(error) => error.kind(),
            Self::Catalog { source, .. } => catalog_kind(source),
            Self::Mismatch { .. }
            | Self::CatalogContent(_)
            | Self::CatalogDamaged(_)
            | Self::Damaged { .. }
            | Self::BackupDamaged { .. }
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

/// What to do about an error of a database. Everything that is not said here (busy, full, away) may pass.
fn catalog_kind(error: &sqlx::Error) -> ErrorKind {
    let database = error.as_database_error();
    let code = database.and_then(|error| error.code());
    let code = code.as_deref().unwrap_or_default();
    if database.is_some_and(|error| error.try_downcast_ref::<PgDatabaseError>().is_some()) {
        return match code {
            // Damaged; and mistakes in a statement, or in its types.
            "XX001" | "XX002" => ErrorKind::Corrupt,
            // Not allowed to: that is for whoever runs the server.
            "42501" => ErrorKind::Unavailable,
            code if code.starts_with("42") || code.starts_with("22") => ErrorKind::Internal,
            _ => ErrorKind::Unavailable,
        };
    }
    // SQLite's primary result codes: 11 (corrupt) and 26 (not a database) call a human, 1 (error in the
    // statement) is ours.
    match (code.parse::<u32>().ok().map(|code| code & 0xff), error) {
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
