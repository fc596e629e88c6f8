//! The percentile of each row's array: exact, between its two nearest values when it falls between them.

use super::call;
use arrow::array::{Array, ArrayRef, ArrowPrimitiveType, AsArray, PrimitiveArray};
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::{Expr, lit};
use std::cmp::Ordering;
use std::sync::Arc;

/// The value below which the share `rank` (0 to 1) of the integers lies, to the nearest integer.
pub(crate) fn of_integers(values: Expr, rank: f64) -> Expr {
    call(
        "percentile_of_integers",
        DataType::Int64,
        integers,
        vec![values, lit(rank)],
    )
}

/// The value below which the share `rank` (0 to 1) of the floats lies.
pub(crate) fn of_floats(values: Expr, rank: f64) -> Expr {
    call(
        "percentile_of_floats",
        DataType::Float64,
        floats,
        vec![values, lit(rank)],
    )
}

fn integers(columns: &[ArrayRef]) -> Result<ArrayRef> {
    percentiles::<Int64Type>(columns, i64::cmp, |low, high, share| {
        let distance = i128::from(high) - i128::from(low);
        low.saturating_add((distance as f64 * share).round() as i64)
    })
}

fn floats(columns: &[ArrayRef]) -> Result<ArrayRef> {
    percentiles::<Float64Type>(columns, f64::total_cmp, |low, high, share| {
        low + (high - low) * share
    })
}

fn percentiles<T: ArrowPrimitiveType>(
    columns: &[ArrayRef],
    compare: fn(&T::Native, &T::Native) -> Ordering,
    between: fn(T::Native, T::Native, f64) -> T::Native,
) -> Result<ArrayRef> {
    let lists = columns[0].as_list::<i32>();
    let ranks = columns[1].as_primitive::<Float64Type>();
    let found = (0..lists.len()).map(|row| {
        if lists.is_null(row) {
            return None;
        }
        let list = lists.value(row);
        let mut values: Vec<T::Native> = list.as_primitive::<T>().iter().flatten().collect();
        let place = ranks.value(row) * values.len().checked_sub(1)? as f64;
        let (_, low, above) = values.select_nth_unstable_by(place.floor() as usize, compare);
        let share = place.fract();
        match above.iter().min_by(|a, b| compare(a, b)) {
            Some(high) if share > 0.0 => Some(between(*low, *high, share)),
            _ => Some(*low),
        }
    });
    Ok(Arc::new(PrimitiveArray::<T>::from_iter(found)))
}
