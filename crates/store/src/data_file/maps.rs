//! Maps of text to text as two leaf columns: keys and values.

use super::chunk::{Chunk, Pages};
use super::leaf::{self, Shape};
use super::rows::Rows;
use arrow::array::{Array, AsArray, MapArray, StringArray};
use arrow::datatypes::UInt32Type;
use parquet::errors::Result;
use std::ops::Range;

/// Levels of Parquet's `optional map { repeated key_value { required key; optional value } }`.
const EMPTY: u8 = 1;
const KEY: u8 = 2;
const VALUE: u8 = 3;

/// The two leaf columns, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Keys,
    Values,
}

impl Side {
    pub(super) const BOTH: [Self; 2] = [Self::Keys, Self::Values];
}

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
    pub(super) fn of(rows: &Rows<'a>, index: usize) -> Self {
        let mut maps = Self {
            parts: Vec::new(),
            rows: Vec::with_capacity(rows.count),
        };
        for (count, column) in rows.parts(index) {
            let end = maps.rows.len() + count;
            if let Some(column) = column {
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

    /// Keys and values of a row, without those that are null.
    pub(super) fn entries(&self, row: u32) -> impl Iterator<Item = (&'a [u8], &'a [u8])> + use<'a> {
        let entries = self.rows[row as usize].clone();
        let part = entries.map(|(part, entries)| (self.parts[part as usize], entries));
        part.into_iter().flat_map(|((keys, values), entries)| {
            entries
                .map(|entry| entry as usize)
                .filter(move |entry| values.is_valid(*entry))
                .map(move |entry| (keys.value(entry).as_bytes(), values.value(entry).as_bytes()))
        })
    }

    /// The keys or the values of the rows of `order`: one after the other, since each takes as much memory
    /// as all else of a flush.
    pub(super) fn leaf(&self, order: &[u32], side: Side) -> Leaf<'a> {
        let definition_max = if side == Side::Keys { KEY } else { VALUE };
        let (mut repetition, mut definition, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        for row in order {
            let entries = self.rows[*row as usize].as_ref();
            let Some((part, entries)) = entries.filter(|(_, entries)| !entries.is_empty()) else {
                repetition.push(0);
                definition.push(if entries.is_some() { EMPTY } else { 0 });
                continue;
            };
            let (keys, values) = self.parts[*part as usize];
            for entry in entries.clone() {
                repetition.push(u8::from(entry > entries.start));
                let column = if side == Side::Keys { keys } else { values };
                if column.is_valid(entry as usize) {
                    definition.push(definition_max);
                    texts.push(column.value(entry as usize).as_bytes());
                } else {
                    definition.push(KEY);
                }
            }
        }
        Leaf {
            shape: Shape {
                definition,
                definition_max,
                repetition: Some(repetition),
            },
            texts,
        }
    }
}

impl Leaf<'_> {
    pub(super) fn chunk(&self, pages: Pages<'_>) -> Result<Chunk> {
        leaf::texts(pages, &self.shape, &self.texts)
    }
}
