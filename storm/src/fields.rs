//! A span as names and texts, the same whether it was just made, came out of the query API or out of a
//! data file: what the judge compares.
//!
//! Names are those of the query language; an attribute is `attributes.<key>`, wherever it is kept.

use crate::chance;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue, any_value::Value};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{ScopeSpans, Span};
use std::collections::BTreeMap;

/// What the judge itself puts on a span, to know it again.
pub(crate) const REQUEST: &str = "attributes.storm.b";
pub(crate) const INDEX: &str = "attributes.storm.i";
pub(crate) const HASH: &str = "attributes.storm.h";

/// Columns that no client sends.
const ARRIVAL: &str = "_sysTime";
/// Resource attributes that are columns by their own names.
const LIFTED: [&str; 2] = ["service.", "telemetry.sdk."];
/// Counts that are as well absent as 0.
const COUNTS: &str = "dropped_";

/// Names and texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// What is expected of a span that was sent.
    pub(crate) fn sent(resource: &Resource, scope: &ScopeSpans, span: &Span) -> Self {
        let mut fields = Self::default();
        let end = span.end_time_unix_nano;
        fields.put("_time", span.start_time_unix_nano);
        fields.put("duration", end.saturating_sub(span.start_time_unix_nano));
        fields.put("trace_id", hex(&span.trace_id));
        fields.put("span_id", hex(&span.span_id));
        fields.put("parent_span_id", hex(&span.parent_span_id));
        fields.put("name", &span.name);
        fields.put("kind", kind(span.kind));
        fields.put("trace_state", &span.trace_state);
        let status = span.status.clone().unwrap_or_default();
        fields.put("error", status.code == 2);
        fields.put("status.code", ["", "OK", "ERROR"][status.code as usize % 3]);
        fields.put("status.message", &status.message);
        if let Some(scope) = &scope.scope {
            fields.put("scope.name", &scope.name);
            fields.put("scope.version", &scope.version);
            fields.attributes("scope.attributes.", &scope.attributes);
        }
        for attribute in &resource.attributes {
            let lifted = LIFTED.iter().any(|begin| attribute.key.starts_with(begin));
            let prefix = if lifted { "" } else { "resource." };
            fields.attributes(prefix, std::slice::from_ref(attribute));
        }
        fields.attributes("attributes.", &span.attributes);
        for (at, event) in span.events.iter().enumerate() {
            fields.put(&format!("events.{at}.timestamp"), event.time_unix_nano);
            fields.put(&format!("events.{at}.name"), &event.name);
            fields.attributes(&format!("events.{at}.attributes."), &event.attributes);
        }
        for (at, link) in span.links.iter().enumerate() {
            fields.put(&format!("links.{at}.trace_id"), hex(&link.trace_id));
            fields.put(&format!("links.{at}.span_id"), hex(&link.span_id));
            fields.attributes(&format!("links.{at}.attributes."), &link.attributes);
        }
        fields
    }

    /// Adds one; what is empty is as good as absent.
    pub(crate) fn put(&mut self, name: &str, text: impl ToString) {
        let text = text.to_string();
        let is_count = name
            .rsplit('.')
            .next()
            .is_some_and(|last| last.starts_with(COUNTS));
        if text.is_empty() || name == ARRIVAL || (is_count && text == "0") {
            return;
        }
        self.0.insert(named(name), text);
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A number that the judge put on the span.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }

    /// Of everything but the hash that the span carries itself.
    pub(crate) fn hash(&self) -> String {
        let others = self.0.iter().filter(|(name, _)| *name != HASH);
        let bytes = others.flat_map(|(name, text)| [name.as_str(), "\0", text, "\0"]);
        format!("{:016x}", chance::hash(bytes.flat_map(str::bytes)))
    }

    /// The first name whose text is not the expected one, with both.
    pub(crate) fn difference(&self, expected: &Self) -> Option<String> {
        let names = self.0.keys().chain(expected.0.keys());
        names
            .filter(|name| self.0.get(*name) != expected.0.get(*name))
            .map(|name| {
                format!(
                    "{name}: {:?}, sent {:?}",
                    self.0.get(name),
                    expected.0.get(name)
                )
            })
            .next()
    }

    fn attributes(&mut self, prefix: &str, attributes: &[KeyValue]) {
        for KeyValue { key, value, .. } in attributes {
            self.put(&format!("{prefix}{key}"), text(value.as_ref()));
        }
    }
}

/// The two maps of the rest are where an attribute is, not what it is called.
fn named(name: &str) -> String {
    for place in ["attributes.", "resource."] {
        let rest = name
            .strip_prefix(place)
            .and_then(|rest| rest.strip_prefix("custom."));
        if let Some(rest) = rest {
            return format!("{place}{rest}");
        }
    }
    name.to_owned()
}

/// A value as the query language shows it.
fn text(value: Option<&AnyValue>) -> String {
    match value.and_then(|value| value.value.as_ref()) {
        Some(Value::StringValue(text)) => text.clone(),
        _ => json(value).to_string(),
    }
}

fn json(value: Option<&AnyValue>) -> serde_json::Value {
    match value.and_then(|value| value.value.as_ref()) {
        Some(Value::StringValue(text)) => text.as_str().into(),
        Some(Value::IntValue(number)) => (*number).into(),
        Some(Value::DoubleValue(number)) => (*number).into(),
        Some(Value::BoolValue(is)) => (*is).into(),
        Some(Value::ArrayValue(list)) => list.values.iter().map(|item| json(Some(item))).collect(),
        Some(Value::KvlistValue(list)) => {
            let pair = |pair: &KeyValue| (pair.key.clone(), json(pair.value.as_ref()));
            serde_json::Value::Object(list.values.iter().map(pair).collect())
        }
        _ => serde_json::Value::Null,
    }
}

fn kind(number: i32) -> &'static str {
    let kinds = [
        "unspecified",
        "internal",
        "server",
        "client",
        "producer",
        "consumer",
    ];
    kinds[number as usize % kinds.len()]
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn an_attribute_has_one_name_wherever_it_is_kept() {
        let mut custom = Fields::default();
        custom.put("attributes.custom.storm.b", 7);
        custom.put("_sysTime", 1);
        custom.put("events.0.dropped_attributes_count", 0);
        let mut promoted = Fields::default();
        promoted.put("attributes.storm.b", "7");
        assert_eq!(custom, promoted);
        assert_eq!(custom.number(super::REQUEST), Some(7));
    }

    #[test]
    fn a_changed_text_changes_the_hash_and_is_named() {
        let mut one = Fields::default();
        one.put("name", "a");
        let mut other = Fields::default();
        other.put("name", "b");
        assert_ne!(one.hash(), other.hash());
        let said = one.difference(&other).unwrap();
        assert_eq!(said, r#"name: Some("a"), sent Some("b")"#);
    }
}
