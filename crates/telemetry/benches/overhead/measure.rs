//! One contender in a process of its own: warmed up, then called in slices that its queue can hold.
//!
//! A full queue drops spans, and a dropped span is cheaper than a kept one. So between two slices, outside
//! of the measurement, the process waits until the collector has all but the batch that is not full yet.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use axum::Router;
use tokio::runtime::Runtime;

use crate::collector::{Collector, HEALTHY};
use crate::contender::{Built, Contender};
use crate::{call, stats, thread_time};

/// With the 511 spans of an unfinished batch below the default queue of 2,048.
pub(crate) const SLICE_REQUESTS: usize = 1_500;
/// How long an unfinished batch waits.
pub(crate) const DELAY: Duration = Duration::from_millis(200);
/// On every span.
pub(crate) const ATTRIBUTES: u64 = 10;
const BATCH_SPANS: u64 = 512;
const WARM_UP_SLICES: usize = 4;
/// The longest wait for the collector.
const DRAIN_MAX: Duration = Duration::from_secs(5);
/// Between two slices, for every contender alike.
const PAUSE: Duration = Duration::from_millis(5);
const MARK: &str = "measured ";

/// What one process found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    /// Nanoseconds a request on the calling thread.
    pub(crate) thread_ns: f64,
    /// Nanoseconds a request on the wall.
    pub(crate) wall_ns: f64,
    /// Attributes on a span; 0 without one.
    pub(crate) attributes: u64,
    /// Spans that should have reached the collector and did not.
    pub(crate) lost: i64,
}

/// Measures the contender of that name in a new process.
pub(crate) fn in_child(name: &str, slices: usize) -> Measured {
    let slices = slices.to_string();
    let mut child = own_process(&["--contender", name, "--slices", &slices]);
    let output = child.stderr(Stdio::inherit()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    // The kit writes its log lines to the same place.
    let line = text.lines().find_map(|line| line.strip_prefix(MARK));
    let line = line.unwrap_or_else(|| panic!("{name} measured nothing:\n{text}"));
    let numbers: Vec<f64> = line.split(' ').map(|word| word.parse().unwrap()).collect();
    Measured {
        thread_ns: numbers[0],
        wall_ns: numbers[1],
        attributes: numbers[2] as u64,
        lost: numbers[3] as i64,
    }
}

pub(crate) fn own_process(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    // A proxy would be asked for this machine's own addresses.
    command.args(arguments).env("NO_PROXY", "127.0.0.1");
    command
}

/// The child's side: prints one line of [`Measured`].
pub(crate) fn child(contender: &Contender, slices: usize) {
    let mut bench = Bench::start(contender);
    for _ in 0..WARM_UP_SLICES {
        bench.slice();
    }
    let measured: Vec<(f64, f64)> = (0..slices).map(|_| bench.slice()).collect();
    let thread: Vec<f64> = measured.iter().map(|(thread, _)| *thread).collect();
    let wall: Vec<f64> = measured.iter().map(|(_, wall)| *wall).collect();
    let attributes = bench.collector.attributes();
    let lost = bench.end();
    let (thread, wall) = (stats::median(&thread), stats::median(&wall));
    println!("{MARK}{thread} {wall} {attributes} {lost}");
}

struct Bench {
    runtime: Runtime,
    collector: Collector,
    path: &'static str,
    router: Router,
    ending: Box<dyn FnOnce()>,
    /// Spans that the collector should get in the end.
    spans: u64,
    records: bool,
}

impl Bench {
    fn start(contender: &Contender) -> Self {
        let collector = Collector::start(HEALTHY);
        let added = Arc::new(AtomicUsize::new(0));
        let Built { router, ending } = (contender.build)(&collector.url, added.clone());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let mut bench = Self {
            runtime,
            collector,
            path: contender.path,
            router,
            ending,
            spans: 0,
            records: contender.records,
        };
        if bench.records {
            bench.calls(1);
            bench.wait_for(1);
            let own = bench.collector.attributes();
            added.store(ATTRIBUTES.saturating_sub(own) as usize, Ordering::Relaxed);
        }
        bench
    }

    fn calls(&mut self, count: usize) {
        self.runtime.block_on(async {
            for _ in 0..count {
                call::once(&self.router, self.path).await;
            }
        });
        self.spans += if self.records { count as u64 } else { 0 };
    }

    /// Nanoseconds a request, on this thread and on the wall.
    fn slice(&mut self) -> (f64, f64) {
        let (thread, wall) = (thread_time::now_ns(), Instant::now());
        self.calls(SLICE_REQUESTS);
        let (thread, wall) = (thread_time::now_ns() - thread, wall.elapsed());
        thread::sleep(PAUSE);
        self.wait_for((self.spans + 1).saturating_sub(BATCH_SPANS));
        let each = |ns: f64| ns / SLICE_REQUESTS as f64;
        (each(thread as f64), each(wall.as_nanos() as f64))
    }

    fn wait_for(&self, spans: u64) {
        let start = Instant::now();
        while self.collector.accepted() < spans && start.elapsed() < DRAIN_MAX {
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Ends the telemetry; spans that got lost.
    fn end(self) -> i64 {
        (self.ending)();
        self.spans as i64 - self.collector.accepted() as i64
    }
}
