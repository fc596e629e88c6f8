//! The walker beside prost's messages and Arrow's builders, in one run: spans a second on one core.
//!
//!     cargo xtask bench decode
//!
//! The two alternate, body by body, so that a noisy machine meets both; what counts is the thread's own
//! processor time. The reference is the code that the tests hold the walker against.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark reports by printing"
)]
#![allow(dead_code, reason = "the reference has what the tests need")]

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use prost::Message;
use std::hint::black_box;
use std::time::Duration;
use throughline_otlp::{Body, Compression, Encoding, Limits};

/// The tests' reference is the benchmark's, too.
#[path = "../tests/it"]
mod it {
    pub(crate) mod reference;
}
use it::reference;

const SPANS: usize = 64 * 512;
const ROUNDS: usize = 31;
const DEPTH_MAX: usize = 16;

fn main() {
    if std::env::args().any(|argument| argument == "--walker") {
        let bodies = throughline_bench::spans::bodies(SPANS);
        let bodies: Vec<_> = bodies
            .iter()
            .map(|body| packed(Compression::Identity, inflated(&body.gzip).into()))
            .collect();
        (0..400).for_each(|_| bodies.iter().for_each(walker));
        return;
    }
    let bodies = throughline_bench::spans::bodies(SPANS);
    let spans: usize = bodies.iter().map(|body| body.spans).sum();
    let (mut plain, mut gzip) = (Vec::new(), Vec::new());
    for body in &bodies {
        let raw = inflated(&body.gzip);
        plain.push(packed(Compression::Identity, raw.into()));
        gzip.push(packed(Compression::Gzip, body.gzip.clone()));
    }
    let bytes: usize = plain.iter().map(|body| body.bytes.len()).sum();
    println!(
        "{spans} spans in {} bodies of up to 512, {:.0} bytes a span; {ROUNDS} rounds; median [least]",
        bodies.len(),
        bytes as f64 / spans as f64
    );
    let mut times: [Vec<Duration>; 4] = Default::default();
    for _ in 0..ROUNDS {
        times[0].push(timed(&plain, prost_and_builders));
        times[1].push(timed(&plain, walker));
        times[2].push(timed(&gzip, whole));
        times[3].push(timed(&plain, prost_only));
    }
    let names = [
        "prost + Arrow builders",
        "walker",
        "gunzip + walker + digest",
        "prost alone",
    ];
    let base = median(&mut times[0]);
    for (name, times) in names.iter().zip(&mut times) {
        let (median, least) = (median(times), times[0]);
        let nanos = |time: Duration| time.as_nanos() as f64 / spans as f64;
        println!(
            "{name:<26} {:>6.0} ns a span [{:.0}] {:>10.0} spans/s {:>6.2} times the first",
            nanos(median),
            nanos(least),
            1e9 / nanos(median),
            base.as_secs_f64() / median.as_secs_f64()
        );
    }
}

fn walker(body: &Body) {
    black_box(throughline_otlp::decode(body, 1, &Limits::default()).unwrap());
}

fn whole(body: &Body) {
    let limits = Limits::default();
    let message = throughline_otlp::Message::inflate(body, &limits).unwrap();
    black_box(message.digest("traces"));
    black_box(message.decode(1, &limits).unwrap());
}

fn prost_and_builders(body: &Body) {
    let message = ExportTraceServiceRequest::decode(&*body.bytes).unwrap();
    black_box(reference::decode(&message, 1, DEPTH_MAX).batch);
}

fn prost_only(body: &Body) {
    black_box(ExportTraceServiceRequest::decode(&*body.bytes).unwrap());
}

fn packed(compression: Compression, bytes: bytes::Bytes) -> Body {
    Body {
        encoding: Encoding::Protobuf,
        compression,
        bytes,
    }
}

fn inflated(gzip: &[u8]) -> Vec<u8> {
    use std::io::Read;
    let mut raw = Vec::new();
    flate2::read::MultiGzDecoder::new(gzip)
        .read_to_end(&mut raw)
        .unwrap();
    raw
}

/// The processor time of this thread for all bodies.
fn timed(bodies: &[Body], decode: fn(&Body)) -> Duration {
    let before = thread_time();
    bodies.iter().for_each(decode);
    thread_time() - before
}

/// The first number of `schedstat`: nanoseconds that the thread ran.
fn thread_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(stat.split_whitespace().next().unwrap().parse().unwrap())
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
