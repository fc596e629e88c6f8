//! Functions of numbers, as floats.

use crate::functions::{Function, Gives, Run};
use arrow::array::{ArrayRef, AsArray, Float64Array};
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::{ScalarUDF, Signature, TypeSignature, Volatility};
use std::sync::Arc;

/// One number to one.
const ONE: [(&str, Run); 9] = [
    ("abs", |columns| of_one(columns, f64::abs)),
    ("ceil", |columns| of_one(columns, f64::ceil)),
    ("exp", |columns| of_one(columns, f64::exp)),
    ("floor", |columns| of_one(columns, f64::floor)),
    ("ln", |columns| of_one(columns, f64::ln)),
    ("log10", |columns| of_one(columns, f64::log10)),
    ("log2", |columns| of_one(columns, f64::log2)),
    ("sqrt", |columns| of_one(columns, f64::sqrt)),
    ("trunc", |columns| of_one(columns, f64::trunc)),
];

pub(crate) fn functions() -> Vec<Arc<ScalarUDF>> {
    let made = |name, signature, run| {
        let gives = Gives::Type(DataType::Float64);
        Arc::new(ScalarUDF::from(Function::new(name, signature, gives, run)))
    };
    let float = || vec![DataType::Float64];
    let one = || Signature::exact(float(), Volatility::Immutable);
    let mut all: Vec<_> = ONE
        .iter()
        .map(|(name, run)| made(name, one(), *run))
        .collect();
    let of_two = |second| TypeSignature::Exact(vec![DataType::Float64, second]);
    let round = vec![TypeSignature::Exact(float()), of_two(DataType::Int64)];
    let round = Signature::one_of(round, Volatility::Immutable);
    all.push(made("round", round, rounded));
    let power = Signature::new(of_two(DataType::Float64), Volatility::Immutable);
    all.push(made("power", power, powers));
    all
}

fn of_one(columns: &[ArrayRef], run: fn(f64) -> f64) -> Result<ArrayRef> {
    let numbers = columns[0].as_primitive::<Float64Type>();
    Ok(Arc::new(numbers.unary::<_, Float64Type>(run)))
}

/// To so many digits after the point, none unless told; halves go away from zero.
fn rounded(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let Some(digits) = columns.get(1) else {
        return of_one(columns, f64::round);
    };
    let numbers = columns[0].as_primitive::<Float64Type>();
    let digits = digits.as_primitive::<Int64Type>();
    let one = |(number, digits): (Option<f64>, Option<i64>)| {
        let scale = 10_f64.powi(digits?.clamp(-300, 300) as i32);
        let scaled = number? * scale;
        Some(if scaled.is_finite() {
            scaled.round() / scale
        } else {
            number?
        })
    };
    let all: Float64Array = numbers.iter().zip(digits).map(one).collect();
    Ok(Arc::new(all))
}

fn powers(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let (bases, exponents) = (
        columns[0].as_primitive::<Float64Type>(),
        columns[1].as_primitive::<Float64Type>(),
    );
    let one = |(base, exponent): (Option<f64>, Option<f64>)| Some(base?.powf(exponent?));
    let all: Float64Array = bases.iter().zip(exponents).map(one).collect();
    Ok(Arc::new(all))
}
