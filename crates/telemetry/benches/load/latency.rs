//! `latency`: the same load on the bare service and on one with the kit, in turns, each time on new
//! processes. The two loads of a round are neighbours in time, so the difference is taken round by round.

use std::time::Duration;

use crate::child::{Running, say, wait_for_end};
use crate::client::{self, Load};
use crate::collector::{Collector, HEALTHY};
use crate::machine;
use crate::stats::{median, median_interval};

/// The bar for the 99th percentile, in percent.
const P99_PERCENT_MAX: f64 = 1.0;
const CONNECTIONS: u32 = 16;
const WARM_UP: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(crate) struct Args {
    pub(crate) rounds: usize,
    pub(crate) time: Duration,
    pub(crate) rate: u32,
    /// How long a request waits inside its handler.
    pub(crate) work_ms: u32,
}

/// Microseconds.
#[derive(Clone, Copy, Debug)]
struct Quantiles {
    p50: f64,
    p99: f64,
}

/// The collector behind the other processes in the queue for the processor: elsewhere it runs on another
/// machine.
pub(crate) fn collector_child() {
    let _ = rustix::process::nice(10);
    say(&Collector::start(HEALTHY).url);
    wait_for_end();
}

pub(crate) fn run(args: &Args) {
    println!(
        "latency of a service on loopback, bare and with the kit\n{}",
        machine::facts()
    );
    println!(
        "{} requests/s on {CONNECTIONS} connections, handlers that wait {} ms; {} rounds of {} s each; µs from when a request was due\n",
        args.rate,
        args.work_ms,
        args.rounds,
        args.time.as_secs_f64()
    );
    println!(
        "{:>5}{:>12}{:>9}{:>12}{:>9}{:>16}",
        "round", "bare p50", "p99", "kit p50", "p99", "load late p99"
    );
    let collector = Running::start(&["collector"]);
    let rounds: Vec<_> = (0..args.rounds)
        .map(|round| play(args, round, &collector.address))
        .collect();
    collector.end();
    let (bare, kit): (Vec<_>, Vec<_>) = rounds.into_iter().unzip();
    println!();
    summarize("p50", &bare, &kit, |of| of.p50);
    let (low, high) = summarize("p99", &bare, &kit, |of| of.p99);
    let verdict = match (low, high) {
        (_, high) if high <= P99_PERCENT_MAX => "met",
        (low, _) if low > P99_PERCENT_MAX => "MISSED",
        _ => "not decided: the noise of this machine is wider than the bar",
    };
    println!("p99 with the kit, bar +{P99_PERCENT_MAX} %: {verdict}");
}

/// One round, its order turned every time.
fn play(args: &Args, round: usize, collector: &str) -> (Quantiles, Quantiles) {
    let mut late = 0.0;
    let mut of = |kit: bool| {
        let (quantiles, own) = measure(args, if kit { collector } else { "-" });
        late = f64::max(late, own);
        quantiles
    };
    let (bare, kit) = if round.is_multiple_of(2) {
        (of(false), of(true))
    } else {
        let kit = of(true);
        (of(false), kit)
    };
    println!(
        "{:>5}{:>12.0}{:>9.0}{:>12.0}{:>9.0}{late:>16.0}",
        round + 1,
        bare.p50,
        bare.p99,
        kit.p50,
        kit.p99
    );
    (bare, kit)
}

/// A new service under the load; and how late the load was.
fn measure(args: &Args, collector: &str) -> (Quantiles, f64) {
    let service = Running::start(&["service", collector, &args.work_ms.to_string()]);
    let mut load = Load {
        address: service.address.clone(),
        rate: args.rate,
        connections: CONNECTIONS,
        time: WARM_UP,
        expects_ids: collector != "-",
    };
    client::run(&load);
    load.time = args.time;
    let outcome = client::run(&load);
    service.end();
    assert_eq!(outcome.failed, 0, "{:?}", outcome.first_failure);
    let quantiles = Quantiles {
        p50: micros(&outcome.latencies_ns, 0.50),
        p99: micros(&outcome.latencies_ns, 0.99),
    };
    (quantiles, micros(&outcome.lateness_ns, 0.99))
}

/// The value below which the part `q` of the times lies.
fn micros(nanos: &[u64], q: f64) -> f64 {
    let mut sorted = nanos.to_vec();
    sorted.sort_unstable();
    let at = (sorted.len().saturating_sub(1) as f64 * q).round() as usize;
    sorted.get(at).map_or(0.0, |ns| *ns as f64 / 1_000.0)
}

/// Prints one line; the 95 % interval of the difference in percent.
fn summarize(
    name: &str,
    bare: &[Quantiles],
    kit: &[Quantiles],
    of: fn(&Quantiles) -> f64,
) -> (f64, f64) {
    let values = |all: &[Quantiles]| all.iter().map(of).collect::<Vec<_>>();
    let (bare, kit) = (values(bare), values(kit));
    let pairs = bare.iter().zip(&kit);
    let percents: Vec<f64> = pairs
        .map(|(bare, kit)| 100.0 * (kit - bare) / bare)
        .collect();
    let (low, high) = median_interval(&percents);
    println!(
        "{name}: bare {:.0} µs, kit {:.0} µs (medians over the rounds); difference of a round {:+.1} %, 95 % interval {low:+.1} … {high:+.1} %",
        median(&bare),
        median(&kit),
        median(&percents)
    );
    (low, high)
}
