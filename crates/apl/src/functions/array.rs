//! Arrays: `array_length(array)`.

use super::{Call, Function};
use crate::bind::{Binder, Bound, Value};
use crate::kind::Kind;
use arrow::datatypes::DataType;
use datafusion::functions_nested::expr_fn;
use datafusion::logical_expr::cast;

pub(super) const FUNCTIONS: &[Function] = &[Function {
    name: "array_length",
    arguments: 1..=1,
    usage: "array_length(array)",
    bind: array_length,
}];

fn array_length(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let (array, range) = call.argument(0);
    match array.kind {
        Some(Kind::Array) => Ok(Value::new(
            cast(expr_fn::array_length(array.expr), DataType::Int64),
            Kind::Integer,
        )),
        None => Ok(Value::null()),
        Some(_) => Err(binder.error(
            range,
            format!("expected an array, found {}", array.spoken()),
        )),
    }
}
