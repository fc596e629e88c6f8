//! A service behind a real socket, under a load that does not wait for it.
//!
//!     cargo bench -p throughline-telemetry --all-features --bench load -- latency --rounds 10 --work-ms 5
//!     cargo bench -p throughline-telemetry --all-features --bench load -- soak --minutes 10 --rate 1000
//!
//! `latency`: how much later answers come with the kit, of a service that answers at once, or (`--work-ms`)
//! one that waits for a database. `soak`: what the kit does to its service while the
//! collector is dead, slow, refusing or hanging up. The service is a process of its own in both; so is the
//! collector of `latency`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark reports by printing"
)]

/// A collector that behaves as it is told.
#[path = "../bed/collector.rs"]
mod collector;
/// The service.
#[path = "../bed/lessons.rs"]
mod lessons;
/// What it was measured on.
#[path = "../bed/machine.rs"]
mod machine;
/// Medians.
#[path = "../bed/stats.rs"]
mod stats;

/// Child processes that say one thing and end when told.
mod child;
/// The load: requests at their times, whatever the answers do.
mod client;
/// The kit's own books.
mod counts;
/// The verb `latency`.
mod latency;
/// The service process.
mod service;
/// The verb `soak`.
mod soak;

use std::time::Duration;

fn main() {
    // Cargo adds an argument of its own.
    let own = |argument: &String| argument != "--bench";
    let arguments: Vec<String> = std::env::args().skip(1).filter(own).collect();
    match arguments.first().map(String::as_str) {
        Some("service") => service::child(&arguments[1..]),
        Some("collector") => latency::collector_child(),
        Some("latency") => latency::run(&latency::Args {
            rounds: number("--rounds", 10.0) as usize,
            time: Duration::from_secs_f64(number("--seconds", 5.0)),
            rate: number("--rate", 2_000.0) as u32,
            work_ms: number("--work-ms", 0.0) as u32,
        }),
        Some("soak") => soak::run(&soak::Args {
            time: Duration::from_secs_f64(60.0 * number("--minutes", 10.0)),
            rate: number("--rate", 1_000.0) as u32,
            one_by_one: arguments.iter().any(|argument| argument == "--one-by-one"),
        }),
        // A plain `cargo bench` names no verb.
        _ => println!("load: say `-- latency` or `-- soak`"),
    }
}

fn number(name: &str, default: f64) -> f64 {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments
        .nth(1)
        .map_or(default, |text| text.parse().expect("a number"))
}
