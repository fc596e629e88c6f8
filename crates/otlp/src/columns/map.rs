//! Text keys to text values: the attributes that have no column.

use super::nulls as null_rows;
use super::text::array;
use crate::Error;
use crate::text;
use crate::value::{Attribute, Budget, Unfit, Value};
use arrow::array::{ArrayRef, DictionaryArray, MapArray, PrimitiveArray, StructArray};
use arrow::buffer::{NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow::datatypes::{DataType, UInt32Type};
use model::span;
use model::texts::Texts;
use std::sync::Arc;

const NULL: u32 = u32::MAX;

/// Keys and values of many maps, one behind the other.
#[derive(Default)]
pub(crate) struct Entries {
    keys: Texts,
    values: Texts,
    /// For every entry.
    is_value: Vec<bool>,
}

impl Entries {
    /// Appends attributes, which are sorted by key and have each key once.
    ///
    /// # Errors
    /// When a value is nested too deep: [`truncate`](Self::truncate) then takes the map back.
    pub(crate) fn push(
        &mut self,
        attributes: &[Attribute<'_>],
        budget: &mut Budget,
    ) -> Result<(), Unfit> {
        for Attribute { key, value } in attributes {
            self.keys.push(key);
            let is_value = match value {
                Value::Text(text) => {
                    self.values.push(text);
                    true
                }
                Value::Integer(value) => {
                    text::integer(self.values.open(), *value);
                    self.values.close();
                    true
                }
                value => {
                    let is_value = value.render(self.values.open(), budget)?;
                    self.values.close();
                    is_value
                }
            };
            self.is_value.push(is_value);
        }
        Ok(())
    }

    fn len(&self) -> usize {
        self.is_value.len()
    }

    fn truncate(&mut self, count: usize) {
        self.keys.truncate(count);
        self.values.truncate(count);
        self.is_value.truncate(count);
    }

    /// The maps that end at these entries, from the first on.
    fn finish(self, offsets: Vec<i32>, nulls: Option<NullBuffer>) -> Result<MapArray, Error> {
        let DataType::Map(field, is_sorted) = span::text_map() else {
            unreachable!("the model's map is a map")
        };
        let DataType::Struct(fields) = field.data_type() else {
            unreachable!("a map's entries are structs")
        };
        let keys = array(self.keys, None)?;
        let values = array(self.values, Some(null_rows(&self.is_value)))?;
        let entries =
            StructArray::new(fields.clone(), vec![Arc::new(keys), Arc::new(values)], None);
        let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
        let nulls = nulls.filter(|nulls| nulls.null_count() > 0);
        MapArray::try_new(Arc::clone(&field), offsets, entries, nulls, is_sorted)
            .map_err(Error::Columns)
    }
}

/// A column of maps, one a row.
pub(crate) struct TextMaps {
    /// One more than there are rows: where each one's entries end.
    offsets: Vec<i32>,
    is_value: Vec<bool>,
    entries: Entries,
}

impl Default for TextMaps {
    fn default() -> Self {
        Self {
            offsets: vec![0],
            is_value: Vec::new(),
            entries: Entries::default(),
        }
    }
}

impl TextMaps {
    /// The map of row `row`, or null where it is empty; rows before it that have none are null.
    pub(crate) fn push(
        &mut self,
        row: usize,
        attributes: &[Attribute<'_>],
        budget: &mut Budget,
    ) -> Result<(), Unfit> {
        self.pad(row);
        self.entries.push(attributes, budget)?;
        self.offsets.push(self.entries.len() as i32);
        self.is_value.push(!attributes.is_empty());
        Ok(())
    }

    pub(super) fn len(&self) -> usize {
        self.is_value.len()
    }

    pub(super) fn truncate(&mut self, rows: usize) {
        self.offsets.truncate(rows + 1);
        self.is_value.truncate(rows);
        // Also what a map that failed half way has left.
        let end = self.offsets.last().copied().unwrap_or(0);
        self.entries.truncate(end as usize);
    }

    pub(super) fn finish(mut self, rows: usize) -> Result<ArrayRef, Error> {
        self.pad(rows);
        let nulls = null_rows(&self.is_value);
        Ok(Arc::new(self.entries.finish(self.offsets, Some(nulls))?))
    }

    pub(super) fn pad(&mut self, rows: usize) {
        if self.is_value.len() < rows {
            self.is_value.resize(rows, false);
            self.offsets.resize(rows + 1, self.entries.len() as i32);
        }
    }
}

/// A column of maps that many rows have in common: a resource's, a scope's.
#[derive(Default)]
pub(crate) struct SharedMaps {
    keys: Vec<u32>,
    maps: TextMaps,
}

impl SharedMaps {
    /// The same map for all rows from `from` up to `to`.
    pub(crate) fn fill(
        &mut self,
        (from, to): (usize, usize),
        attributes: &[Attribute<'_>],
        budget: &mut Budget,
    ) -> Result<(), Unfit> {
        let key = self.maps.len();
        self.maps.truncate(key);
        self.maps.push(key, attributes, budget)?;
        self.keys.resize(from.max(self.keys.len()), NULL);
        self.keys.resize(to, key as u32);
        Ok(())
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn truncate(&mut self, rows: usize) {
        self.keys.truncate(rows);
    }

    pub(super) fn finish(mut self, rows: usize) -> Result<ArrayRef, Error> {
        self.keys.resize(rows, NULL);
        let is_value: Vec<bool> = self.keys.iter().map(|key| *key != NULL).collect();
        let keys = self
            .keys
            .iter()
            .map(|key| if *key == NULL { 0 } else { *key });
        let nulls = null_rows(&is_value);
        let nulls = (nulls.null_count() > 0).then_some(nulls);
        let keys = PrimitiveArray::<UInt32Type>::new(keys.collect(), nulls);
        let count = self.maps.len();
        // Of a map that failed half way entries may be left.
        self.maps.truncate(count);
        let maps = self.maps.finish(count)?;
        let array = DictionaryArray::try_new(keys, maps).map_err(Error::Columns)?;
        Ok(Arc::new(array))
    }
}
