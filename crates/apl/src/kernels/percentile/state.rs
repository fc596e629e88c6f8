//! Summaries as a column: of structs of three lists. Of few values there are the `values`; of a sketch
//! its extremes as `values`, and the `buckets` that have `counts`.

use super::Quantity;
use super::summary::Summary;
use arrow::array::{
    Array, ArrayRef, ArrowPrimitiveType, AsArray, Int32Array, ListArray, PrimitiveArray,
    StructArray, UInt64Array,
};
use arrow::buffer::{OffsetBuffer, ScalarBuffer};
use arrow::datatypes::{ArrowNativeType, DataType, Field, FieldRef, Fields, Int32Type, UInt64Type};
use arrow::error::ArrowError;
use datafusion::common::Result;
use datafusion::common::cast::as_struct_array;
use std::sync::Arc;

/// The type of a column of summaries of values of this type.
pub(super) fn data_type(values: &DataType) -> DataType {
    DataType::Struct(fields(values))
}

fn fields(values: &DataType) -> Fields {
    let list = |name, item: &DataType| Field::new(name, DataType::List(item_field(item)), true);
    Fields::from(vec![
        list("values", values),
        list("buckets", &DataType::Int32),
        list("counts", &DataType::UInt64),
    ])
}

fn item_field(item: &DataType) -> FieldRef {
    Arc::new(Field::new_list_field(item.clone(), true))
}

/// One row for each summary.
pub(super) fn column<V: Quantity>(summaries: &[Summary<V>]) -> Result<StructArray> {
    let mut rows = Rows::default();
    for summary in summaries {
        match &summary.sketch {
            None => rows.push(&summary.values, std::iter::empty()),
            Some(sketch) => rows.push(&sketch.extremes(), sketch.counts()),
        }
    }
    rows.finish()
}

/// One row for each value, and for what is no value a summary of nothing.
pub(super) fn of_each<V: Quantity>(values: impl Iterator<Item = Option<V>>) -> Result<StructArray> {
    let mut rows = Rows::default();
    for value in values {
        rows.push(value.as_slice(), std::iter::empty());
    }
    rows.finish()
}

/// A column in the making: the items of its lists, and where those of each row end.
#[derive(Default)]
struct Rows<V> {
    values: Vec<V>,
    value_ends: Vec<usize>,
    buckets: Vec<i32>,
    counts: Vec<u64>,
    bucket_ends: Vec<usize>,
}

impl<V: Quantity> Rows<V> {
    fn push(&mut self, values: &[V], counts: impl Iterator<Item = (i32, u64)>) {
        self.values.extend_from_slice(values);
        self.value_ends.push(self.values.len());
        for (bucket, count) in counts {
            self.buckets.push(bucket);
            self.counts.push(count);
        }
        self.bucket_ends.push(self.buckets.len());
    }

    fn finish(self) -> Result<StructArray> {
        let values = PrimitiveArray::<V::Arrow>::from_iter_values(self.values);
        let columns = vec![
            lists(Arc::new(values), &self.value_ends)?,
            lists(Arc::new(Int32Array::from(self.buckets)), &self.bucket_ends)?,
            lists(Arc::new(UInt64Array::from(self.counts)), &self.bucket_ends)?,
        ];
        let fields = fields(&V::Arrow::DATA_TYPE);
        Ok(StructArray::try_new(fields, columns, None)?)
    }
}

fn lists(items: ArrayRef, ends: &[usize]) -> Result<ArrayRef, ArrowError> {
    let end = |end: &usize| i32::try_from(*end).map_err(|_| ArrowError::OffsetOverflowError(*end));
    let offsets = std::iter::once(Ok(0)).chain(ends.iter().map(end));
    let offsets = ScalarBuffer::from(offsets.collect::<Result<Vec<i32>, ArrowError>>()?);
    let field = item_field(items.data_type());
    let lists = ListArray::try_new(field, OffsetBuffer::new(offsets), items, None)?;
    Ok(Arc::new(lists))
}

/// A column of summaries, to be read.
pub(super) struct Summaries<'a, V> {
    values: Lists<'a, V>,
    buckets: Lists<'a, i32>,
    counts: Lists<'a, u64>,
}

impl<'a, V: Quantity> Summaries<'a, V> {
    pub(super) fn of(column: &'a ArrayRef) -> Result<Self> {
        let columns = as_struct_array(column)?;
        Ok(Self {
            values: Lists::of::<V::Arrow>(columns.column(0)),
            buckets: Lists::of::<Int32Type>(columns.column(1)),
            counts: Lists::of::<UInt64Type>(columns.column(2)),
        })
    }

    /// Values, buckets and counts of a row.
    pub(super) fn row(&self, row: usize) -> (&'a [V], &'a [i32], &'a [u64]) {
        (
            self.values.row(row),
            self.buckets.row(row),
            self.counts.row(row),
        )
    }

    /// Adds a row to `summary`, whose heap has `heap` bytes.
    pub(super) fn merge(&self, row: usize, summary: &mut Summary<V>, heap: &mut usize) {
        let (values, buckets, counts) = self.row(row);
        match (values, buckets) {
            (&[least, greatest], [_, ..]) => {
                summary.merge([least, greatest], buckets, counts, heap);
            }
            _ => values.iter().for_each(|value| summary.add(*value, heap)),
        }
    }
}

struct Lists<'a, V> {
    offsets: &'a [i32],
    items: &'a [V],
}

impl<'a, V: ArrowNativeType> Lists<'a, V> {
    fn of<T: ArrowPrimitiveType<Native = V>>(column: &'a ArrayRef) -> Self {
        let lists = column.as_list::<i32>();
        Self {
            offsets: lists.value_offsets(),
            items: lists.values().as_primitive::<T>().values(),
        }
    }

    fn row(&self, row: usize) -> &'a [V] {
        &self.items[self.offsets[row] as usize..self.offsets[row + 1] as usize]
    }
}
