//! Percentiles: an aggregate that makes a summary of a group's values, and a function that reads a
//! percentile from it. Any number of percentiles of the same values are read from one summary.
//!
//! A percentile is exact in a group of up to `VALUES_MAX` values, and estimated above: each of the two
//! values that it falls between is within 1 % of the true one, and so is it when they have one sign, up
//! to the rounding of integers. What is not a number (NaN) is no value, like null.

use super::call;
use arrow::array::{Array, ArrayRef, ArrowPrimitiveType, AsArray, PrimitiveArray};
use arrow::datatypes::{ArrowNativeType, DataType, Float64Type, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::{AggregateUDF, Expr, lit};
use std::cmp::Ordering;
use std::sync::Arc;

/// The aggregate, for all groups at once and for a query without groups.
mod aggregate;
/// Counts of values in buckets that widen with the values.
mod sketch;
/// Summaries as columns, between the phases of an aggregation and for reading.
mod state;
/// The values themselves while they are few, a sketch of them above.
mod summary;

/// A summary of the values, which are integers or floats, of the rows that meet the condition.
pub(crate) fn summary(value: Expr, condition: Option<Expr>) -> Expr {
    Expr::AggregateFunction(AggregateFunction::new_udf(
        Arc::new(AggregateUDF::from(aggregate::Summarize::new())),
        vec![value],
        false,
        condition.map(Box::new),
        vec![],
        None,
    ))
}

/// The value below which the share `rank` (0 to 1) of the integers lies, to the nearest integer.
pub(crate) fn of_integers(summary: Expr, rank: f64) -> Expr {
    call(
        "percentile_of_integers",
        DataType::Int64,
        read::<i64>,
        vec![summary, lit(rank)],
    )
}

/// The value below which the share `rank` (0 to 1) of the floats lies.
pub(crate) fn of_floats(summary: Expr, rank: f64) -> Expr {
    call(
        "percentile_of_floats",
        DataType::Float64,
        read::<f64>,
        vec![summary, lit(rank)],
    )
}

fn read<V: Quantity>(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let summaries = state::Summaries::<V>::of(&columns[0])?;
    let ranks = columns[1].as_primitive::<Float64Type>();
    let found = (0..columns[0].len()).map(|row| {
        if columns[0].is_null(row) {
            return None;
        }
        let (values, buckets, counts) = summaries.row(row);
        if buckets.is_empty() {
            exact(values, ranks.value(row))
        } else {
            sketch::read(values, buckets, counts, ranks.value(row))
        }
    });
    Ok(Arc::new(PrimitiveArray::<V::Arrow>::from_iter(found)))
}

/// Percentiles from summaries of either kind.
pub(crate) fn of_any(columns: &[ArrayRef]) -> Result<ArrayRef> {
    match columns[0].data_type() {
        floats if *floats == state::data_type(&DataType::Float64) => read::<f64>(columns),
        _ => read::<i64>(columns),
    }
}

fn exact<V: Quantity>(values: &[V], rank: f64) -> Option<V> {
    let mut values = values.to_vec();
    let place = rank * values.len().checked_sub(1)? as f64;
    let (_, low, above) = values.select_nth_unstable_by(place.floor() as usize, V::compare);
    let share = place.fract();
    match above.iter().min_by(|a, b| V::compare(a, b)) {
        Some(high) if share > 0.0 => Some(V::between(*low, *high, share)),
        _ => Some(*low),
    }
}

/// What percentiles are of: 64-bit integers and floats.
pub(crate) trait Quantity: ArrowNativeType {
    type Arrow: ArrowPrimitiveType<Native = Self>;

    fn to_float(self) -> f64;
    fn is_nan(self) -> bool;
    /// The nearest to an estimate.
    fn nearest(estimate: f64) -> Self;
    fn compare(&self, other: &Self) -> Ordering;
    /// What lies the share `share` of the way from `low` to `high`.
    fn between(low: Self, high: Self, share: f64) -> Self;
}

impl Quantity for i64 {
    type Arrow = Int64Type;

    fn to_float(self) -> f64 {
        self as f64
    }

    fn is_nan(self) -> bool {
        false
    }

    fn nearest(estimate: f64) -> Self {
        estimate.round() as i64
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.cmp(other)
    }

    fn between(low: Self, high: Self, share: f64) -> Self {
        let distance = i128::from(high) - i128::from(low);
        low.saturating_add((distance as f64 * share).round() as i64)
    }
}

impl Quantity for f64 {
    type Arrow = Float64Type;

    fn to_float(self) -> f64 {
        self
    }

    fn is_nan(self) -> bool {
        f64::is_nan(self)
    }

    fn nearest(estimate: f64) -> Self {
        estimate
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.total_cmp(other)
    }

    fn between(low: Self, high: Self, share: f64) -> Self {
        // Nothing lies between the infinite and itself.
        if low == high {
            return low;
        }
        low + (high - low) * share
    }
}
