//! What the edges measure, as Prometheus reads it and as OTLP carries it.

use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::routing::get;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use prost::Message;
use throughline_telemetry::config::MetricsExporter;
use throughline_telemetry::http_client::{Client, Propagate};
use throughline_telemetry::jobs::{Attempt, Carrier, Job, consume, enqueue};
use throughline_telemetry::testing::{self, Recorder};
use throughline_telemetry::{Config, Telemetry, http_server, sql};
use tower::ServiceExt;

use crate::collector::{Behaviour, Collector};
use crate::export::{config, one_span};

/// The value of the sample whose name and labels contain all of `parts`.
#[track_caller]
fn sample(text: &str, parts: &[&str]) -> f64 {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let found: Vec<&str> = lines
        .filter(|line| parts.iter().all(|part| line.contains(part)))
        .collect();
    let [line] = found[..] else {
        panic!("{parts:?} is {found:#?} in\n{text}")
    };
    line.rsplit_once(' ').unwrap().1.parse().unwrap()
}

async fn ask(router: &Router, method: &str, path: &str) -> String {
    let request = Request::builder().method(method).uri(path);
    let request = request.body(Body::empty()).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let body = axum::body::to_bytes(response.into_body(), 1 << 20).await;
    String::from_utf8(body.unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn requests_are_measured_by_route_and_status() {
    let service = testing::service("api", &Recorder::default());
    let routes = Router::new()
        .route("/lessons/{id}", get(|| async { "a lesson" }))
        .route("/fail", get(|| async { StatusCode::BAD_GATEWAY }))
        .route(
            "/panic",
            get(|| async {
                assert_eq!(1, 2);
                ""
            }),
        )
        .route("/metrics", get(http_server::metrics));
    let router = service.scope(async { http_server::wrap(routes) }).await;
    for (method, path) in [
        ("GET", "/lessons/1"),
        ("GET", "/lessons/jane@example.com"),
        ("GET", "/fail"),
        ("GET", "/panic"),
        ("BREW", "/nowhere"),
        ("GET", "/metrics"),
    ] {
        ask(&router, method, path).await;
    }
    let text = ask(&router, "GET", "/metrics").await;
    let count = "http_server_request_duration_seconds_count";
    let labels = [
        "http_route=\"/lessons/{id}\"",
        "http_response_status_code=\"200\"",
    ];
    assert_eq!(sample(&text, &[count, labels[0], labels[1]]), 2.0);
    assert_eq!(sample(&text, &[count, "/fail", "error_type=\"502\""]), 1.0);
    assert_eq!(
        sample(&text, &[count, "/panic", "error_type=\"panic\"", "500"]),
        1.0
    );
    assert_eq!(sample(&text, &[count, "_OTHER", "404"]), 1.0);
    assert!(!text.contains("jane"), "{text}");
    assert!(
        !text.contains("http_route=\"/metrics\""),
        "an excluded path is not measured"
    );
    assert_eq!(sample(&text, &["http_server_active_requests{", "GET"]), 0.0);
    for name in [
        "process_memory_usage_bytes",
        "process_cpu_time_seconds_total",
        "process_open_file_descriptor_count",
    ] {
        assert!(sample(&text, &[&format!("{name}{{")]) > 0.0, "{name}");
    }
    assert!(sample(&text, &["kit_tokio_worker_count{"]) >= 1.0);
}

#[tokio::test]
async fn a_request_counts_while_it_lasts() {
    let service = testing::service("api", &Recorder::default());
    let forever = Router::new().route("/", get(std::future::pending::<()>));
    let router = service.scope(async { http_server::wrap(forever) }).await;
    let request = Request::post("/").body(Body::empty()).unwrap();
    let request = {
        let mut request = request;
        *request.method_mut() = axum::http::Method::GET;
        request
    };
    let mut serving = Box::pin(router.oneshot(request));
    assert!(futures::poll!(&mut serving).is_pending());
    let active = || {
        sample(
            &service.prometheus(),
            &["http_server_active_requests{", "GET"],
        )
    };
    assert_eq!(active(), 1.0);
    drop(serving);
    assert_eq!(active(), 0.0);
    let count = "http_server_request_duration_seconds_count";
    assert_eq!(
        sample(&service.prometheus(), &[count]),
        1.0,
        "a client that went away"
    );
}

#[tokio::test]
async fn clients_and_queries_are_measured() {
    let service = testing::service("api", &Recorder::default());
    let collector = Collector::start(Behaviour::Status(503));
    let all = async {
        let client = Client::build(reqwest::Client::builder(), Propagate::None).unwrap();
        let asked = client.send(client.get(&collector.url), "/charges/{id}");
        asked.await.unwrap();
        let db = sql::Database::new("sqlite", "lessons");
        // Outside of any span there is no span, but there is a measurement.
        let fine = db.query("SELECT slots", async { Ok(1) });
        fine.await.unwrap();
        for error in [sqlx::Error::PoolTimedOut, sqlx::Error::RowNotFound] {
            let failing = db.query("SELECT slots", async { Err::<u8, _>(error) });
            failing.await.unwrap_err();
        }
    };
    service.scope(all).await;
    let text = service.prometheus();
    let client = "http_client_request_duration_seconds_count";
    let labels = ["503", "server_address=\"localhost\""];
    assert_eq!(sample(&text, &[client, labels[0], labels[1]]), 1.0);
    let db = "db_client_operation_duration_seconds_count";
    assert_eq!(sample(&text, &[db, "error_type=\"pool_timed_out\""]), 1.0);
    let mut lines = text.lines().filter(|line| line.starts_with(db));
    let fine = lines.find(|line| !line.contains("error_type")).unwrap();
    assert!(fine.ends_with(" 2"), "no row is an answer: {fine}");
}

#[tokio::test]
async fn jobs_are_measured() {
    let service = testing::service("api", &Recorder::default());
    let carrier = Carrier::from([("kit.enqueued_at_ms".to_owned(), "1".to_owned())]);
    let job = Job {
        system: "own",
        queue: "default",
        name: "remind",
        id: None,
        due: None,
    };
    let attempt = Attempt {
        system: "own",
        queue: "default",
        name: "remind",
        message_id: "1",
        attempt: 1,
        max_attempts: 1,
        carrier: &carrier,
    };
    let all = async {
        let sent = enqueue(&job, |(): &()| "full", |_| async { Ok("1".to_owned()) });
        sent.await.unwrap();
        let unsent = enqueue(&job, |(): &()| "full", |_| async { Err(()) });
        unsent.await.unwrap_err();
        let failing = consume(&attempt, |(): &()| "declined", async { Err::<(), _>(()) });
        failing.await.unwrap_err();
    };
    service.scope(all).await;
    let text = service.prometheus();
    let sent = "messaging_client_sent_messages_total";
    assert_eq!(sample(&text, &[sent, "error_type=\"full\""]), 1.0);
    let consumed = "messaging_client_consumed_messages_total{";
    assert_eq!(sample(&text, &[consumed, "remind"]), 1.0);
    let duration = "messaging_process_duration_seconds_count";
    assert_eq!(sample(&text, &[duration, "declined"]), 1.0);
    let wait = sample(&text, &["kit_job_wait_duration_seconds_sum"]);
    assert!(wait > 1e9, "since 1970");
}

#[tokio::test]
async fn the_books_are_metrics_too() {
    let collector = Collector::start(Behaviour::Reject(1));
    let service = Telemetry::build(config(&collector.url, &[]));
    one_span(&service).await;
    one_span(&service).await;
    assert!(service.flush(Duration::from_secs(5)).await);
    let text = service.prometheus();
    let exported = "otel_sdk_exporter_span_exported_total{";
    assert_eq!(sample(&text, &[exported, "error_type=\"rejected\""]), 1.0);
    assert_eq!(sample(&text, &[exported, "error_type=\"queue_full\""]), 0.0);
    let fine = text
        .lines()
        .find(|line| line.starts_with(exported) && !line.contains("error_type"));
    assert!(fine.unwrap().ends_with(" 1"), "{fine:?}");
    assert_eq!(sample(&text, &["otel_sdk_span_ended_total{"]), 2.0);
    assert_eq!(sample(&text, &["otel_sdk_processor_span_queue_size"]), 0.0);
    assert!(text.contains("service_name=\"instainstru-api\""), "{text}");
}

#[tokio::test]
async fn they_are_sent_by_otlp_when_that_is_asked_for() {
    let collector = Collector::start(Behaviour::Accept);
    let service = Telemetry::build(config(&collector.url, &[("OTEL_METRICS_EXPORTER", "otlp")]));
    let db = sql::Database::new("sqlite", "lessons");
    let query = db.query("SELECT slots", async { Ok(1) });
    service.scope(query).await.unwrap();
    service.shutdown(Duration::from_secs(5)).await;
    let bodies = collector.bodies("/v1/metrics");
    let requests = bodies
        .iter()
        .map(|body| ExportMetricsServiceRequest::decode(body.clone()).unwrap());
    let names: Vec<String> = requests
        .flat_map(|request| request.resource_metrics)
        .flat_map(|group| group.scope_metrics)
        .flat_map(|scope| scope.metrics)
        .map(|metric| metric.name)
        .collect();
    assert!(
        names.contains(&"db.client.operation.duration".to_owned()),
        "{names:?}"
    );
}

#[tokio::test]
async fn there_are_none_when_none_are_wanted() {
    let mut config = Config::from_lookup("api", &|_| None);
    config.enabled = true;
    config.metrics_exporter = MetricsExporter::None;
    let without = testing::service_with(config.clone(), &Recorder::default());
    config.enabled = false;
    let off = testing::service_with(config, &Recorder::default());
    for service in [without, off] {
        let tick = throughline_telemetry::scheduler::Tick {
            name: "t",
            expression: "*",
            at: SystemTime::UNIX_EPOCH,
            lag: Duration::ZERO,
            missed: 0,
        };
        let work = async { Ok::<_, std::fmt::Error>(()) };
        let ticking = throughline_telemetry::scheduler::tick(&tick, |_| "fmt", work);
        service.scope(ticking).await.unwrap();
        assert_eq!(service.prometheus(), "");
    }
}

/// Work that never came to its end is no success.
#[tokio::test]
async fn abandoned_work_is_measured_as_such() {
    use futures::FutureExt as _;
    let service = testing::service("api", &Recorder::default());
    let all = async {
        let db = sql::Database::new("sqlite", "lessons");
        let never = db.query(
            "SELECT slots",
            std::future::pending::<Result<(), sqlx::Error>>(),
        );
        assert!(never.now_or_never().is_none());
    };
    service.scope(all).await;
    let db = "db_client_operation_duration_seconds_count";
    let text = service.prometheus();
    assert_eq!(sample(&text, &[db, "error_type=\"cancelled\""]), 1.0);
}
