//! One event's fields: flat, with the event's time.

use super::{EVENT_BYTES_MAX, NAME_BYTES_MAX, Request};
use model::span::ColumnType;
use serde_json::{Map, Value};

/// Nanoseconds in what a number may count.
const SECOND: f64 = 1e9;

/// What every row has of its own: an event's field of such a name is kept as `_user_<name>`, as Axiom does.
const RESERVED: [&str; 3] = ["_time", "_sysTime", "_rowId"];

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
        let mut flat = Flat {
            fields: Vec::with_capacity(object.len()),
            bytes_left: EVENT_BYTES_MAX,
        };
        for (name, value) in object.into_iter().chain(labels) {
            if name != request.time_field {
                let name = match RESERVED.contains(&name.as_str()) {
                    true => format!("_user_{name}"),
                    false => name,
                };
                check_name(&name, name.len())?;
                flat.add(name, value)?;
            }
        }
        Ok(Self {
            nanos,
            fields: flat.fields,
        })
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

/// Fields, as they become flat.
struct Flat {
    fields: Vec<(String, Value)>,
    /// A name is written out for each of the values in it.
    bytes_left: usize,
}

impl Flat {
    fn add(&mut self, name: String, value: Value) -> Result<(), String> {
        if name.is_empty() {
            return Err("a field has no name".to_owned());
        }
        match value {
            Value::Null => Ok(()),
            Value::Object(object) => {
                for (inner, value) in object {
                    check_name(&name, name.len() + 1 + inner.len())?;
                    self.add(format!("{name}.{inner}"), value)?;
                }
                Ok(())
            }
            Value::Array(_) => self.put(name, Value::String(value.to_string())),
            // An integer that no column of integers holds is text: no digit is lost.
            Value::Number(number) if number.is_u64() && !number.is_i64() => {
                self.put(name, Value::String(number.to_string()))
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) => self.put(name, value),
        }
    }

    fn put(&mut self, name: String, value: Value) -> Result<(), String> {
        let bytes = name.len() + value.as_str().map_or(0, str::len);
        self.bytes_left = self.bytes_left.checked_sub(bytes).ok_or_else(|| {
            format!("an event has at most {EVENT_BYTES_MAX} bytes with all its fields' names written out")
        })?;
        self.fields.push((name, value));
        Ok(())
    }
}

/// Refuses a name of `bytes` that begins with `start`, before it is made.
pub(super) fn check_name(start: &str, bytes: usize) -> Result<(), String> {
    if bytes <= NAME_BYTES_MAX {
        return Ok(());
    }
    let start: String = start.chars().take(40).collect();
    Err(format!(
        "a field's name has at most {NAME_BYTES_MAX} bytes: {start}…"
    ))
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
