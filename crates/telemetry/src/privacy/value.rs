//! Attribute values: text, numbers that are cards, arrays, and the nested values of logs.

use std::borrow::Cow;

use opentelemetry::logs::AnyValue;
use opentelemetry::{Array, Key, KeyValue, StringValue, Value};

use super::{Guard, Kind, card};

/// The namespaces of the conventions and of the kit, for rules that name the only other keys.
const NAMESPACES: &[&str] = &[
    "busy_ns",
    "client",
    "cloud",
    "code",
    "container",
    "db",
    "deployment",
    "enduser",
    "error",
    "event",
    "exception",
    "faas",
    "feature_flag",
    "gen_ai",
    "host",
    "http",
    "idle_ns",
    "jsonrpc",
    "k8s",
    "kit",
    "level",
    "log",
    "mcp",
    "messaging",
    "network",
    "os",
    "otel",
    "process",
    "request",
    "rpc",
    "schedule",
    "server",
    "service",
    "session",
    "target",
    "telemetry",
    "thread",
    "tls",
    "url",
    "user",
    "user_agent",
];

impl Guard {
    /// An attribute's value as it may leave the process: the whole value goes when the key is private,
    /// whatever its type.
    pub fn value(&self, key: &str, value: Value) -> Value {
        if self.allows(key) {
            return value;
        }
        if self.denies(key) {
            return self.mark(Kind::Attribute).into();
        }
        match value {
            Value::String(text) => Value::String(self.string(key, text)),
            Value::Array(Array::String(texts)) => {
                let texts = texts.into_iter().map(|text| self.string(key, text));
                Value::Array(Array::String(texts.collect()))
            }
            Value::I64(number) if self.is_card(number) => self.mark(Kind::Card).into(),
            Value::Array(Array::I64(numbers)) if numbers.iter().any(|n| self.is_card(*n)) => {
                self.mark(Kind::Card).into()
            }
            other => other,
        }
    }

    pub(super) fn any_value(&self, key: &str, value: AnyValue) -> AnyValue {
        if self.allows(key) {
            return value;
        }
        if self.denies(key) {
            return self.mark(Kind::Attribute).into();
        }
        match value {
            AnyValue::String(text) => AnyValue::String(self.string(key, text)),
            AnyValue::Int(number) if self.is_card(number) => self.mark(Kind::Card).into(),
            AnyValue::Bytes(bytes) => self.bytes(*bytes),
            AnyValue::ListAny(values) => {
                let values = values.into_iter().map(|value| self.any_value(key, value));
                AnyValue::ListAny(Box::new(values.collect()))
            }
            AnyValue::Map(map) => {
                let kept = map.into_iter().filter(|(key, _)| self.keeps(key.as_str()));
                let pairs = kept.map(|(key, value)| {
                    let value = self.any_value(key.as_str(), value);
                    (self.key(key), value)
                });
                AnyValue::Map(Box::new(pairs.collect()))
            }
            other => other,
        }
    }

    /// Cleans the attributes in place; the answer is how many were dropped.
    pub(super) fn attributes(&self, attributes: &mut Vec<KeyValue>) -> u32 {
        let before = attributes.len();
        attributes.retain(|attribute| self.keeps(attribute.key.as_str()));
        for attribute in attributes.iter_mut() {
            let value = std::mem::replace(&mut attribute.value, Value::Bool(false));
            attribute.value = self.value(attribute.key.as_str(), value);
            if let Cow::Owned(clean) = self.text(attribute.key.as_str()) {
                attribute.key = clean.into();
            }
        }
        u32::try_from(before - attributes.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn key(&self, key: Key) -> Key {
        match self.text(key.as_str()) {
            Cow::Borrowed(_) => key,
            Cow::Owned(clean) => clean.into(),
        }
    }

    /// Whether an attribute of that name is exported at all.
    pub(super) fn keeps(&self, key: &str) -> bool {
        let Some(only) = self.0.rules.only_keys.as_ref() else {
            return true;
        };
        let space = key.split('.').next().unwrap_or_default();
        !self.0.rules.enabled
            || NAMESPACES.contains(&space)
            || self.allows(key)
            || only.iter().any(|kept| kept == key)
    }

    fn string(&self, key: &str, text: StringValue) -> StringValue {
        let known = self.query_values(key, text.as_str());
        let clean = match self.replaced(text.as_str(), known) {
            Cow::Borrowed(_) => text,
            Cow::Owned(clean) => clean.into(),
        };
        self.cut(clean)
    }

    fn cut(&self, text: StringValue) -> StringValue {
        let max = self.0.rules.value_bytes_max.unwrap_or(usize::MAX);
        if text.as_str().len() <= max {
            return text;
        }
        let end = text.as_str().floor_char_boundary(max);
        text.as_str()
            .get(..end)
            .unwrap_or_default()
            .to_owned()
            .into()
    }

    /// Bytes are searched when they are text for the most part.
    fn bytes(&self, bytes: Vec<u8>) -> AnyValue {
        match self.text(&String::from_utf8_lossy(&bytes)) {
            Cow::Borrowed(_) => AnyValue::Bytes(Box::new(bytes)),
            Cow::Owned(clean) => AnyValue::Bytes(Box::new(clean.into_bytes())),
        }
    }

    fn is_card(&self, number: i64) -> bool {
        self.0.rules.enabled && card::is_number(number)
    }
}
