//! A request's protobuf bytes to columns, in one pass and without messages in between.
//!
//! A group's resource and scope may stand behind its spans, and its schema always does: they are filled in
//! when the group ends, once for all its rows. A span is appended field by field; when it turns out that
//! it cannot be kept, its row is cut off again and counted.

use crate::columns::Columns;
use crate::names::{LAYOUT, Layout};
use crate::rejection::{self, Place, Tally};
use crate::value::{self, Attribute, Budget, Unfit, known};
use crate::wire::{self, Fields, tag};
use crate::{Decoded, Error, Limits};

/// Resources and scopes: what is said once for many spans.
mod group;
/// Spans, their events and their links.
mod span;

/// A usual span; the columns' room is guessed by it.
const SPAN_BYTES: usize = 400;

const RESOURCE_SPANS: u32 = tag(1, wire::BYTES);

/// Reads the request in `message`.
pub(crate) fn decode(
    message: &[u8],
    arrival_nanos: i64,
    limits: &Limits,
) -> Result<Decoded, Error> {
    let mut walk = Walk {
        layout: &LAYOUT,
        columns: Columns::new(message.len() / SPAN_BYTES),
        budget: Budget::new(limits),
        rejected: Tally::default(),
        place: Place::default(),
        spans_left: limits.spans_max,
        spans_max: limits.spans_max,
        custom: Vec::new(),
        misfits: Vec::new(),
        inner: Vec::new(),
    };
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        match field.tag {
            RESOURCE_SPANS => {
                walk.resource_spans(field.bytes)?;
                walk.place.resource += 1;
            }
            _ => known(&field, 1)?,
        }
    }
    let rows = walk.columns.rows;
    if rows > 0 {
        let sys_time = walk.layout.sys_time;
        walk.columns.number(sys_time).fill(0, rows, arrival_nanos);
    }
    Ok(Decoded {
        batch: walk.columns.finish()?,
        spans: rows as u64,
        rejected: walk.rejected.finish(),
    })
}

/// A request on its way into columns.
struct Walk<'a> {
    layout: &'static Layout,
    columns: Columns,
    budget: Budget,
    rejected: Tally,
    /// Where the walk is.
    place: Place,
    spans_left: usize,
    spans_max: usize,
    /// Of the span under construction: attributes without a column.
    custom: Vec<Attribute<'a>>,
    /// Of those: columns that a value did not fit, and whether a later one did. There are no more of them
    /// than columns.
    misfits: Vec<(usize, bool)>,
    /// Attributes of an event or a link, of a resource or a scope.
    inner: Vec<Attribute<'a>>,
}

impl<'a> Walk<'a> {
    /// Cuts off the rows from `from` on and counts them; what they have in common is at `place`.
    fn reject_rows(&mut self, from: usize, place: impl FnOnce() -> String) {
        let rows = self.columns.rows - from;
        self.rejected.add(rejection::ATTRIBUTE_DEPTH, rows, place);
        self.columns.truncate(from);
    }

    /// Reads one attribute of an event, a link, a resource or a scope.
    fn inner_attribute(&mut self, message: &'a [u8]) -> Result<(), Error> {
        self.budget.part()?;
        self.inner.push(value::attribute(message)?);
        Ok(())
    }
}

/// `Ok(false)` for what is too deep.
fn is_fit(outcome: Result<(), Unfit>) -> Result<bool, Error> {
    match outcome {
        Ok(()) => Ok(true),
        Err(Unfit::TooDeep) => Ok(false),
        Err(Unfit::Request(error)) => Err(error),
    }
}
