//! What can go wrong with control data, sorted by what the caller does next.

use model::ErrorKind;
use sqlx::migrate::MigrateError;
use std::path::PathBuf;

/// Why control data could not be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("could not open {}: {source}; check its owner and mode", path.display())]
    File {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("could not upgrade {}: {source}; a newer program may have made it", path.display())]
    Version {
        path: PathBuf,
        source: Box<MigrateError>,
    },
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
            Self::Missing { .. } => ErrorKind::NotFound,
            Self::Exists { .. } | Self::Changed { .. } => ErrorKind::Conflict,
        }
    }

    pub(crate) fn sql(verb: &'static str) -> impl Fn(sqlx::Error) -> Self {
        move |source| Self::Sql { verb, source }
    }
}
