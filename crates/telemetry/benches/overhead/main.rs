//! What one server span costs the thread that serves the request: the kit beside two other instrumentations
//! of axum, with the same routes, the same request and ten attributes on every span.
//!
//!     cargo bench -p throughline-telemetry --all-features --bench overhead -- --rounds 15
//!
//! Each contender sets what is global, so each measurement is a process of its own. The contenders take
//! turns within a round, so that what changes on the machine meets all of them, and a cost is the median over
//! the rounds of the difference to the bare service *of the same round*. Time is the calling thread's
//! processor time: the exporters' threads run, but are not counted.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark reports by printing"
)]

/// One request, in process.
#[path = "../bed/call.rs"]
mod call;
/// A collector that answers at once.
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

/// Who is compared, each in its documented set-up.
mod contender;
/// The child process: one contender, measured.
mod measure;
/// Single operations, by criterion.
mod micro;
/// The parent's table.
mod report;
/// The processor time of this thread.
mod thread_time;

use contender::CONTENDERS;

const ROUNDS_DEFAULT: usize = 15;
const SLICES_DEFAULT: usize = 40;

fn main() {
    let rounds = number("--rounds").unwrap_or(ROUNDS_DEFAULT);
    let slices = number("--slices").unwrap_or(SLICES_DEFAULT);
    if let Some(name) = value("--contender") {
        let contender = CONTENDERS.iter().find(|contender| contender.name == name);
        return measure::child(contender.expect("a contender's name"), slices);
    }
    if std::env::args().any(|argument| argument == "--micro") {
        return micro::run();
    }
    println!(
        "cost of a server span on the calling thread\n{}",
        machine::facts()
    );
    let requests = slices * measure::SLICE_REQUESTS;
    println!("{rounds} rounds, {requests} requests a round and contender\n");
    let mut table = report::Table::default();
    for round in 0..rounds {
        // Nobody is always first.
        for turn in 0..CONTENDERS.len() {
            let contender = &CONTENDERS[(turn + round) % CONTENDERS.len()];
            table.add(contender.name, measure::in_child(contender.name, slices));
        }
    }
    table.print();
    println!(
        "\nsingle operations, processor time of the calling thread\n{}\n",
        machine::facts()
    );
    measure::own_process(&["--micro"]).status().unwrap();
}

fn value(name: &str) -> Option<String> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1)
}

fn number(name: &str) -> Option<usize> {
    value(name).map(|text| text.parse().expect("a number"))
}
