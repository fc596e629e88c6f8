//! Events and links: lists inside a span's row.

use super::super::piece::{Event, Link};
use super::super::text;
use super::column::TextMap;
use arrow::array::{
    ArrayRef, Int64Builder, ListArray, StringBuilder, StructArray, TimestampNanosecondBuilder,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{DataType, Fields};
use model::span::{self, ColumnType};
use std::sync::Arc;

/// A column of `ColumnType::Events`.
#[derive(Default)]
pub(super) struct Events {
    /// How many events each row has; `None` is null.
    lens: Vec<Option<usize>>,
    timestamp: TimestampNanosecondBuilder,
    name: StringBuilder,
    attributes: TextMap,
    dropped_attributes: Int64Builder,
}

impl Events {
    pub(super) fn append(&mut self, events: &[Event<'_>]) {
        self.lens.push(Some(events.len()));
        for event in events {
            self.timestamp.append_value(event.nanos);
            self.name.append_value(event.name);
            if event.attributes.is_empty() {
                self.attributes.null();
            } else {
                self.attributes.append(&event.attributes);
            }
            self.dropped_attributes
                .append_option(count(event.dropped_attributes));
        }
    }

    pub(super) fn null(&mut self) {
        self.lens.push(None);
    }

    pub(super) fn len(&self) -> usize {
        self.lens.len()
    }

    pub(super) fn finish(mut self) -> ArrayRef {
        let children: Vec<ArrayRef> = vec![
            Arc::new(self.timestamp.finish()),
            Arc::new(self.name.finish()),
            self.attributes.finish(),
            Arc::new(self.dropped_attributes.finish()),
        ];
        list(
            ColumnType::Events,
            span::event_fields(),
            children,
            &self.lens,
        )
    }
}

/// A column of `ColumnType::Links`.
#[derive(Default)]
pub(super) struct Links {
    /// How many links each row has; `None` is null.
    lens: Vec<Option<usize>>,
    trace_id: StringBuilder,
    span_id: StringBuilder,
    trace_state: StringBuilder,
    attributes: TextMap,
    dropped_attributes: Int64Builder,
    flags: Int64Builder,
}

impl Links {
    pub(super) fn append(&mut self, links: &[Link<'_>]) {
        self.lens.push(Some(links.len()));
        for link in links {
            self.trace_id.append_value(text::hex(link.trace_id));
            self.span_id.append_value(text::hex(link.span_id));
            self.trace_state
                .append_option((!link.trace_state.is_empty()).then_some(link.trace_state));
            if link.attributes.is_empty() {
                self.attributes.null();
            } else {
                self.attributes.append(&link.attributes);
            }
            self.dropped_attributes
                .append_option(count(link.dropped_attributes));
            self.flags.append_option(count(link.flags));
        }
    }

    pub(super) fn null(&mut self) {
        self.lens.push(None);
    }

    pub(super) fn len(&self) -> usize {
        self.lens.len()
    }

    pub(super) fn finish(mut self) -> ArrayRef {
        let children: Vec<ArrayRef> = vec![
            Arc::new(self.trace_id.finish()),
            Arc::new(self.span_id.finish()),
            Arc::new(self.trace_state.finish()),
            self.attributes.finish(),
            Arc::new(self.dropped_attributes.finish()),
            Arc::new(self.flags.finish()),
        ];
        list(ColumnType::Links, span::link_fields(), children, &self.lens)
    }
}

/// 0 is absent, as in protobuf.
fn count(count: u32) -> Option<i64> {
    (count > 0).then_some(count.into())
}

fn list(
    kind: ColumnType,
    fields: Fields,
    children: Vec<ArrayRef>,
    lens: &[Option<usize>],
) -> ArrayRef {
    let DataType::List(item) = kind.arrow() else {
        unreachable!("events and links are lists")
    };
    let offsets = OffsetBuffer::from_lengths(lens.iter().map(|len| len.unwrap_or(0)));
    let validity: NullBuffer = lens.iter().map(Option::is_some).collect();
    let values = Arc::new(StructArray::new(fields, children, None));
    let nulls = (validity.null_count() > 0).then_some(validity);
    Arc::new(ListArray::new(item, offsets, values, nulls))
}
