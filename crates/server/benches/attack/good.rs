//! The client that everybody else is to leave unharmed: a small request fifty times a second, sent again as
//! an exporter does when it is asked to.

use crate::server::Server;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span};
use prost::Message;
use std::fmt;
use std::time::{Duration, Instant};
use tokio::sync::watch;

const EVERY: Duration = Duration::from_millis(20);
/// A request that is not accepted by then is a failure.
const PATIENCE: Duration = Duration::from_secs(10);
const SPANS: u64 = 20;

#[derive(Debug, Default)]
pub(crate) struct Report {
    acknowledged: Vec<Duration>,
    /// Answers that said "later".
    later: u64,
    pub(crate) failures: u64,
}

/// Sends for as long as it is told.
pub(crate) async fn run(
    server: &Server,
    how_long: Duration,
    stopped: Option<watch::Receiver<bool>>,
) -> Report {
    let client = reqwest::Client::builder()
        .timeout(PATIENCE)
        .build()
        .unwrap();
    let url = format!("http://{}/v1/traces", server.otlp_http);
    let mut report = Report::default();
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let started = Instant::now();
    for number in 0.. {
        let told = stopped.as_ref().is_some_and(|stopped| *stopped.borrow());
        if told || started.elapsed() > how_long {
            break;
        }
        ticks.tick().await;
        send(&client, &url, number, &mut report).await;
    }
    report.acknowledged.sort_unstable();
    report
}

async fn send(client: &reqwest::Client, url: &str, number: u64, report: &mut Report) {
    let body = request(number).encode_to_vec();
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        let request = client
            .post(url)
            .header("content-type", "application/x-protobuf");
        match request.body(body.clone()).send().await {
            Ok(response) if response.status() == 200 => {
                report.acknowledged.push(started.elapsed());
                return;
            }
            Ok(response) if response.status() == 503 => {
                report.later += 1;
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            _ => break,
        }
    }
    report.failures += 1;
}

fn request(number: u64) -> ExportTraceServiceRequest {
    let span = |index: u64| Span {
        trace_id: u128::from(number + 1).to_be_bytes().to_vec(),
        span_id: (index + 1).to_be_bytes().to_vec(),
        name: "good".to_owned(),
        start_time_unix_nano: 1_795_341_600_000_000_000 + number,
        end_time_unix_nano: 1_795_341_600_001_000_000 + number,
        ..Span::default()
    };
    let scope = ScopeSpans {
        spans: (0..SPANS).map(span).collect(),
        ..ScopeSpans::default()
    };
    ExportTraceServiceRequest {
        resource_spans: vec![ResourceSpans {
            scope_spans: vec![scope],
            ..ResourceSpans::default()
        }],
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.acknowledged.len();
        let at = |percent: usize| {
            let found = self
                .acknowledged
                .get(count.saturating_sub(1) * percent / 100);
            found.map_or(f64::NAN, |took| took.as_secs_f64() * 1e3)
        };
        write!(
            f,
            "{count} requests, {:.1} ms p50, {:.1} ms p99, {:.1} ms worst; {} times told later, {} failures",
            at(50),
            at(99),
            at(100),
            self.later,
            self.failures
        )
    }
}
