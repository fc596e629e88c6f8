//! Attribute values as text: JSON for what has structure, base64 for bytes, hex for ids.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};

/// A value is nested deeper than the limit.
#[derive(Debug)]
pub(crate) struct TooDeep;

/// `attributes` sorted by key, each key once: where one is repeated, the last stands.
pub(crate) fn canonical(attributes: &[KeyValue]) -> Vec<&KeyValue> {
    let mut sorted: Vec<&KeyValue> = attributes.iter().collect();
    // The sort is stable: among equal keys the last sent is the last here.
    sorted.sort_by(|a, b| a.key.cmp(&b.key));
    let mut unique: Vec<&KeyValue> = Vec::with_capacity(sorted.len());
    for attribute in sorted {
        match unique.last_mut() {
            Some(last) if last.key == attribute.key => *last = attribute,
            _ => unique.push(attribute),
        }
    }
    unique
}

/// An array or a map as JSON. Numbers that JSON lacks are strings, as in OTLP/JSON.
pub(crate) fn json(value: &Value, depth_max: usize) -> Result<String, TooDeep> {
    let mut out = String::new();
    write(&mut out, Some(value), depth_max)?;
    Ok(out)
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// A float as JSON writes it, so that it reads back as the same number.
pub(crate) fn float(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 {
            "Infinity".to_owned()
        } else {
            "-Infinity".to_owned()
        }
    } else {
        format!("{value:?}")
    }
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

fn write(out: &mut String, value: Option<&Value>, depth_left: usize) -> Result<(), TooDeep> {
    match value {
        // The last is for OTLP's profiles only, and reads as absent elsewhere.
        None | Some(Value::StringValueStrindex(_)) => out.push_str("null"),
        Some(Value::StringValue(text)) => quote(out, text),
        Some(Value::BoolValue(value)) => out.push_str(if *value { "true" } else { "false" }),
        Some(Value::IntValue(value)) => out.push_str(&value.to_string()),
        Some(Value::DoubleValue(value)) if value.is_finite() => out.push_str(&float(*value)),
        Some(Value::DoubleValue(value)) => quote(out, &float(*value)),
        Some(Value::BytesValue(bytes)) => quote(out, &base64(bytes)),
        Some(Value::ArrayValue(array)) => {
            let depth_left = depth_left.checked_sub(1).ok_or(TooDeep)?;
            list(out, ('[', ']'), array.values.iter(), |out, item| {
                write(out, item.value.as_ref(), depth_left)
            })?;
        }
        Some(Value::KvlistValue(map)) => {
            let depth_left = depth_left.checked_sub(1).ok_or(TooDeep)?;
            list(
                out,
                ('{', '}'),
                canonical(&map.values).into_iter(),
                |out, entry| {
                    quote(out, &entry.key);
                    out.push(':');
                    write(out, inner(entry.value.as_ref()), depth_left)
                },
            )?;
        }
    }
    Ok(())
}

/// The value inside an `AnyValue` that may be absent or empty.
pub(crate) fn inner(value: Option<&AnyValue>) -> Option<&Value> {
    value.and_then(|value| value.value.as_ref())
}

fn list<T>(
    out: &mut String,
    (open, close): (char, char),
    items: impl Iterator<Item = T>,
    mut write_one: impl FnMut(&mut String, T) -> Result<(), TooDeep>,
) -> Result<(), TooDeep> {
    out.push(open);
    for (i, item) in items.enumerate() {
        if i > 0 {
            out.push(',');
        }
        write_one(out, item)?;
    }
    out.push(close);
    Ok(())
}

fn quote(out: &mut String, text: &str) {
    out.push_str(&serde_json::Value::from(text).to_string());
}
