//! `+ - * / %` of 64-bit integers, which carry timespans and datetimes, too. What does not fit, and what is divided by
//! zero, is null: of a column where all fits, Arrow's own kernels make the answer.

use super::call;
use arrow::array::{ArrayRef, AsArray, Datum, PrimitiveArray};
use arrow::compute::kernels::numeric;
use arrow::datatypes::{DataType, Int64Type};
use arrow::error::ArrowError;
use datafusion::common::Result;
use datafusion::logical_expr::Expr;
use std::sync::Arc;

pub(crate) fn plus(left: Expr, right: Expr) -> Expr {
    call("plus", DataType::Int64, sums, vec![left, right])
}

pub(crate) fn minus(left: Expr, right: Expr) -> Expr {
    call("minus", DataType::Int64, differences, vec![left, right])
}

pub(crate) fn times(left: Expr, right: Expr) -> Expr {
    call("times", DataType::Int64, products, vec![left, right])
}

pub(crate) fn divided(left: Expr, right: Expr) -> Expr {
    call("divided", DataType::Int64, quotients, vec![left, right])
}

pub(crate) fn remainder(left: Expr, right: Expr) -> Expr {
    call("remainder", DataType::Int64, remainders, vec![left, right])
}

fn sums(columns: &[ArrayRef]) -> Result<ArrayRef> {
    computed(columns, numeric::add, i64::checked_add)
}

fn differences(columns: &[ArrayRef]) -> Result<ArrayRef> {
    computed(columns, numeric::sub, i64::checked_sub)
}

fn products(columns: &[ArrayRef]) -> Result<ArrayRef> {
    computed(columns, numeric::mul, i64::checked_mul)
}

fn quotients(columns: &[ArrayRef]) -> Result<ArrayRef> {
    computed(columns, numeric::div, i64::checked_div)
}

fn remainders(columns: &[ArrayRef]) -> Result<ArrayRef> {
    computed(columns, numeric::rem, |left, right| {
        (right != 0).then(|| left.wrapping_rem(right))
    })
}

/// By `at_once`, which fails when one value cannot be computed; then one by one.
fn computed(
    columns: &[ArrayRef],
    at_once: fn(&dyn Datum, &dyn Datum) -> Result<ArrayRef, ArrowError>,
    one: fn(i64, i64) -> Option<i64>,
) -> Result<ArrayRef> {
    if let Ok(all) = at_once(&columns[0], &columns[1]) {
        return Ok(all);
    }
    let left = columns[0].as_primitive::<Int64Type>();
    let right = columns[1].as_primitive::<Int64Type>();
    let each = left.iter().zip(right);
    let each = each.map(|(left, right)| one(left?, right?));
    Ok(Arc::new(PrimitiveArray::<Int64Type>::from_iter(each)))
}
