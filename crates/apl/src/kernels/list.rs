//! Arrays to be unfolded, a row for each element.

use super::call;
use arrow::array::{Array, ArrayRef, AsArray, Int64Array, ListArray};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Field};
use datafusion::common::Result;
use datafusion::logical_expr::Expr;
use std::sync::Arc;

/// The array, which is of type `output`, or null when it has no elements: a row without any stays a row.
pub(crate) fn or_null(list: Expr, output: DataType) -> Expr {
    call("list_or_null", output, without_empty, vec![list])
}

/// The numbers of an array's elements, from 0.
pub(crate) fn places(list: Expr) -> Expr {
    call("list_places", places_type(), numbered, vec![list])
}

/// The value itself, of which the planner knows no more than its type: it takes a group's key for one even
/// when the group's row is unfolded to several.
pub(crate) fn itself(value: Expr, output: DataType) -> Expr {
    call(
        "itself",
        output,
        |columns| Ok(ArrayRef::clone(&columns[0])),
        vec![value],
    )
}

fn places_type() -> DataType {
    DataType::List(Arc::new(Field::new_list_field(DataType::Int64, true)))
}

fn without_empty(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let list = columns[0].as_list::<i32>();
    let kept = (0..list.len()).map(|row| list.is_valid(row) && list.value_length(row) > 0);
    let DataType::List(element) = list.data_type() else {
        return Ok(ArrayRef::clone(&columns[0]));
    };
    let nulls = NullBuffer::from_iter(kept);
    Ok(Arc::new(ListArray::try_new(
        Arc::clone(element),
        list.offsets().clone(),
        Arc::clone(list.values()),
        Some(nulls),
    )?))
}

fn numbered(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let list = columns[0].as_list::<i32>();
    let numbers = list
        .offsets()
        .windows(2)
        .flat_map(|ends| 0..i64::from(ends[1] - ends[0]));
    let offsets = list
        .offsets()
        .iter()
        .map(|offset| offset - list.offsets()[0])
        .collect::<Vec<i32>>();
    Ok(Arc::new(ListArray::try_new(
        Arc::new(Field::new_list_field(DataType::Int64, true)),
        arrow::buffer::OffsetBuffer::new(offsets.into()),
        Arc::new(Int64Array::from_iter_values(numbers)),
        list.nulls().cloned(),
    )?))
}
