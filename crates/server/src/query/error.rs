//! Why a query has no rows.

use crate::message::whole;
use apl::Diagnostic;
use datafusion::arrow::error::ArrowError;
use datafusion::error::DataFusionError;
use model::ErrorKind;
use std::time::Duration;

/// Why a query has no rows.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The text has mistakes; at least one.
    #[error("{}", .0.first().map_or("the query has a mistake", |first| &first.message))]
    Mistakes(Vec<Diagnostic>),
    #[error("the query ran longer than {0:?}; narrow its time range or filter earlier")]
    TooSlow(Duration),
    #[error(
        "the query needs more memory than it may have; group by fewer values or narrow its time range"
    )]
    TooLarge,
    #[error("too many queries are running; try again")]
    Busy,
    #[error("{0}")]
    Arithmetic(String),
    #[error("could not read the dataset: {}", whole(.0))]
    Store(#[from] store::Error),
    #[error("could not run the query: {0}")]
    Failed(String),
}

impl Error {
    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::Mistakes(_) | Self::Arithmetic(_) | Self::TooSlow(_) | Self::TooLarge => {
                ErrorKind::Invalid
            }
            Self::Busy => ErrorKind::Exhausted,
            Self::Store(error) => error.kind(),
            Self::Failed(_) => ErrorKind::Internal,
        }
    }
}

impl From<DataFusionError> for Error {
    fn from(error: DataFusionError) -> Self {
        match error.find_root() {
            DataFusionError::ResourcesExhausted(_) => Self::TooLarge,
            DataFusionError::ArrowError(arrow, _) if is_of_the_query(arrow) => {
                Self::Arithmetic(arrow.to_string())
            }
            root => Self::Failed(root.to_string()),
        }
    }
}

fn is_of_the_query(error: &ArrowError) -> bool {
    matches!(
        error,
        ArrowError::DivideByZero
            | ArrowError::ArithmeticOverflow(_)
            | ArrowError::ComputeError(_)
            | ArrowError::CastError(_)
    )
}
