//! Columns under construction: what the walker appends to, one row at a time.
//!
//! A column comes into being with its first value and is null before it, so a batch has only the columns
//! that something is in. A column may be shorter than the rows so far: what is missing is null, and is
//! filled in by its next value or at the end. A row that turns out bad is cut off again.

use crate::Error;
use arrow::buffer::{BooleanBuffer, NullBuffer};
use arrow::datatypes::Schema;
use arrow::record_batch::{RecordBatch, RecordBatchOptions};
use model::span::{self, ColumnType};
use std::sync::Arc;

/// Ids: bytes of one length.
mod id;
/// Events and links: lists inside a span's row.
mod list;
/// Text keys to text values.
mod map;
/// Numbers, flags, times.
mod number;
/// Text that repeats: a dictionary and its keys.
mod text;

pub(crate) use id::Ids;
pub(crate) use list::{Event, Events, Link, Links};
pub(crate) use map::{SharedMaps, TextMaps};
pub(crate) use number::Numbers;
pub(crate) use text::SharedTexts;

/// A guess costs no more than this.
const ROOM_ROWS_MAX: usize = 1024;

/// A column and the type that it builds.
pub(crate) enum Column {
    Text(SharedTexts),
    Number(Numbers),
    Id(Ids),
    Map(Box<TextMaps>),
    SharedMap(Box<SharedMaps>),
    Events(Box<Events>),
    Links(Box<Links>),
}

/// All columns of one batch.
pub(crate) struct Columns {
    /// By the columns' order in the model; `None` has no value yet.
    columns: Vec<Option<Column>>,
    /// Finished rows; the one under construction has this index.
    pub(crate) rows: usize,
    /// How many rows a column makes room for when it comes into being.
    room: usize,
}

/// The column of a kind at an index: made if need be. Whoever asks names the model's type for the index; a
/// mistake there would be a bug of ours, and the first test of the column would meet it.
macro_rules! column {
    ($(#[$doc:meta] $get:ident: $variant:ident($type:ty) = $new:expr;)*) => {
        impl Columns { $(
            #[$doc]
            #[inline(always)]
            pub(crate) fn $get(&mut self, index: usize) -> &mut $type {
                let room = self.room;
                match self.columns[index].get_or_insert_with(|| Column::$variant($new(index, room).into())) {
                    Column::$variant(column) => column,
                    _ => unreachable!("{} is of another type", span::columns()[index].name),
                }
            }
        )* }
    };
}

column! {
    /// A column of text.
    text: Text(SharedTexts) = |_, rows| SharedTexts::new(rows);
    /// A column of numbers, flags, times or durations.
    number: Number(Numbers) = |index: usize, rows| Numbers::new(span::columns()[index].kind, rows);
    /// A column of ids.
    id: Id(Ids) = |index: usize, rows| Ids::new(id_bytes(index), rows);
    /// A column of maps, one a row.
    map: Map(TextMaps) = |_, _| TextMaps::default();
    /// A column of maps, one for many rows.
    shared_map: SharedMap(SharedMaps) = |_, _| SharedMaps::default();
    /// The column of events.
    events: Events(Events) = |_, _| Events::default();
    /// The column of links.
    links: Links(Links) = |_, _| Links::default();
}

impl Columns {
    /// `rows` is a guess at how many there will be.
    pub(crate) fn new(rows: usize) -> Self {
        Self {
            columns: span::columns().iter().map(|_| None).collect(),
            rows: 0,
            room: rows.min(ROOM_ROWS_MAX),
        }
    }

    /// Takes the value out again that the column has in the row under construction.
    pub(crate) fn take_back(&mut self, index: usize) {
        let rows = self.rows;
        if let Some(column) = &mut self.columns[index] {
            column.truncate(rows);
        }
    }

    /// Cuts off every row from `rows` on, the one under construction too.
    pub(crate) fn truncate(&mut self, rows: usize) {
        self.rows = rows;
        for column in self.columns.iter_mut().flatten() {
            column.truncate(rows);
        }
    }

    /// The batch; `None` when there are no rows.
    ///
    /// # Errors
    /// `Invalid` when a text is not UTF-8: that is looked at once for all that is equal.
    pub(crate) fn finish(self) -> Result<Option<RecordBatch>, Error> {
        if self.rows == 0 {
            return Ok(None);
        }
        let schema = span::buffered_schema();
        let (mut fields, mut arrays) = (Vec::new(), Vec::new());
        for (field, column) in schema.fields().iter().zip(self.columns) {
            // A column whose every value was cut off again has none.
            let Some(column) = column.filter(|column| column.len() > 0) else {
                continue;
            };
            fields.push(Arc::clone(field));
            arrays.push(match column {
                Column::Text(column) => column.finish(self.rows)?,
                Column::Number(column) => column.finish(self.rows),
                Column::Id(column) => column.finish(self.rows)?,
                Column::Map(column) => column.finish(self.rows)?,
                Column::SharedMap(column) => column.finish(self.rows)?,
                Column::Events(column) => column.finish(self.rows)?,
                Column::Links(column) => column.finish(self.rows)?,
            });
        }
        let options = RecordBatchOptions::new().with_row_count(Some(self.rows));
        let schema = Arc::new(Schema::new(fields));
        RecordBatch::try_new_with_options(schema, arrays, &options)
            .map(Some)
            .map_err(Error::Columns)
    }
}

impl Column {
    fn len(&self) -> usize {
        match self {
            Self::Text(column) => column.len(),
            Self::Number(column) => column.len(),
            Self::Id(column) => column.len(),
            Self::Map(column) => column.len(),
            Self::SharedMap(column) => column.len(),
            Self::Events(column) => column.len(),
            Self::Links(column) => column.len(),
        }
    }

    fn truncate(&mut self, rows: usize) {
        match self {
            Self::Text(column) => column.truncate(rows),
            Self::Number(column) => column.truncate(rows),
            Self::Id(column) => column.truncate(rows),
            Self::Map(column) => column.truncate(rows),
            Self::SharedMap(column) => column.truncate(rows),
            Self::Events(column) => column.truncate(rows),
            Self::Links(column) => column.truncate(rows),
        }
    }
}

fn nulls(is_value: &[bool]) -> NullBuffer {
    NullBuffer::new(BooleanBuffer::collect_bool(is_value.len(), |row| {
        is_value[row]
    }))
}

fn id_bytes(index: usize) -> usize {
    if span::columns()[index].name == span::TRACE_ID {
        span::TRACE_ID_BYTES as usize
    } else {
        span::SPAN_ID_BYTES as usize
    }
}

/// Whether an attribute's value goes into a column of this type.
pub(crate) fn is_number(kind: ColumnType) -> bool {
    matches!(
        kind,
        ColumnType::Integer
            | ColumnType::Float
            | ColumnType::Boolean
            | ColumnType::Datetime
            | ColumnType::Timespan
    )
}
