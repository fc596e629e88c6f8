//! Numbers, and sets: arrays as collections of different values.

use super::Call;
use super::Function;
use crate::bind::{Binder, Bound, Value, conversion};
use crate::kernels::rows::{self, Rows, Run};
use crate::kind::Kind;
use arrow::array::{Array, ArrayRef, BooleanArray, make_comparator};
use arrow::compute::SortOptions;
use arrow::compute::kernels::zip::zip;
use datafusion::common::Result;
use std::cmp::Ordering;

/// Arrays as collections of different values.
mod set;

/// The size of a number or a timespan, without its sign.
mod abs;
/// The angle in radians whose cosine is the number.
mod acos;
/// The angle in radians whose sine is the number.
mod asin;
/// The angle in radians whose tangent is the number.
mod atan;
/// The angle in radians between the x axis and the point (x, y).
mod atan2;
/// The cosine of an angle in radians.
mod cos;
/// The cotangent of an angle in radians.
mod cot;
/// An angle in radians, in degrees.
mod degrees;
/// e to the power of the number.
mod exp;
/// 10 to the power of the number.
mod exp10;
/// 2 to the power of the number.
mod exp2;
/// The gamma function.
mod gamma;
/// Whether a number is neither infinite nor not a number.
mod isfinite;
/// Whether a number is infinite.
mod isinf;
/// Whether a value is a number without a fraction.
mod isint;
/// Whether a number is not one, as the root of -1 is.
mod isnan;
/// The natural logarithm.
mod log;
/// The logarithm to the base 10.
mod log10;
/// The logarithm to the base 2.
mod log2;
/// The logarithm of the absolute value of the gamma function.
mod loggamma;
/// The largest of several values of one kind.
mod max_of;
/// The smallest of several values of one kind.
mod min_of;
/// The number π.
mod pi;
/// A number to the power of another.
mod pow;
/// An angle in degrees, in radians.
mod radians;
/// A random number from 0 to below 1.
mod rand;
/// The values from a start up to an end, a step apart.
mod range;
/// A number rounded to so many digits after the point, none unless told.
mod round;
/// The elements of the first array that are in none of the others, each once, in order.
mod set_difference;
/// Whether an array has a value as an element.
mod set_has_element;
/// The elements of the first array that are in all the others, each once, in order.
mod set_intersect;
/// The elements of all arrays, each once, in order.
mod set_union;
/// -1, 0 or 1, as a number is negative, zero or positive.
mod sign;
/// The sine of an angle in radians.
mod sin;
/// The square root.
mod sqrt;
/// The tangent of an angle in radians.
mod tan;

pub(super) const FUNCTIONS: &[Function] = &[
    abs::FUNCTION,
    acos::FUNCTION,
    asin::FUNCTION,
    atan::FUNCTION,
    atan2::FUNCTION,
    cos::FUNCTION,
    cot::FUNCTION,
    degrees::FUNCTION,
    exp::FUNCTION,
    exp10::FUNCTION,
    exp2::FUNCTION,
    gamma::FUNCTION,
    isfinite::FUNCTION,
    isinf::FUNCTION,
    isint::FUNCTION,
    isnan::FUNCTION,
    log::FUNCTION,
    log10::FUNCTION,
    log2::FUNCTION,
    loggamma::FUNCTION,
    max_of::FUNCTION,
    min_of::FUNCTION,
    pi::FUNCTION,
    pow::FUNCTION,
    radians::FUNCTION,
    rand::FUNCTION,
    range::FUNCTION,
    round::FUNCTION,
    set_difference::FUNCTION,
    set_has_element::FUNCTION,
    set_intersect::FUNCTION,
    set_union::FUNCTION,
    sign::FUNCTION,
    sin::FUNCTION,
    sqrt::FUNCTION,
    tan::FUNCTION,
];

fn positive(number: f64) -> Option<f64> {
    (number > 0.0).then_some(number)
}

/// Several values of one kind brought to that kind, for `max_of` and `min_of`.
fn extreme(binder: &mut Binder<'_, '_>, call: &Call, name: &'static str, run: Run) -> Bound<Value> {
    let places: Vec<usize> = (0..call.values.len()).collect();
    let Some(kind) = super::conditional::one_kind(binder, call, &places)? else {
        return Ok(Value::null());
    };
    if kind.is_json() {
        let message = format!(
            "{name} cannot compare {}; convert it, as by todouble(…)",
            kind.spoken()
        );
        return Err(binder.error(&call.range, message));
    }
    let arguments = places
        .into_iter()
        .map(|place| conversion::to(kind, call.values[place].clone()))
        .collect();
    let name = match (name, kind) {
        ("max_of", Kind::Text) => "max_of_texts",
        ("max_of", _) => "max_of",
        (_, Kind::Text) => "min_of_texts",
        _ => "min_of",
    };
    Ok(rows::call(name, kind, run, arguments))
}

/// The value in each row that compares like this with all others.
fn chosen(rows: &Rows, wanted: Ordering) -> Result<ArrayRef> {
    let (mut best, others) = rows.columns()?;
    for column in others {
        let compare = make_comparator(&column, &best, SortOptions::default())?;
        let is_better = (0..best.len())
            .map(|row| column.is_valid(row) && (best.is_null(row) || compare(row, row) == wanted));
        let is_better: BooleanArray = is_better.map(Some).collect();
        best = zip(&is_better, &column, &best)?;
    }
    Ok(best)
}
