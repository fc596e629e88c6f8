//! The spans that all cases query: a booking across API and worker, an error in preview with the old
//! attribute names, a tick, a tool call, and one span that has hardly anything.

use crate::NOW_NANOS;
use arrow::array::{
    ArrayRef, BooleanArray, DurationNanosecondArray, Int64Array, ListArray, MapArray, MapBuilder,
    MapFieldNames, RecordBatch, StringArray, StringBuilder, StringViewArray, StructArray,
    TimestampNanosecondArray, new_null_array,
};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Field, Schema};
use datafusion::catalog::TableProvider;
use datafusion::datasource::MemTable;
use model::span::{self, Note};
use std::collections::BTreeSet;
use std::sync::Arc;
use throughline_apl::Datasets;

const BOOKING: &str = "1e0620e4acc5a6dd7ee5f837c9d17378";
const PREVIEW: &str = "aa0620e4acc5a6dd7ee5f837c9d17378";
const TICK: &str = "bb0620e4acc5a6dd7ee5f837c9d17378";
const TOOL: &str = "cc0620e4acc5a6dd7ee5f837c9d17378";

const MS: i64 = 1_000_000;

#[derive(Debug, Default)]
struct Span {
    /// Milliseconds before now.
    ago_ms: i64,
    trace: &'static str,
    id: &'static str,
    parent: Option<&'static str>,
    name: &'static str,
    kind: &'static str,
    nanos: i64,
    service: Option<&'static str>,
    texts: &'static [(&'static str, &'static str)],
    integers: &'static [(&'static str, i64)],
    custom: &'static [(&'static str, &'static str)],
    resource: &'static [(&'static str, &'static str)],
    /// Name, milliseconds after the start, attributes.
    events: &'static [(&'static str, i64, Entries)],
}

const API: Option<&str> = Some("instainstru-api");
const WORKER: Option<&str> = Some("instainstru-worker");

fn spans() -> Vec<Span> {
    vec![
        Span {
            ago_ms: 120_000,
            trace: BOOKING,
            id: "b000000000000001",
            name: "POST /bookings",
            kind: "server",
            nanos: 250 * MS,
            service: API,
            texts: &[
                ("attributes.http.request.method", "POST"),
                ("attributes.http.route", "/bookings"),
                ("status.code", "OK"),
            ],
            integers: &[("attributes.http.response.status_code", 201)],
            custom: &[("order.id", "17"), ("amount_cents", "4500")],
            resource: &[("team", "booking")],
            ..Span::default()
        },
        Span {
            ago_ms: 119_900,
            trace: BOOKING,
            id: "b000000000000002",
            parent: Some("b000000000000001"),
            name: "POST",
            kind: "client",
            nanos: 120 * MS,
            service: API,
            texts: &[
                ("attributes.http.request.method", "POST"),
                ("attributes.server.address", "payments"),
            ],
            integers: &[("attributes.http.response.status_code", 200)],
            custom: &[("amount_cents", "4500")],
            ..Span::default()
        },
        Span {
            ago_ms: 119_700,
            trace: BOOKING,
            id: "b000000000000003",
            parent: Some("b000000000000001"),
            name: "INSERT bookings",
            kind: "client",
            nanos: 4 * MS + 470_000,
            service: API,
            texts: &[("attributes.db.system.name", "sqlite")],
            ..Span::default()
        },
        Span {
            ago_ms: 119_600,
            trace: BOOKING,
            id: "b000000000000004",
            parent: Some("b000000000000001"),
            name: "apply_async/send_confirmation",
            kind: "producer",
            nanos: MS,
            service: API,
            ..Span::default()
        },
        Span {
            ago_ms: 90_000,
            trace: BOOKING,
            id: "b000000000000005",
            parent: Some("b000000000000004"),
            name: "run/send_confirmation",
            kind: "consumer",
            nanos: 23 * MS + 330_000,
            service: WORKER,
            custom: &[
                ("amount_cents", "n/a"),
                ("http.status_code", "503"),
                ("client.address", "7"),
                ("code.filepath", "src/mod.rs"),
                ("code.lineno", "12"),
                ("os.name", "linux"),
                ("marks.set", "[\"a\",\"b\"]"),
            ],
            ..Span::default()
        },
        Span {
            ago_ms: 60_000,
            trace: PREVIEW,
            id: "a000000000000001",
            name: "GET /instructors/{id}",
            kind: "server",
            nanos: 1_200 * MS,
            service: Some("instainstru-preview-api"),
            texts: &[
                ("attributes.http.method", "GET"),
                ("attributes.http.route", "/instructors/{id}"),
                ("status.code", "ERROR"),
                ("status.message", "no such instructor"),
            ],
            integers: &[("attributes.http.status_code", 500)],
            events: &[("exception", 500, &[("exception.type", "NoSuchInstructor")])],
            ..Span::default()
        },
        Span {
            ago_ms: 59_990,
            trace: PREVIEW,
            id: "a000000000000002",
            parent: Some("a000000000000001"),
            name: "SELECT instructors",
            kind: "client",
            nanos: 100 * MS,
            service: Some("instainstru-preview-api"),
            texts: &[
                ("attributes.db.system", "postgresql"),
                ("status.code", "ERROR"),
            ],
            ..Span::default()
        },
        Span {
            ago_ms: 30_000,
            trace: TICK,
            id: "7000000000000001",
            name: "expire_holds",
            kind: "internal",
            nanos: 2 * MS,
            service: Some("instainstru-beat"),
            ..Span::default()
        },
        Span {
            ago_ms: 10_000,
            trace: TOOL,
            id: "c000000000000001",
            name: "tools/call find_bookings",
            kind: "server",
            nanos: 369_000,
            service: Some("instainstru-mcp"),
            ..Span::default()
        },
        Span {
            ago_ms: 5_000,
            trace: TOOL,
            id: "c000000000000002",
            parent: Some("c0000000000000ff"),
            name: "100%_done",
            kind: "unspecified",
            nanos: 0,
            ..Span::default()
        },
    ]
}

/// The one dataset there is, `traces`.
#[derive(Debug)]
pub(crate) struct Table;

impl Datasets for Table {
    fn table(&self, name: &str) -> Option<Arc<dyn TableProvider>> {
        let batch = batch();
        (name == "traces")
            .then(|| Arc::new(MemTable::try_new(batch.schema(), vec![vec![batch]]).unwrap()) as _)
    }

    fn names(&self) -> Vec<String> {
        vec!["traces".to_owned()]
    }
}

/// The same, with a column for each key of the custom maps: all of them, or those before `n` alone.
#[derive(Debug)]
pub(crate) struct Keyed {
    pub(crate) is_complete: bool,
}

impl Datasets for Keyed {
    fn table(&self, name: &str) -> Option<Arc<dyn TableProvider>> {
        let (spans, batch) = (spans(), batch());
        let mut fields: Vec<Field> = span::schema()
            .fields()
            .iter()
            .map(|field| field.as_ref().clone())
            .collect();
        let mut columns = batch.columns().to_vec();
        for (map, key) in keys(&spans) {
            if !self.is_complete && key >= "n" {
                continue;
            }
            fields.push(Field::new(
                span::key_column(map, key),
                DataType::Utf8View,
                true,
            ));
            let values = spans.iter().map(|span| {
                let entries = entries_of(map)(span).iter();
                entries
                    .clone()
                    .find(|entry| entry.0 == key)
                    .map(|entry| entry.1)
            });
            columns.push(Arc::new(StringViewArray::from_iter(values)));
        }
        let complete = Note::KeysComplete.of(&span::KEYED_MAPS);
        let metadata = self.is_complete.then_some(complete).into_iter().collect();
        let schema = Arc::new(Schema::new_with_metadata(fields, metadata));
        let batch = RecordBatch::try_new(Arc::clone(&schema), columns).unwrap();
        (name == "traces")
            .then(|| Arc::new(MemTable::try_new(schema, vec![vec![batch]]).unwrap()) as _)
    }

    fn names(&self) -> Vec<String> {
        vec!["traces".to_owned()]
    }
}

/// The same, where it is known that no row has a value in a field.
#[derive(Debug)]
pub(crate) struct Absent(pub(crate) &'static str);

impl Datasets for Absent {
    fn table(&self, name: &str) -> Option<Arc<dyn TableProvider>> {
        let batch = batch();
        let fields = batch.schema().fields().clone();
        let metadata = [Note::Absent.of(&[self.0])].into();
        let schema = Arc::new(Schema::new_with_metadata(fields, metadata));
        let batch = RecordBatch::try_new(Arc::clone(&schema), batch.columns().to_vec()).unwrap();
        (name == "traces")
            .then(|| Arc::new(MemTable::try_new(schema, vec![vec![batch]]).unwrap()) as _)
    }

    fn names(&self) -> Vec<String> {
        vec!["traces".to_owned()]
    }
}

fn keys(spans: &[Span]) -> BTreeSet<(&'static str, &'static str)> {
    let of_map = |map| {
        let entries = spans.iter().flat_map(move |span| entries_of(map)(span));
        entries.map(move |(key, _)| (map, *key))
    };
    span::KEYED_MAPS.into_iter().flat_map(of_map).collect()
}

type Entries = &'static [(&'static str, &'static str)];

fn entries_of(map: &str) -> fn(&Span) -> Entries {
    match map {
        span::ATTRIBUTES_CUSTOM => |span| span.custom,
        _ => |span| span.resource,
    }
}

pub(crate) fn batch() -> RecordBatch {
    let spans = spans();
    let schema = span::schema();
    let columns = schema
        .fields()
        .iter()
        .map(|field| column(field, &spans))
        .collect();
    RecordBatch::try_new(schema, columns).unwrap()
}

fn column(field: &Field, spans: &[Span]) -> ArrayRef {
    let name = field.name().as_str();
    match field.data_type() {
        DataType::Timestamp(..) => Arc::new(TimestampNanosecondArray::from_iter_values(
            spans.iter().map(|span| NOW_NANOS - span.ago_ms * MS),
        )),
        DataType::Duration(_) => Arc::new(DurationNanosecondArray::from_iter_values(
            spans.iter().map(|span| span.nanos),
        )),
        DataType::Boolean if name == span::ERROR => {
            Arc::new(BooleanArray::from_iter(spans.iter().map(|span| {
                Some(text(span, span::STATUS_CODE) == Some("ERROR"))
            })))
        }
        DataType::Int64 => Arc::new(Int64Array::from_iter(spans.iter().map(|span| {
            span.integers
                .iter()
                .find(|(column, _)| *column == name)
                .map(|(_, value)| *value)
        }))),
        DataType::Utf8View => Arc::new(StringViewArray::from_iter(
            spans.iter().map(|span| text(span, name)),
        )),
        DataType::Map(..) if span::KEYED_MAPS.contains(&name) => {
            Arc::new(map(spans.iter().map(entries_of(name))))
        }
        DataType::List(_) if name == span::EVENTS => events(spans),
        other => new_null_array(other, spans.len()),
    }
}

fn text(span: &Span, name: &str) -> Option<&'static str> {
    match name {
        span::TRACE_ID => Some(span.trace),
        span::SPAN_ID => Some(span.id),
        span::PARENT_SPAN_ID => span.parent,
        span::NAME => Some(span.name),
        span::KIND => Some(span.kind),
        span::SERVICE_NAME => span.service,
        _ => span
            .texts
            .iter()
            .find(|(column, _)| *column == name)
            .map(|(_, value)| *value),
    }
}

fn map(entries: impl Iterator<Item = Entries>) -> MapArray {
    let names = MapFieldNames {
        entry: "entries".into(),
        key: "key".into(),
        value: "value".into(),
    };
    let mut builder = MapBuilder::new(Some(names), StringBuilder::new(), StringBuilder::new());
    for entries in entries {
        for (key, value) in entries {
            builder.keys().append_value(key);
            builder.values().append_value(value);
        }
        builder.append(!entries.is_empty()).unwrap();
    }
    builder.finish()
}

fn events(spans: &[Span]) -> ArrayRef {
    let of = |span: &Span| {
        let start = NOW_NANOS - span.ago_ms * MS;
        let event =
            move |event: &(&'static str, i64, Entries)| (start + event.1 * MS, event.0, event.2);
        span.events.iter().map(event)
    };
    let all: Vec<(i64, &'static str, Entries)> = spans.iter().flat_map(of).collect();
    let columns: Vec<ArrayRef> = vec![
        Arc::new(TimestampNanosecondArray::from_iter_values(
            all.iter().map(|event| event.0),
        )),
        Arc::new(StringArray::from_iter_values(
            all.iter().map(|event| event.1),
        )),
        Arc::new(map(all.iter().map(|event| event.2))),
        Arc::new(Int64Array::new_null(all.len())),
    ];
    let fields = span::event_fields();
    let item = Arc::new(Field::new("item", DataType::Struct(fields.clone()), true));
    let offsets = OffsetBuffer::from_lengths(spans.iter().map(|span| span.events.len()));
    let nulls = spans.iter().map(|span| !span.events.is_empty()).collect();
    let events = Arc::new(StructArray::new(fields, columns, None));
    Arc::new(ListArray::new(item, offsets, events, Some(nulls)))
}
