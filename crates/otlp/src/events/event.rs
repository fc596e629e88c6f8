//! One event's fields: flat, with the event's time.

use super::Request;
use model::span::ColumnType;
use serde_json::{Map, Value};

/// Nanoseconds in what a number may count.
const SECOND: f64 = 1e9;

/// An event, read.
pub(super) struct Event {
    /// `None` when it says no time.
    pub(super) nanos: Option<i64>,
    /// Texts, numbers and booleans.
    pub(super) fields: Vec<(String, Value)>,
}

/// A moment as a number: seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size.
#[derive(Clone, Copy, Debug)]
pub struct Moment(pub f64);

impl Moment {
    /// Nanoseconds since 1970-01-01 UTC; `None` before 1970 or beyond 2262.
    pub fn nanos(self) -> Option<i64> {
        let scale = match self.0 {
            number if number < 1e11 => SECOND,
            number if number < 1e14 => 1e6,
            number if number < 1e17 => 1e3,
            _ => 1.0,
        };
        let nanos = self.0 * scale;
        (nanos >= 0.0 && nanos < i64::MAX as f64).then_some(nanos as i64)
    }
}

impl Event {
    /// `Err` says why it cannot be kept.
    pub(super) fn read(
        object: Map<String, Value>,
        labels: Map<String, Value>,
        request: &Request<'_>,
    ) -> Result<Self, String> {
        let nanos = match object.get(request.time_field) {
            None | Some(Value::Null) => None,
            Some(time) => Some(nanos(time, request)?),
        };
        let mut fields = Vec::with_capacity(object.len());
        for (name, value) in object.into_iter().chain(labels) {
            if name != request.time_field {
                flatten(name, value, &mut fields)?;
            }
        }
        Ok(Self { nanos, fields })
    }
}

fn nanos(time: &Value, request: &Request<'_>) -> Result<i64, String> {
    let read = match time {
        Value::String(text) => (request.parse_time)(text),
        // A number of nanoseconds is longer than a float is exact.
        Value::Number(number) => match number.as_i64() {
            Some(nanos) if nanos >= 100_000_000_000_000_000 => Some(nanos),
            _ => number.as_f64().and_then(|number| Moment(number).nanos()),
        },
        _ => None,
    };
    read.filter(|nanos| *nanos >= 0).ok_or_else(|| {
        let shown: String = time.to_string().chars().take(60).collect();
        let field = request.time_field;
        format!("{field}: expected a time such as 2026-11-29T10:00:00Z, since 1970; got {shown}")
    })
}

fn flatten(name: String, value: Value, fields: &mut Vec<(String, Value)>) -> Result<(), String> {
    if name.is_empty() {
        return Err("a field has no name".to_owned());
    }
    match value {
        Value::Null => {}
        Value::Object(object) => {
            for (inner, value) in object {
                flatten(format!("{name}.{inner}"), value, fields)?;
            }
        }
        Value::Array(_) => fields.push((name, Value::String(value.to_string()))),
        // An integer that no column of integers holds is text: no digit is lost.
        Value::Number(number) if number.is_u64() && !number.is_i64() => {
            fields.push((name, Value::String(number.to_string())));
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => fields.push((name, value)),
    }
    Ok(())
}

/// The type of a flat value.
pub(super) fn kind(value: &Value) -> ColumnType {
    match value {
        Value::Bool(_) => ColumnType::Boolean,
        Value::Number(number) if number.is_i64() => ColumnType::Integer,
        Value::Number(_) => ColumnType::Float,
        _ => ColumnType::Text,
    }
}

/// The type that holds values of both.
pub(super) fn either(a: ColumnType, b: ColumnType) -> ColumnType {
    use ColumnType::{Float, Integer, Text};
    match (a, b) {
        (a, b) if a == b => a,
        (Integer, Float) | (Float, Integer) => Float,
        _ => Text,
    }
}
