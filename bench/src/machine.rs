//! What it was measured on, in a line.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

/// Processor, cores, kernel, the file system of the data, and the date.
pub(crate) fn line(data: &Path) -> String {
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        let line = cpus.lines().find(|line| line.starts_with(name));
        let value = line.and_then(|line| line.split_once(": "));
        value.map_or("?", |(_, value)| value).trim().to_owned()
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!(
        "{} (family {} model {}), {cores} cores, Linux {}, data on {}, {}",
        field("model name"),
        field("cpu family"),
        field("model\t"),
        kernel.trim(),
        file_system(data),
        date()
    )
}

/// The kind of the file system that holds `data`: on tmpfs a sync costs nothing and means nothing.
fn file_system(data: &Path) -> String {
    let Ok(data) = data.canonicalize() else {
        return "?".to_owned();
    };
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let places = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ');
        let (place, kind) = (words.nth(1)?, words.next()?);
        data.starts_with(place).then_some((place.len(), kind))
    });
    places
        .max_by_key(|(length, _)| *length)
        .map_or("?", |(_, kind)| kind)
        .to_owned()
}

fn date() -> String {
    let date = Command::new("date").args(["-u", "+%FT%RZ"]).output();
    date.map_or_else(
        |_| "?".to_owned(),
        |date| String::from_utf8_lossy(&date.stdout).trim().to_owned(),
    )
}

/// Nanoseconds since 1970-01-01 UTC: the markers' times, and what tells two runs apart.
#[allow(
    clippy::disallowed_methods,
    reason = "the one look at the system's clock; the product's door for it would bring the columns along"
)]
pub(crate) fn now_nanos() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| u64::try_from(elapsed.as_nanos()).unwrap_or(0))
}
