//! `soak`: a service with the kit under a steady load beside a collector that misbehaves, for minutes. The
//! service must not notice, its memory must stay, and every span must be accounted for.

use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::child::Running;
use crate::client::{self, Load, Outcome};
use crate::collector::{Behaviour, Collector, HEALTHY};
use crate::counts::Counts;
use crate::machine;

/// The bar for what the service grows by.
const GROWTH_MIB_MAX: f64 = 32.0;
const CONNECTIONS: u32 = 4;
const WARM_UP_REQUESTS: u32 = 200;
const LOOK_EVERY: Duration = Duration::from_millis(250);

#[derive(Debug)]
pub(crate) struct Args {
    pub(crate) time: Duration,
    /// Requests a second, each one span.
    pub(crate) rate: u32,
    /// Each collector alone on the machine, one after the other.
    pub(crate) one_by_one: bool,
}

/// The last is the control: it shows that the books agree with a collector's.
const COLLECTORS: [(&str, Option<Behaviour>); 5] = [
    ("dead", None),
    (
        "answers after 30 s",
        Some(answering(Duration::from_secs(30), 200)),
    ),
    ("answers 503", Some(answering(Duration::ZERO, 503))),
    (
        "hangs up",
        Some(Behaviour {
            answer_after: Duration::ZERO,
            status: None,
        }),
    ),
    ("healthy", Some(HEALTHY)),
];

const fn answering(answer_after: Duration, status: u16) -> Behaviour {
    Behaviour {
        answer_after,
        status: Some(status),
    }
}

/// What came of one collector.
#[derive(Debug)]
struct Soaked {
    name: &'static str,
    requests: u64,
    outcome: Outcome,
    memory: Memory,
    /// None when the kit keeps none.
    counts: Counts,
    accepted: u64,
    /// Of the last span that was accepted.
    attributes: u64,
    shutdown_ms: u64,
}

/// Resident memory of the service, MiB.
#[derive(Clone, Copy, Debug)]
struct Memory {
    start: f64,
    max: f64,
}

pub(crate) fn run(args: &Args) {
    println!(
        "a service with the kit beside collectors that misbehave\n{}",
        machine::facts()
    );
    let order = if args.one_by_one {
        "one by one"
    } else {
        "side by side"
    };
    println!(
        "{} requests/s for {:.1} minutes at each of {} collectors, {order}\n",
        args.rate,
        args.time.as_secs_f64() / 60.0,
        COLLECTORS.len()
    );
    let all: Vec<Soaked> = if args.one_by_one {
        COLLECTORS
            .iter()
            .map(|(name, behaviour)| soak(args, name, *behaviour))
            .collect()
    } else {
        thread::scope(|scope| {
            let threads: Vec<_> = COLLECTORS
                .iter()
                .map(|(name, behaviour)| scope.spawn(|| soak(args, name, *behaviour)))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        })
    };
    print(&all);
}

fn soak(args: &Args, name: &'static str, behaviour: Option<Behaviour>) -> Soaked {
    let collector = behaviour.map(Collector::start);
    let url = collector
        .as_ref()
        .map_or_else(dead_url, |collector| collector.url.clone());
    let service = Running::start(&["service", &url, "0"]);
    let mut load = Load {
        address: service.address.clone(),
        rate: args.rate,
        connections: CONNECTIONS,
        time: Duration::from_secs(1) * WARM_UP_REQUESTS / args.rate,
        expects_ids: true,
    };
    let warm_up = client::run(&load);
    load.time = args.time;
    let over = AtomicBool::new(false);
    let (mut outcome, memory) = thread::scope(|scope| {
        let watch = scope.spawn(|| watch(name, service.id(), &over));
        let outcome = client::run(&load);
        over.store(true, Ordering::Release);
        (outcome, watch.join().unwrap())
    });
    outcome.failed += warm_up.failed;
    let requests =
        (warm_up.latencies_ns.len() + outcome.latencies_ns.len()) as u64 + outcome.failed;
    let said = service.end();
    Soaked {
        name,
        requests,
        outcome,
        memory,
        counts: Counts::from_line(&said[0]),
        accepted: collector.as_ref().map_or(0, Collector::accepted),
        attributes: collector.as_ref().map_or(0, Collector::attributes),
        shutdown_ms: said[1].parse().unwrap(),
    }
}

/// Nobody listens there any more.
fn dead_url() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// The service's memory until the load is over; a line each minute.
fn watch(name: &str, id: u32, over: &AtomicBool) -> Memory {
    let start = resident_mib(id);
    let mut memory = Memory { start, max: start };
    let mut minutes = 0;
    let begin = Instant::now();
    while !over.load(Ordering::Acquire) {
        thread::sleep(LOOK_EVERY);
        memory.max = memory.max.max(resident_mib(id));
        if begin.elapsed().as_secs() / 60 > minutes {
            minutes += 1;
            println!(
                "minute {minutes}, {name}: {:+.1} MiB at most",
                memory.max - start
            );
        }
    }
    memory
}

/// As the kernel's file says it, in KiB; 0 where there is none.
fn resident_mib(id: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let kib = status.lines().find_map(|line| {
        line.strip_prefix("VmRSS:")?
            .trim()
            .strip_suffix(" kB")?
            .parse()
            .ok()
    });
    kib.map_or(0.0, |kib: f64| kib / 1024.0)
}

fn print(all: &[Soaked]) {
    println!(
        "\n{:<20}{:>10}{:>8}{:>9}{:>9}{:>8}{:>10}{:>10}{:>9}{:>9}{:>10}{:>9}{:>9}{:>10}{:>7}{:>10}",
        "collector",
        "requests",
        "failed",
        "MiB",
        "growth",
        "p99 µs",
        "ended",
        "exported",
        "rejected",
        "full",
        "failed",
        "queued",
        "ending",
        "accepted",
        "attrs",
        "shutdown"
    );
    for soaked in all {
        let Soaked {
            outcome,
            memory,
            counts,
            ..
        } = soaked;
        println!(
            "{:<20}{:>10}{:>8}{:>9.1}{:>9.1}{:>8.0}{:>10}{:>10}{:>9}{:>9}{:>10}{:>9}{:>9}{:>10}{:>7}{:>7} ms",
            soaked.name,
            soaked.requests,
            outcome.failed,
            memory.start,
            memory.max - memory.start,
            p99_micros(outcome),
            counts.ended,
            counts.exported,
            counts.rejected,
            counts.dropped_queue_full,
            counts.dropped_export_failed,
            counts.queued,
            counts.dropped_shutdown,
            soaked.accepted,
            soaked.attributes,
            soaked.shutdown_ms
        );
    }
    println!(
        "(MiB: resident when warm; full, failed, ending: spans dropped because the queue was full, the export \
         failed, the service ended; rejected: by a partial success; queued: after it; accepted: by the collector, shutdown included)\n"
    );
    all.iter().for_each(verdict);
}

fn p99_micros(outcome: &Outcome) -> f64 {
    let mut sorted = outcome.latencies_ns.clone();
    sorted.sort_unstable();
    let at = (sorted.len() as f64 * 0.99) as usize;
    sorted.get(at).map_or(0.0, |ns| *ns as f64 / 1_000.0)
}

fn verdict(soaked: &Soaked) {
    let say = |good: bool| if good { "met" } else { "MISSED" };
    let Soaked {
        outcome,
        memory,
        counts,
        ..
    } = soaked;
    let books = say(counts.balance() && counts.ended == soaked.requests);
    println!(
        "{:<20} no request failed: {}; at most {GROWTH_MIB_MAX} MiB more: {}; every request's span accounted for: {books}",
        soaked.name,
        say(outcome.failed == 0),
        if memory.start > 0.0 {
            say(memory.max - memory.start <= GROWTH_MIB_MAX)
        } else {
            "not measured"
        },
    );
    if let Some(why) = &outcome.first_failure {
        println!("{:<20} first failure: {why}", "");
    }
}
