//! Ids: bytes of one length.

use crate::Error;
use arrow::array::{ArrayRef, FixedSizeBinaryArray};
use arrow::buffer::{Buffer, NullBuffer};
use std::sync::Arc;

/// A column of ids.
pub(crate) struct Ids {
    id_bytes: usize,
    bytes: Vec<u8>,
    is_value: Vec<bool>,
}

impl Ids {
    pub(super) fn new(id_bytes: usize) -> Self {
        Self {
            id_bytes,
            bytes: Vec::new(),
            is_value: Vec::new(),
        }
    }

    /// The id of row `row`, of the column's length; rows before it that have none are null.
    #[inline(always)]
    pub(crate) fn push(&mut self, row: usize, id: &[u8]) {
        debug_assert_eq!(id.len(), self.id_bytes);
        self.pad(row);
        self.bytes.extend_from_slice(id);
        self.is_value.push(true);
    }

    pub(super) fn len(&self) -> usize {
        self.is_value.len()
    }

    pub(super) fn truncate(&mut self, rows: usize) {
        self.bytes.truncate(rows * self.id_bytes);
        self.is_value.truncate(rows);
    }

    pub(super) fn finish(mut self, rows: usize) -> Result<ArrayRef, Error> {
        self.pad(rows);
        self.bytes.shrink_to_fit();
        let nulls = self
            .is_value
            .contains(&false)
            .then(|| NullBuffer::from(self.is_value));
        let array = FixedSizeBinaryArray::try_new(
            self.id_bytes as i32,
            Buffer::from_vec(self.bytes),
            nulls,
        );
        Ok(Arc::new(array.map_err(Error::Columns)?))
    }

    fn pad(&mut self, rows: usize) {
        if self.is_value.len() < rows {
            self.is_value.resize(rows, false);
            self.bytes.resize(rows * self.id_bytes, 0);
        }
    }
}
