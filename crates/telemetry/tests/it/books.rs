//! Whatever the store does, the host is not harmed, and what became of every span is known.

use std::time::Duration;

use throughline_telemetry::{Counts, Telemetry};

use crate::collector::{Behaviour, Collector};
use crate::export::{config, one_span};

fn service(url: &str, more: &[(&str, &str)]) -> Telemetry {
    let mut variables = vec![
        ("OTEL_BSP_MAX_QUEUE_SIZE", "20"),
        ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "10"),
        // Nothing leaves but by a full batch or a flush.
        ("OTEL_BSP_SCHEDULE_DELAY", "3600000"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "200"),
    ];
    variables.extend(more);
    Telemetry::build(config(url, &variables))
}

async fn spans(service: &Telemetry, count: usize) {
    for _ in 0..count {
        one_span(service).await;
    }
}

#[track_caller]
fn balanced(counts: Counts) {
    let known = counts.exported + counts.rejected + counts.dropped() + counts.queued;
    assert_eq!(counts.ended, known, "{counts:?}");
}

#[tokio::test]
async fn what_the_store_accepts_refuses_or_loses_is_counted() {
    let refused = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    // url by behaviour: exported, rejected, failed of 10
    for (behaviour, expected) in [
        (Some(Behaviour::Accept), (10, 0, 0)),
        (Some(Behaviour::Reject(3)), (7, 3, 0)),
        (Some(Behaviour::Status(400)), (0, 0, 10)),
        (Some(Behaviour::Status(401)), (0, 0, 10)),
        (Some(Behaviour::Status(503)), (0, 0, 10)),
        (Some(Behaviour::Status(302)), (0, 0, 10)),
        (Some(Behaviour::Silence), (0, 0, 10)),
        (Some(Behaviour::Close), (0, 0, 10)),
        (None, (0, 0, 10)),
    ] {
        let collector = behaviour.map(Collector::start);
        let url = collector.as_ref().map_or(&refused, |it| &it.url);
        let service = service(url, &[]);
        spans(&service, 10).await;
        assert!(
            service.flush(Duration::from_secs(10)).await,
            "{behaviour:?}"
        );
        let counts = service.counts();
        let found = (
            counts.exported,
            counts.rejected,
            counts.dropped_export_failed,
        );
        assert_eq!(found, expected, "{behaviour:?}: {counts:?}");
        balanced(counts);
        let last = service.shutdown(Duration::from_secs(1)).await;
        assert_eq!(last, counts, "{behaviour:?}: nothing was left");
    }
}

#[tokio::test]
async fn a_full_queue_drops_counts_and_recovers() {
    let collector = Collector::start(Behaviour::Silence);
    let service = service(&collector.url, &[("OTEL_EXPORTER_OTLP_TIMEOUT", "60000")]);
    spans(&service, 10).await;
    while collector.asked() == 0 {
        tokio::task::yield_now().await;
    }
    // One request is out, twenty may wait.
    spans(&service, 100).await;
    let counts = service.counts();
    assert_eq!(
        (counts.queued, counts.dropped_queue_full),
        (30, 80),
        "{counts:?}"
    );
    balanced(counts);
    let last = service.shutdown(Duration::from_millis(50)).await;
    assert_eq!((last.queued, last.dropped_shutdown), (0, 30), "{last:?}");
    balanced(last);
}

#[tokio::test]
async fn a_store_that_comes_back_gets_what_comes_after() {
    let collector = Collector::start(Behaviour::Status(400));
    let service = service(&collector.url, &[]);
    spans(&service, 5).await;
    assert!(service.flush(Duration::from_secs(5)).await);
    collector.behave(Behaviour::Accept);
    spans(&service, 7).await;
    let counts = service.shutdown(Duration::from_secs(5)).await;
    assert_eq!((counts.exported, counts.dropped_export_failed), (7, 5));
    assert_eq!(collector.spans(), 7);
    balanced(counts);
}

#[tokio::test]
async fn a_full_batch_does_not_wait() {
    let collector = Collector::start(Behaviour::Accept);
    let service = service(&collector.url, &[]);
    spans(&service, 9).await;
    assert_eq!(service.counts().exported, 0);
    spans(&service, 1).await;
    while service.counts().exported < 10 {
        tokio::task::yield_now().await;
    }
    assert_eq!(collector.bodies("/v1/traces").len(), 1);
}

#[tokio::test]
async fn the_loss_is_told_once_and_so_is_its_end() {
    let lines = crate::child::run_as(
        "books::a_service_whose_store_fails_and_recovers",
        &[("ENABLE_OTEL", "1")],
    );
    let told = |start: &str| {
        let messages = lines.iter().filter_map(|line| line["message"].as_str());
        let of_kind: Vec<_> = messages.filter(|text| text.starts_with(start)).collect();
        assert_eq!(of_kind.len(), 1, "{start:?} in {lines:#?}");
        of_kind[0].to_owned()
    };
    assert_eq!(
        told("could not send spans"),
        "could not send spans: the store answered 401: the store's own words; 1 lost so far"
    );
    assert_eq!(
        told("sending spans again"),
        "sending spans again; 2 were lost"
    );
}

/// The service of the test above.
#[tokio::test]
async fn a_service_whose_store_fails_and_recovers() {
    if !crate::child::is_child() {
        return;
    }
    let collector = Collector::start(Behaviour::Status(401));
    let mut config = throughline_telemetry::Config::from_process("default-service");
    config.traces.endpoint = format!("{}/v1/traces", collector.url);
    let telemetry = throughline_telemetry::start(config).unwrap();
    for behaviour in [
        Behaviour::Status(401),
        Behaviour::Status(401),
        Behaviour::Accept,
    ] {
        collector.behave(behaviour);
        throughline_telemetry::in_span("step", async {}).await;
        assert!(telemetry.flush(Duration::from_secs(5)).await);
    }
    telemetry.shutdown(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn a_flush_that_takes_too_long_says_so() {
    let collector = Collector::start(Behaviour::Silence);
    let service = service(&collector.url, &[("OTEL_EXPORTER_OTLP_TIMEOUT", "60000")]);
    assert!(service.flush(Duration::from_secs(5)).await, "nothing waits");
    spans(&service, 1).await;
    assert!(!service.flush(Duration::from_millis(50)).await);
    let counts = service.shutdown(Duration::from_millis(50)).await;
    assert_eq!(counts.dropped_shutdown, 1, "{counts:?}");
    balanced(counts);
}
