//! Arrays: `array_length(array)`.

use super::{Call, Function};
use crate::bind::{Binder, Bound, Value};
use crate::kernels::rows;
use crate::kind::Kind;
use arrow::array::AsArray;

pub(super) const FUNCTIONS: &[Function] = &[Function {
    name: "array_length",
    arguments: 1..=1,
    usage: "array_length(array)",
    bind: array_length,
}];

fn array_length(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let (array, range) = call.argument(0);
    let run: rows::Run = |rows| {
        rows.integers(|row| {
            let (column, at) = row.cell(0)?;
            match column.as_list_opt::<i32>() {
                Some(list) => Some(i64::from(list.value_length(at))),
                None => row.array(0).map(|elements| elements.len() as i64),
            }
        })
    };
    match array.kind {
        Some(Kind::Array | Kind::Dynamic) => Ok(rows::call(
            "array_length",
            Kind::Integer,
            run,
            vec![array.expr],
        )),
        None => Ok(Value::null()),
        Some(_) => Err(binder.error(
            range,
            format!("expected an array, found {}", array.spoken()),
        )),
    }
}
