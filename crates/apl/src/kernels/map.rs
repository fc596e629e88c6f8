//! Values of keys in each row's map.

use super::call;
use arrow::array::{Array, ArrayRef, AsArray, StringArray, StringViewArray};
use arrow::datatypes::DataType;
use datafusion::common::cast::{as_map_array, as_string_array};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{Expr, lit};
use std::sync::Arc;

/// `map[key]`, null where the map has no such key.
pub(crate) fn get(map: Expr, key: &str) -> Expr {
    let key = lit(ScalarValue::Utf8View(Some(key.to_owned())));
    call("map_get", DataType::Utf8View, values_of, vec![map, key])
}

/// `map[key]` of the first of `keys` that the map has, in those rows where `typed` is null. What is
/// already known need not be searched for.
pub(crate) fn get_unless(typed: Expr, map: Expr, keys: &[&str]) -> Expr {
    let keys = keys
        .iter()
        .map(|key| lit(ScalarValue::Utf8View(Some((*key).to_owned()))));
    let arguments = [map, typed].into_iter().chain(keys).collect();
    call(
        "map_get_unless",
        DataType::Utf8View,
        values_unless,
        arguments,
    )
}

fn values_of(columns: &[ArrayRef]) -> Result<ArrayRef> {
    values(&columns[0], &columns[1..], |_| true)
}

fn values_unless(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let typed = columns[1].logical_nulls();
    let is_open = |row| typed.as_ref().is_some_and(|nulls| nulls.is_null(row));
    values(&columns[0], &columns[2..], is_open)
}

fn values(
    maps: &ArrayRef,
    wanted: &[ArrayRef],
    is_open: impl Fn(usize) -> bool,
) -> Result<ArrayRef> {
    let maps = as_map_array(maps)?;
    let keys: &StringArray = as_string_array(maps.keys())?;
    let values: &StringArray = as_string_array(maps.values())?;
    let wanted: Vec<&StringViewArray> = wanted.iter().map(|key| key.as_string_view()).collect();
    let offsets = maps.offsets();
    let found = (0..maps.len()).map(|row| {
        if maps.is_null(row) || !is_open(row) {
            return None;
        }
        let entries = offsets[row] as usize..offsets[row + 1] as usize;
        let of_key = |key: &StringViewArray| {
            let mut present = entries.clone().filter(|&entry| values.is_valid(entry));
            present.find(|&entry| keys.value(entry) == key.value(row))
        };
        let entry = wanted.iter().find_map(|key| of_key(key))?;
        Some(values.value(entry))
    });
    Ok(Arc::new(StringViewArray::from_iter(found)))
}
