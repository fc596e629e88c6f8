//! The kinds of value a query can hold, and the Arrow type that carries each.

use arrow::datatypes::{DataType, TimeUnit};

/// A kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Boolean,
    /// 64-bit signed.
    Integer,
    /// 64-bit.
    Float,
    Text,
    /// Nanoseconds since 1970-01-01 UTC.
    Datetime,
    /// Nanoseconds.
    Timespan,
    Array,
    /// Text to text.
    Map,
}

pub(crate) const DATETIME: DataType = DataType::Timestamp(TimeUnit::Nanosecond, None);
pub(crate) const TIMESPAN: DataType = DataType::Duration(TimeUnit::Nanosecond);

impl Kind {
    /// The name in Axiom's responses.
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Float => "float",
            Self::Text => "string",
            Self::Datetime => "datetime",
            Self::Timespan => "timespan",
            Self::Array => "array",
            Self::Map => "map",
        }
    }

    /// The scalar kind that a query calls so.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "bool" | "boolean" => Self::Boolean,
            "int" | "long" => Self::Integer,
            "real" | "double" => Self::Float,
            "string" => Self::Text,
            "datetime" | "date" => Self::Datetime,
            "timespan" | "time" => Self::Timespan,
            _ => return None,
        })
    }

    /// The name in queries.
    pub(crate) fn query_name(self) -> &'static str {
        match self {
            Self::Boolean => "bool",
            Self::Integer => "long",
            Self::Float => "real",
            Self::Text => "string",
            Self::Datetime => "datetime",
            Self::Timespan => "timespan",
            Self::Array | Self::Map => "dynamic",
        }
    }

    /// The name in diagnostics, with its article.
    pub(crate) fn spoken(self) -> &'static str {
        match self {
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Float => "a float",
            Self::Text => "a string",
            Self::Datetime => "a datetime",
            Self::Timespan => "a timespan",
            Self::Array => "an array",
            Self::Map => "a map",
        }
    }

    /// The kind of a stored column; `None` for a type no query can hold.
    pub(crate) fn of(data_type: &DataType) -> Option<Self> {
        Some(match data_type {
            DataType::Boolean => Self::Boolean,
            DataType::Int64 => Self::Integer,
            DataType::Float64 => Self::Float,
            DataType::Utf8View => Self::Text,
            DataType::Timestamp(TimeUnit::Nanosecond, None) => Self::Datetime,
            DataType::Duration(TimeUnit::Nanosecond) => Self::Timespan,
            DataType::List(_) => Self::Array,
            DataType::Map(..) => Self::Map,
            _ => return None,
        })
    }

    /// The Arrow type of a scalar kind. Arrays and maps have many; they are never cast to.
    pub(crate) fn arrow(self) -> Option<DataType> {
        Some(match self {
            Self::Boolean => DataType::Boolean,
            Self::Integer => DataType::Int64,
            Self::Float => DataType::Float64,
            Self::Text => DataType::Utf8View,
            Self::Datetime => DATETIME,
            Self::Timespan => TIMESPAN,
            Self::Array | Self::Map => return None,
        })
    }

    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Float)
    }

    /// Whether values have an order and may be grouped by.
    pub(crate) fn is_scalar(self) -> bool {
        !matches!(self, Self::Array | Self::Map)
    }
}
