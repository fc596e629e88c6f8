//! `OTEL_TRACES_EXPORTER=console`: what would be sent, as lines on stdout.

use std::time::Duration;

use opentelemetry::trace::{Status, TraceContextExt as _};
use opentelemetry::{Context, KeyValue};
use serde_json::{Value, json};

use crate::child;

#[test]
fn spans_and_records_are_lines_of_json() {
    let lines = child::run_as(
        "console::a_service_on_the_console",
        &[
            ("ENABLE_OTEL", "1"),
            ("OTEL_TRACES_EXPORTER", "console"),
            ("OTEL_LOGS_EXPORTER", "console"),
            ("OTEL_SERVICE_NAME", "lessons-api"),
        ],
    );
    let of_kind = |kind: &str| -> Vec<&Value> {
        let found = lines.iter().map(|line| &line[kind]);
        found.filter(|inner| !inner.is_null()).collect()
    };
    let spans = of_kind("span");
    let [quiet, linked, inner, outer] = &spans[..] else {
        panic!("{lines:#?}")
    };
    assert_eq!(quiet["name"], "quiet");
    assert_eq!(inner["name"], "inner");
    assert_eq!(inner["parent_span_id"], outer["span_id"]);
    assert_eq!(inner["trace_id"], outer["trace_id"]);
    assert_eq!(inner["service.name"], "lessons-api");
    assert_eq!(inner["error"], "", "failed, without a message");
    assert_eq!(outer["error"], Value::Null);
    assert_eq!(linked["error"], "too late");
    let event = json!({ "name": "held", "attributes": { "seats": 2 } });
    assert_eq!(linked["events"], json!([event]));
    let quiet_ids = json!({ "trace_id": quiet["trace_id"], "span_id": quiet["span_id"] });
    assert_eq!(linked["links"], json!([quiet_ids]));
    assert_eq!(
        (&inner["events"], &inner["links"]),
        (&json!([]), &json!([]))
    );
    let started = lines.iter().filter_map(|line| line["message"].as_str());
    let mut started = started.filter(|text| text.starts_with("OpenTelemetry initialized"));
    assert!(started.next().unwrap().ends_with("endpoint=console"));
    let attributes = &inner["attributes"];
    assert_eq!(attributes["lesson.id"], 7);
    assert_eq!(attributes["lesson.full"], true);
    assert_eq!(attributes["lesson.price"], 4.5);
    assert_eq!(
        attributes["lesson.note"], "for [REDACTED:email]",
        "guarded as well"
    );
    assert!(inner["duration_us"].is_u64());
    let records = of_kind("log");
    let held = records
        .iter()
        .find(|record| record.to_string().contains("held"));
    let held = held.unwrap_or_else(|| panic!("{records:#?}"));
    assert_eq!(held["trace_id"], inner["trace_id"]);
    assert_eq!(held["severity"], "WARN");
    assert!(held["attributes"]["lesson"].to_string().contains('7'));
}

#[tokio::test]
async fn a_service_on_the_console() {
    use throughline_telemetry::{fail, in_span, record};
    if !child::is_child() {
        return;
    }
    let telemetry = throughline_telemetry::init("default-service").unwrap();
    assert!(
        telemetry.flush(Duration::from_secs(5)).await,
        "nothing waits"
    );
    let span = || Context::map_current(|cx| cx.span().span_context().clone());
    let quiet = in_span("quiet", async { span() }).await;
    let linked = async {
        let cx = Context::current();
        let seats = KeyValue::new("seats", 2);
        cx.span().add_event("held", vec![seats]);
        cx.span().add_link(quiet, Vec::new());
        cx.span().set_status(Status::error("too late"));
    };
    in_span("linked", linked).await;
    let inner = in_span("inner", async {
        record("lesson.id", 7);
        record("lesson.full", true);
        record("lesson.price", 4.5);
        record("lesson.note", "for jane@example.com");
        tracing::warn!(lesson = 7, "held");
        fail("full");
    });
    in_span("outer", inner).await;
    telemetry.shutdown(Duration::from_secs(5)).await;
}
