//! From one kind to another: what `tostring`, `toint` and their kin do, and what operators do silently.
//! A value that cannot be converted is null.

use super::Value;
use crate::kernels::{conversion, json};
use crate::kind::{DATETIME, Kind, TIMESPAN};
use crate::{datetime, timespan};
use arrow::datatypes::DataType;
use datafusion::common::ScalarValue;
use datafusion::logical_expr::{Expr, lit, try_cast};

/// `value` as `kind`. To a kind that JSON carries any value goes; a dynamic value goes to every kind, an
/// array or a map to no other than text.
pub(crate) fn to(kind: Kind, value: Value) -> Expr {
    let Some(from) = value.kind else {
        return typed_null(kind);
    };
    if from == kind {
        return value.expr;
    }
    if from.is_json() {
        return of_json(from, kind, value);
    }
    match (from, kind) {
        (_, Kind::Array | Kind::Map | Kind::Bag | Kind::Dynamic) => json::quoted(value).expr,
        (Kind::Text, Kind::Datetime) => match value.constant_text() {
            Some(text) => lit(ScalarValue::TimestampNanosecond(datetime::read(text), None)),
            None => conversion::datetime_of_text(value.expr),
        },
        (Kind::Text, Kind::Timespan) => match value.constant_text() {
            Some(text) => lit(ScalarValue::DurationNanosecond(timespan::parse(text))),
            None => conversion::timespan_of_text(value.expr),
        },
        (Kind::Text, Kind::Boolean) => conversion::boolean_of_text(value.expr),
        (Kind::Float, Kind::Text) => conversion::text_of_float(value.expr),
        (Kind::Datetime, Kind::Text) => conversion::text_of_datetime(value.expr),
        (Kind::Timespan, Kind::Text) => conversion::text_of_timespan(value.expr),
        // Through integers: Arrow converts neither to the other, nor to floats.
        (Kind::Float | Kind::Boolean | Kind::Datetime | Kind::Timespan, Kind::Datetime) => {
            cast(cast(value.expr, DataType::Int64), DATETIME)
        }
        (Kind::Float | Kind::Boolean | Kind::Datetime | Kind::Timespan, Kind::Timespan) => {
            cast(cast(value.expr, DataType::Int64), TIMESPAN)
        }
        (Kind::Datetime | Kind::Timespan, Kind::Float) => {
            cast(cast(value.expr, DataType::Int64), DataType::Float64)
        }
        (Kind::Datetime | Kind::Timespan, Kind::Boolean) => {
            cast(cast(value.expr, DataType::Int64), DataType::Boolean)
        }
        _ => cast(value.expr, kind.arrow()),
    }
}

fn of_json(from: Kind, kind: Kind, value: Value) -> Expr {
    let converted = match (from, kind) {
        (_, Kind::Array | Kind::Map | Kind::Bag | Kind::Dynamic) => json::quoted(value),
        (_, Kind::Text) => json::content(value.expr),
        (Kind::Dynamic, Kind::Integer) => json::integer(value.expr),
        (Kind::Dynamic, Kind::Float) => json::float(value.expr),
        (Kind::Dynamic, Kind::Boolean) => json::boolean(value.expr),
        (Kind::Dynamic, Kind::Datetime) => json::datetime(value.expr),
        (Kind::Dynamic, Kind::Timespan) => json::timespan(value.expr),
        _ => return typed_null(kind),
    };
    converted.expr
}

/// `value` held as JSON, if it is of a kind that has two ways of being held.
pub(crate) fn as_json(value: Value) -> Value {
    match value.kind {
        Some(kind) if kind.is_json() => json::quoted(value),
        _ => value,
    }
}

/// A conversion by Arrow; of a constant, the converted constant.
fn cast(expr: Expr, target: DataType) -> Expr {
    match &expr {
        Expr::Literal(value, _) => match value.cast_to(&target) {
            Ok(converted) => lit(converted),
            Err(_) => try_cast(expr, target),
        },
        _ => try_cast(expr, target),
    }
}

/// A null of this kind.
pub(crate) fn typed_null(kind: Kind) -> Expr {
    lit(ScalarValue::try_new_null(&kind.arrow()).unwrap_or(ScalarValue::Null))
}

/// Whether a conversion left nothing, as far as is known before any row.
pub(crate) fn is_null(expr: &Expr) -> bool {
    match expr {
        Expr::Literal(value, _) => value.is_null(),
        // A constant text that Arrow could not read stays as the conversion of a constant.
        Expr::TryCast(cast) => matches!(*cast.expr, Expr::Literal(..)),
        _ => false,
    }
}
