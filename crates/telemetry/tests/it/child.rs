//! `init` belongs to a process, so these tests start one each: this very binary, told by a variable to be
//! a service for a moment.

use std::process::Command;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::routing::get;
use serde_json::Value;
use throughline_telemetry::{InitError, http_server, init};
use tower::ServiceExt;

use crate::stub::Stub;

const ROLE: &str = "TELEMETRY_TEST_CHILD";

/// Runs the service below with these variables; returns its log lines.
pub(crate) fn run(variables: &[(&str, &str)]) -> Vec<Value> {
    run_as("child::the_service_itself", variables)
}

/// Runs one of this binary's tests as a process of its own; returns its log lines.
pub(crate) fn run_as(test: &str, variables: &[(&str, &str)]) -> Vec<Value> {
    let output = command(test, variables).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{text}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    lines(&text)
}

/// The process that runs one of this binary's tests.
pub(crate) fn command(test: &str, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", test, "--nocapture"])
        .env(ROLE, "1")
        .envs(variables.iter().copied());
    command
}

/// What is JSON in a child's output; the harness writes lines of its own around.
pub(crate) fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .filter_map(|line| serde_json::from_str(&line[line.find('{')?..]).ok())
        .collect()
}

/// Whether this process was started by the functions above.
pub(crate) fn is_child() -> bool {
    std::env::var_os(ROLE).is_some()
}

/// The router is wrapped before `init`, which was one of the original's bugs.
#[tokio::test]
async fn the_service_itself() {
    if !is_child() {
        return;
    }
    let handler = || async {
        tracing::info!("serving");
        "served"
    };
    let router = http_server::wrap(Router::new().route("/lessons/{id}", get(handler)));
    let telemetry = init("default-service").unwrap();
    assert_eq!(init("again").err(), Some(InitError::AlreadyInitialized));
    let request = Request::get("/lessons/7").body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    let id = response
        .headers()
        .get("x-trace-id")
        .map(|id| id.to_str().unwrap().to_owned());
    assert_eq!(id.is_some(), telemetry.enabled());
    axum::body::to_bytes(response.into_body(), 64)
        .await
        .unwrap();
    tracing::info!(answered = id, "done");
    telemetry.shutdown(std::time::Duration::from_secs(5)).await;
}

fn line<'a>(lines: &'a [Value], start: &str) -> &'a Value {
    let found = lines.iter().find(|line| {
        line["message"]
            .as_str()
            .is_some_and(|m| m.starts_with(start))
    });
    found.unwrap_or_else(|| panic!("no line {start:?} in {lines:#?}"))
}

#[test]
fn a_process_with_tracing_on() {
    let stub = Stub::start();
    let lines = run(&[
        ("ENABLE_OTEL", "Yes"),
        ("OTEL_SERVICE_NAME", "instainstru-preview-api"),
        ("ENVIRONMENT", "preview"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &stub.url),
        (
            "OTEL_EXPORTER_OTLP_HEADERS",
            "Authorization: Bearer s3cret,X-Axiom-Dataset=traces",
        ),
    ]);
    let endpoint = format!("{}/v1/traces", stub.url);
    let started = line(&lines, "OpenTelemetry initialized");
    assert_eq!(
        started["message"],
        format!(
            "OpenTelemetry initialized: service=instainstru-preview-api environment=preview endpoint={endpoint}"
        )
    );
    let excluded = "health,healthz,live,livez,ready,readyz,metrics";
    line(
        &lines,
        &format!("axum instrumented with OTel (excluded: {excluded})"),
    );
    let warnings: Vec<_> = lines
        .iter()
        .filter(|line| line["level"] == "WARN")
        .collect();
    assert_eq!(warnings.len(), 1, "{warnings:#?}");
    assert!(
        warnings[0]["message"]
            .as_str()
            .unwrap()
            .contains("entry 1 (key \"Authorization\")")
    );
    assert!(
        lines
            .iter()
            .all(|line| !line.to_string().contains("s3cret"))
    );
    let serving = line(&lines, "serving");
    assert_eq!(serving["trace_id"], line(&lines, "done")["answered"]);
    assert_eq!(serving["service.name"], "instainstru-preview-api");
    let spans = stub.spans();
    assert_eq!(spans.len(), 1, "{spans:?}");
    assert_eq!(spans[0].1.name, "GET /lessons/{id}");
    assert_eq!(stub.received()[0].header("x-axiom-dataset"), Some("traces"));
}

#[test]
fn a_process_with_tracing_off_sends_nothing() {
    let stub = Stub::start();
    let endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", stub.url.as_str());
    for switch in [("ENABLE_OTEL", "0"), ("OTEL_SDK_DISABLED", "true")] {
        let lines = run(&[endpoint, switch]);
        line(&lines, "OpenTelemetry disabled: service=default-service");
        let serving = line(&lines, "serving");
        assert_eq!(serving.get("trace_id"), None, "absent, not zero");
        assert!(serving.get("request_id").is_some());
    }
    assert!(stub.received().is_empty());
}

#[test]
fn secrets_in_the_endpoint_stay_out_of_the_log() {
    let lines = run(&[
        ("ENABLE_OTEL", "1"),
        (
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "http://user:s3cret@127.0.0.1:1/v1/traces?key=s3cret",
        ),
    ]);
    let started = line(&lines, "OpenTelemetry initialized");
    let message = started["message"].as_str().unwrap();
    assert!(
        message.ends_with("endpoint=http://127.0.0.1:1/v1/traces"),
        "{message}"
    );
    let refused = run(&[
        ("ENABLE_OTEL", "1"),
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://user:s3cret@not a host",
        ),
    ]);
    line(&refused, "could not build the exporter to (not a URL)");
    for line in lines.iter().chain(&refused) {
        assert!(!line.to_string().contains("s3cret"), "{line}");
    }
}

#[test]
fn an_endpoint_that_cannot_be_is_told_without_its_secrets() {
    let endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    for (protocol, url, told) in [
        (
            "http/protobuf",
            "ftp://user:s3cret@store",
            "could not build the exporter to ftp://store/v1/traces: \"ftp\" is neither http nor https",
        ),
        (
            "grpc",
            "http://user:s3cret@not a host",
            "could not build the exporter to (not a URL)",
        ),
    ] {
        let protocol = ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol);
        let lines = run(&[("ENABLE_OTEL", "1"), protocol, (endpoint, url)]);
        assert_eq!(line(&lines, told)["level"], "WARN");
        line(&lines, "OpenTelemetry disabled: service=default-service");
        for line in &lines {
            assert!(!line.to_string().contains("s3cret"), "{line}");
        }
    }
}
