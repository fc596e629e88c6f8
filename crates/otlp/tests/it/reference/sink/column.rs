//! One column under construction, of each type.
//!
//! Whoever appends has placed the value by the column's type before; a value of another type would be a
//! bug here and becomes a null, never a wrong value.

use super::super::piece::{Attribute, Event, Link, Value};
use super::nested::{Events, Links};
use super::place::LAYOUT;
use arrow::array::{Array, ArrayBuilder, ArrayRef};
use arrow::array::{
    BooleanBuilder, Float64Builder, Int64Builder, StringBuilder, StringViewBuilder,
};
use arrow::array::{
    DurationNanosecondBuilder, MapBuilder, MapFieldNames, TimestampNanosecondBuilder,
};
use model::span::{self, ColumnType};
use std::sync::Arc;

/// A builder and the type that it builds.
pub(super) enum Column {
    Text(StringViewBuilder),
    Integer(Int64Builder),
    Float(Float64Builder),
    Boolean(BooleanBuilder),
    Datetime(TimestampNanosecondBuilder),
    Timespan(DurationNanosecondBuilder),
    Map(Box<TextMap>),
    Events(Box<Events>),
    Links(Box<Links>),
}

impl Column {
    /// An empty column for the model's column `index`.
    pub(super) fn new(index: usize) -> Self {
        match span::columns()[index].kind {
            // Every span has an id of its own; all other text repeats within a request.
            ColumnType::Text if index == LAYOUT.span_id => Self::Text(StringViewBuilder::new()),
            ColumnType::Text => Self::Text(StringViewBuilder::new().with_deduplicate_strings()),
            ColumnType::Integer => Self::Integer(Int64Builder::new()),
            ColumnType::Float => Self::Float(Float64Builder::new()),
            ColumnType::Boolean => Self::Boolean(BooleanBuilder::new()),
            ColumnType::Datetime => Self::Datetime(TimestampNanosecondBuilder::new()),
            ColumnType::Timespan => Self::Timespan(DurationNanosecondBuilder::new()),
            ColumnType::Map => Self::Map(Box::default()),
            ColumnType::Events => Self::Events(Box::default()),
            ColumnType::Links => Self::Links(Box::default()),
        }
    }

    /// Nulls up to `rows`.
    pub(super) fn pad(&mut self, rows: usize) {
        for _ in self.len()..rows {
            self.null();
        }
    }

    pub(super) fn value(&mut self, value: &Value<'_>) {
        match (self, value) {
            (Self::Text(builder), Value::Text(value)) => builder.append_value(value),
            (Self::Integer(builder), Value::Integer(value)) => builder.append_value(*value),
            (Self::Float(builder), Value::Float(value)) => builder.append_value(*value),
            (Self::Float(builder), Value::Integer(value)) => builder.append_value(*value as f64),
            (Self::Boolean(builder), Value::Boolean(value)) => builder.append_value(*value),
            (column, _) => column.null(),
        }
    }

    pub(super) fn text(&mut self, value: &str) {
        self.value(&Value::Text(value));
    }

    pub(super) fn boolean(&mut self, value: bool) {
        self.value(&Value::Boolean(value));
    }

    /// A count, or the nanoseconds of a time or a duration.
    pub(super) fn integer(&mut self, value: i64) {
        match self {
            Self::Datetime(builder) => builder.append_value(value),
            Self::Timespan(builder) => builder.append_value(value),
            column => column.value(&Value::Integer(value)),
        }
    }

    pub(super) fn map<'a>(&mut self, attributes: impl IntoIterator<Item = &'a Attribute<'a>>) {
        match self {
            Self::Map(map) => map.append(attributes),
            column => column.null(),
        }
    }

    pub(super) fn events(&mut self, events: &[Event<'_>]) {
        match self {
            Self::Events(column) => column.append(events),
            column => column.null(),
        }
    }

    pub(super) fn links(&mut self, links: &[Link<'_>]) {
        match self {
            Self::Links(column) => column.append(links),
            column => column.null(),
        }
    }

    pub(super) fn finish(self) -> ArrayRef {
        let mut array: ArrayRef = match self {
            Self::Text(mut builder) => Arc::new(builder.finish()),
            Self::Integer(mut builder) => Arc::new(builder.finish()),
            Self::Float(mut builder) => Arc::new(builder.finish()),
            Self::Boolean(mut builder) => Arc::new(builder.finish()),
            Self::Datetime(mut builder) => Arc::new(builder.finish()),
            Self::Timespan(mut builder) => Arc::new(builder.finish()),
            Self::Map(map) => map.finish(),
            Self::Events(events) => events.finish(),
            Self::Links(links) => links.finish(),
        };
        // Builders take 8 KiB at least; batches of a few spans stay in memory by the thousand.
        array.shrink_to_fit();
        array
    }

    fn len(&self) -> usize {
        match self {
            Self::Text(builder) => builder.len(),
            Self::Integer(builder) => builder.len(),
            Self::Float(builder) => builder.len(),
            Self::Boolean(builder) => builder.len(),
            Self::Datetime(builder) => builder.len(),
            Self::Timespan(builder) => builder.len(),
            Self::Map(map) => map.len(),
            Self::Events(events) => events.len(),
            Self::Links(links) => links.len(),
        }
    }

    fn null(&mut self) {
        match self {
            Self::Text(builder) => builder.append_null(),
            Self::Integer(builder) => builder.append_null(),
            Self::Float(builder) => builder.append_null(),
            Self::Boolean(builder) => builder.append_null(),
            Self::Datetime(builder) => builder.append_null(),
            Self::Timespan(builder) => builder.append_null(),
            Self::Map(map) => map.null(),
            Self::Events(events) => events.null(),
            Self::Links(links) => links.null(),
        }
    }
}

/// A column of `model::span::text_map`.
pub(super) struct TextMap(MapBuilder<StringBuilder, StringBuilder>);

impl Default for TextMap {
    fn default() -> Self {
        let names = MapFieldNames {
            entry: "entries".into(),
            key: "key".into(),
            value: "value".into(),
        };
        Self(MapBuilder::new(
            Some(names),
            StringBuilder::new(),
            StringBuilder::new(),
        ))
    }
}

impl TextMap {
    pub(super) fn append<'a>(&mut self, attributes: impl IntoIterator<Item = &'a Attribute<'a>>) {
        for Attribute { key, value } in attributes {
            self.0.keys().append_value(key);
            self.0.values().append_option(value.text());
        }
        self.close(true);
    }

    pub(super) fn null(&mut self) {
        self.close(false);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn finish(mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }

    fn close(&mut self, is_valid: bool) {
        self.0
            .append(is_valid)
            .expect("a map has as many values as keys");
    }
}
