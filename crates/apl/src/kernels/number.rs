//! Rounding, sizes, and divisors that must not be zero.

use super::call;
use arrow::array::{ArrayRef, AsArray, PrimitiveArray};
use arrow::compute::{binary, unary};
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::Expr;
use std::sync::Arc;

/// Null instead of zero.
pub(crate) fn nonzero_float(value: Expr) -> Expr {
    call(
        "nonzero_float",
        DataType::Float64,
        floats_but_zero,
        vec![value],
    )
}

/// The multiple of `size` at or below `value`; null when `size` is not positive.
pub(crate) fn bin_integer(value: Expr, size: Expr) -> Expr {
    call(
        "bin_integer",
        DataType::Int64,
        integer_bins,
        vec![value, size],
    )
}

/// The multiple of `size` at or below `value`; null when `size` is not positive.
pub(crate) fn bin_float(value: Expr, size: Expr) -> Expr {
    call(
        "bin_float",
        DataType::Float64,
        float_bins,
        vec![value, size],
    )
}

pub(crate) fn floor(value: Expr) -> Expr {
    call("floor_float", DataType::Float64, floors, vec![value])
}

pub(crate) fn ceiling(value: Expr) -> Expr {
    call("ceiling_float", DataType::Float64, ceilings, vec![value])
}

/// To `digits` after the point, halves away from zero.
pub(crate) fn round(value: Expr, digits: Expr) -> Expr {
    call(
        "round_float",
        DataType::Float64,
        rounded,
        vec![value, digits],
    )
}

pub(crate) fn abs_integer(value: Expr) -> Expr {
    call("abs_integer", DataType::Int64, integer_sizes, vec![value])
}

pub(crate) fn abs_float(value: Expr) -> Expr {
    call("abs_float", DataType::Float64, float_sizes, vec![value])
}

fn floats_but_zero(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let values = columns[0].as_primitive::<Float64Type>();
    let kept = values
        .iter()
        .map(|value| value.filter(|value| *value != 0.0));
    Ok(Arc::new(PrimitiveArray::<Float64Type>::from_iter(kept)))
}

fn integer_bins(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let values = columns[0].as_primitive::<Int64Type>();
    let sizes = columns[1].as_primitive::<Int64Type>();
    let bins = values.iter().zip(sizes).map(|(value, size)| {
        let (value, size) = (value?, size.filter(|size| *size > 0)?);
        value.checked_sub(value.rem_euclid(size))
    });
    Ok(Arc::new(PrimitiveArray::<Int64Type>::from_iter(bins)))
}

fn float_bins(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let values = columns[0].as_primitive::<Float64Type>();
    let sizes = columns[1].as_primitive::<Float64Type>();
    let bins = values.iter().zip(sizes).map(|(value, size)| {
        let (value, size) = (value?, size.filter(|size| *size > 0.0)?);
        Some((value / size).floor() * size)
    });
    Ok(Arc::new(PrimitiveArray::<Float64Type>::from_iter(bins)))
}

fn floors(columns: &[ArrayRef]) -> Result<ArrayRef> {
    map_floats(&columns[0], f64::floor)
}

fn ceilings(columns: &[ArrayRef]) -> Result<ArrayRef> {
    map_floats(&columns[0], f64::ceil)
}

fn float_sizes(columns: &[ArrayRef]) -> Result<ArrayRef> {
    map_floats(&columns[0], f64::abs)
}

fn integer_sizes(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let values = columns[0].as_primitive::<Int64Type>();
    let sizes: PrimitiveArray<Int64Type> = values.unary_opt(i64::checked_abs);
    Ok(Arc::new(sizes))
}

fn rounded(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let values = columns[0].as_primitive::<Float64Type>();
    let digits = columns[1].as_primitive::<Int64Type>();
    let rounded: PrimitiveArray<Float64Type> = binary(values, digits, |value, digits| {
        // Fifteen digits are all a float holds; more would only overflow the scale.
        let digits = i32::try_from(digits.clamp(-15, 15)).unwrap_or(0);
        let scale = 10_f64.powi(digits.abs());
        if digits >= 0 {
            (value * scale).round() / scale
        } else {
            (value / scale).round() * scale
        }
    })?;
    Ok(Arc::new(rounded))
}

fn map_floats(column: &ArrayRef, map: fn(f64) -> f64) -> Result<ArrayRef> {
    let mapped: PrimitiveArray<Float64Type> = unary(column.as_primitive::<Float64Type>(), map);
    Ok(Arc::new(mapped))
}
