//! Pieces to columns.
//!
//! A column comes into being with its first value and is null before it, so a batch has only the columns
//! that something is in. A resource and a scope are placed once, and written with each of their spans.

use super::piece::{Attribute, Scope, Span, Value};
use super::text;
use arrow::datatypes::Schema;
use arrow::record_batch::{RecordBatch, RecordBatchOptions};
use column::Column;
use model::span;
use place::{LAYOUT, Placed};
use std::sync::Arc;

/// One column under construction, of each type.
mod column;
/// Events and links: lists inside a span's row.
mod nested;
/// Which attribute goes to which column.
mod place;

/// The service of a resource that does not name it, as OTLP's SDKs call it.
const UNKNOWN_SERVICE: &str = "unknown_service";

/// Columns under construction. Lives as long as the request whose text it borrows.
pub(crate) struct Sink<'a> {
    /// By the columns' order in the model; `None` has no value yet.
    columns: Vec<Option<Column>>,
    /// Finished rows; the one under construction has this index.
    rows: usize,
    arrival_nanos: i64,
    resource: Placed<'a>,
    scope: Scope<'a>,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(arrival_nanos: i64) -> Self {
        Self {
            columns: span::columns().iter().map(|_| None).collect(),
            rows: 0,
            arrival_nanos,
            resource: Placed::default(),
            scope: Scope::default(),
        }
    }

    /// The spans that follow belong to this resource.
    pub(crate) fn resource(&mut self, attributes: Vec<Attribute<'a>>) {
        self.resource = place::resource(attributes);
        let is_named = |(index, value): &(usize, Value<'_>)| {
            *index == LAYOUT.service_name && !matches!(value, Value::Text(""))
        };
        if !self.resource.columns.iter().any(is_named) {
            self.resource
                .columns
                .retain(|(index, _)| *index != LAYOUT.service_name);
            self.resource
                .columns
                .push((LAYOUT.service_name, Value::Text(UNKNOWN_SERVICE)));
        }
    }

    /// The spans that follow belong to this scope.
    pub(crate) fn scope(&mut self, scope: Scope<'a>) {
        self.scope = scope;
    }

    /// Appends a row.
    pub(crate) fn span(&mut self, span: &Span<'a>) {
        self.intrinsics(span);
        self.resource_and_scope();
        self.attributes(span);
        if !span.events.is_empty() {
            self.column(LAYOUT.events).events(&span.events);
        }
        if !span.links.is_empty() {
            self.column(LAYOUT.links).links(&span.links);
        }
        self.rows += 1;
    }

    /// The batch; `None` when there are no rows.
    pub(crate) fn finish(self) -> Option<RecordBatch> {
        if self.rows == 0 {
            return None;
        }
        let schema = span::schema();
        let (mut fields, mut arrays) = (Vec::new(), Vec::new());
        for (field, column) in schema.fields().iter().zip(self.columns) {
            let Some(mut column) = column else { continue };
            column.pad(self.rows);
            fields.push(Arc::clone(field));
            arrays.push(column.finish());
        }
        let options = RecordBatchOptions::new().with_row_count(Some(self.rows));
        let schema = Arc::new(Schema::new(fields));
        Some(RecordBatch::try_new_with_options(schema, arrays, &options).unwrap())
    }

    fn intrinsics(&mut self, span: &Span<'_>) {
        self.column(LAYOUT.time).integer(span.start_nanos);
        let arrival_nanos = self.arrival_nanos;
        self.column(LAYOUT.sys_time).integer(arrival_nanos);
        self.column(LAYOUT.trace_id)
            .text(&text::hex(&span.trace_id));
        self.column(LAYOUT.span_id).text(&text::hex(&span.span_id));
        if let Some(parent) = span.parent_span_id {
            self.column(LAYOUT.parent_span_id).text(&text::hex(&parent));
        }
        self.column(LAYOUT.name).text(span.name);
        self.column(LAYOUT.kind).text(span.kind);
        self.column(LAYOUT.duration).integer(span.duration_nanos);
        self.column(LAYOUT.error)
            .boolean(span.status_code == Some("ERROR"));
        self.optional_text(LAYOUT.status_code, span.status_code.unwrap_or_default());
        self.optional_text(LAYOUT.status_message, span.status_message);
        self.optional_text(LAYOUT.trace_state, span.trace_state);
        self.optional_count(LAYOUT.flags, span.flags);
        self.optional_count(LAYOUT.dropped_attributes, span.dropped_attributes);
        self.optional_count(LAYOUT.dropped_events, span.dropped_events);
        self.optional_count(LAYOUT.dropped_links, span.dropped_links);
    }

    fn resource_and_scope(&mut self) {
        // Taken out for the loop, which needs the columns.
        let resource = std::mem::take(&mut self.resource);
        self.placed(&resource, LAYOUT.resource_custom);
        self.resource = resource;
        let scope = std::mem::take(&mut self.scope);
        self.optional_text(LAYOUT.scope_name, scope.name);
        self.optional_text(LAYOUT.scope_version, scope.version);
        if !scope.attributes.is_empty() {
            self.column(LAYOUT.scope_attributes).map(&scope.attributes);
        }
        self.scope = scope;
    }

    fn attributes(&mut self, span: &Span<'_>) {
        let mut custom = Vec::new();
        for attribute in &span.attributes {
            match place::attribute(attribute) {
                Some(index) => self.column(index).value(&attribute.value),
                None => custom.push(attribute),
            }
        }
        if !custom.is_empty() {
            self.column(LAYOUT.attributes_custom).map(custom);
        }
    }

    fn placed(&mut self, placed: &Placed<'_>, custom: usize) {
        for (index, value) in &placed.columns {
            self.column(*index).value(value);
        }
        if !placed.custom.is_empty() {
            self.column(custom).map(&placed.custom);
        }
    }

    fn optional_text(&mut self, index: usize, text: &str) {
        if !text.is_empty() {
            self.column(index).text(text);
        }
    }

    fn optional_count(&mut self, index: usize, count: u32) {
        if count > 0 {
            self.column(index).integer(count.into());
        }
    }

    /// The column, made if need be, with nulls up to the row under construction.
    fn column(&mut self, index: usize) -> &mut Column {
        let column = self.columns[index].get_or_insert_with(|| Column::new(index));
        column.pad(self.rows);
        column
    }
}
