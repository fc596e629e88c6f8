//! Choices and questions. Values of different kinds to choose from become floats when all are numbers, and
//! dynamic when one of them is.

use super::Call;
use super::Function;
use crate::bind::{Binder, Bound, Value, conversion};
use crate::kernels::text;
use crate::kind::Kind;
use datafusion::logical_expr::{Expr, lit, when};
use std::ops::Range;

/// The value after the first condition that is true.
mod case;
/// The first value that is not null.
mod coalesce;
/// One of two values, by a condition.
mod iff;
/// Whether a value is null or the empty string.
mod isempty;
/// Whether a value is neither null nor the empty string.
mod isnotempty;
/// Whether a value is not null.
mod isnotnull;
/// Whether a value is null.
mod isnull;
/// True becomes false, and false true.
mod not;

pub(super) const FUNCTIONS: &[Function] = &[
    case::FUNCTION,
    coalesce::FUNCTION,
    iff::FUNCTION,
    isempty::FUNCTION,
    isnotempty::FUNCTION,
    isnotnull::FUNCTION,
    isnull::FUNCTION,
    not::FUNCTION,
];

/// The value after the first condition that is true.
fn cased(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
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
pub(super) fn one_kind(
    binder: &mut Binder<'_, '_>,
    call: &Call,
    places: &[usize],
) -> Bound<Option<Kind>> {
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

/// Null, or the empty text.
fn emptiness(value: Value) -> Expr {
    match value.kind {
        Some(Kind::Text) => text::is_blank(value.expr),
        Some(Kind::Dynamic) => text::is_blank(conversion::to(Kind::Text, value)),
        _ => value.expr.is_null(),
    }
}
