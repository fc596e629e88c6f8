//! From kind to kind. What cannot be converted is null.

use super::Call;
use super::Function;
use crate::bind::{Binder, Bound, Value, conversion};
use crate::kind::Kind;

/// The JSON text of an array or a map, its keys in order.
mod dynamic_to_json;
/// A field if there is one of this name, else null of a type.
mod ensure_field;
/// Whether a value is a boolean.
mod isbool;
/// What a string holds as JSON.
mod parse_json;
/// An array.
mod toarray;
/// True of `1 t T true True TRUE` and of numbers that are not zero, false of `0 f F false False ….
mod tobool;
/// A datetime.
mod todatetime;
/// A float.
mod todouble;
/// An integer in hexadecimal digits, with zeros in front up to a length.
mod tohex;
/// A whole number.
mod toint;
/// The value as a string.
mod tostring;
/// A timespan.
mod totimespan;

pub(super) const FUNCTIONS: &[Function] = &[
    dynamic_to_json::FUNCTION,
    ensure_field::FUNCTION,
    isbool::FUNCTION,
    parse_json::FUNCTION,
    toarray::FUNCTION,
    tobool::FUNCTION,
    todatetime::FUNCTION,
    todouble::FUNCTION,
    tohex::FUNCTION,
    toint::FUNCTION,
    tostring::FUNCTION,
    totimespan::FUNCTION,
];

fn converted(binder: &mut Binder<'_, '_>, call: &Call, kind: Kind) -> Bound<Value> {
    let (value, range) = call.argument(0);
    if matches!(value.kind, Some(Kind::Array | Kind::Map | Kind::Bag)) && kind != Kind::Text {
        let message = format!("{} cannot convert {}", call.name, value.spoken());
        return Err(binder.error(range, message));
    }
    Ok(Value::new(conversion::to(kind, value), kind))
}
