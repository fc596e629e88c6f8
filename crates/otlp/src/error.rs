//! Why a whole request is refused, sorted by what the client does next.

use model::ErrorKind;

/// A request that cannot be accepted, whatever is in it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "could not read a request of content type {0:?}: send application/x-protobuf or application/json"
    )]
    UnsupportedContentType(String),
    #[error("could not read a request with content encoding {0:?}: send gzip, zstd or none")]
    UnsupportedContentEncoding(String),
    #[error("could not decompress the request")]
    Compressed(#[source] std::io::Error),
    #[error("could not decode the protobuf request: {0}")]
    Malformed(&'static str),
    #[error("could not decode the JSON request: {0}")]
    Json(#[source] serde_json::Error),
    #[error("could not accept the request: it has more than {limit} {what}")]
    TooLarge { what: &'static str, limit: usize },
    #[error("could not build the columns: {0}")]
    Columns(#[source] arrow::error::ArrowError),
}

impl Error {
    /// What the client can do about it.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::TooLarge { .. } => ErrorKind::Exhausted,
            Self::Columns(_) => ErrorKind::Internal,
            Self::UnsupportedContentType(_)
            | Self::UnsupportedContentEncoding(_)
            | Self::Compressed(_)
            | Self::Malformed(_)
            | Self::Json(_) => ErrorKind::Invalid,
        }
    }
}
