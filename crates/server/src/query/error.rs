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
    #[error(
        "the query needs more memory than it may have, and more than the {} MiB that queries may put on \
         disk; group by fewer values or narrow its time range", .0 >> 20
    )]
    SpillFull(u64),
    #[error("the result is larger than {} MiB; project fewer fields or limit it", .0 >> 20)]
    AnswerTooLarge(usize),
    #[error("too many queries are running; try again")]
    Busy,
    #[error("{0}")]
    Arithmetic(String),
    #[error("could not read the dataset: {}", whole(.0))]
    Store(#[from] store::Error),
    /// The name of the dataset.
    #[error("this token may not query dataset {0}")]
    Denied(String),
    #[error("could not run the query: {0}")]
    Failed(String),
    /// A function of the engine's own does not take these values.
    #[error("could not run the query: {0}")]
    Uncomputable(String),
    /// The engine cannot plan it.
    #[error("could not plan the query: {0}")]
    Unplannable(String),
    /// What is on disk is not what was written; the text names the file.
    #[error("could not run the query: {0}")]
    Damaged(String),
    /// A file cannot be read now; the text names it.
    #[error("could not run the query: {0}")]
    Unreadable(String),
}

impl Error {
    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::Mistakes(_)
            | Self::Arithmetic(_)
            | Self::TooSlow(_)
            | Self::TooLarge
            | Self::SpillFull(_)
            | Self::AnswerTooLarge(_) => ErrorKind::Invalid,
            Self::Busy => ErrorKind::Exhausted,
            Self::Denied(_) => ErrorKind::Denied,
            Self::Store(error) => error.kind(),
            Self::Failed(_) | Self::Uncomputable(_) | Self::Unplannable(_) => ErrorKind::Internal,
            Self::Damaged(_) => ErrorKind::Corrupt,
            Self::Unreadable(_) => ErrorKind::Unavailable,
        }
    }
}

impl Error {
    /// The same of a query in SQL, which may ask for what the engine cannot do; of APL all that compiles can be
    /// planned, and calls no function with values that it does not take.
    pub(crate) fn of_sql(self, text: &str) -> Self {
        let said = match &self {
            Self::Unplannable(said) | Self::Uncomputable(said) | Self::Arithmetic(said) => said,
            _ => return self,
        };
        Self::Mistakes(vec![sql::failure(text, said)])
    }

    /// Sorts what stopped a plan; `spill_bytes_max` is what queries may put on disk.
    pub(super) fn of_run(error: &DataFusionError, spill_bytes_max: u64) -> Self {
        if error.to_string().contains(SPILL_SETTING) {
            return Self::SpillFull(spill_bytes_max);
        }
        match of_store(error).map(|error| (error.kind(), whole(error))) {
            Some((ErrorKind::Corrupt, what)) => return Self::Damaged(what),
            Some((ErrorKind::Unavailable, what)) => return Self::Unreadable(what),
            _ => {}
        }
        if let Some(refused) = in_a_file_scan(&error.to_string()) {
            return Self::Arithmetic(refused);
        }
        match error.find_root() {
            DataFusionError::ResourcesExhausted(_) => Self::TooLarge,
            DataFusionError::ArrowError(arrow, _) if is_of_the_query(arrow) => {
                Self::Arithmetic(plainly(arrow))
            }
            DataFusionError::ArrowError(arrow, _) if is_of_values(arrow) => {
                Self::Uncomputable(head(&arrow.to_string()))
            }
            root @ (DataFusionError::Plan(_)
            | DataFusionError::NotImplemented(_)
            | DataFusionError::SchemaError(..)) => Self::Unplannable(head(&root.strip_backtrace())),
            DataFusionError::Execution(what) => Self::Uncomputable(head(what)),
            root => Self::Failed(root.to_string()),
        }
    }
}

/// The beginning of what the engine says: the rest lists all there is.
fn head(said: &str) -> String {
    const LETTERS_MAX: usize = 200;
    let first = said.lines().next().unwrap_or_default();
    first.chars().take(LETTERS_MAX).collect()
}

/// Without Arrow's word for the kind of its own failures, `Compute error: `.
fn plainly(arrow: &ArrowError) -> String {
    match arrow {
        ArrowError::ComputeError(what) => what.clone(),
        other => other.to_string(),
    }
}

/// What the store says of a file, however deep in a plan's error.
fn of_store(error: &DataFusionError) -> Option<&store::Error> {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = source {
        if let Some(error) = error.downcast_ref::<store::Error>() {
            return Some(error);
        }
        source = error.source();
    }
    None
}

/// What a query's own error says where a file's scan met it: its filter gives the error as text alone, as Rust writes
/// it: `Error evaluating filter predicate: ArrowError(ComputeError("…"), …)`.
fn in_a_file_scan(said: &str) -> Option<String> {
    type Make = fn(String) -> ArrowError;
    let (_, said) = said.split_once(FILTER_FAILED)?;
    if said.contains("ArrowError(DivideByZero") {
        return Some(ArrowError::DivideByZero.to_string());
    }
    let kinds: [(&str, Make); 6] = [
        ("ComputeError(\"", ArrowError::ComputeError),
        ("ArithmeticOverflow(\"", ArrowError::ArithmeticOverflow),
        ("CastError(\"", ArrowError::CastError),
        ("ParseError(\"", ArrowError::ParseError),
        ("InvalidArgumentError(\"", ArrowError::InvalidArgumentError),
        ("Execution(\"", ArrowError::ComputeError),
    ];
    let found = kinds
        .iter()
        .find_map(|(kind, made)| Some((said.split_once(kind)?.1, made)));
    let (text, made) = found?;
    let text = text.split_once("\")").map_or(text, |(text, _)| text);
    let text = text.replace("\\\"", "\"").replace("\\\\", "\\");
    Some(plainly(&made(text)))
}

const FILTER_FAILED: &str = "Error evaluating filter predicate: ";

/// DataFusion's full spill directory is an input/output error like any other, but its text names the
/// setting that would help.
const SPILL_SETTING: &str = "datafusion.runtime.max_temp_directory_size";

fn is_of_the_query(error: &ArrowError) -> bool {
    matches!(
        error,
        ArrowError::DivideByZero
            | ArrowError::ArithmeticOverflow(_)
            | ArrowError::ComputeError(_)
            | ArrowError::CastError(_)
    )
}

/// Whether a function of the engine's own does not take a value.
fn is_of_values(error: &ArrowError) -> bool {
    matches!(
        error,
        ArrowError::ParseError(_)
            | ArrowError::InvalidArgumentError(_)
            | ArrowError::NotYetImplemented(_)
            | ArrowError::SchemaError(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_inside_the_engine_is_no_mistake_of_a_query() {
        let of = |error| Error::of_run(&error, 0).of_sql("SELECT 1").kind();
        let said = "Overflow: Format error".to_owned();
        let inside = of(DataFusionError::Internal(said.clone()));
        assert_eq!(inside, ErrorKind::Internal);
        let computed = of(DataFusionError::Execution(said));
        assert_eq!(computed, ErrorKind::Invalid);
    }
}
