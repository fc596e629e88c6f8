//! What can go wrong with control data, sorted by what the caller does next.

use model::ErrorKind;
use sqlx::migrate::MigrateError;
use sqlx::sqlite::SqliteError;
use std::path::{Path, PathBuf};

/// Why control data could not be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("could not open {}: {source}; check its owner and mode", path.display())]
    File {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error(
        "could not upgrade the control data in {place}: {source}; a newer program may have made it"
    )]
    Version {
        place: String,
        source: Box<MigrateError>,
    },
    #[error("{}: {reason}", place.display())]
    Misplaced { place: PathBuf, reason: String },
    #[error(
        "{} is damaged: {source}. While no server runs, put it back from a backup: remove it, its -wal and its -shm, and copy \
         BACKUP/<number>/control.sqlite there. Without a backup remove it and CONTROL, to begin without tokens and without \
         what is said of datasets",
        path.display()
    )]
    Damaged { path: PathBuf, source: Box<Error> },
    #[error("could not {verb} the control data: {source}")]
    Sql {
        verb: &'static str,
        source: sqlx::Error,
    },
    #[error("there is no {what} {name}")]
    Missing { what: &'static str, name: String },
    #[error("there is a {what} {name} already")]
    Exists { what: &'static str, name: String },
    #[error("{what} {name} was deleted or became another meanwhile; send again")]
    Changed { what: &'static str, name: String },
    #[error("{0}")]
    Invalid(String),
}

impl Error {
    /// What the client can do about it.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::File { .. } | Self::Sql { .. } => ErrorKind::Unavailable,
            Self::Version { .. } | Self::Invalid(_) => ErrorKind::Invalid,
            Self::Misplaced { .. } | Self::Damaged { .. } => ErrorKind::Corrupt,
            Self::Missing { .. } => ErrorKind::NotFound,
            Self::Exists { .. } | Self::Changed { .. } => ErrorKind::Conflict,
        }
    }

    pub(crate) fn file(path: &Path) -> impl Fn(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File {
            path: path.clone(),
            source,
        }
    }

    /// The same, met in a file: what SQLite takes for damage is told as such.
    pub(crate) fn met_in(self, path: &Path) -> Self {
        /// SQLite's primary result codes: corrupt, not a database.
        const DAMAGED: [u32; 2] = [11, 26];
        let source = match &self {
            Self::Sql { source, .. } => Some(source),
            Self::Version { source, .. } => match source.as_ref() {
                MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => {
                    Some(source)
                }
                _ => None,
            },
            _ => None,
        };
        let code = source
            .and_then(|source| source.as_database_error())
            .filter(|error| error.try_downcast_ref::<SqliteError>().is_some())
            .and_then(|error| error.code()?.parse::<u32>().ok());
        if !code.is_some_and(|code| DAMAGED.contains(&(code & 0xff))) {
            return self;
        }
        Self::Damaged {
            path: path.to_owned(),
            source: Box::new(self),
        }
    }

    pub(crate) fn version(place: impl ToString) -> impl Fn(MigrateError) -> Self {
        let place = place.to_string();
        move |source| Self::Version {
            place: place.clone(),
            source: Box::new(source),
        }
    }

    pub(crate) fn sql(verb: &'static str) -> impl Fn(sqlx::Error) -> Self {
        move |source| Self::Sql { verb, source }
    }
}
