//! The kinds of value a query can hold, and the Arrow type that carries each.
//!
//! **Dynamic values.** An array, a map, or a value whose kind only the row knows (an element, a key of a
//! map, what `parse_json` found) is held in one of two ways. What the dataset stores, and what an
//! aggregation collects, stays in Arrow's own lists, structs and maps. All else is JSON text in a column
//! of strings: compact, the keys of objects in order, so that equal values are equal texts and can be
//! grouped by; times in it are numbers of nanoseconds; JSON's null is the column's null. The kind
//! tells them apart: a column of strings whose kind is an array, a map or dynamic holds JSON. JSON rather
//! than a union type of Arrow, because no kernel of the engine computes with unions, and rather than a
//! mark in a field's metadata, because aggregations and joins lose it; the kind travels in the plan's fields.
//! It costs a parse per row where a function reads such a value, and nothing where a column is passed on.

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
    /// Text to text, as the dataset stores it.
    Map,
    /// Text to values, as the query makes it.
    Bag,
    /// Whatever the row holds: a scalar, an array or a map.
    Dynamic,
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
            Self::Map | Self::Bag => "map",
            Self::Dynamic => "unknown",
        }
    }

    /// The name in queries.
    pub fn query_name(self) -> &'static str {
        match self {
            Self::Boolean => "bool",
            Self::Integer => "long",
            Self::Float => "real",
            Self::Text => "string",
            Self::Datetime => "datetime",
            Self::Timespan => "timespan",
            Self::Array | Self::Map | Self::Bag | Self::Dynamic => "dynamic",
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
            Self::Map | Self::Bag => "a map",
            Self::Dynamic => "a dynamic value",
        }
    }

    /// The kind of a type that a query names, as in `typeof(bool)`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "bool" | "boolean" => Self::Boolean,
            "int" | "integer" | "long" => Self::Integer,
            "real" | "double" | "float" => Self::Float,
            "string" => Self::Text,
            "datetime" | "date" => Self::Datetime,
            "timespan" | "time" => Self::Timespan,
            "array" => Self::Array,
            "map" => Self::Bag,
            "dynamic" => Self::Dynamic,
            _ => return None,
        })
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

    /// The Arrow type of a kind that the query makes. Of arrays and maps there are more: what the dataset
    /// stores and what aggregations collect.
    pub(crate) fn arrow(self) -> DataType {
        match self {
            Self::Boolean => DataType::Boolean,
            Self::Integer => DataType::Int64,
            Self::Float => DataType::Float64,
            Self::Text | Self::Array | Self::Map | Self::Bag | Self::Dynamic => DataType::Utf8View,
            Self::Datetime => DATETIME,
            Self::Timespan => TIMESPAN,
        }
    }

    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Float)
    }

    /// Whether values have an order.
    pub(crate) fn is_scalar(self) -> bool {
        !matches!(self, Self::Array | Self::Map | Self::Bag | Self::Dynamic)
    }

    /// Whether rows may be grouped by it.
    pub(crate) fn is_groupable(self) -> bool {
        self.is_scalar() || self == Self::Dynamic
    }

    /// Whether a string of this kind is JSON text.
    pub fn is_json(self) -> bool {
        !self.is_scalar()
    }
}
