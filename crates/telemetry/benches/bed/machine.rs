//! What a figure was measured on: printed above every table.

use std::fs;
use std::process::Command;
use std::thread::available_parallelism;

/// One line: cores, processor, compiler, and how busy the machine is with other work. A load average near
/// the number of cores means that the figures below it are provisional.
pub(crate) fn facts() -> String {
    let cores = available_parallelism().map_or(0, usize::from);
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = processors
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown processor", |(_, name)| name.trim());
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let minute = load.split(' ').next().unwrap_or("?");
    format!(
        "{cores} cores ({processor}), {}, load average {minute}",
        compiler()
    )
}

fn compiler() -> String {
    let output = Command::new("rustc").arg("--version").output();
    let said = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    said.unwrap_or_else(|_| "rustc unknown".to_owned())
}
