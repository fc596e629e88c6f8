//! Spans and log records as lines of JSON on stdout: `OTEL_TRACES_EXPORTER=console` shows what would be sent.

use std::io::Write as _;

use opentelemetry::KeyValue;
use opentelemetry::trace::Status;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::logs::{LogBatch, LogExporter};
use opentelemetry_sdk::trace::{SpanData, SpanExporter};
use serde_json::{Map, Value, json};

use crate::{attrs, clock};

/// Writes to stdout.
#[derive(Debug, Default)]
pub(super) struct Console {
    service: String,
}

impl Console {
    fn named(&mut self, resource: &Resource) {
        self.service = resource
            .get(&attrs::SERVICE_NAME.into())
            .map(|name| name.to_string())
            .unwrap_or_default();
    }

    fn span(&self, span: &SpanData) -> Value {
        let ids = &span.span_context;
        let error = match &span.status {
            Status::Error { description } => Some(description.as_ref()),
            _ => None,
        };
        let taken = span.end_time.duration_since(span.start_time);
        let events: Vec<Value> = span
            .events
            .iter()
            .map(|event| json!({ "name": event.name, "attributes": attributes(&event.attributes) }))
            .collect();
        let links: Vec<Value> = span
            .links
            .iter()
            .map(|link| {
                let to = &link.span_context;
                json!({ "trace_id": to.trace_id().to_string(), "span_id": to.span_id().to_string() })
            })
            .collect();
        json!({
            "service.name": self.service,
            "trace_id": ids.trace_id().to_string(),
            "span_id": ids.span_id().to_string(),
            "parent_span_id": span.parent_span_id.to_string(),
            "name": span.name,
            "kind": format!("{:?}", span.span_kind).to_lowercase(),
            "start": clock::rfc3339(span.start_time),
            "duration_us": u64::try_from(taken.unwrap_or_default().as_micros()).unwrap_or(u64::MAX),
            "error": error,
            "attributes": attributes(&span.attributes),
            "events": events,
            "links": links,
        })
    }
}

impl SpanExporter for Console {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        for span in &batch {
            print(&json!({ "span": self.span(span) }));
        }
        Ok(())
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.named(resource);
    }
}

impl LogExporter for Console {
    async fn export(&self, batch: LogBatch<'_>) -> OTelSdkResult {
        for (record, _) in batch.iter() {
            let fields: Map<String, Value> = record
                .attributes_iter()
                .map(|(key, value)| (key.to_string(), format!("{value:?}").into()))
                .collect();
            let ids = record.trace_context();
            print(&json!({ "log": {
                "service.name": self.service,
                "trace_id": ids.map(|ids| ids.trace_id.to_string()),
                "span_id": ids.map(|ids| ids.span_id.to_string()),
                "severity": record.severity_text(),
                "body": record.body().map(|body| format!("{body:?}")),
                "attributes": fields,
            }}));
        }
        Ok(())
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.named(resource);
    }
}

fn attributes(attributes: &[KeyValue]) -> Map<String, Value> {
    let typed = |value: &opentelemetry::Value| match value {
        opentelemetry::Value::Bool(value) => (*value).into(),
        opentelemetry::Value::I64(value) => (*value).into(),
        opentelemetry::Value::F64(value) => (*value).into(),
        other => Value::from(other.as_str()),
    };
    attributes
        .iter()
        .map(|attribute| (attribute.key.to_string(), typed(&attribute.value)))
        .collect()
}

/// Nobody is left to tell when stdout is gone.
fn print(line: &Value) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
