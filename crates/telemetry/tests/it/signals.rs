//! SIGTERM, sent to real processes: the last spans leave, and the process ends as it should.

use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use axum::Router;
use rustix::process::{Pid, Signal, kill_process};

use crate::child;
use crate::collector::{Behaviour, Collector};

/// Starts one of the services below, ends it by SIGTERM once it is ready, and returns how it ended.
fn ended(service: &str, url: &str) -> ExitStatus {
    let variables = [
        ("ENABLE_OTEL", "1"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", url),
        ("OTEL_BSP_SCHEDULE_DELAY", "3600000"),
    ];
    let mut process = child::command(service, &variables)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut lines = lines.map(Result::unwrap);
    assert!(lines.any(|line| line.contains("\"ready\"")), "it never was");
    let pid = Pid::from_raw(process.id().try_into().unwrap()).unwrap();
    kill_process(pid, Signal::TERM).unwrap();
    // Read to the end, so that it can write.
    lines.for_each(drop);
    process.wait().unwrap()
}

#[test]
fn a_program_without_a_handler_sends_its_spans_and_dies_of_the_signal() {
    let collector = Collector::start(Behaviour::Accept);
    let status = ended("signals::a_program_without_a_handler", &collector.url);
    assert_eq!(status.signal(), Some(15), "{status:?}");
    assert_eq!(collector.spans(), 1);
}

#[tokio::test]
async fn a_program_without_a_handler() {
    if !child::is_child() {
        return;
    }
    let telemetry = throughline_telemetry::init("default-service").unwrap();
    telemetry.flush_on_signal(Duration::from_secs(5)).unwrap();
    throughline_telemetry::in_span("step", async {}).await;
    tracing::info!("ready");
    std::future::pending::<()>().await;
}

#[test]
fn a_graceful_server_sends_its_spans_and_ends_well() {
    let collector = Collector::start(Behaviour::Accept);
    let status = ended("signals::a_graceful_server", &collector.url);
    assert!(status.success(), "{status:?}");
    assert_eq!(collector.spans(), 1);
}

#[tokio::test]
async fn a_graceful_server() {
    if !child::is_child() {
        return;
    }
    let telemetry = throughline_telemetry::init("default-service").unwrap();
    throughline_telemetry::in_span("step", async {}).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut ending = Box::pin(throughline_telemetry::asked_to_end());
    // The signal must be watched for before anybody is told to send it.
    assert!(futures::poll!(&mut ending).is_pending());
    tracing::info!("ready");
    let serving = axum::serve(listener, Router::new()).with_graceful_shutdown(ending);
    serving.await.unwrap();
    telemetry.shutdown(Duration::from_secs(5)).await;
}
