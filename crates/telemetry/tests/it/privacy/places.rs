//! The rest of what the wrapper passes on: whole records, dropped attributes, resources, the end.

use opentelemetry::logs::{AnyValue, LogRecord as _, Logger as _, LoggerProvider as _, Severity};
use opentelemetry::trace::{Span as _, SpanKind, Tracer as _, TracerProvider as _};
use opentelemetry::{KeyValue, Value};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::logs::{LogBatch, LogExporter, SdkLoggerProvider};
use opentelemetry_sdk::trace::{SdkTracerProvider, SpanData, SpanExporter};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use throughline_telemetry::privacy::{Guard, Guarded, Rules};

use super::guard;

/// Keeps spans and the resource, and counts flushes and shutdowns.
#[derive(Clone, Debug, Default)]
struct Memory(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    spans: Vec<SpanData>,
    resource: Option<Resource>,
    calls: Vec<&'static str>,
}

impl SpanExporter for Memory {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.0.lock().unwrap().spans.extend(batch);
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: std::time::Duration) -> OTelSdkResult {
        self.0.lock().unwrap().calls.push("shutdown");
        Ok(())
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.0.lock().unwrap().calls.push("flush");
        Ok(())
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.0.lock().unwrap().resource = Some(resource.clone());
    }
}

fn span_of(rules: &Rules, attributes: Vec<KeyValue>) -> SpanData {
    let memory = Memory::default();
    let exporter = Guarded::new(memory.clone(), Guard::new(rules));
    let provider = SdkTracerProvider::builder()
        .with_simple_exporter(exporter)
        .build();
    let mut span = provider
        .tracer("t")
        .span_builder("s")
        .with_kind(SpanKind::Server)
        .with_attributes(attributes)
        .start(&provider.tracer("t"));
    span.end();
    let kept = memory.0.lock().unwrap();
    kept.spans[0].clone()
}

#[test]
fn the_wrapper_passes_everything_on_and_guards_the_resource() {
    let memory = Memory::default();
    let exporter = Guarded::new(memory.clone(), guard());
    // The simple processor does not ask for it.
    exporter.force_flush().unwrap();
    let resource = Resource::builder_empty()
        .with_schema_url(
            [KeyValue::new("owner", "ann@example.com")],
            "https://opentelemetry.io/schemas/1.42.0",
        )
        .with_service_name("api")
        .build();
    let provider = SdkTracerProvider::builder()
        .with_simple_exporter(exporter)
        .with_resource(resource)
        .build();
    provider.shutdown().unwrap();
    let kept = memory.0.lock().unwrap();
    assert_eq!(kept.calls, ["flush", "shutdown"]);
    let resource = kept.resource.as_ref().unwrap();
    assert_eq!(
        resource.get(&"owner".into()),
        Some("[REDACTED:email]".into())
    );
    assert_eq!(resource.get(&"service.name".into()), Some("api".into()));
    assert_eq!(
        resource.schema_url(),
        Some("https://opentelemetry.io/schemas/1.42.0")
    );
}

#[test]
fn a_servers_peer_is_the_client() {
    let span = span_of(
        &Rules::default(),
        vec![KeyValue::new("network.peer.address", "203.0.113.9")],
    );
    assert_eq!(
        span.attributes[0].value,
        Value::from("[REDACTED:attribute]")
    );
}

#[test]
fn with_a_list_of_the_only_keys_others_are_dropped_and_counted() {
    let rules = Rules {
        only_keys: Some(vec!["lesson.id".to_owned()]),
        ..Rules::default()
    };
    let named = ["lesson.id", "lesson.note", "http.route", "kit.attempt"];
    let span = span_of(&rules, named.map(|key| KeyValue::new(key, "x")).to_vec());
    let keys: Vec<&str> = span
        .attributes
        .iter()
        .map(|attribute| attribute.key.as_str())
        .collect();
    assert_eq!(keys, ["lesson.id", "http.route", "kit.attempt"]);
    assert_eq!(span.dropped_attributes_count, 1);
}

#[test]
fn a_log_record_keeps_what_is_not_private() {
    let logger = SdkLoggerProvider::builder().build().logger("l");
    let mut record = logger.create_log_record();
    record.set_event_name("mail ann@example.com");
    record.set_target("api::mail");
    record.set_severity_text("INFO");
    record.set_severity_number(Severity::Info);
    record.set_timestamp(std::time::SystemTime::UNIX_EPOCH);
    record.set_trace_context(1.into(), 2.into(), None);
    record.set_body("done".into());
    record.add_attribute("n", 7);
    record.add_attribute("password", 7);
    record.add_attribute(
        "raw",
        AnyValue::Bytes(Box::new(b"to ann@example.com".to_vec())),
    );
    let mut expected = logger.create_log_record();
    expected.clone_from(&record);
    guard().log(&mut record);
    assert_eq!(record.event_name(), Some("[REDACTED:email]"));
    assert_eq!(record.target(), expected.target());
    assert_eq!(record.severity_text(), Some("INFO"));
    assert_eq!(record.severity_number(), Some(Severity::Info));
    assert_eq!(record.timestamp(), expected.timestamp());
    assert_eq!(record.trace_context(), expected.trace_context());
    assert_eq!(record.body(), Some(&"done".into()));
    let attributes: Vec<_> = record
        .attributes_iter()
        .map(|(_, value)| value.clone())
        .collect();
    let raw = AnyValue::Bytes(Box::new(b"to [REDACTED:email]".to_vec()));
    assert_eq!(
        attributes,
        [AnyValue::Int(7), "[REDACTED:attribute]".into(), raw]
    );
}

/// Wants what matters, and cannot be shut down.
#[derive(Debug)]
struct Picky;

impl LogExporter for Picky {
    async fn export(&self, _: LogBatch<'_>) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, limit: Duration) -> OTelSdkResult {
        Err(OTelSdkError::Timeout(limit))
    }

    fn event_enabled(&self, level: Severity, target: &str, name: Option<&str>) -> bool {
        (level, target, name) == (Severity::Warn, "billing", Some("held"))
    }
}

#[test]
fn an_exporter_of_logs_is_asked_what_it_wants_and_told_to_end() {
    let exporter = Guarded::new(Picky, guard());
    let wants = |level, target, name| LogExporter::event_enabled(&exporter, level, target, name);
    assert!(wants(Severity::Warn, "billing", Some("held")));
    assert!(!wants(Severity::Info, "billing", Some("held")));
    assert!(!wants(Severity::Warn, "hyper", Some("held")));
    assert!(!wants(Severity::Warn, "billing", None));
    let limit = Duration::from_millis(7);
    let ended = LogExporter::shutdown_with_timeout(&exporter, limit);
    assert!(matches!(ended, Err(OTelSdkError::Timeout(it)) if it == limit));
}
