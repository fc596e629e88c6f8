//! What a hostile network does to the doors, a hundred thousand times, while somebody else sends spans.
//!
//!     cargo bench --workspace --bench attack -- --tries 100000
//!
//! It starts the program as a process of its own and attacks it from addresses of its own (`127.0.0.2` and
//! on), all kinds at a time. Each kind has a share of the tries. Three things are judged: the process stays
//! within its memory, no answer tells an attacker "yes" or "our fault", and the well-behaved client on
//! `127.0.0.1` is served all the while. It ends with 1 when one of them is not so.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark reports by printing"
)]

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Bodies that are not what they seem.
mod bodies;
/// Connections that say one thing and do another.
mod connections;
/// The client that everybody else is to leave unharmed.
mod good;
/// HTTP/2, frame by frame.
mod http2;
/// HTTP/1.1 over a plain socket.
mod raw;
/// The program as a process.
mod server;
/// What came of the tries.
mod tally;

use server::Server;
use tally::Tally;

const TRIES_DEFAULT: u64 = 100_000;
const MEMORY_BYTES_MAX: u64 = 512 << 20;

fn main() -> ExitCode {
    let tries = tries_wanted();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(run(tries))
}

/// `--tries N`; `cargo bench` adds an argument of its own, which is passed over.
fn tries_wanted() -> u64 {
    let arguments: Vec<String> = std::env::args().collect();
    let at = arguments.iter().position(|argument| argument == "--tries");
    at.and_then(|at| arguments.get(at + 1))
        .map_or(TRIES_DEFAULT, |n| {
            n.parse().expect("--tries takes a number")
        })
}

async fn run(tries: u64) -> ExitCode {
    let data = tempfile::TempDir::new().unwrap();
    let server = Arc::new(Server::start(data.path()));
    let tally = Arc::new(Tally::default());
    let (stop, stopped) = watch::channel(false);
    let calm = good::run(&server, Duration::from_secs(3), None).await;
    let client = {
        let server = Arc::clone(&server);
        tokio::spawn(async move { good::run(&server, Duration::MAX, Some(stopped)).await })
    };
    let started = Instant::now();
    let mut attacks = JoinSet::new();
    // Each kind's share of a hundred thousand.
    let share = |of: u64| (of * tries).div_ceil(TRIES_DEFAULT);
    bodies::spawn(&mut attacks, &server, &tally, share);
    connections::spawn(&mut attacks, &server, &tally, share);
    http2::spawn(&mut attacks, &server, &tally, share);
    while let Some(ended) = attacks.join_next().await {
        ended.unwrap();
    }
    let elapsed = started.elapsed();
    stop.send_replace(true);
    let client = client.await.unwrap();

    let fair = tally.print();
    let memory = server.peak_memory_bytes();
    println!("{} tries in {:.0} s", tally.tries(), elapsed.as_secs_f64());
    println!("{:<34} {calm}", "good client, before");
    println!("{:<34} {client}", "good client, under attack");
    println!(
        "{:<34} {:.1} MiB peak, at most {}",
        "memory",
        memory as f64 / f64::from(1 << 20),
        MEMORY_BYTES_MAX >> 20
    );
    let lived = server.end();
    let good = fair && lived && client.failures == 0 && memory <= MEMORY_BYTES_MAX;
    println!("{}", if good { "PASS" } else { "FAIL" });
    if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
