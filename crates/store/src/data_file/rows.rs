//! The rows of many batches as columns in the order of a file.
//!
//! A column is brought together from all batches once, in the order in which the batches have it, and then
//! picked from in the file's order: the first reads memory from front to back, the second a small part of it.

use super::chunk::{Chunk, Pages};
use super::leaf::{self, Shape};
use crate::{Error, layout};
use arrow::array::{
    Array, ArrayRef, AsArray, DictionaryArray, RecordBatch, UInt32Array, new_null_array,
};
use arrow::compute;
use arrow::datatypes::{
    DataType, DurationNanosecondType, Float64Type, Int64Type, TimestampNanosecondType, UInt32Type,
};
use model::span::{self, Column, ColumnType};
use model::texts::Interner;
use parquet::errors::Result;
use std::sync::Arc;

/// The key of a row without a text.
const NULL: u32 = u32::MAX;

/// Batches, whose rows are counted through.
pub(super) struct Rows<'a> {
    batches: &'a [&'a RecordBatch],
    /// Of each batch: where the model's columns are in it.
    places: Vec<Vec<Option<usize>>>,
    pub(super) count: usize,
}

/// A column of all rows.
pub(super) enum Gathered {
    Text {
        keys: Vec<u32>,
        texts: Interner,
    },
    Number {
        kind: ColumnType,
        values: Vec<i64>,
        /// Empty when no row is null.
        is_value: Vec<bool>,
    },
    Id {
        bytes: usize,
        ids: Vec<u128>,
        is_value: Vec<bool>,
    },
}

impl<'a> Rows<'a> {
    pub(super) fn new(batches: &'a [&'a RecordBatch]) -> std::result::Result<Self, Error> {
        let places: std::result::Result<_, Error> =
            batches.iter().map(|batch| layout::places(batch)).collect();
        Ok(Self {
            batches,
            places: places?,
            count: batches.iter().map(|batch| batch.num_rows()).sum(),
        })
    }

    /// Each batch's number of rows and its column of the model's `index`, if it has it.
    pub(super) fn parts(
        &self,
        index: usize,
    ) -> impl Iterator<Item = (usize, Option<&'a ArrayRef>)> {
        self.batches
            .iter()
            .zip(&self.places)
            .map(move |(batch, places)| {
                let column = places[index].map(|place| batch.column(place));
                (batch.num_rows(), column)
            })
    }

    /// Whether a file of these rows has the column: it must, or some row has a value in it.
    pub(super) fn has(&self, index: usize) -> bool {
        let is_value = |column: &'a ArrayRef| column.logical_null_count() < column.len();
        !span::columns()[index].nullable
            || self
                .parts(index)
                .any(|(_, column)| column.is_some_and(is_value))
    }

    /// A column that is neither a map nor a list.
    pub(super) fn gather(&self, index: usize) -> Gathered {
        let column = &span::columns()[index];
        match column.buffered() {
            DataType::FixedSizeBinary(bytes) => self.ids(index, bytes as usize),
            DataType::Dictionary(..) => self.texts(index),
            _ => self.numbers(index, column.kind),
        }
    }

    fn texts(&self, index: usize) -> Gathered {
        let (mut keys, mut texts) = (Vec::with_capacity(self.count), Interner::default());
        for (rows, column) in self.parts(index) {
            let Some(column) = column else {
                keys.resize(keys.len() + rows, NULL);
                continue;
            };
            let column: &DictionaryArray<UInt32Type> = column.as_dictionary();
            let values = column.values().as_string::<i32>();
            // Only texts that a row has: others may be left of rows that were cut off.
            let mut key_of = vec![NULL; values.len()];
            let mut key = |local: u32| {
                let key = &mut key_of[local as usize];
                if *key == NULL {
                    *key = texts.intern(values.value(local as usize).as_bytes());
                }
                *key
            };
            match column.keys().nulls() {
                None => keys.extend(column.keys().values().iter().map(|local| key(*local))),
                Some(nulls) => {
                    let locals = column.keys().values().iter().zip(nulls);
                    keys.extend(locals.map(
                        |(local, is_value)| {
                            if is_value { key(*local) } else { NULL }
                        },
                    ));
                }
            }
        }
        Gathered::Text { keys, texts }
    }

    fn numbers(&self, index: usize, kind: ColumnType) -> Gathered {
        let (mut values, mut is_value) = (Vec::with_capacity(self.count), Vec::new());
        for (rows, column) in self.parts(index) {
            match column {
                None => values.resize(values.len() + rows, 0),
                Some(column) => extend(&mut values, kind, column),
            }
            let nulls = column.map(|column| column.nulls());
            match nulls {
                Some(None) if is_value.is_empty() => {}
                Some(None) => is_value.resize(values.len(), true),
                Some(Some(nulls)) => {
                    is_value.resize(values.len() - rows, true);
                    is_value.extend(nulls.iter());
                }
                None => {
                    is_value.resize(values.len() - rows, true);
                    is_value.resize(values.len(), false);
                }
            }
        }
        Gathered::Number {
            kind,
            values,
            is_value,
        }
    }

    fn ids(&self, index: usize, bytes: usize) -> Gathered {
        let (mut ids, mut is_value) = (
            Vec::with_capacity(self.count),
            Vec::with_capacity(self.count),
        );
        for (rows, column) in self.parts(index) {
            let Some(column) = column else {
                ids.resize(ids.len() + rows, 0);
                is_value.resize(ids.len(), false);
                continue;
            };
            let column = column.as_fixed_size_binary();
            let number = |id: &[u8]| id.iter().fold(0, |id, byte| id << 8 | u128::from(*byte));
            ids.extend(column.value_data().chunks_exact(bytes).map(number));
            match column.nulls() {
                None => is_value.resize(ids.len(), true),
                Some(nulls) => is_value.extend(nulls.iter()),
            }
        }
        Gathered::Id {
            bytes,
            ids,
            is_value,
        }
    }

    /// A column of lists, as Arrow has it, in the order of `order`.
    pub(super) fn nested(
        &self,
        index: usize,
        order: &[u32],
    ) -> std::result::Result<ArrayRef, Error> {
        let kind = span::columns()[index].kind.arrow();
        let parts: Vec<ArrayRef> = self
            .parts(index)
            .map(|(rows, column)| match column {
                Some(column) => Arc::clone(column),
                None => new_null_array(&kind, rows),
            })
            .collect();
        let parts: Vec<&dyn Array> = parts.iter().map(AsRef::as_ref).collect();
        let whole = compute::concat(&parts)?;
        Ok(compute::take(
            &whole,
            &UInt32Array::from(order.to_vec()),
            None,
        )?)
    }
}

fn extend(values: &mut Vec<i64>, kind: ColumnType, column: &ArrayRef) {
    match kind {
        ColumnType::Datetime => {
            values.extend_from_slice(column.as_primitive::<TimestampNanosecondType>().values());
        }
        ColumnType::Timespan => {
            values.extend_from_slice(column.as_primitive::<DurationNanosecondType>().values());
        }
        ColumnType::Float => {
            let floats = column.as_primitive::<Float64Type>().values();
            values.extend(floats.iter().map(|float| float.to_bits() as i64));
        }
        ColumnType::Boolean => {
            let flags = column.as_boolean().values();
            values.extend(flags.iter().map(i64::from));
        }
        _ => values.extend_from_slice(column.as_primitive::<Int64Type>().values()),
    }
}

impl Gathered {
    /// The rows of `order` as a chunk.
    pub(super) fn chunk(
        &self,
        order: &[u32],
        column: &Column,
        pages: Pages<'_>,
        bloom_false_positives: f64,
    ) -> Result<Chunk> {
        let nullable = column.nullable;
        match self {
            Self::Text { keys, texts } => {
                let mut picked = Vec::with_capacity(order.len());
                let is_value = order.iter().map(|row| {
                    let key = keys[*row as usize];
                    if key != NULL {
                        picked.push(key);
                    }
                    u8::from(key != NULL)
                });
                let shape = Shape::flat(is_value.collect(), nullable);
                let texts = texts.texts();
                leaf::keyed(pages, &shape, &picked, texts.len(), |key| texts.get(key))
            }
            Self::Number {
                kind,
                values,
                is_value,
            } => {
                let (shape, picked) = pick(order, values, is_value, nullable);
                match kind {
                    ColumnType::Boolean => leaf::flags(pages, &shape, &picked),
                    ColumnType::Float => leaf::floats(pages, &shape, &picked),
                    _ => leaf::integers(pages, &shape, &picked),
                }
            }
            Self::Id {
                bytes,
                ids,
                is_value,
            } => {
                let (shape, picked) = pick(order, ids, is_value, nullable);
                let bloom = (column.name == span::TRACE_ID).then_some(bloom_false_positives);
                leaf::ids(pages, &shape, &picked, *bytes, bloom)
            }
        }
    }
}

fn pick<T: Copy>(
    order: &[u32],
    values: &[T],
    is_value: &[bool],
    is_nullable: bool,
) -> (Shape, Vec<T>) {
    if is_value.is_empty() {
        let picked = order.iter().map(|row| values[*row as usize]).collect();
        return (Shape::flat(vec![1; order.len()], is_nullable), picked);
    }
    let rows = order.iter().map(|row| *row as usize);
    let picked = rows
        .clone()
        .filter(|row| is_value[*row])
        .map(|row| values[row]);
    let levels = rows.clone().map(|row| u8::from(is_value[row])).collect();
    (Shape::flat(levels, is_nullable), picked.collect())
}
