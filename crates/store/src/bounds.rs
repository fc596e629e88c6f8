//! The smallest and largest value of a column in a file: what lets a query skip the file.
//!
//! Kept for a few top-level columns only ([`columns`]): row groups carry their own for all of them. In
//! the catalog a value is text as DuckDB writes it.

use arrow::array::{
    ArrayRef, BooleanArray, DurationNanosecondArray, Int64Array, StringViewArray,
    TimestampNanosecondArray,
};
use chrono::{DateTime, NaiveDateTime};
use model::span::{self, Column, ColumnType};
use std::sync::{Arc, LazyLock};

/// A longer text is no bound: the catalog stays small.
const TEXT_BYTES_MAX: usize = 128;

/// One end of a range.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Value {
    /// Integers, and nanoseconds of times and durations.
    Number(i64),
    Flag(bool),
    Text(String),
}

/// What is known about a column's values; `None` is "not known".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) min: Option<Value>,
    pub(crate) max: Option<Value>,
    pub(crate) nulls: Option<u64>,
}

/// The columns that bounds are kept for, in this order.
pub(crate) fn columns() -> &'static [&'static Column] {
    const NAMES: [&str; 9] = [
        span::TIME,
        span::SYS_TIME,
        span::TRACE_ID,
        span::NAME,
        span::KIND,
        span::DURATION,
        span::ERROR,
        span::STATUS_CODE,
        span::SERVICE_NAME,
    ];
    static COLUMNS: LazyLock<Vec<&'static Column>> = LazyLock::new(|| {
        let named = |name: &&str| span::columns().iter().find(|column| column.name == *name);
        NAMES.iter().filter_map(named).collect()
    });
    &COLUMNS
}

/// Where in [`columns`] a column is.
pub(crate) fn position(name: &str) -> Option<usize> {
    columns().iter().position(|column| column.name == name)
}

impl Bounds {
    /// Of a column that a file leaves out.
    pub(crate) fn all_null(rows: u64) -> Self {
        Self {
            min: None,
            max: None,
            nulls: Some(rows),
        }
    }
}

/// SQLite ends a text at a zero byte, so one that has it is no bound either.
pub(crate) fn text(value: &[u8]) -> Option<Value> {
    let value = std::str::from_utf8(value).ok()?;
    let is_bound = value.len() <= TEXT_BYTES_MAX && !value.contains('\0');
    is_bound.then(|| Value::Text(value.to_owned()))
}

impl Value {
    /// As DuckDB writes it into a catalog; times to the nanosecond.
    pub(crate) fn encode(&self, kind: ColumnType) -> String {
        match self {
            Self::Number(nanos) if kind == ColumnType::Datetime => {
                DateTime::from_timestamp_nanos(*nanos)
                    .format("%Y-%m-%d %H:%M:%S%.9f")
                    .to_string()
            }
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => u8::from(*flag).to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    /// `None` when it is not written as a value of `kind` is.
    pub(crate) fn decode(kind: ColumnType, text: &str) -> Option<Self> {
        match kind {
            ColumnType::Datetime => {
                let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok()?;
                time.and_utc().timestamp_nanos_opt().map(Self::Number)
            }
            ColumnType::Timespan | ColumnType::Integer => text.parse().ok().map(Self::Number),
            ColumnType::Boolean => match text {
                "0" | "false" => Some(Self::Flag(false)),
                "1" | "true" => Some(Self::Flag(true)),
                _ => None,
            },
            ColumnType::Text => Some(Self::Text(text.to_owned())),
            ColumnType::Float | ColumnType::Map | ColumnType::Events | ColumnType::Links => None,
        }
    }

    pub(crate) fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Flag(_) | Self::Text(_) => None,
        }
    }

    fn flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            Self::Number(_) | Self::Text(_) => None,
        }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(_) | Self::Flag(_) => None,
        }
    }
}

/// One value a file as an array of the column's own type; an unknown one is null.
pub(crate) fn array<'a>(
    kind: ColumnType,
    values: impl Iterator<Item = Option<&'a Value>>,
) -> Option<ArrayRef> {
    let number = |value: Option<&Value>| value.and_then(Value::number);
    Some(match kind {
        ColumnType::Datetime => Arc::new(values.map(number).collect::<TimestampNanosecondArray>()),
        ColumnType::Timespan => Arc::new(values.map(number).collect::<DurationNanosecondArray>()),
        ColumnType::Integer => Arc::new(values.map(number).collect::<Int64Array>()),
        ColumnType::Boolean => Arc::new(
            values
                .map(|value| value.and_then(Value::flag))
                .collect::<BooleanArray>(),
        ),
        ColumnType::Text => Arc::new(
            values
                .map(|value| value.and_then(Value::text))
                .collect::<StringViewArray>(),
        ),
        ColumnType::Float | ColumnType::Map | ColumnType::Events | ColumnType::Links => {
            return None;
        }
    })
}
