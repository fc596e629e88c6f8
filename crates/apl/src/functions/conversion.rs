//! From kind to kind. What cannot be converted is null, but `tostring` of null is the empty text.

use super::{Call, Function};
use crate::bind::{Binder, Bound, Value, conversion};
use crate::kernels::conversion::text_or_empty;
use crate::kernels::json;
use crate::kind::Kind;

const fn of(
    name: &'static str,
    usage: &'static str,
    bind: fn(&mut Binder<'_, '_>, &Call) -> Bound<Value>,
) -> Function {
    Function {
        name,
        arguments: 1..=1,
        usage,
        bind,
    }
}

pub(super) const FUNCTIONS: &[Function] = &[
    of("tostring", "tostring(value)", tostring),
    of("string", "string(value)", tostring),
    of("toint", "toint(value)", toint),
    of("tolong", "tolong(value)", toint),
    of("int", "int(value)", toint),
    of("long", "long(value)", toint),
    of("todouble", "todouble(value)", todouble),
    of("toreal", "toreal(value)", todouble),
    of("double", "double(value)", todouble),
    of("real", "real(value)", todouble),
    of("tobool", "tobool(value)", tobool),
    of("bool", "bool(value)", tobool),
    of("boolean", "boolean(value)", tobool),
    of("todatetime", "todatetime(value)", todatetime),
    of("totimespan", "totimespan(value)", totimespan),
    of("timespan", "timespan(value)", totimespan),
    of("time", "time(value)", totimespan),
    of("parse_json", "parse_json(text)", parse_json),
    of("todynamic", "todynamic(text)", parse_json),
];

fn tostring(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let text = converted(binder, call, Kind::Text)?;
    Ok(Value::new(text_or_empty(text.expr), Kind::Text))
}

fn toint(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    converted(binder, call, Kind::Integer)
}

fn todouble(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    converted(binder, call, Kind::Float)
}

fn tobool(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    converted(binder, call, Kind::Boolean)
}

pub(super) fn todatetime(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    converted(binder, call, Kind::Datetime)
}

fn totimespan(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    converted(binder, call, Kind::Timespan)
}

/// JSON in a string; what is no string is what it is.
fn parse_json(_: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = call.argument(0).0;
    match value.kind {
        Some(Kind::Text) => Ok(json::parsed(value.expr)),
        _ => Ok(value),
    }
}

fn converted(binder: &mut Binder<'_, '_>, call: &Call, kind: Kind) -> Bound<Value> {
    let (value, range) = call.argument(0);
    if matches!(value.kind, Some(Kind::Array | Kind::Map | Kind::Bag)) && kind != Kind::Text {
        let message = format!("{} cannot convert {}", call.name, value.spoken());
        return Err(binder.error(range, message));
    }
    Ok(Value::new(conversion::to(kind, value), kind))
}
