//! Spans, their events and their links.

use super::{Walk, is_fit};
use crate::Error;
use crate::columns::{Event, Link};
use crate::names::{ATTRIBUTES, Place};
use crate::rejection::Flaw;
use crate::value::{self, Unfit, Value, known};
use crate::wire::{self, Field, Fields, tag};
use model::span::ColumnType;

const TRACE_ID: u32 = tag(1, wire::BYTES);
const SPAN_ID: u32 = tag(2, wire::BYTES);
const TRACE_STATE: u32 = tag(3, wire::BYTES);
const PARENT_SPAN_ID: u32 = tag(4, wire::BYTES);
const NAME: u32 = tag(5, wire::BYTES);
const KIND: u32 = tag(6, wire::VARINT);
const START: u32 = tag(7, wire::FIXED64);
const END: u32 = tag(8, wire::FIXED64);
const ATTRIBUTE: u32 = tag(9, wire::BYTES);
const DROPPED_ATTRIBUTES: u32 = tag(10, wire::VARINT);
const EVENT: u32 = tag(11, wire::BYTES);
const DROPPED_EVENTS: u32 = tag(12, wire::VARINT);
const LINK: u32 = tag(13, wire::BYTES);
const DROPPED_LINKS: u32 = tag(14, wire::VARINT);
const STATUS: u32 = tag(15, wire::BYTES);
const FLAGS: u32 = tag(16, wire::FIXED32);
const FIELD_MAX: u32 = 16;

mod event {
    use super::{tag, wire};
    pub(super) const TIME: u32 = tag(1, wire::FIXED64);
    pub(super) const NAME: u32 = tag(2, wire::BYTES);
    pub(super) const ATTRIBUTE: u32 = tag(3, wire::BYTES);
    pub(super) const DROPPED_ATTRIBUTES: u32 = tag(4, wire::VARINT);
    pub(super) const FIELD_MAX: u32 = 4;
}

mod link {
    use super::{tag, wire};
    pub(super) const TRACE_ID: u32 = tag(1, wire::BYTES);
    pub(super) const SPAN_ID: u32 = tag(2, wire::BYTES);
    pub(super) const TRACE_STATE: u32 = tag(3, wire::BYTES);
    pub(super) const ATTRIBUTE: u32 = tag(4, wire::BYTES);
    pub(super) const DROPPED_ATTRIBUTES: u32 = tag(5, wire::VARINT);
    pub(super) const FLAGS: u32 = tag(6, wire::FIXED32);
    pub(super) const FIELD_MAX: u32 = 6;
}

mod status {
    use super::{tag, wire};
    pub(super) const MESSAGE: u32 = tag(2, wire::BYTES);
    pub(super) const CODE: u32 = tag(3, wire::VARINT);
    pub(super) const FIELD_MAX: u32 = 3;
    pub(super) const OK: u64 = 1;
    pub(super) const ERROR: u64 = 2;
}

/// What a span says of itself, but its attributes, events and links. Absent is empty or 0, as in protobuf.
#[derive(Default)]
struct Span<'a> {
    trace_id: &'a [u8],
    span_id: &'a [u8],
    parent_span_id: &'a [u8],
    name: &'a [u8],
    kind: u64,
    start: u64,
    end: u64,
    status_code: u64,
    status_message: &'a [u8],
    trace_state: &'a [u8],
    flags: u64,
    dropped_attributes: u64,
    dropped_events: u64,
    dropped_links: u64,
}

impl<'a> Walk<'a> {
    /// Appends a span's row, or counts why not.
    pub(super) fn span(&mut self, message: &'a [u8]) -> Result<(), Error> {
        let left = self.spans_left.checked_sub(1);
        self.spans_left = left.ok_or_else(|| Error::TooLarge {
            what: "spans",
            limit: self.spans_max,
        })?;
        self.budget.part()?;
        self.custom.clear();
        self.misfits.clear();
        let flaw = match self.fields(message) {
            Ok(span) => match self.row(&span) {
                Ok(flaw) => flaw,
                Err(Unfit::TooDeep) => Some(Flaw::TooDeep),
                Err(Unfit::Request(error)) => return Err(error),
            },
            Err(Unfit::TooDeep) => Some(Flaw::TooDeep),
            Err(Unfit::Request(error)) => return Err(error),
        };
        match flaw {
            None => self.columns.rows += 1,
            Some(flaw) => {
                let place = self.place;
                self.rejected.add(flaw.reason(), 1, || flaw.at(place));
                self.columns.truncate(self.columns.rows);
            }
        }
        Ok(())
    }

    /// Reads a span's fields; its attributes, events and links go to their columns at once.
    fn fields(&mut self, message: &'a [u8]) -> Result<Span<'a>, Unfit> {
        let (mut span, mut is_deep) = (Span::default(), false);
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            match field.tag {
                ATTRIBUTE => self.attribute(field.bytes)?,
                TRACE_ID => span.trace_id = field.bytes,
                SPAN_ID => span.span_id = field.bytes,
                TRACE_STATE => span.trace_state = field.bytes,
                PARENT_SPAN_ID => span.parent_span_id = field.bytes,
                NAME => span.name = field.bytes,
                KIND => span.kind = field.number,
                START => span.start = field.number,
                END => span.end = field.number,
                // A span that is too deep is read to its end: the request may be bad behind it.
                EVENT => is_deep |= !is_fit(self.event(field.bytes))?,
                LINK => is_deep |= !is_fit(self.link(field.bytes))?,
                STATUS => span.status(field.bytes)?,
                DROPPED_ATTRIBUTES => span.dropped_attributes = u64::from(field.number as u32),
                DROPPED_EVENTS => span.dropped_events = u64::from(field.number as u32),
                DROPPED_LINKS => span.dropped_links = u64::from(field.number as u32),
                FLAGS => span.flags = field.number,
                _ => known(&field, FIELD_MAX)?,
            }
        }
        if is_deep {
            Err(Unfit::TooDeep)
        } else {
            Ok(span)
        }
    }

    /// One attribute: to the column of its name when its value has exactly the column's type (an integer
    /// also fits a float column when nothing is lost), else to the map of the rest. Of one that is
    /// repeated the last value stands, wherever it goes.
    #[inline(always)]
    fn attribute(&mut self, message: &'a [u8]) -> Result<(), Error> {
        self.budget.part()?;
        let attribute = value::attribute(message)?;
        let Some(place) = ATTRIBUTES.find(attribute.key) else {
            self.custom.push(attribute);
            return Ok(());
        };
        let is_put = self.put(place, attribute.value);
        if !is_put {
            self.columns.take_back(place.index);
            self.custom.push(attribute);
        }
        if !is_put || !self.misfits.is_empty() {
            self.note_misfit(place.index, is_put);
        }
        Ok(())
    }

    /// Remembers of a column that a value of this span did not fit whether a later one did.
    fn note_misfit(&mut self, index: usize, is_put: bool) {
        match self.misfits.iter_mut().find(|(column, _)| *column == index) {
            Some((_, is_in_column)) => *is_in_column = is_put,
            None if !is_put => self.misfits.push((index, false)),
            None => {}
        }
    }

    /// Takes values out of the map of the rest for which a later one is in its column: once a span, so
    /// that no order of attributes costs more than their number.
    fn settle_misfits(&mut self) {
        let misfits = &self.misfits;
        if misfits.iter().any(|(_, is_in_column)| *is_in_column) {
            self.custom.retain(|attribute| {
                let place = ATTRIBUTES.find(attribute.key);
                !place.is_some_and(|place| misfits.contains(&(place.index, true)))
            });
        }
    }

    /// Puts a value into a column if it fits, for the row under construction.
    #[inline(always)]
    fn put(&mut self, place: Place, value: Value<'_>) -> bool {
        let row = self.columns.rows;
        if let (ColumnType::Text, Value::Text(text)) = (place.kind, value) {
            self.columns.text(place.index).push(row, text);
            return true;
        }
        let number = number(place.kind, value);
        if let Some(number) = number {
            self.columns.number(place.index).push(row, number);
        }
        number.is_some()
    }

    /// The same for all rows from `from` up to `to`.
    pub(super) fn put_all(
        &mut self,
        place: Place,
        (from, to): (usize, usize),
        value: Value<'_>,
    ) -> bool {
        if let (ColumnType::Text, Value::Text(text)) = (place.kind, value) {
            self.columns.text(place.index).fill(from, to, text);
            return true;
        }
        let number = number(place.kind, value);
        if let Some(number) = number {
            self.columns.number(place.index).fill(from, to, number);
        }
        number.is_some()
    }

    /// Writes the row, but for what is there already; why it cannot be kept, if it cannot.
    fn row(&mut self, span: &Span<'a>) -> Result<Option<Flaw<'a>>, Unfit> {
        let (row, at) = (self.columns.rows, self.layout);
        if !is_id(span.trace_id, 16) {
            return Ok(Some(Flaw::TraceId(span.trace_id)));
        }
        if !is_id(span.span_id, 8) {
            return Ok(Some(Flaw::SpanId(span.span_id)));
        }
        // Some senders write a root's parent as zeros.
        let is_root = matches!(span.parent_span_id, [] | [0, 0, 0, 0, 0, 0, 0, 0]);
        if !is_root && !is_id(span.parent_span_id, 8) {
            return Ok(Some(Flaw::ParentSpanId(span.parent_span_id)));
        }
        self.settle_misfits();
        if !self.custom.is_empty() {
            value::canonical(&mut self.custom);
            let map = self.columns.map(at.attributes_custom);
            map.push(row, &self.custom, &mut self.budget)?;
        }
        let columns = &mut self.columns;
        columns.id(at.trace_id).push(row, span.trace_id);
        columns.id(at.span_id).push(row, span.span_id);
        if !is_root {
            columns.id(at.parent_span_id).push(row, span.parent_span_id);
        }
        columns.text(at.name).push(row, span.name);
        columns.text(at.kind).push(row, kind(span.kind));
        columns.number(at.time).push(row, nanos(span.start));
        let duration = span.end.saturating_sub(span.start);
        columns.number(at.duration).push(row, nanos(duration));
        let is_error = span.status_code == status::ERROR;
        columns.number(at.error).push(row, is_error.into());
        let texts = [
            (at.status_code, status_code(span.status_code)),
            (at.status_message, span.status_message),
            (at.trace_state, span.trace_state),
        ];
        for (index, text) in texts {
            if !text.is_empty() {
                columns.text(index).push(row, text);
            }
        }
        let counts = [
            (at.flags, span.flags),
            (at.dropped_attributes, span.dropped_attributes),
            (at.dropped_events, span.dropped_events),
            (at.dropped_links, span.dropped_links),
        ];
        for (index, count) in counts {
            if count > 0 {
                columns.number(index).push(row, count as i64);
            }
        }
        Ok(None)
    }

    fn event(&mut self, message: &'a [u8]) -> Result<(), Unfit> {
        self.budget.part()?;
        self.inner.clear();
        let (mut event, mut fields) = (Event::default(), Fields::of(message));
        while let Some(field) = fields.next()? {
            match field.tag {
                event::TIME => event.nanos = nanos(field.number),
                event::NAME => event.name = field.bytes,
                event::ATTRIBUTE => self.inner_attribute(field.bytes)?,
                event::DROPPED_ATTRIBUTES => event.dropped_attributes = field.number as u32,
                _ => known(&field, event::FIELD_MAX)?,
            }
        }
        value::canonical(&mut self.inner);
        let (row, events) = (self.columns.rows, self.layout.events);
        let events = self.columns.events(events);
        events.push(row, &event, &self.inner, &mut self.budget)
    }

    fn link(&mut self, message: &'a [u8]) -> Result<(), Unfit> {
        self.budget.part()?;
        self.inner.clear();
        let (mut link, mut fields) = (Link::default(), Fields::of(message));
        while let Some(field) = fields.next()? {
            match field.tag {
                link::TRACE_ID => link.trace_id = field.bytes,
                link::SPAN_ID => link.span_id = field.bytes,
                link::TRACE_STATE => link.trace_state = field.bytes,
                link::ATTRIBUTE => self.inner_attribute(field.bytes)?,
                link::DROPPED_ATTRIBUTES => link.dropped_attributes = field.number as u32,
                link::FLAGS => link.flags = field.number as u32,
                _ => known(&field, link::FIELD_MAX)?,
            }
        }
        value::canonical(&mut self.inner);
        let (row, links) = (self.columns.rows, self.layout.links);
        let links = self.columns.links(links);
        links.push(row, &link, &self.inner, &mut self.budget)
    }
}

impl<'a> Span<'a> {
    fn status(&mut self, message: &'a [u8]) -> Result<(), Error> {
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            match field {
                Field {
                    tag: status::MESSAGE,
                    bytes,
                    ..
                } => self.status_message = bytes,
                Field {
                    tag: status::CODE,
                    number,
                    ..
                } => self.status_code = number,
                // Field 1 was an older code; it is reserved.
                Field { tag: 8.., .. } if field.tag >> 3 == 1 => {}
                _ => known(&field, status::FIELD_MAX)?,
            }
        }
        Ok(())
    }
}

/// What a column of numbers has for a value, if it has exactly the column's type.
#[inline(always)]
fn number(kind: ColumnType, value: Value<'_>) -> Option<i64> {
    Some(match (kind, value) {
        (ColumnType::Integer, Value::Integer(value)) => value,
        (ColumnType::Boolean, Value::Boolean(value)) => value.into(),
        (ColumnType::Float, Value::Float(value)) => value.to_bits() as i64,
        // Senders write a ratio of 1.0 as 1. Above 2^53 a float would be another number.
        (ColumnType::Float, Value::Integer(value)) if value.unsigned_abs() <= 1 << 53 => {
            (value as f64).to_bits() as i64
        }
        _ => return None,
    })
}

/// All zero is what W3C Trace Context calls invalid.
#[inline(always)]
fn is_id(bytes: &[u8], length: usize) -> bool {
    bytes.len() == length && bytes.iter().any(|byte| *byte != 0)
}

/// Beyond the year 2262 is its last nanosecond.
fn nanos(wire: u64) -> i64 {
    i64::try_from(wire).unwrap_or(i64::MAX)
}

fn kind(wire: u64) -> &'static [u8] {
    match wire {
        1 => b"internal",
        2 => b"server",
        3 => b"client",
        4 => b"producer",
        5 => b"consumer",
        _ => b"unspecified",
    }
}

fn status_code(wire: u64) -> &'static [u8] {
    match wire {
        status::OK => b"OK",
        status::ERROR => b"ERROR",
        _ => b"",
    }
}
