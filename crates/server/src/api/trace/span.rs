//! A row of the store as one span of a trace, with attributes under the names that OpenTelemetry gives
//! them.

use crate::api::cell::{Cell, text};
use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StructArray};
use arrow::datatypes::{DurationNanosecondType, TimestampNanosecondType};
use model::span as columns;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// A span of a trace. Its attributes and its resource's have the names that OpenTelemetry gives them.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Span {
    pub(super) span_id: String,
    pub(super) parent_span_id: Option<String>,
    name: String,
    kind: String,
    pub(super) service: Option<String>,
    /// Nanoseconds since the start of the trace as shown; since 1970 as read.
    pub(super) start_ns: i64,
    pub(super) duration_ns: i64,
    pub(super) error: bool,
    status_code: Option<String>,
    status_message: Option<String>,
    scope: Option<String>,
    #[schema(value_type = Object)]
    attributes: Map<String, Value>,
    #[schema(value_type = Object)]
    resource: Map<String, Value>,
    events: Vec<Event>,
    links: Vec<Link>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SpanEvent)]
struct Event {
    name: String,
    /// Nanoseconds since the start of the trace.
    offset_ns: i64,
    #[schema(value_type = Object)]
    attributes: Map<String, Value>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SpanLink)]
struct Link {
    trace_id: String,
    span_id: String,
    #[schema(value_type = Object)]
    attributes: Map<String, Value>,
}

impl Span {
    /// Counts all times from `start` on.
    pub(super) fn since(&mut self, start: i64) {
        self.start_ns = self.start_ns.saturating_sub(start);
        for event in &mut self.events {
            event.offset_ns = event.offset_ns.saturating_sub(start);
        }
    }
}

/// The spans of a batch of whole rows.
pub(super) fn read(batch: &RecordBatch) -> Vec<Span> {
    let attributes = prefixed(batch, columns::ATTRIBUTE_PREFIX, columns::ATTRIBUTES_CUSTOM);
    let mut resource = lifted(batch);
    resource.extend(prefixed(
        batch,
        columns::RESOURCE_PREFIX,
        columns::RESOURCE_CUSTOM,
    ));
    (0..batch.num_rows())
        .map(|row| {
            let at = Row { batch, row };
            Span {
                span_id: at.text(columns::SPAN_ID).unwrap_or_default(),
                parent_span_id: at.text(columns::PARENT_SPAN_ID),
                name: at.text(columns::NAME).unwrap_or_default(),
                kind: at.text(columns::KIND).unwrap_or_default(),
                service: at.text(columns::SERVICE_NAME),
                start_ns: at.time(columns::TIME),
                duration_ns: at.duration(),
                error: at.error(),
                status_code: at.text(columns::STATUS_CODE),
                status_message: at.text(columns::STATUS_MESSAGE),
                scope: at.text(columns::SCOPE_NAME),
                attributes: at.values(&attributes, columns::ATTRIBUTES_CUSTOM),
                resource: at.values(&resource, columns::RESOURCE_CUSTOM),
                events: at
                    .list(columns::EVENTS)
                    .map(|events| read_events(&events))
                    .unwrap_or_default(),
                links: at
                    .list(columns::LINKS)
                    .map(|links| read_links(&links))
                    .unwrap_or_default(),
            }
        })
        .collect()
}

/// A column under the name that its attribute had on the wire.
type Named<'a> = (&'a str, &'a ArrayRef);

/// The columns below `prefix` that have a value in the batch, without the map of the rest.
fn prefixed<'a>(batch: &'a RecordBatch, prefix: &str, custom: &str) -> Vec<Named<'a>> {
    named(batch, |name| {
        if name == custom {
            None
        } else {
            name.strip_prefix(prefix)
        }
    })
}

/// The columns that were lifted out of the resource.
fn lifted(batch: &RecordBatch) -> Vec<Named<'_>> {
    named(batch, |name| {
        columns::RESOURCE_LIFTED.contains(&name).then_some(name)
    })
}

fn named<'a>(batch: &'a RecordBatch, bare: impl Fn(&'a str) -> Option<&'a str>) -> Vec<Named<'a>> {
    batch
        .schema_ref()
        .fields()
        .iter()
        .zip(batch.columns())
        .filter(|(_, array)| array.null_count() < array.len())
        .filter_map(|(field, array)| bare(field.name()).map(|name| (name, array)))
        .collect()
}

struct Row<'a> {
    batch: &'a RecordBatch,
    row: usize,
}

impl Row<'_> {
    fn column(&self, name: &str) -> Option<&ArrayRef> {
        self.batch
            .column_by_name(name)
            .filter(|array| array.is_valid(self.row))
    }

    fn text(&self, name: &str) -> Option<String> {
        self.column(name)
            .map(|array| text(array, self.row).to_owned())
    }

    fn time(&self, name: &str) -> i64 {
        let array = self
            .column(name)
            .and_then(|array| array.as_primitive_opt::<TimestampNanosecondType>());
        array.map_or(0, |array| array.value(self.row))
    }

    fn duration(&self) -> i64 {
        let array = self
            .column(columns::DURATION)
            .and_then(|array| array.as_primitive_opt::<DurationNanosecondType>());
        array.map_or(0, |array| array.value(self.row))
    }

    fn error(&self) -> bool {
        let array = self
            .column(columns::ERROR)
            .and_then(|array| array.as_boolean_opt());
        array.is_some_and(|array| array.value(self.row))
    }

    fn list(&self, name: &str) -> Option<ArrayRef> {
        self.column(name)?
            .as_list_opt::<i32>()
            .map(|list| list.value(self.row))
    }

    /// Attributes with a column of their own, then those of the map `custom`.
    fn values(&self, columns: &[Named<'_>], custom: &str) -> Map<String, Value> {
        let mut values: Map<String, Value> = columns
            .iter()
            .filter(|(_, array)| array.is_valid(self.row))
            .map(|(name, array)| ((*name).to_owned(), value(array, self.row)))
            .collect();
        if let Some(custom) = self.column(custom) {
            values.extend(entries(custom, self.row));
        }
        values
    }
}

fn read_events(events: &ArrayRef) -> Vec<Event> {
    let Some(events) = events.as_struct_opt() else {
        return Vec::new();
    };
    let times = events
        .column_by_name("timestamp")
        .and_then(|times| times.as_primitive_opt::<TimestampNanosecondType>());
    (0..events.len())
        .map(|row| Event {
            name: member(events, "name", row),
            offset_ns: times.map_or(0, |times| times.value(row)),
            attributes: attributes(events, row),
        })
        .collect()
}

fn read_links(links: &ArrayRef) -> Vec<Link> {
    let Some(links) = links.as_struct_opt() else {
        return Vec::new();
    };
    (0..links.len())
        .map(|row| Link {
            trace_id: member(links, "trace_id", row),
            span_id: member(links, "span_id", row),
            attributes: attributes(links, row),
        })
        .collect()
}

fn member(of: &StructArray, name: &str, row: usize) -> String {
    let array = of.column_by_name(name).filter(|array| array.is_valid(row));
    array
        .map(|array| text(array, row).to_owned())
        .unwrap_or_default()
}

fn attributes(of: &StructArray, row: usize) -> Map<String, Value> {
    let array = of
        .column_by_name("attributes")
        .filter(|array| array.is_valid(row));
    array.map(|array| entries(array, row)).unwrap_or_default()
}

fn entries(map: &ArrayRef, row: usize) -> Map<String, Value> {
    match value(map, row) {
        Value::Object(entries) => entries,
        _ => Map::new(),
    }
}

fn value(array: &ArrayRef, row: usize) -> Value {
    serde_json::to_value(Cell::new(array.as_ref(), row)).unwrap_or_default()
}
