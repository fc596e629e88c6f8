//! The value of one key in each row's map.

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

fn values_of(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let maps = as_map_array(&columns[0])?;
    let keys: &StringArray = as_string_array(maps.keys())?;
    let values: &StringArray = as_string_array(maps.values())?;
    let wanted = columns[1].as_string_view();
    let offsets = maps.offsets();
    let found = (0..maps.len()).map(|row| {
        if maps.is_null(row) {
            return None;
        }
        let (start, end) = (offsets[row] as usize, offsets[row + 1] as usize);
        let entry = (start..end).find(|&entry| keys.value(entry) == wanted.value(row))?;
        values.is_valid(entry).then(|| values.value(entry))
    });
    Ok(Arc::new(StringViewArray::from_iter(found)))
}
