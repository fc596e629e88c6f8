//! Numbers, flags, times.

use super::nulls;
use arrow::array::{
    ArrayRef, BooleanArray, DurationNanosecondArray, Float64Array, Int64Array,
    TimestampNanosecondArray,
};
use arrow::buffer::{BooleanBuffer, Buffer, ScalarBuffer};
use model::span::ColumnType;
use std::sync::Arc;

/// A column of 64-bit numbers: a float as its bits, a flag as 0 or 1.
pub(crate) struct Numbers {
    kind: ColumnType,
    values: Vec<i64>,
    /// For every row when a row is null, else empty.
    is_value: Vec<bool>,
}

impl Numbers {
    /// With room for so many rows.
    pub(super) fn new(kind: ColumnType, rows: usize) -> Self {
        Self {
            kind,
            values: Vec::with_capacity(rows),
            is_value: Vec::new(),
        }
    }

    /// The number of row `row`, instead of one that it has; rows before it that have none are null.
    #[inline(always)]
    pub(crate) fn push(&mut self, row: usize, value: i64) {
        self.fill(row, row + 1, value);
    }

    /// The same number for all rows from `from` up to `to`.
    #[inline(always)]
    pub(crate) fn fill(&mut self, from: usize, to: usize, value: i64) {
        if self.values.len() != from {
            self.truncate(from);
            self.pad(from);
        }
        self.values.resize(to, value);
        if !self.is_value.is_empty() {
            self.is_value.resize(to, true);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn truncate(&mut self, rows: usize) {
        self.values.truncate(rows);
        self.is_value.truncate(rows);
    }

    pub(super) fn finish(mut self, rows: usize) -> ArrayRef {
        self.pad(rows);
        self.values.shrink_to_fit();
        let nulls = (!self.is_value.is_empty()).then(|| nulls(&self.is_value));
        if self.kind == ColumnType::Boolean {
            let flags = BooleanBuffer::collect_bool(rows, |row| self.values[row] != 0);
            return Arc::new(BooleanArray::new(flags, nulls));
        }
        let buffer = Buffer::from_vec(self.values);
        match self.kind {
            ColumnType::Float => {
                Arc::new(Float64Array::new(ScalarBuffer::new(buffer, 0, rows), nulls))
            }
            ColumnType::Datetime => {
                let values = ScalarBuffer::new(buffer, 0, rows);
                Arc::new(TimestampNanosecondArray::new(values, nulls))
            }
            ColumnType::Timespan => {
                let values = ScalarBuffer::new(buffer, 0, rows);
                Arc::new(DurationNanosecondArray::new(values, nulls))
            }
            _ => Arc::new(Int64Array::new(ScalarBuffer::new(buffer, 0, rows), nulls)),
        }
    }

    #[inline(always)]
    fn pad(&mut self, rows: usize) {
        let length = self.values.len();
        if length < rows {
            self.is_value.resize(length, true);
            self.is_value.resize(rows, false);
            self.values.resize(rows, 0);
        }
    }
}
