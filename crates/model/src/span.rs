//! A span's columns: the only place that names them.
//!
//! Common attributes (OpenTelemetry's semantic conventions, old spellings and new) have a typed column
//! of their own; the rest lives in the text maps `attributes.custom` and `resource.custom`, and so does
//! a promoted attribute whose value is not of the column's type: no type clash rejects a span.
//!
//! A batch or a data file holds only those columns that have a value in it, in this order; a column
//! that is absent is null throughout.

use arrow::datatypes::{DataType, Field, Fields, Schema, SchemaRef, TimeUnit};
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

mod attributes;
pub use attributes::{ATTRIBUTES, RESOURCE, RESOURCE_LIFTED};

pub const TIME: &str = "_time";
pub const SYS_TIME: &str = "_sysTime";
pub const TRACE_ID: &str = "trace_id";
pub const SPAN_ID: &str = "span_id";
pub const PARENT_SPAN_ID: &str = "parent_span_id";
pub const NAME: &str = "name";
pub const KIND: &str = "kind";
pub const DURATION: &str = "duration";
pub const ERROR: &str = "error";
pub const STATUS_CODE: &str = "status.code";
pub const STATUS_MESSAGE: &str = "status.message";
pub const SERVICE_NAME: &str = "service.name";
pub const SCOPE_NAME: &str = "scope.name";
pub const SCOPE_VERSION: &str = "scope.version";
pub const SCOPE_ATTRIBUTES: &str = "scope.attributes";
pub const TRACE_STATE: &str = "trace_state";
pub const FLAGS: &str = "flags";
pub const DROPPED_ATTRIBUTES: &str = "dropped_attributes_count";
pub const DROPPED_EVENTS: &str = "dropped_events_count";
pub const DROPPED_LINKS: &str = "dropped_links_count";
pub const EVENTS: &str = "events";
pub const LINKS: &str = "links";

/// Before the name of a promoted span attribute, and the map of the rest.
pub const ATTRIBUTE_PREFIX: &str = "attributes.";
pub const ATTRIBUTES_CUSTOM: &str = "attributes.custom";
/// Before the name of a promoted resource attribute, and the map of the rest.
pub const RESOURCE_PREFIX: &str = "resource.";
pub const RESOURCE_CUSTOM: &str = "resource.custom";
/// What OTLP says of a resource or a scope besides its attributes.
pub const RESOURCE_SCHEMA_URL: &str = "resource.schema_url";
pub const RESOURCE_DROPPED_ATTRIBUTES: &str = "resource.dropped_attributes_count";
/// JSON: a list of `{"type", "idKeys", "descriptionKeys", "schemaUrl"}`.
pub const RESOURCE_ENTITY_REFS: &str = "resource.entity_refs";
pub const SCOPE_SCHEMA_URL: &str = "scope.schema_url";
pub const SCOPE_DROPPED_ATTRIBUTES: &str = "scope.dropped_attributes_count";

/// The maps whose keys may have a column of their own besides, in this order: see [`key_column`].
pub const KEYED_MAPS: [&str; 2] = [ATTRIBUTES_CUSTOM, RESOURCE_CUSTOM];
/// What a table's schema says of its rows, beside its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The maps of which every key has its column. One that has none is in no row.
    KeysComplete,
    /// The columns of attributes that no row has a value in, as far as that is known.
    Absent,
}

impl Note {
    fn name(self) -> &'static str {
        match self {
            Self::KeysComplete => "throughline.keys_complete=",
            Self::Absent => "throughline.absent=",
        }
    }

    /// For a schema's metadata. All of it is in the key: the engine puts the metadata of a join's sides together, and
    /// two values of one key would be one after the other, in the order of the sides, which it may exchange.
    pub fn of(self, names: &[&str]) -> (String, String) {
        let key = format!("{}{}", self.name(), names.join(","));
        (key, String::new())
    }

    /// The names in it; `None` when the schema of the table does not have it.
    pub fn read(self, table: &Schema) -> Option<BTreeSet<&str>> {
        let mut keys = table.metadata().keys();
        let names = keys.find_map(|key| key.strip_prefix(self.name()))?;
        let names = names.split(',').filter(|name| !name.is_empty());
        Some(names.collect())
    }
}

/// Lengths of ids.
pub const TRACE_ID_BYTES: i32 = 16;
pub const SPAN_ID_BYTES: i32 = 8;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    Text,
    /// 64-bit signed.
    Integer,
    /// 64-bit.
    Float,
    Boolean,
    /// Nanoseconds since 1970-01-01 UTC.
    Datetime,
    /// Nanoseconds.
    Timespan,
    /// Text keys to text values; a value that was no string is its JSON text.
    Map,
    /// A list of `{timestamp, name, attributes, dropped_attributes_count}`.
    Events,
    /// A list of `{trace_id, span_id, trace_state, attributes, dropped_attributes_count, flags}`.
    Links,
}

impl ColumnType {
    /// The Arrow type of such a column, in memory and (by Parquet's mapping) in files.
    pub fn arrow(self) -> DataType {
        match self {
            Self::Text => DataType::Utf8View,
            Self::Integer => DataType::Int64,
            Self::Float => DataType::Float64,
            Self::Boolean => DataType::Boolean,
            Self::Datetime => DataType::Timestamp(TimeUnit::Nanosecond, None),
            Self::Timespan => DataType::Duration(TimeUnit::Nanosecond),
            Self::Map => text_map(),
            Self::Events => list_of(event_fields()),
            Self::Links => list_of(link_fields()),
        }
    }
}

/// One column of a span.
#[derive(Clone, Debug)]
pub struct Column {
    pub name: String,
    pub kind: ColumnType,
    pub nullable: bool,
}

impl Column {
    /// The Arrow type of the column between the decoder and the data file, where rows wait by the
    /// hundred thousand: ids are bytes, text that repeats is a dictionary's key, and what a resource or a
    /// scope says is there once for all its spans.
    pub fn buffered(&self) -> DataType {
        match (self.name.as_str(), self.kind) {
            (TRACE_ID, _) => DataType::FixedSizeBinary(TRACE_ID_BYTES),
            (SPAN_ID | PARENT_SPAN_ID, _) => DataType::FixedSizeBinary(SPAN_ID_BYTES),
            (RESOURCE_CUSTOM | SCOPE_ATTRIBUTES, _) => dictionary(text_map()),
            (_, ColumnType::Text) => dictionary(DataType::Utf8),
            (_, kind) => kind.arrow(),
        }
    }
}

fn dictionary(values: DataType) -> DataType {
    DataType::Dictionary(Box::new(DataType::UInt32), Box::new(values))
}

/// The column of one key of a map, text: the map's values again, which a table may have behind its columns
/// to be quick to filter and to group by. No other column has a slash in its name.
pub fn key_column(map: &str, key: &str) -> String {
    format!("{map}/{key}")
}

/// The map and the key of such a column.
pub fn of_key_column(column: &str) -> Option<(&'static str, &str)> {
    KEYED_MAPS.iter().find_map(|map| {
        let key = column.strip_prefix(map)?.strip_prefix('/')?;
        Some((*map, key))
    })
}

/// All columns as the decoder makes them and the buffer holds them, in order: see [`Column::buffered`].
pub fn buffered_schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let fields: Vec<Field> = columns()
            .iter()
            .map(|column| Field::new(&column.name, column.buffered(), column.nullable))
            .collect();
        Arc::new(Schema::new(fields))
    });
    Arc::clone(&SCHEMA)
}

/// All columns, in order.
pub fn columns() -> &'static [Column] {
    static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(all_columns);
    &COLUMNS
}

/// All columns as an Arrow schema, in order.
pub fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let fields: Vec<Field> = columns()
            .iter()
            .map(|column| Field::new(&column.name, column.kind.arrow(), column.nullable))
            .collect();
        Arc::new(Schema::new(fields))
    });
    Arc::clone(&SCHEMA)
}

/// `Map<Utf8, Utf8>`, the type of the two `custom` columns and of attributes inside events and links.
pub fn text_map() -> DataType {
    let entry = Fields::from(vec![
        Field::new("key", DataType::Utf8, false),
        Field::new("value", DataType::Utf8, true),
    ]);
    let entries = Field::new("entries", DataType::Struct(entry), false);
    DataType::Map(Arc::new(entries), false)
}

/// The fields of one event.
pub fn event_fields() -> Fields {
    Fields::from(vec![
        Field::new("timestamp", ColumnType::Datetime.arrow(), true),
        Field::new("name", DataType::Utf8, true),
        Field::new("attributes", text_map(), true),
        Field::new("dropped_attributes_count", DataType::Int64, true),
    ])
}

/// The fields of one link.
pub fn link_fields() -> Fields {
    Fields::from(vec![
        Field::new("trace_id", DataType::Utf8, true),
        Field::new("span_id", DataType::Utf8, true),
        Field::new("trace_state", DataType::Utf8, true),
        Field::new("attributes", text_map(), true),
        Field::new("dropped_attributes_count", DataType::Int64, true),
        Field::new("flags", DataType::Int64, true),
    ])
}

fn list_of(fields: Fields) -> DataType {
    DataType::List(Arc::new(Field::new("item", DataType::Struct(fields), true)))
}

fn all_columns() -> Vec<Column> {
    use ColumnType::{Boolean, Datetime, Events, Integer, Links, Map, Text, Timespan};
    let column = |name: &str, kind, nullable| Column {
        name: name.to_owned(),
        kind,
        nullable,
    };
    let mut all = vec![
        column(TIME, Datetime, false),
        column(SYS_TIME, Datetime, false),
        column(TRACE_ID, Text, false),
        column(SPAN_ID, Text, false),
        column(PARENT_SPAN_ID, Text, true),
        column(NAME, Text, false),
        column(KIND, Text, false),
        column(DURATION, Timespan, false),
        column(ERROR, Boolean, false),
        column(STATUS_CODE, Text, true),
        column(STATUS_MESSAGE, Text, true),
    ];
    all.extend(RESOURCE_LIFTED.iter().map(|name| column(name, Text, true)));
    all.extend([
        column(SCOPE_NAME, Text, true),
        column(SCOPE_VERSION, Text, true),
    ]);
    all.extend(
        ATTRIBUTES
            .iter()
            .map(|(name, kind)| column(&format!("{ATTRIBUTE_PREFIX}{name}"), *kind, true)),
    );
    all.push(column(ATTRIBUTES_CUSTOM, Map, true));
    all.extend(
        RESOURCE
            .iter()
            .map(|(name, kind)| column(&format!("{RESOURCE_PREFIX}{name}"), *kind, true)),
    );
    all.extend([
        column(RESOURCE_CUSTOM, Map, true),
        column(SCOPE_ATTRIBUTES, Map, true),
        column(EVENTS, Events, true),
        column(LINKS, Links, true),
        column(TRACE_STATE, Text, true),
        column(FLAGS, Integer, true),
        column(DROPPED_ATTRIBUTES, Integer, true),
        column(DROPPED_EVENTS, Integer, true),
        column(DROPPED_LINKS, Integer, true),
        column(RESOURCE_SCHEMA_URL, Text, true),
        column(RESOURCE_DROPPED_ATTRIBUTES, Integer, true),
        column(RESOURCE_ENTITY_REFS, Text, true),
        column(SCOPE_SCHEMA_URL, Text, true),
        column(SCOPE_DROPPED_ATTRIBUTES, Integer, true),
    ]);
    all
}
