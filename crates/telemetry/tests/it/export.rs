//! What leaves the process over a real socket.

use std::io::Read;
use std::net::TcpListener;
use std::time::{Duration, SystemTime};

use throughline_telemetry::scheduler::{Tick, tick};
use throughline_telemetry::{Config, Telemetry};

use crate::stub::Stub;

pub(crate) const TICK: Tick<'static> = Tick {
    name: "t",
    expression: "*",
    at: SystemTime::UNIX_EPOCH,
    lag: Duration::ZERO,
    missed: 0,
};

/// Settings for a store at `url`, from variables as an operator would set them.
pub(crate) fn config(url: &str, more: &[(&str, &str)]) -> Config {
    Config::from_lookup("default", &|name| match name {
        "ENABLE_OTEL" => Some("yes".to_owned()),
        "OTEL_SERVICE_NAME" => Some("instainstru-api".to_owned()),
        "OTEL_EXPORTER_OTLP_ENDPOINT" => Some(url.to_owned()),
        _ => more
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned()),
    })
}

pub(crate) async fn one_span(service: &Telemetry) {
    service
        .scope(tick(&TICK, |_| "fmt", async {
            Ok::<_, std::fmt::Error>(())
        }))
        .await
        .unwrap();
}

#[tokio::test]
async fn spans_arrive_with_their_resource_and_the_headers() {
    let stub = Stub::start();
    let service = Telemetry::build(config(
        &stub.url,
        &[
            (
                "OTEL_EXPORTER_OTLP_HEADERS",
                "Authorization=Bearer%20xaat,X-Axiom-Dataset=traces,broken",
            ),
            (
                "OTEL_RESOURCE_ATTRIBUTES",
                "deployment.environment=preview,team=lessons",
            ),
        ],
    ));
    one_span(&service).await;
    service.shutdown(Duration::from_secs(5)).await;
    let requests = stub.received();
    let [request] = &requests[..] else {
        panic!("{requests:?}")
    };
    assert_eq!(request.line, "POST /v1/traces HTTP/1.1");
    assert_eq!(
        request.header("content-type"),
        Some("application/x-protobuf")
    );
    assert_eq!(request.header("authorization"), Some("Bearer xaat"));
    assert_eq!(request.header("x-axiom-dataset"), Some("traces"));
    let spans = stub.spans();
    let [(name, span)] = &spans[..] else {
        panic!("{spans:?}")
    };
    assert_eq!(
        (name.as_str(), span.name.as_str()),
        ("instainstru-api", "tick t")
    );
    assert!(span.parent_span_id.is_empty());
    let text = String::from_utf8_lossy(&request.body).into_owned();
    for part in [
        "deployment.environment.name",
        "preview",
        "lessons",
        "telemetry.sdk.language",
        "throughline-telemetry",
    ] {
        assert!(text.contains(part), "{part} is missing");
    }
    assert!(!text.contains("xaat"), "the token is in the data");
}

#[tokio::test]
async fn gzip_when_asked_for() {
    let stub = Stub::start();
    let service = Telemetry::build(config(
        &stub.url,
        &[("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip")],
    ));
    one_span(&service).await;
    service.shutdown(Duration::from_secs(5)).await;
    let request = stub.received().pop().unwrap();
    assert_eq!(request.header("content-encoding"), Some("gzip"));
    assert_eq!(request.body[..2], [0x1f, 0x8b]);
}

#[tokio::test]
async fn https_speaks_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let first_bytes = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut bytes = [0; 2];
        stream.read_exact(&mut bytes).unwrap();
        bytes
    });
    let service = Telemetry::build(config(&url, &[]));
    assert!(service.enabled());
    one_span(&service).await;
    service.shutdown(Duration::from_secs(5)).await;
    assert_eq!(first_bytes.join().unwrap(), [0x16, 0x03], "a TLS handshake");
}

#[tokio::test]
async fn an_impossible_endpoint_turns_tracing_off_and_nothing_else() {
    let service = Telemetry::build(config("http://not a host", &[]));
    assert!(!service.enabled());
    one_span(&service).await;
}
