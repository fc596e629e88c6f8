//! What this crate says of a query, and the names of types in it: those of `docs/sql.md`.

use arrow::datatypes::DataType;
use datafusion::error::DataFusionError;
use std::error::Error;
use std::fmt;

/// What is wrong, as this crate says it.
#[derive(Debug)]
struct Said(String);

impl fmt::Display for Said {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Error for Said {}

/// Stops the planner with a sentence of this crate.
pub(crate) fn refused<T>(message: impl Into<String>) -> Result<T, DataFusionError> {
    Err(DataFusionError::External(Box::new(Said(message.into()))))
}

/// What this crate said, if it was this crate that stopped the planner.
pub(crate) fn of_ours(error: &DataFusionError) -> Option<&str> {
    match error {
        DataFusionError::External(said) => said.downcast_ref::<Said>().map(|said| said.0.as_str()),
        _ => None,
    }
}

/// A type as SQL has it.
pub(crate) fn of_type(of: &DataType) -> String {
    let name = match of {
        DataType::Null => "NULL",
        DataType::Boolean => "BOOLEAN",
        DataType::Int8 => "TINYINT",
        DataType::Int16 => "SMALLINT",
        DataType::Int32 => "INTEGER",
        DataType::Int64 => "BIGINT",
        of if of.is_unsigned_integer() => "BIGINT UNSIGNED",
        DataType::Float16 | DataType::Float32 => "REAL",
        DataType::Float64 => "DOUBLE",
        of if of.is_decimal() => "DECIMAL",
        of if is_text(of) => "VARCHAR",
        DataType::Timestamp(..) => "TIMESTAMP",
        DataType::Date32 | DataType::Date64 => "DATE",
        DataType::Time32(_) | DataType::Time64(_) => "TIME",
        DataType::Duration(_) => "timespan",
        DataType::Interval(_) => "INTERVAL",
        DataType::Map(..) => "MAP",
        DataType::Struct(_) => "struct",
        of if of.is_list() => "array",
        DataType::Dictionary(_, values) => return of_type(values),
        _ => "BYTEA",
    };
    name.to_owned()
}

pub(crate) fn is_text(of: &DataType) -> bool {
    match of {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

/// How a value of a type is written.
pub(crate) fn example(of: &DataType) -> Option<&'static str> {
    Some(match of {
        DataType::Timestamp(..) => "'2026-11-22T10:00:00Z', or now() - INTERVAL '1 hour'",
        DataType::Date32 | DataType::Date64 => "'2026-11-22'",
        DataType::Interval(_) => "INTERVAL '90 seconds'",
        DataType::Duration(_) => "'100ms', or INTERVAL '1 minute'",
        DataType::Boolean => "true or false",
        of if of.is_numeric() => "5",
        of if is_text(of) => "'GET'",
        _ => return None,
    })
}

/// A text that is no value of a type.
pub(crate) fn unreadable(text: &str, of: &DataType) -> String {
    let such =
        example(of).map_or_else(String::new, |such| format!(": expected one such as {such}"));
    format!("could not read '{text}' as {}{such}", of_type(of))
}
