//! The program as a process, and what it used of the machine, from `/proc`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Of `/proc/<pid>/stat`, on every Linux we know.
const TICKS_A_SECOND: f64 = 100.0;

pub(crate) struct Server {
    child: Child,
    api: String,
    otlp: String,
}

impl Server {
    pub(crate) fn start(data: &Path) -> Self {
        let any = "127.0.0.1:0";
        let mut child = Command::new(env!("CARGO_BIN_EXE_throughline"))
            .args([
                "serve",
                "--listen",
                any,
                "--otlp-http",
                any,
                "--otlp-grpc",
                any,
                "--data",
            ])
            .arg(data)
            .env_remove("ENABLE_OTEL")
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut url = || {
            let line = lines.next().unwrap().unwrap();
            line.split_once(" listening on ").unwrap().1.to_owned()
        };
        let (api, otlp) = (url(), url());
        Self { child, api, otlp }
    }

    pub(crate) fn api(&self) -> String {
        format!("{}/v1/query/_apl?format=tabular", self.api)
    }

    pub(crate) fn otlp(&self) -> String {
        format!("{}/v1/traces", self.otlp)
    }

    pub(crate) fn peak_memory_bytes(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let peak = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .unwrap();
        peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }

    /// Asks it to end, which flushes, and waits; the processor time of its whole life.
    pub(crate) fn end(mut self) -> Duration {
        let process = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &process])
                .status()
                .unwrap()
                .success()
        );
        // A process that has ended keeps its counters until it is waited for.
        while state(&process) != "Z" {
            std::thread::sleep(Duration::from_millis(5));
        }
        let cpu = cpu(&process);
        assert!(
            self.child.wait().unwrap().success(),
            "the server did not end cleanly"
        );
        cpu
    }
}

/// The processor time of this process so far.
pub(crate) fn own_cpu() -> Duration {
    cpu("self")
}

fn cpu(process: &str) -> Duration {
    let ticks: f64 = stat(process)[11..13]
        .iter()
        .map(|ticks| ticks.parse::<f64>().unwrap())
        .sum();
    Duration::from_secs_f64(ticks / TICKS_A_SECOND)
}

fn state(process: &str) -> String {
    stat(process)[0].clone()
}

/// The fields after the name, which is in brackets and may hold anything.
fn stat(process: &str) -> Vec<String> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let after = stat.rsplit_once(')').unwrap().1;
    after.split_whitespace().map(str::to_owned).collect()
}

/// The size of all files below a directory.
pub(crate) fn bytes_below(directory: &Path) -> u64 {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            let metadata = entry.metadata().unwrap();
            if metadata.is_dir() {
                bytes_below(&entry.path())
            } else {
                metadata.len()
            }
        })
        .sum()
}
