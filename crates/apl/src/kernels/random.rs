//! Random numbers, another in each row. They are the only values that a query computes twice differently.

use arrow::array::{ArrayRef, AsArray, Float64Array, Int64Array};
use arrow::datatypes::{DataType, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, TypeSignature,
    Volatility,
};
use std::sync::Arc;

/// From 0 to below 1.
pub(crate) fn float() -> Expr {
    call(vec![])
}

/// From 0 to below `range`; null when that is not positive.
pub(crate) fn below(range: Expr) -> Expr {
    call(vec![range])
}

fn call(arguments: Vec<Expr>) -> Expr {
    let shapes = vec![TypeSignature::Nullary, TypeSignature::Any(1)];
    ScalarUDF::from(Random {
        signature: Signature::one_of(shapes, Volatility::Volatile),
    })
    .call(arguments)
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Random {
    signature: Signature,
}

impl ScalarUDFImpl for Random {
    fn name(&self) -> &str {
        "random_number"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        Ok(match arguments {
            [] => DataType::Float64,
            _ => DataType::Int64,
        })
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let rows = arguments.number_rows;
        let made: ArrayRef = match arguments.args.first() {
            None => Arc::new(Float64Array::from_iter_values(
                (0..rows).map(|_| rand::random::<f64>()),
            )),
            Some(range) => {
                let ranges = range.to_array(rows)?;
                let below = |range: i64| (range > 0).then(|| rand::random_range(0..range));
                let ranges = ranges.as_primitive::<Int64Type>();
                Arc::new(Int64Array::from_iter(
                    ranges.iter().map(|range| range.and_then(below)),
                ))
            }
        };
        Ok(ColumnarValue::Array(made))
    }
}
