//! Choices and questions: `iff`, `case`, `coalesce`, `not`, `isnull`, `isempty` and their kin.

use super::{Call, Function};
use crate::bind::{Binder, Bound, Value, conversion};
use crate::kernels::{choice, text};
use crate::kind::Kind;
use datafusion::logical_expr::{Expr, lit, when};
use std::ops::Range;

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "iff",
        arguments: 3..=3,
        usage: "iff(condition, then, else)",
        bind: case,
    },
    Function {
        name: "iif",
        arguments: 3..=3,
        usage: "iif(condition, then, else)",
        bind: case,
    },
    Function {
        name: "case",
        arguments: 3..=255,
        usage: "case(condition, then, condition, then, …, else)",
        bind: case,
    },
    Function {
        name: "coalesce",
        arguments: 1..=255,
        usage: "coalesce(a, b, …)",
        bind: coalesce,
    },
    Function {
        name: "not",
        arguments: 1..=1,
        usage: "not(condition)",
        bind: not,
    },
    Function {
        name: "isnull",
        arguments: 1..=1,
        usage: "isnull(value)",
        bind: isnull,
    },
    Function {
        name: "isnotnull",
        arguments: 1..=1,
        usage: "isnotnull(value)",
        bind: isnotnull,
    },
    Function {
        name: "isempty",
        arguments: 1..=1,
        usage: "isempty(value)",
        bind: isempty,
    },
    Function {
        name: "isnotempty",
        arguments: 1..=1,
        usage: "isnotempty(value)",
        bind: isnotempty,
    },
];

fn case(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    if call.values.len().is_multiple_of(2) {
        let message = "expected case(condition, then, …, else): an else is missing";
        return Err(binder.error(&call.range, message));
    }
    let pairs = call.values.len() / 2;
    let results: Vec<usize> = (0..pairs)
        .map(|pair| pair * 2 + 1)
        .chain([pairs * 2])
        .collect();
    let kind = one_kind(binder, call, &results)?;
    let mut results = results.into_iter().map(|place| as_kind(call, place, kind));
    let Some(first_result) = results.next() else {
        return Ok(Value::null());
    };
    let mut builder = when(condition(binder, call, 0)?, first_result);
    for pair in 1..pairs {
        let condition = condition(binder, call, pair * 2)?;
        if let Some(result) = results.next() {
            builder = builder.when(condition, result);
        }
    }
    let otherwise = results.next().unwrap_or_else(|| Value::null().expr);
    let expr = builder
        .otherwise(otherwise)
        .map_err(|error| binder.error(&call.range, format!("could not plan this: {error}")))?;
    Ok(Value { expr, kind })
}

fn coalesce(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let places: Vec<usize> = (0..call.values.len()).collect();
    let Some(kind) = one_kind(binder, call, &places)? else {
        return Ok(Value::null());
    };
    let values = places
        .into_iter()
        .map(|place| as_kind(call, place, Some(kind)))
        .collect();
    Ok(Value::new(choice::coalesce(kind.arrow(), values), kind))
}

fn condition(binder: &mut Binder<'_, '_>, call: &Call, place: usize) -> Bound<Expr> {
    let (value, range) = call.argument(place);
    match value.kind {
        Some(Kind::Boolean) => Ok(value.expr),
        Some(Kind::Dynamic) => Ok(conversion::to(Kind::Boolean, value)),
        None => Ok(lit(false)),
        Some(_) => {
            let message = format!(
                "expected a condition (true or false), found {}",
                value.spoken()
            );
            Err(binder.error(range, message))
        }
    }
}

/// The kind that all these arguments can have: the same, or both kinds of number.
fn one_kind(binder: &mut Binder<'_, '_>, call: &Call, places: &[usize]) -> Bound<Option<Kind>> {
    let mut common: Option<Kind> = None;
    for &place in places {
        let (Some(kind), range) = (call.values[place].kind, &call.ranges[place]) else {
            continue;
        };
        let kind = match kind {
            Kind::Map => Kind::Bag,
            other => other,
        };
        common = match common {
            None => Some(kind),
            Some(earlier) if earlier == kind => Some(kind),
            Some(earlier) if earlier.is_number() && kind.is_number() => Some(Kind::Float),
            Some(earlier) if earlier.is_json() || kind.is_json() => Some(Kind::Dynamic),
            Some(earlier) => return Err(mixed(binder, earlier, kind, range)),
        };
    }
    Ok(common)
}

fn mixed(
    binder: &mut Binder<'_, '_>,
    earlier: Kind,
    kind: Kind,
    range: &Range<usize>,
) -> crate::diagnostic::Failed {
    let message = format!(
        "expected {} like the results before, found {}",
        earlier.spoken(),
        kind.spoken()
    );
    binder.error(range, message)
}

fn as_kind(call: &Call, place: usize, kind: Option<Kind>) -> Expr {
    let value = call.values[place].clone();
    match kind {
        Some(kind) => conversion::to(kind, conversion::as_json(value)),
        None => value.expr,
    }
}

fn not(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    Ok(Value::new(!condition(binder, call, 0)?, Kind::Boolean))
}

fn isnull(_: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    Ok(Value::new(call.argument(0).0.expr.is_null(), Kind::Boolean))
}

fn isnotnull(_: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    Ok(Value::new(
        call.argument(0).0.expr.is_not_null(),
        Kind::Boolean,
    ))
}

fn isempty(_: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    Ok(Value::new(emptiness(call.argument(0).0), Kind::Boolean))
}

fn isnotempty(_: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    Ok(Value::new(!emptiness(call.argument(0).0), Kind::Boolean))
}

/// Null, or the empty text.
fn emptiness(value: Value) -> Expr {
    match value.kind {
        Some(Kind::Text) => text::is_blank(value.expr),
        Some(Kind::Dynamic) => text::is_blank(conversion::to(Kind::Text, value)),
        _ => value.expr.is_null(),
    }
}
