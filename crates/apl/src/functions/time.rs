//! The time: `now()`, `ago(1h)`, `datetime(2024-01-02)`.

use super::{Call, Function, conversion};
use crate::bind::{Binder, Bound, Value};
use crate::kind::Kind;
use datafusion::common::ScalarValue;
use datafusion::logical_expr::lit;

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "now",
        arguments: 0..=1,
        usage: "now() or now(offset)",
        bind: now,
    },
    Function {
        name: "ago",
        arguments: 1..=1,
        usage: "ago(timespan)",
        bind: ago,
    },
    Function {
        name: "datetime",
        arguments: 1..=1,
        usage: "datetime(2024-01-02T03:04:05Z)",
        bind: conversion::todatetime,
    },
    Function {
        name: "date",
        arguments: 1..=1,
        usage: "date(2024-01-02)",
        bind: conversion::todatetime,
    },
];

fn now(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let offset = if call.values.is_empty() {
        0
    } else {
        constant_timespan(binder, call)?
    };
    Ok(datetime(binder.context.now_nanos.saturating_add(offset)))
}

fn ago(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let back = constant_timespan(binder, call)?;
    Ok(datetime(binder.context.now_nanos.saturating_sub(back)))
}

fn constant_timespan(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<i64> {
    let (value, range) = call.argument(0);
    match value.constant() {
        Some(ScalarValue::DurationNanosecond(Some(nanos))) => Ok(*nanos),
        _ => {
            let message = format!(
                "expected a timespan literal such as 1h, found {}",
                value.spoken()
            );
            Err(binder.error(range, message))
        }
    }
}

fn datetime(nanos: i64) -> Value {
    Value::new(
        lit(ScalarValue::TimestampNanosecond(Some(nanos), None)),
        Kind::Datetime,
    )
}
