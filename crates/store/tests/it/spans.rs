//! Spans of which everything follows from their number, and the little language that names them.

use arrow::array::{
    ArrayRef, AsArray, BooleanArray, DurationNanosecondArray, FixedSizeBinaryArray, Int64Array,
    ListArray, MapArray, MapBuilder, MapFieldNames, RecordBatch, StringArray, StringBuilder,
    StringViewArray, StructArray, TimestampNanosecondArray,
};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Field, Schema};
use model::span;
use std::ops::Range;
use std::sync::Arc;
use throughline_store::Request;

/// 2026-01-01T00:00:00Z.
pub(crate) const EPOCH: i64 = 1_767_225_600_000_000_000;
pub(crate) const SECOND: i64 = 1_000_000_000;
/// Spans of a trace.
pub(crate) const TRACE_SPANS: u64 = 4;

/// A request whose body says `first..end`.
pub(crate) fn request(dataset: &str, arrival_nanos: i64, numbers: Range<u64>) -> Request {
    let body = format!("{}..{}", numbers.start, numbers.end).into();
    Request {
        dataset: dataset.to_owned(),
        arrival_nanos,
        tag: 7,
        digest: None,
        body,
    }
}

/// What a store is opened with: body → batch.
pub(crate) fn decode(request: &Request) -> Result<Option<RecordBatch>, String> {
    let body = std::str::from_utf8(&request.body).map_err(|error| error.to_string())?;
    let (first, end) = body.split_once("..").ok_or("no range")?;
    let parse = |number: &str| number.parse::<u64>().map_err(|error| error.to_string());
    let numbers = parse(first)?..parse(end)?;
    Ok((!numbers.is_empty()).then(|| batch(numbers, request.arrival_nanos)))
}

pub(crate) fn span_id(number: u64) -> String {
    format!("{number:016x}")
}

/// Scattered, as random ids are.
pub(crate) fn trace_id(number: u64) -> String {
    format!(
        "{:032x}",
        (number / TRACE_SPANS + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    )
}

/// One second after the other.
pub(crate) fn time(number: u64) -> i64 {
    EPOCH + number as i64 * SECOND
}

/// The batch of these spans, as the decoder makes it.
pub(crate) fn batch(numbers: Range<u64>, arrival_nanos: i64) -> RecordBatch {
    let rows = rows(numbers, arrival_nanos);
    let (fields, columns) = rows
        .schema()
        .fields()
        .iter()
        .zip(rows.columns())
        .map(|(field, column)| {
            let schema = span::buffered_schema();
            let field = schema.field_with_name(field.name()).unwrap().clone();
            let column = buffered(column, field.data_type());
            (field, column)
        })
        .unzip::<_, _, Vec<Field>, Vec<ArrayRef>>();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap()
}

/// These spans as a query sees them: text, numbers, flags, a map and nested lists, some columns absent.
pub(crate) fn rows(numbers: Range<u64>, arrival_nanos: i64) -> RecordBatch {
    let rows = (numbers.end - numbers.start) as usize;
    let text = |value: &dyn Fn(u64) -> String| -> ArrayRef {
        Arc::new(StringViewArray::from_iter_values(
            numbers.clone().map(value),
        ))
    };
    let times = TimestampNanosecondArray::from_iter_values(numbers.clone().map(time));
    let arrivals = TimestampNanosecondArray::from_value(arrival_nanos, rows);
    let durations =
        DurationNanosecondArray::from_iter_values(numbers.clone().map(|n| n as i64 * 1000));
    let errors = BooleanArray::from_iter(numbers.clone().map(|n| Some(n % 10 == 0)));
    let statuses: Int64Array = numbers
        .clone()
        .map(|n| (n % 2 == 0).then_some(200 + (n % 300) as i64))
        .collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        (span::TIME, Arc::new(times)),
        (span::SYS_TIME, Arc::new(arrivals)),
        (span::TRACE_ID, text(&trace_id)),
        (span::SPAN_ID, text(&span_id)),
        (span::NAME, text(&|n| format!("GET /{}", n % 7))),
        (span::KIND, text(&|_| "server".to_owned())),
        (span::DURATION, Arc::new(durations)),
        (span::ERROR, Arc::new(errors)),
        (
            span::SERVICE_NAME,
            text(&|n| ["api", "worker"][(n % 2) as usize].to_owned()),
        ),
        ("attributes.http.response.status_code", Arc::new(statuses)),
        (
            span::ATTRIBUTES_CUSTOM,
            Arc::new(map(numbers.clone(), "lesson")),
        ),
        (span::EVENTS, Arc::new(events(numbers.clone()))),
    ];
    let fields: Vec<Field> = columns
        .iter()
        .map(|(name, _)| span::schema().field_with_name(name).unwrap().clone())
        .collect();
    let columns = columns.into_iter().map(|(_, column)| column).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap()
}

/// Ids are bytes, text is a dictionary.
fn buffered(column: &ArrayRef, kind: &DataType) -> ArrayRef {
    let DataType::FixedSizeBinary(_) = kind else {
        return arrow::compute::cast(column, kind).unwrap();
    };
    let bytes = |id: &str| -> Vec<u8> {
        let digits = (0..id.len()).step_by(2);
        digits
            .map(|at| u8::from_str_radix(&id[at..at + 2], 16).unwrap())
            .collect()
    };
    let ids = column.as_string_view().iter().map(|id| bytes(id.unwrap()));
    Arc::new(FixedSizeBinaryArray::try_from_iter(ids).unwrap())
}

/// `{key: number}` for each.
fn map(numbers: Range<u64>, key: &str) -> MapArray {
    maps(numbers.map(|number| vec![(key.to_owned(), number.to_string())]))
}

/// A map of these keys and values for each.
pub(crate) fn maps(rows: impl Iterator<Item = Vec<(String, String)>>) -> MapArray {
    let names = MapFieldNames {
        entry: "entries".into(),
        key: "key".into(),
        value: "value".into(),
    };
    let mut builder = MapBuilder::new(Some(names), StringBuilder::new(), StringBuilder::new());
    for entries in rows {
        for (key, value) in entries {
            builder.keys().append_value(key);
            builder.values().append_value(value);
        }
        builder.append(true).unwrap();
    }
    builder.finish()
}

/// The batch with another column in the place of the one of that name.
pub(crate) fn with_column(batch: &RecordBatch, name: &str, column: ArrayRef) -> RecordBatch {
    let index = batch.schema().index_of(name).unwrap();
    let mut columns = batch.columns().to_vec();
    columns[index] = column;
    RecordBatch::try_new(batch.schema(), columns).unwrap()
}

/// One event for every third span, none for the others.
fn events(numbers: Range<u64>) -> ListArray {
    let with_event: Vec<u64> = numbers.clone().filter(|n| n % 3 == 0).collect();
    let maps: Vec<MapArray> = with_event.iter().map(|n| map(*n..*n + 1, "why")).collect();
    let maps: Vec<&dyn arrow::array::Array> = maps.iter().map(|map| map as _).collect();
    let attributes = if maps.is_empty() {
        arrow::array::new_empty_array(&span::text_map())
    } else {
        arrow::compute::concat(&maps).unwrap()
    };
    let fields = span::event_fields();
    let values = StructArray::new(
        fields.clone(),
        vec![
            Arc::new(TimestampNanosecondArray::from_iter_values(
                with_event.iter().map(|n| time(*n) + 1),
            )),
            Arc::new(StringArray::from_iter_values(
                with_event.iter().map(|_| "exception"),
            )),
            attributes,
            Arc::new(Int64Array::from_iter(
                with_event.iter().map(|_| None::<i64>),
            )),
        ],
        None,
    );
    let lengths = numbers.map(|n| usize::from(n % 3 == 0));
    let item = Arc::new(Field::new("item", DataType::Struct(fields), true));
    ListArray::new(
        item,
        OffsetBuffer::from_lengths(lengths),
        Arc::new(values),
        None,
    )
}
