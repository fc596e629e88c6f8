//! Maps of text to text as two leaf columns: keys and values.

use super::chunk::{Chunk, Pages};
use super::leaf::{self, Shape};
use super::rows::Rows;
use arrow::array::{Array, AsArray, MapArray, StringArray};
use arrow::datatypes::UInt32Type;
use parquet::errors::Result;
use std::ops::Range;

/// Levels of Parquet's `optional map { repeated key_value { required key; optional value } }`.
const EMPTY: u32 = 1;
const KEY: u32 = 2;
const VALUE: u32 = 3;

/// A column of maps of all rows, borrowed from the batches.
pub(super) struct Maps<'a> {
    /// Keys and values of each batch that has the column.
    parts: Vec<(&'a StringArray, &'a StringArray)>,
    /// Of each row: which part, and which entries of it; `None` is null.
    rows: Vec<Option<(u32, Range<u32>)>>,
}

/// The keys or the values of some rows.
pub(super) struct Leaf<'a> {
    shape: Shape,
    texts: Vec<&'a [u8]>,
}

impl<'a> Maps<'a> {
    pub(super) fn of(rows: &Rows<'a>, name: &str) -> Self {
        let mut maps = Self {
            parts: Vec::new(),
            rows: Vec::with_capacity(rows.count),
        };
        for batch in rows.batches {
            let end = maps.rows.len() + batch.num_rows();
            if let Some(column) = batch.column_by_name(name) {
                // What a resource or a scope says is there once for all its rows.
                match column.as_dictionary_opt::<UInt32Type>() {
                    None => maps.add(column.as_map(), (0..column.len()).map(Some)),
                    Some(shared) => maps.add(shared.values().as_map(), shared.keys_iter()),
                }
            }
            maps.rows.resize(end, None);
        }
        maps
    }

    fn add(&mut self, maps: &'a MapArray, of_rows: impl Iterator<Item = Option<usize>>) {
        let part = self.parts.len() as u32;
        self.parts.push((
            maps.keys().as_string::<i32>(),
            maps.values().as_string::<i32>(),
        ));
        let offsets = maps.value_offsets();
        self.rows.extend(of_rows.map(|map| {
            let map = map.filter(|map| maps.is_valid(*map))?;
            Some((part, offsets[map] as u32..offsets[map + 1] as u32))
        }));
    }

    /// The rows of `order` as two leaf columns: keys and values.
    pub(super) fn leaves(&self, order: &[u32]) -> [Leaf<'a>; 2] {
        let (mut repetition, mut key_levels, mut value_levels) =
            (Vec::new(), Vec::new(), Vec::new());
        let (mut keys, mut values): (Vec<&[u8]>, Vec<&[u8]>) = (Vec::new(), Vec::new());
        for row in order {
            let entries = self.rows[*row as usize].as_ref();
            let Some((part, entries)) = entries.filter(|(_, entries)| !entries.is_empty()) else {
                let level = if entries.is_some() { EMPTY } else { 0 };
                repetition.push(0);
                key_levels.push(level);
                value_levels.push(level);
                continue;
            };
            let (part_keys, part_values) = self.parts[*part as usize];
            for entry in entries.clone() {
                repetition.push(u32::from(entry > entries.start));
                key_levels.push(KEY);
                keys.push(part_keys.value(entry as usize).as_bytes());
                let is_value = part_values.is_valid(entry as usize);
                value_levels.push(if is_value { VALUE } else { KEY });
                if is_value {
                    values.push(part_values.value(entry as usize).as_bytes());
                }
            }
        }
        let leaf = |definition, definition_max, texts| Leaf {
            shape: Shape {
                definition,
                definition_max,
                repetition: Some(repetition.clone()),
            },
            texts,
        };
        [
            leaf(key_levels, KEY, keys),
            leaf(value_levels, VALUE, values),
        ]
    }
}

impl Leaf<'_> {
    pub(super) fn chunk(&self, pages: Pages<'_>) -> Result<Chunk> {
        leaf::texts(pages, &self.shape, &self.texts)
    }
}
