//! `/metrics`: text as Prometheus reads it, and books that balance.

use crate::grpc::{self, EXPORT, framed};
use crate::running::InProcess;
use crate::spans::{protobuf, span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tokio::io::AsyncWriteExt;
use tokio::task::JoinSet;

/// Samples by name and labels, as they are written.
type Samples = BTreeMap<String, f64>;

impl InProcess {
    async fn metrics(&self) -> Samples {
        let request = self.client.http.get(self.client.api("/metrics"));
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        let kind = &response.headers()["content-type"];
        assert_eq!(kind, "text/plain; version=0.0.4; charset=utf-8");
        strictly(&response.text().await.unwrap())
    }
}

/// Reads the text format as its definition has it, and no more: help, type, samples; each family once and
/// together; each sample once.
fn strictly(text: &str) -> Samples {
    assert!(text.ends_with('\n'));
    let (mut samples, mut families) = (Samples::new(), BTreeSet::new());
    let (mut family, mut kind) = ("", "");
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(help) = line.strip_prefix("# HELP ") {
            let (name, help) = help.split_once(' ').unwrap();
            assert!(!help.is_empty() && !help.contains('\\'), "{line}");
            assert!(families.insert(name), "{name} comes twice");
            let next = lines.next().unwrap();
            let (named, said) = next
                .strip_prefix("# TYPE ")
                .and_then(|rest| rest.split_once(' '))
                .unwrap();
            assert_eq!(named, name);
            assert!(matches!(said, "counter" | "gauge"), "{next}");
            (family, kind) = (name, said);
            continue;
        }
        let (sample, value) = line.rsplit_once(' ').unwrap();
        let (name, labels) = match sample.split_once('{') {
            Some((name, labels)) => (name, labels.strip_suffix('}').unwrap()),
            None => (sample, ""),
        };
        assert_eq!(name, family, "{line}");
        assert!(is_name(name), "{line}");
        assert_eq!(kind == "counter", name.ends_with("_total"), "{line}");
        for label in labels.split(',').filter(|label| !label.is_empty()) {
            let (label, said) = label.split_once('=').unwrap();
            let said = said
                .strip_prefix('"')
                .and_then(|said| said.strip_suffix('"'));
            assert!(
                is_name(label) && !said.unwrap().contains(['"', '\\']),
                "{line}"
            );
        }
        let value: f64 = value.parse().unwrap();
        assert!(value.is_finite() && value >= 0.0, "{line}");
        assert!(samples.insert(sample.to_owned(), value).is_none(), "{line}");
    }
    samples
}

fn is_name(text: &str) -> bool {
    let head = text.bytes().next().unwrap();
    let rest = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (head.is_ascii_alphabetic() || head == b'_') && text.bytes().all(rest)
}

/// The sum of a family's samples whose labels have `part`.
fn sum(samples: &Samples, family: &str, part: &str) -> f64 {
    let of = |name: &&String| name.split('{').next() == Some(family) && name.contains(part);
    let names = samples.keys().filter(of);
    names.map(|name| samples[name]).sum()
}

#[tokio::test]
async fn every_part_is_shown() {
    let server = InProcess::start().await;
    // What comes before the log is read back is parked, and shown as buffered only afterwards.
    server.client.replayed().await;
    server
        .client
        .export(protobuf("api", vec![span(1, 0)]))
        .await;
    let samples = server.metrics().await;
    for positive in [
        "throughline_ingest_bytes_total{stage=\"wire\"}",
        "throughline_ingest_in_flight_bytes_max",
        "throughline_ingest_open",
        "throughline_disk_free_bytes",
        "throughline_buffer_rows",
        "throughline_buffer_bytes",
        "throughline_buffer_bytes_max",
        "throughline_buffer_lag_seconds",
        "throughline_log_bytes",
        "throughline_log_bytes_max",
        "throughline_log_last_seq",
        "throughline_connections_open",
        "throughline_connections_total{outcome=\"accepted\"}",
        "throughline_build_info{version=\"0.1.0\"}",
        "process_resident_memory_bytes",
    ] {
        assert!(samples[positive] > 0.0, "{positive}");
    }
    assert_eq!(samples["throughline_ingest_in_flight_bytes"], 0.0);
    for family in [
        "throughline_ingest_queue_requests",
        "throughline_store_flushes_total",
        "throughline_store_flush_failures_total",
        "process_cpu_seconds_total",
    ] {
        let there = samples.keys().any(|name| name.starts_with(family));
        assert!(there, "{family}");
    }
}

const CLIENTS: u64 = 8;
const ROUNDS: u64 = 20;

#[tokio::test(flavor = "multi_thread")]
async fn the_balance_is_exact_when_nothing_is_on_its_way() {
    let server = Arc::new(InProcess::start().await);
    server.client.replayed().await;
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let server = Arc::clone(&server);
        clients.spawn(async move {
            for round in 0..ROUNDS {
                send(&server, client, round).await;
            }
        });
    }
    clients.join_all().await;
    let samples = server.metrics().await;
    let all = (CLIENTS * ROUNDS) as f64;
    let requests = "throughline_ingest_requests_total";
    let spans = "throughline_ingest_spans_total";
    // Of each three requests two are taken, with two spans that are kept and one that is not, each.
    let count = |kind: u64| (0..ROUNDS).filter(|round| round % 3 == kind).count() as f64;
    let taken = (count(0) + count(1)) * CLIENTS as f64;
    assert_eq!(sum(&samples, requests, "accepted"), taken);
    assert_eq!(sum(&samples, requests, "refused"), all - taken);
    assert_eq!(sum(&samples, requests, ""), all);
    assert_eq!(
        sum(&samples, "throughline_ingest_refusals_total", ""),
        all - taken
    );
    let rejected = sum(&samples, "throughline_ingest_spans_rejected_total", "");
    let [received, stored, deduplicated] =
        ["received", "stored", "deduplicated"].map(|outcome| sum(&samples, spans, outcome));
    assert_eq!(received, stored + rejected + deduplicated);
    assert_eq!((received, rejected), (taken * 3.0, taken));
    // What the doors counted is what the store counted, and what a query finds.
    assert_eq!(stored, samples["throughline_store_rows_appended_total"]);
    let found = server.client.rows("traces | count").await;
    assert_eq!(stored, found[0][0].as_u64().unwrap() as f64);
}

async fn send(server: &InProcess, client: u64, round: u64) {
    let trace = u128::from(client * ROUNDS + round + 1);
    let mut nameless = span(trace, 2);
    nameless.span_id.clear();
    let body = protobuf("api", vec![span(trace, 0), span(trace, 1), nameless]);
    match round % 3 {
        0 => {
            let response = server.client.try_export(body).await.unwrap();
            assert_eq!(response.status(), 200);
        }
        1 => {
            let outcome = grpc::call(server, EXPORT, &[], framed(false, &body)).await;
            assert_eq!(outcome.status, 0);
        }
        _ => {
            let garbage = b"\xff\xffgarbage".to_vec();
            let response = server.client.try_export(garbage).await.unwrap();
            assert_eq!(response.status(), 400);
        }
    }
}

#[tokio::test]
async fn a_client_that_goes_away_is_counted_and_gives_its_room_back() {
    let server = InProcess::start().await;
    let address = server.client.addresses.otlp_http;
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = "POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{";
    stream.write_all(head.as_bytes()).await.unwrap();
    let abandoned = "throughline_ingest_requests_total{transport=\"http\",outcome=\"abandoned\"}";
    let in_flight = "throughline_ingest_in_flight_bytes";
    while server.metrics().await[in_flight] == 0.0 {}
    drop(stream);
    // Broken off in the middle is malformed where it is noticed, or abandoned.
    let counted = |samples: &Samples| {
        let refused = sum(samples, "throughline_ingest_refusals_total", "malformed");
        samples[abandoned] + refused
    };
    while counted(&server.metrics().await) == 0.0 {}
    assert_eq!(server.metrics().await[in_flight], 0.0);
}
