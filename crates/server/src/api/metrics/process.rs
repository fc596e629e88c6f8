//! What the operating system says of this process, under the names that every Prometheus client uses.

use super::text::{Kind, Text};
use std::fs;

/// Of `/proc/<pid>/stat`, on every Linux we know.
const TICKS_A_SECOND: f64 = 100.0;

/// What cannot be read, as on another system than Linux, is left out.
pub(super) fn write(text: &mut Text) {
    let mut family = text.family(
        "throughline_build_info",
        Kind::Gauge,
        "Always 1; the version is a label.",
    );
    family.sample(&[("version", env!("CARGO_PKG_VERSION"))], 1);
    if let Some(bytes) = resident_bytes() {
        text.gauge(
            "process_resident_memory_bytes",
            "Resident memory of the process.",
            bytes,
        );
    }
    if let Some(seconds) = cpu_seconds() {
        let mut family = text.family(
            "process_cpu_seconds_total",
            Kind::Counter,
            "Processor time of the process, its own and the kernel's for it.",
        );
        family.sample(&[], seconds);
    }
}

fn resident_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let resident = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = resident.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kibibytes * 1024)
}

fn cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name is in brackets and may hold anything.
    let (_, after) = stat.rsplit_once(')')?;
    let mut fields = after.split_whitespace().skip(11);
    let (own, kernel) = (fields.next()?, fields.next()?);
    let ticks = own.parse::<u64>().ok()? + kernel.parse::<u64>().ok()?;
    Some(ticks as f64 / TICKS_A_SECOND)
}
