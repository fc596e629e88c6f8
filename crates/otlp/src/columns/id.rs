//! Ids: bytes of one length.

use super::nulls;
use crate::Error;
use arrow::array::{ArrayRef, FixedSizeBinaryArray};
use arrow::buffer::Buffer;
use std::sync::Arc;

/// A column of ids.
pub(crate) struct Ids {
    id_bytes: usize,
    bytes: Vec<u8>,
    /// For every row when a row is null, else empty.
    is_value: Vec<bool>,
}

impl Ids {
    /// With room for so many rows.
    pub(super) fn new(id_bytes: usize, rows: usize) -> Self {
        Self {
            id_bytes,
            bytes: Vec::with_capacity(rows * id_bytes),
            is_value: Vec::new(),
        }
    }

    /// The id of row `row`, of the column's length; rows before it that have none are null.
    #[inline(always)]
    pub(crate) fn push(&mut self, row: usize, id: &[u8]) {
        debug_assert_eq!(id.len(), self.id_bytes);
        self.pad(row);
        self.bytes.extend_from_slice(id);
        if !self.is_value.is_empty() {
            self.is_value.push(true);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len() / self.id_bytes
    }

    pub(super) fn truncate(&mut self, rows: usize) {
        self.bytes.truncate(rows * self.id_bytes);
        self.is_value.truncate(rows);
    }

    pub(super) fn finish(mut self, rows: usize) -> Result<ArrayRef, Error> {
        self.pad(rows);
        self.bytes.shrink_to_fit();
        let nulls = (!self.is_value.is_empty()).then(|| nulls(&self.is_value));
        let array = FixedSizeBinaryArray::try_new(
            self.id_bytes as i32,
            Buffer::from_vec(self.bytes),
            nulls,
        );
        Ok(Arc::new(array.map_err(Error::Columns)?))
    }

    fn pad(&mut self, rows: usize) {
        let length = self.len();
        if length < rows {
            self.is_value.resize(length, true);
            self.is_value.resize(rows, false);
            self.bytes.resize(rows * self.id_bytes, 0);
        }
    }
}
