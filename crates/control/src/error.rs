//! What can go wrong with control data, sorted by what the caller does next.

use model::ErrorKind;
use sqlx::migrate::MigrateError;
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
            Self::Misplaced { .. } => ErrorKind::Corrupt,
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
