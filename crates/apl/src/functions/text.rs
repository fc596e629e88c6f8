//! Texts. Other scalars are taken as their text; a null part of `strcat` is empty.

use super::{Call, Function};
use crate::bind::{Binder, Bound, Value, conversion};
use crate::kernels::text;
use crate::kind::Kind;
use datafusion::logical_expr::{Expr, lit};

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "strcat",
        arguments: 1..=64,
        usage: "strcat(text, text, …)",
        bind: strcat,
    },
    Function {
        name: "tolower",
        arguments: 1..=1,
        usage: "tolower(text)",
        bind: tolower,
    },
    Function {
        name: "toupper",
        arguments: 1..=1,
        usage: "toupper(text)",
        bind: toupper,
    },
    Function {
        name: "strlen",
        arguments: 1..=1,
        usage: "strlen(text)",
        bind: strlen,
    },
    Function {
        name: "substring",
        arguments: 2..=3,
        usage: "substring(text, start, length)",
        bind: substring,
    },
];

/// Those whose results are new texts.
pub(super) const MAKING: &[&str] = &["strcat", "tolower", "toupper", "substring"];

fn strcat(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let parts: Vec<Bound<Expr>> = (0..call.values.len())
        .map(|place| text_argument(binder, call, place))
        .collect();
    let parts = parts.into_iter().collect::<Bound<Vec<Expr>>>()?;
    Ok(Value::new(text::concatenation(parts), Kind::Text))
}

fn tolower(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    Ok(Value::new(
        text::lower(text_argument(binder, call, 0)?),
        Kind::Text,
    ))
}

fn toupper(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    Ok(Value::new(
        text::upper(text_argument(binder, call, 0)?),
        Kind::Text,
    ))
}

fn strlen(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    Ok(Value::new(
        text::length(text_argument(binder, call, 0)?),
        Kind::Integer,
    ))
}

fn substring(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let source = text_argument(binder, call, 0)?;
    let start = integer_argument(binder, call, 1)?;
    let length = match call.values.len() {
        2 => lit(i64::MAX),
        _ => integer_argument(binder, call, 2)?,
    };
    Ok(Value::new(
        text::substring(source, start, length),
        Kind::Text,
    ))
}

fn text_argument(binder: &mut Binder<'_, '_>, call: &Call, place: usize) -> Bound<Expr> {
    let (value, range) = call.argument(place);
    if value.kind.is_some_and(|kind| !kind.is_groupable()) {
        return Err(binder.error(
            range,
            format!("expected a string, found {}", value.spoken()),
        ));
    }
    Ok(conversion::to(Kind::Text, value))
}

fn integer_argument(binder: &mut Binder<'_, '_>, call: &Call, place: usize) -> Bound<Expr> {
    let (value, range) = call.argument(place);
    match value.kind {
        None | Some(Kind::Integer | Kind::Dynamic) => Ok(conversion::to(Kind::Integer, value)),
        Some(kind) => Err(binder.error(
            range,
            format!("expected an integer, found {}", kind.spoken()),
        )),
    }
}
