//! Log records by OTLP: with the ids of their span, and without an echo of the export itself.

use std::time::Duration;

use throughline_telemetry::{Telemetry, in_span, trace_id};

use crate::collector::{Behaviour, Collector};
use crate::export::config;

#[tokio::test]
async fn records_carry_the_ids_of_their_span() {
    let collector = Collector::start(Behaviour::Accept);
    let service = Telemetry::build(config(&collector.url, &[("OTEL_LOGS_EXPORTER", "otlp")]));
    let logs = tracing::subscriber::set_default(service.subscriber(std::io::sink));
    let work = in_span("step", async {
        tracing::warn!(lesson = 7, "held");
        trace_id().unwrap()
    });
    let id = service.scope(work).await;
    tracing::info!("outside");
    drop(logs);
    service.shutdown(Duration::from_secs(5)).await;
    let records = collector.records();
    assert_eq!(records.len(), 2, "{records:#?}");
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    assert_eq!(hex(&records[0].trace_id), id);
    assert_eq!(records[0].span_id.len(), 8);
    assert_eq!(records[0].severity_text, "WARN");
    assert!(format!("{:?}", records[0].body).contains("held"));
    assert_eq!(records[0].attributes[0].key, "lesson");
    assert!(records[1].trace_id.is_empty(), "absent, not zero");
}

#[test]
fn exporting_makes_nothing_to_export() {
    let collector = Collector::start(Behaviour::Accept);
    let lines = crate::child::run_as(
        "log_export::a_service_that_logs_everything",
        &[
            ("ENABLE_OTEL", "1"),
            ("OTEL_LOGS_EXPORTER", "otlp"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.url),
            ("OTEL_BLRP_SCHEDULE_DELAY", "1"),
            ("RUST_LOG", "trace"),
        ],
    );
    assert!(lines.iter().any(|line| line["message"] == "once"));
    let records = collector.records();
    let once = records
        .iter()
        .filter(|it| format!("{:?}", it.body).contains("once"));
    assert_eq!(once.count(), 1);
    let ours = ["OpenTelemetry initialized", "once"];
    let echoes = records.iter().filter(|record| {
        let body = format!("{:?}", record.body);
        !ours.iter().any(|text| body.contains(text))
    });
    assert_eq!(echoes.count(), 0, "{records:#?}");
    assert_eq!(collector.spans(), 0, "spans of the exporter's own");
}

/// The service of the test above. Its log is as loud as it can be.
#[tokio::test]
async fn a_service_that_logs_everything() {
    if !crate::child::is_child() {
        return;
    }
    let telemetry = throughline_telemetry::init("default-service").unwrap();
    tracing::info!("once");
    // Several rounds, in which an echo would be sent and echo again.
    for _ in 0..5 {
        assert!(telemetry.flush(Duration::from_secs(5)).await);
    }
    telemetry.shutdown(Duration::from_secs(5)).await;
}

/// What is wrong with the way of the spans is not the records' business.
#[tokio::test]
async fn records_leave_also_when_spans_cannot() {
    let collector = Collector::start(Behaviour::Accept);
    let service = Telemetry::build(config(
        &collector.url,
        &[
            ("OTEL_LOGS_EXPORTER", "otlp"),
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "ftp://nowhere"),
            ("RUST_LOG", "warn"),
        ],
    ));
    assert!(!service.enabled());
    let logs = tracing::subscriber::set_default(service.subscriber(std::io::sink));
    tracing::warn!("held");
    tracing::info!("not a line either");
    service.shutdown(Duration::MAX).await;
    drop(logs);
    assert_eq!(collector.records().len(), 1, "{:?}", collector.records());
}

#[test]
fn refused_records_are_told_with_the_stores_reason() {
    let collector = Collector::start(Behaviour::Status(401));
    let lines = crate::child::run_as(
        "log_export::a_service_that_logs_everything",
        &[
            ("ENABLE_OTEL", "1"),
            ("OTEL_LOGS_EXPORTER", "otlp"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.url),
        ],
    );
    let told = lines.iter().filter_map(|line| line["message"].as_str());
    let told: Vec<_> = told
        .filter(|text| text.starts_with("could not send"))
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with(
            "could not send log records: the store answered 401: the store's own words; "
        ),
        "{told:?}"
    );
}
