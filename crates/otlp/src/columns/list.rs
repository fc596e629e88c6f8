//! Events and links: lists inside a span's row.

use super::map::TextMaps;
use super::nulls;
use super::text::array;
use crate::Error;
use crate::text;
use crate::value::{Attribute, Budget, Unfit};
use arrow::array::{ArrayRef, Int64Array, ListArray, StructArray, TimestampNanosecondArray};
use arrow::buffer::{OffsetBuffer, ScalarBuffer};
use arrow::datatypes::{DataType, Fields};
use model::span::{self, ColumnType};
use model::texts::Texts;
use std::sync::Arc;

/// An event; its name is empty where it has none.
#[derive(Debug, Default)]
pub(crate) struct Event<'a> {
    pub(crate) nanos: i64,
    pub(crate) name: &'a [u8],
    pub(crate) dropped_attributes: u32,
}

/// A link. Its ids are as sent, of whatever length: a bad link does not cost its span.
#[derive(Debug, Default)]
pub(crate) struct Link<'a> {
    pub(crate) trace_id: &'a [u8],
    pub(crate) span_id: &'a [u8],
    pub(crate) trace_state: &'a [u8],
    pub(crate) dropped_attributes: u32,
    pub(crate) flags: u32,
}

/// Which items belong to which row.
struct Rows {
    /// One more than there are rows: where each one's items end.
    offsets: Vec<i32>,
    is_value: Vec<bool>,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            offsets: vec![0],
            is_value: Vec::new(),
        }
    }
}

impl Rows {
    /// One more item, the `count`th, for row `row`.
    fn add(&mut self, row: usize, count: usize) {
        self.pad(row + 1, count - 1);
        self.is_value[row] = true;
        self.offsets[row + 1] = count as i32;
    }

    fn pad(&mut self, rows: usize, count: usize) {
        if self.is_value.len() < rows {
            self.is_value.resize(rows, false);
            self.offsets.resize(rows + 1, count as i32);
        }
    }

    /// Cuts rows off; how many items are left.
    fn truncate(&mut self, rows: usize) -> usize {
        self.offsets.truncate(rows + 1);
        self.is_value.truncate(rows);
        self.offsets.last().copied().unwrap_or(0) as usize
    }

    fn finish(
        self,
        kind: ColumnType,
        fields: Fields,
        children: Vec<ArrayRef>,
    ) -> Result<ArrayRef, Error> {
        let DataType::List(item) = kind.arrow() else {
            unreachable!("events and links are lists")
        };
        let offsets = OffsetBuffer::new(ScalarBuffer::from(self.offsets));
        let nulls = nulls(&self.is_value);
        let nulls = (nulls.null_count() > 0).then_some(nulls);
        let values = Arc::new(StructArray::new(fields, children, None));
        let list = ListArray::try_new(item, offsets, values, nulls).map_err(Error::Columns)?;
        Ok(Arc::new(list))
    }
}

/// A column of `ColumnType::Events`.
#[derive(Default)]
pub(crate) struct Events {
    rows: Rows,
    timestamps: Vec<i64>,
    names: Texts,
    attributes: TextMaps,
    dropped_attributes: Vec<Option<i64>>,
}

impl Events {
    /// One more event of row `row`.
    pub(crate) fn push(
        &mut self,
        row: usize,
        event: &Event<'_>,
        attributes: &[Attribute<'_>],
        budget: &mut Budget,
    ) -> Result<(), Unfit> {
        self.attributes
            .push(self.timestamps.len(), attributes, budget)?;
        self.timestamps.push(event.nanos);
        self.names.push(event.name);
        self.dropped_attributes
            .push(count(event.dropped_attributes));
        self.rows.add(row, self.timestamps.len());
        Ok(())
    }

    pub(super) fn len(&self) -> usize {
        self.rows.is_value.len()
    }

    pub(super) fn truncate(&mut self, rows: usize) {
        let count = self.rows.truncate(rows);
        self.timestamps.truncate(count);
        self.names.truncate(count);
        self.attributes.truncate(count);
        self.dropped_attributes.truncate(count);
    }

    pub(super) fn finish(mut self, rows: usize) -> Result<ArrayRef, Error> {
        let count = self.timestamps.len();
        self.rows.pad(rows, count);
        let children: Vec<ArrayRef> = vec![
            Arc::new(TimestampNanosecondArray::from(self.timestamps)),
            Arc::new(array(self.names, None)?),
            self.attributes.finish(count)?,
            Arc::new(Int64Array::from(self.dropped_attributes)),
        ];
        self.rows
            .finish(ColumnType::Events, span::event_fields(), children)
    }
}

/// A column of `ColumnType::Links`.
#[derive(Default)]
pub(crate) struct Links {
    rows: Rows,
    trace_ids: Texts,
    span_ids: Texts,
    trace_states: Texts,
    has_trace_state: Vec<bool>,
    attributes: TextMaps,
    dropped_attributes: Vec<Option<i64>>,
    flags: Vec<Option<i64>>,
}

impl Links {
    /// One more link of row `row`.
    pub(crate) fn push(
        &mut self,
        row: usize,
        link: &Link<'_>,
        attributes: &[Attribute<'_>],
        budget: &mut Budget,
    ) -> Result<(), Unfit> {
        self.attributes.push(self.flags.len(), attributes, budget)?;
        text::hex(link.trace_id, self.trace_ids.open());
        self.trace_ids.close();
        text::hex(link.span_id, self.span_ids.open());
        self.span_ids.close();
        self.trace_states.push(link.trace_state);
        self.has_trace_state.push(!link.trace_state.is_empty());
        self.dropped_attributes.push(count(link.dropped_attributes));
        self.flags.push(count(link.flags));
        self.rows.add(row, self.flags.len());
        Ok(())
    }

    pub(super) fn len(&self) -> usize {
        self.rows.is_value.len()
    }

    pub(super) fn truncate(&mut self, rows: usize) {
        let count = self.rows.truncate(rows);
        self.trace_ids.truncate(count);
        self.span_ids.truncate(count);
        self.trace_states.truncate(count);
        self.has_trace_state.truncate(count);
        self.attributes.truncate(count);
        self.dropped_attributes.truncate(count);
        self.flags.truncate(count);
    }

    pub(super) fn finish(mut self, rows: usize) -> Result<ArrayRef, Error> {
        let count = self.flags.len();
        self.rows.pad(rows, count);
        let has_trace_state = nulls(&self.has_trace_state);
        let children: Vec<ArrayRef> = vec![
            Arc::new(array(self.trace_ids, None)?),
            Arc::new(array(self.span_ids, None)?),
            Arc::new(array(self.trace_states, Some(has_trace_state))?),
            self.attributes.finish(count)?,
            Arc::new(Int64Array::from(self.dropped_attributes)),
            Arc::new(Int64Array::from(self.flags)),
        ];
        self.rows
            .finish(ColumnType::Links, span::link_fields(), children)
    }
}

/// 0 is absent, as in protobuf.
fn count(count: u32) -> Option<i64> {
    (count > 0).then_some(count.into())
}
