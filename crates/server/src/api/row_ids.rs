//! The ids of a result's rows, and the cursors at its two ends, where its fields say enough.

use super::cell::text;
use crate::query::{Cursor, ROW_ID, Rows};
use apl::Field;
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::TimestampNanosecondType;
use model::span;

/// The columns that tell a row from all others.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowIds {
    time: usize,
    id: Id,
}

#[derive(Clone, Copy, Debug)]
enum Id {
    /// Of an event.
    Whole(usize),
    /// Trace and span.
    Parts(usize, usize),
}

impl RowIds {
    /// `None` when the rows have no ids: a summary, or a projection without them.
    pub(super) fn of(fields: &[Field]) -> Option<Self> {
        let column = |name: &str| {
            let is_it = |field: &Field| field.name == name && field.agg.is_none();
            fields.iter().position(is_it)
        };
        let id = match column(ROW_ID) {
            Some(whole) => Id::Whole(whole),
            None => Id::Parts(column(span::TRACE_ID)?, column(span::SPAN_ID)?),
        };
        Some(Self {
            time: column(span::TIME)?,
            id,
        })
    }

    /// The id of one row.
    pub(super) fn id(self, batch: &RecordBatch, row: usize) -> String {
        let part = |column: usize| text(batch.column(column), row);
        match self.id {
            Id::Whole(whole) => part(whole).to_owned(),
            Id::Parts(trace, span) => format!("{}-{}", part(trace), part(span)),
        }
    }

    fn nanos(self, batch: &RecordBatch, row: usize) -> Option<i64> {
        let times = batch.column(self.time);
        let times = times.as_primitive_opt::<TimestampNanosecondType>()?;
        times.is_valid(row).then(|| times.value(row))
    }

    /// The cursors of rows in the order of time: at their oldest end, from where pages go backward, and at their
    /// newest. `before` is the cursor that these rows began at.
    pub(super) fn cursors(
        self,
        rows: &Rows,
        newest_first: bool,
        before: Option<&Cursor>,
    ) -> (Option<Cursor>, Option<Cursor>) {
        let all = || {
            let batches = rows.batches.iter();
            batches.flat_map(|batch| (0..batch.num_rows()).map(move |row| (batch, row)))
        };
        let end = |is_backward: bool, end: Option<(&RecordBatch, usize)>| {
            let (batch, row) = end?;
            let nanos = self.nanos(batch, row)?;
            let of_that_time = all().filter(|(batch, row)| self.nanos(batch, *row) == Some(nanos));
            let mut ids: Vec<String> = of_that_time
                .map(|(batch, row)| self.id(batch, row))
                .collect();
            let same =
                |before: &&Cursor| before.nanos == nanos && before.is_backward == is_backward;
            if let Some(before) = before.filter(same) {
                let shown = before.ids.iter().filter(|id| !ids.contains(id)).cloned();
                let shown: Vec<String> = shown.collect();
                ids.extend(shown);
            }
            Cursor::new(is_backward, nanos, ids)
        };
        let first = all().next();
        let last = rows.batches.iter().rfind(|batch| batch.num_rows() > 0);
        let last = last.map(|batch| (batch, batch.num_rows() - 1));
        match newest_first {
            true => (end(true, last), end(false, first)),
            false => (end(true, first), end(false, last)),
        }
    }
}
