//! What the process needs, read from `/proc` when somebody asks, and how busy its tokio runtime is. Where there is no
//! `/proc`, there are no such metrics.

use std::fs;

use opentelemetry::metrics::Meter;
use tokio::runtime::Handle;

/// The kernel counts processor time in hundredths of a second on every architecture that Linux runs on.
const TICKS_PER_SECOND: f64 = 100.0;
const PAGE_BYTES: i64 = 4096;

pub(super) fn observe(meter: &Meter) {
    meter
        .i64_observable_up_down_counter("process.memory.usage")
        .with_unit("By")
        .with_description("Physical memory in use")
        .with_callback(|observer| {
            if let Some(bytes) = memory() {
                observer.observe(bytes, &[]);
            }
        })
        .build();
    meter
        .f64_observable_counter("process.cpu.time")
        .with_unit("s")
        .with_description("Processor time, of user and system together")
        .with_callback(|observer| {
            if let Some(seconds) = processor_time() {
                observer.observe(seconds, &[]);
            }
        })
        .build();
    meter
        .i64_observable_up_down_counter("process.open_file_descriptor.count")
        .with_unit("{file_descriptor}")
        .with_description("Files, sockets and pipes open")
        .with_callback(|observer| {
            if let Some(files) = open_files() {
                observer.observe(files, &[]);
            }
        })
        .build();
    // No convention exists for runtimes of Rust.
    if let Ok(runtime) = Handle::try_current() {
        tasks(meter, &runtime);
    }
}

fn tasks(meter: &Meter, runtime: &Handle) {
    let gauge =
        |name: &'static str, unit: &'static str, what: &'static str, read: fn(&Handle) -> usize| {
            let runtime = runtime.clone();
            meter
                .i64_observable_up_down_counter(name)
                .with_unit(unit)
                .with_description(what)
                .with_callback(move |observer| {
                    observer.observe(i64::try_from(read(&runtime)).unwrap_or(i64::MAX), &[]);
                })
                .build();
        };
    gauge(
        "kit.tokio.worker.count",
        "{thread}",
        "Worker threads of the runtime",
        |runtime| runtime.metrics().num_workers(),
    );
    gauge(
        "kit.tokio.task.count",
        "{task}",
        "Tasks alive in the runtime",
        |runtime| runtime.metrics().num_alive_tasks(),
    );
    gauge(
        "kit.tokio.queue.size",
        "{task}",
        "Tasks that wait in the runtime's global queue",
        |runtime| runtime.metrics().global_queue_depth(),
    );
}

fn memory() -> Option<i64> {
    let pages: i64 = fs::read_to_string("/proc/self/statm")
        .ok()?
        .split_whitespace()
        .nth(1)?
        .parse()
        .ok()?;
    Some(pages * PAGE_BYTES)
}

fn processor_time() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name comes second, in parentheses, and may hold anything.
    let (_, rest) = stat.rsplit_once(") ")?;
    let mut fields = rest.split_whitespace().skip(11);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    Some((f64::from(user) + f64::from(system)) / TICKS_PER_SECOND)
}

fn open_files() -> Option<i64> {
    i64::try_from(fs::read_dir("/proc/self/fd").ok()?.count()).ok()
}
