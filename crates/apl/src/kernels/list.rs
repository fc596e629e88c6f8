//! Arrays to be unfolded, a row for each element.

use super::{bounded, call, json};
use arrow::array::{Array, ArrayRef, AsArray, Int64Array, ListArray};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{DataType, Field};
use datafusion::common::Result;
use datafusion::logical_expr::Expr;
use serde_json::Value as Json;
use std::sync::Arc;

/// The array, which is of type `output`, or null when it has no elements: a row without any stays a row.
pub(crate) fn or_null(list: Expr, output: DataType) -> Expr {
    call("list_or_null", output, without_empty, vec![list])
}

/// The elements of an array that is JSON, as JSON, and the type of their list. The keys of a map are maps of
/// one key, or arrays of two `as_pairs`; what is neither is its own element.
pub(crate) fn of_json(array: Expr, as_pairs: bool) -> (Expr, DataType) {
    let output = DataType::List(Arc::new(Field::new_list_field(DataType::Utf8View, true)));
    let (name, run): (_, super::Run) = match as_pairs {
        true => ("list_of_json_pairs", |columns| elements(columns, true)),
        false => ("list_of_json", |columns| elements(columns, false)),
    };
    (call(name, output.clone(), run, vec![array]), output)
}

fn elements(columns: &[ArrayRef], as_pairs: bool) -> Result<ArrayRef> {
    let (mut found, mut lengths) = (Vec::new(), Vec::with_capacity(columns[0].len()));
    let mut present = Vec::with_capacity(columns[0].len());
    for row in 0..columns[0].len() {
        let before = found.len();
        let value = json::of(&columns[0], row);
        present.push(!value.is_null());
        match value {
            Json::Null => {}
            Json::Array(elements) => found.extend(elements.iter().map(json::text)),
            Json::Object(entries) => found.extend(entries.into_iter().map(|(key, value)| {
                let one = match as_pairs {
                    true => Json::Array(vec![key.into(), value]),
                    false => Json::Object([(key, value)].into_iter().collect()),
                };
                json::text(&one)
            })),
            scalar => found.push(json::text(&scalar)),
        }
        lengths.push(found.len() - before);
    }
    Ok(Arc::new(ListArray::try_new(
        Arc::new(Field::new_list_field(DataType::Utf8View, true)),
        OffsetBuffer::from_lengths(lengths),
        bounded::collect(found.into_iter())?,
        Some(NullBuffer::from(present)),
    )?))
}

/// The numbers of an array's elements, from 0.
pub(crate) fn places(list: Expr) -> Expr {
    call("list_places", places_type(), numbered, vec![list])
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
        OffsetBuffer::new(offsets.into()),
        Arc::new(Int64Array::from_iter_values(numbers)),
        list.nulls().cloned(),
    )?))
}
