//! The first benchmark: durable ingest, bytes on disk, and the runbook's queries, over data of the shape
//! that the peers were measured with.
//!
//!     cargo bench --workspace --bench first -- --spans 1000000
//!
//! It starts the program as a process of its own on a directory of its own. Bodies are made before the
//! clock starts, so that the generator's processor time during the load is only that of sending.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark reports by printing"
)]

use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The queries of the runbook, timed.
mod queries;
/// The program as a process, and what it used of the machine.
mod server;

use server::Server;
use throughline_bench::spans;

const SPANS_DEFAULT: usize = 1_000_000;
const CONNECTIONS: usize = 8;

fn main() {
    let spans = spans_wanted();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(run(spans));
}

/// `--spans N`; `cargo bench` adds an argument of its own, which is passed over.
fn spans_wanted() -> usize {
    let arguments: Vec<String> = std::env::args().collect();
    let at = arguments.iter().position(|argument| argument == "--spans");
    at.and_then(|at| arguments.get(at + 1))
        .map_or(SPANS_DEFAULT, |n| {
            n.parse().expect("--spans takes a number")
        })
}

async fn run(wanted: usize) {
    let bodies = spans::bodies(wanted);
    let count: usize = bodies.iter().map(|body| body.spans).sum();
    let raw: usize = bodies.iter().map(|body| body.raw_bytes).sum();
    let wire: usize = bodies.iter().map(|body| body.gzip.len()).sum();
    println!(
        "{count} spans in {} bodies, {:.0} B a span raw, {:.1} gzipped",
        bodies.len(),
        raw as f64 / count as f64,
        wire as f64 / count as f64
    );

    let data = TempDir::new().unwrap();
    let server = Server::start(data.path());
    let own = server::own_cpu();
    let started = Instant::now();
    let mut acks = load(&server, bodies).await;
    let elapsed = started.elapsed();
    let generator = server::own_cpu() - own;
    acks.sort_unstable();
    let ack = |percent: usize| acks[(acks.len() - 1) * percent / 100].as_secs_f64() * 1e3;
    println!(
        "durable ingest        {:>10.0} spans/s, {CONNECTIONS} connections",
        count as f64 / elapsed.as_secs_f64()
    );
    println!(
        "acknowledgement       {:>10.1} ms p50, {:.1} ms p99",
        ack(50),
        ack(99)
    );
    println!(
        "generator             {:>10.2} CPU s during the load",
        generator.as_secs_f64()
    );
    println!(
        "memory                {:>10.1} MiB peak",
        server.peak_memory_bytes() as f64 / f64::from(1 << 20)
    );

    let cpu = server.end();
    let per_million = cpu.as_secs_f64() * 1e6 / count as f64;
    println!("server                {per_million:>10.2} CPU s per million spans, until flushed");
    let bytes = server::bytes_below(data.path());
    println!(
        "on disk               {:>10.1} bytes a span, everything",
        bytes as f64 / count as f64
    );

    let server = Server::start(data.path());
    queries::run(&server, count).await;
    server.end();
}

/// Sends all bodies over the connections; how long each took to be acknowledged.
async fn load(server: &Server, bodies: Vec<spans::Body>) -> Vec<Duration> {
    let mut lanes: Vec<Vec<spans::Body>> = (0..CONNECTIONS).map(|_| Vec::new()).collect();
    for (index, body) in bodies.into_iter().enumerate() {
        lanes[index % CONNECTIONS].push(body);
    }
    let sending: Vec<_> = lanes
        .into_iter()
        .map(|lane| tokio::spawn(send(server.otlp(), lane)))
        .collect();
    let mut acks = Vec::new();
    for lane in sending {
        acks.extend(lane.await.unwrap());
    }
    acks
}

async fn send(url: String, bodies: Vec<spans::Body>) -> Vec<Duration> {
    let client = reqwest::Client::builder()
        .pool_max_idle_per_host(1)
        .build()
        .unwrap();
    let mut acks = Vec::with_capacity(bodies.len());
    for body in bodies {
        let started = Instant::now();
        loop {
            let request = client
                .post(&url)
                .header("content-type", "application/x-protobuf")
                .header("content-encoding", "gzip")
                .body(body.gzip.clone());
            match request.send().await.unwrap().status().as_u16() {
                200 => break,
                // As an exporter would; the wait counts as time to be acknowledged.
                503 => tokio::time::sleep(Duration::from_millis(100)).await,
                status => panic!("a body was answered with {status}"),
            }
        }
        acks.push(started.elapsed());
    }
    acks
}
