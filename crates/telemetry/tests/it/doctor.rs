//! The doctor: settings and stores that have something wrong with them, and what it says. No finding may show a secret,
//! which every case checks.

use std::time::Duration;

use expect_test::{Expect, expect};
use throughline_telemetry::doctor::{self, Report};

use crate::stub::Stub;

/// What gRPC answers.
mod grpc;
/// What HTTP answers.
mod http;
/// A store that answers what it is told to.
mod listener;
/// Lock files.
mod lockfile;
/// Findings that need no store.
mod settings;
/// Certificates.
mod tls;

const SECRET: &str = "sesame-4711";

/// The report for these variables, on a store at `url`.
fn report(url: &str, more: &[(&str, &str)]) -> Report {
    let report = doctor::examine_variables("default-service", &|name| {
        let given = more.iter().find(|(key, _)| *key == name);
        if let Some((_, value)) = given {
            return Some((*value).to_owned());
        }
        let value = match name {
            "ENABLE_OTEL" => "1",
            "OTEL_SERVICE_NAME" => "lessons-api",
            "DEPLOYMENT_ENVIRONMENT" => "test",
            "OTEL_EXPORTER_OTLP_ENDPOINT" => url,
            "OTEL_EXPORTER_OTLP_HEADERS" => {
                "Authorization=Bearer sesame-4711,X-Axiom-Dataset=traces"
            }
            "OTEL_EXPORTER_OTLP_TIMEOUT" => "3000",
            _ => return None,
        };
        Some(value.to_owned())
    });
    let json = report.to_json().to_string();
    assert!(!report.to_string().contains(SECRET), "{report}");
    assert!(!json.contains(SECRET), "{json}");
    report
}

/// As text, without the port and the trace id, which differ from run to run.
fn stable(report: &Report, url: &str) -> String {
    let port = url.rsplit(':').next().unwrap_or_default();
    let port = port.split('/').next().unwrap_or_default();
    let mut text = report.to_string().replace(&format!(":{port}"), ":PORT");
    if let Some(id) = &report.trace_id {
        text = text.replace(id, "TRACE");
    }
    text
}

/// The lines about the answer: from the last finding but the clock's.
fn answer(report: &Report, url: &str) -> String {
    let mut last = report.clone();
    last.findings
        .retain(|found| !found.what.starts_with("the clock"));
    last.findings.drain(..last.findings.len() - 1);
    let text = stable(&last, url);
    let end = text.find("\n\n").unwrap_or(text.len());
    text[..end].to_owned()
}

fn check(report: &Report, url: &str, expected: &Expect) {
    expected.assert_eq(&stable(report, url));
}

#[test]
fn a_healthy_service() {
    let stub = Stub::start();
    let report = report(&stub.url, &[]);
    check(
        &report,
        &stub.url,
        &expect![[r#"
        ok       recording is on: ENABLE_OTEL is "1"
        ok       the service is called lessons-api
        ok       the environment is test
        ok       spans are sent by OTLP
        ok       spans go to http://127.0.0.1:PORT/v1/traces by http/protobuf
        ok       Authorization = Bearer ****(11 characters)
        ok       X-Axiom-Dataset = ****(6 characters)
        ok       every trace is recorded; a caller's decision wins
        ok       contexts travel as tracecontext, baggage
        ok       512 spans a request, at least every 5s; 2048 may wait
        ok       trace TRACE was accepted: look for it, its span is called "throughline doctor"

        healthy: 0 problems, 0 warnings"#]],
    );
    assert!(report.is_healthy());
    let spans = stub.spans();
    let [(service, span)] = &spans[..] else {
        panic!("{spans:?}")
    };
    assert_eq!(
        (service.as_str(), span.name.as_str()),
        ("lessons-api", "throughline doctor")
    );
    assert_eq!(span.attributes[0].key, "kit.doctor");
    let id: String = span
        .trace_id
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(report.trace_id, Some(id));
    let received = stub.received();
    assert_eq!(
        received[0].header("authorization"),
        Some("Bearer sesame-4711")
    );
}

#[test]
fn everything_wrong_at_once() {
    let url = "http://127.0.0.1:1/v1/traces";
    let report = report(
        url,
        &[
            ("ENABLE_OTEL", ""),
            ("OTEL_SERVICE_NAME", ""),
            ("DEPLOYMENT_ENVIRONMENT", ""),
            (
                "OTEL_EXPORTER_OTLP_HEADERS",
                "Authorization=sesame-4711,X-Team: sesame-4711",
            ),
            ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"),
            ("OTEL_TRACES_SAMPLER_ARG", "0.05"),
            ("OTEL_PROPAGATORS", "none"),
            ("OTEL_BSP_MAX_QUEUE_SIZE", "100"),
            ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "512"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "10000"),
            ("KIT_PRIVACY", "off"),
        ],
    );
    check(
        &report,
        url,
        &expect![[r#"
        warning  ENABLE_OTEL is not set: nothing is recorded
                   -> set ENABLE_OTEL=1
        note     the service is called default-service, the program's own default
        note     the environment has no name; DEPLOYMENT_ENVIRONMENT, or deployment.environment.name in OTEL_RESOURCE_ATTRIBUTES, gives it one
        ok       spans are sent by OTLP
        ok       spans go to http://127.0.0.1:PORT/v1/traces/v1/traces by http/protobuf
        problem  /v1/traces is in the path twice: the kit appends it to OTEL_EXPORTER_OTLP_ENDPOINT
                   -> take /v1/traces out of OTEL_EXPORTER_OTLP_ENDPOINT, or set OTEL_EXPORTER_OTLP_TRACES_ENDPOINT instead
        warning  Authorization = ****(11 characters): there is no Bearer before the token
                   -> write OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer <token>"
        note     X-Axiom-Dataset is not among the headers: spans go to the dataset that the store chooses
        note     5% of the traces are recorded; a caller's decision wins
        warning  no trace context is read or passed on: every service begins a trace of its own
                   -> unset OTEL_PROPAGATORS, or set it to tracecontext,baggage
        warning  a request is to hold 512 spans, but only 100 may wait: it never fills up
                   -> make OTEL_BSP_MAX_QUEUE_SIZE several times OTEL_BSP_MAX_EXPORT_BATCH_SIZE
        warning  an export may take 10s, longer than the 5s that a shutdown usually waits
                   -> set OTEL_EXPORTER_OTLP_TIMEOUT to 4000 (milliseconds), or give shutdown more time
        warning  the privacy guard is off: personal data and secrets are exported as they are
                   -> unset KIT_PRIVACY
        warning  OTEL_EXPORTER_OTLP_HEADERS: entry 2 (key "X-Team") is malformed: there is no = in it; it is ignored
        problem  no answer from http://127.0.0.1:PORT/v1/traces/v1/traces: nothing listens at its port
                   -> start the store (throughline serve), or correct the port; inside a container localhost is the container itself

        unhealthy: 2 problems, 7 warnings"#]],
    );
    assert!(!report.is_healthy());
}

#[tokio::test]
async fn it_works_inside_a_runtime_of_one_thread() {
    let stub = Stub::start();
    assert!(report(&stub.url, &[]).is_healthy());
}

#[test]
fn the_same_from_settings_alone() {
    let stub = Stub::start();
    let mut config = crate::export::config(&stub.url, &[]);
    config.privacy.enabled = false;
    let report = doctor::examine(&config);
    assert!(report.is_healthy(), "{report}");
    assert!(report.to_string().contains("recording is on\n"), "{report}");
    assert!(
        report.to_string().contains("the privacy guard is off"),
        "{report}"
    );
}

#[test]
fn a_report_is_json_as_well() {
    let stub = Stub::start();
    let mut report = report(&stub.url, &[("ENABLE_OTEL", "0")]);
    report.append(doctor::examine_lockfile(std::path::Path::new(
        "/nonexistent",
    )));
    let json = report.to_json();
    assert_eq!(json["healthy"], true);
    assert_eq!(json["trace_id"].as_str(), report.trace_id.as_deref());
    assert_eq!(json["findings"][0]["level"], "warning");
    assert_eq!(
        json["findings"][0]["what"],
        "ENABLE_OTEL is \"0\": nothing is recorded"
    );
    assert_eq!(json["findings"][1]["remedy"], serde_json::Value::Null);
}

#[test]
fn a_silent_store_costs_the_time_it_was_given() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let begin = std::time::Instant::now();
    let report = report(&url, &[("OTEL_EXPORTER_OTLP_TIMEOUT", "300")]);
    assert!(begin.elapsed() < Duration::from_secs(4));
    expect![[r#"
        problem  no answer from http://127.0.0.1:PORT/v1/traces: it said nothing within 300ms
                   -> look whether a firewall swallows the connection, whether the store is overloaded, and whether OTEL_EXPORTER_OTLP_TIMEOUT (milliseconds) is too short"#]].assert_eq(&answer(&report, &url));
}
