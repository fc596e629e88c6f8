//! The server as a process: its start, its end, and what it used of the machine, from `/proc`.

use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// Of `/proc/<pid>/stat`, on every Linux we know.
const TICKS_A_SECOND: f64 = 100.0;
/// For the last flush after SIGTERM.
const END_MAX: Duration = Duration::from_secs(600);
const POLL: Duration = Duration::from_millis(5);

/// A running server; it is killed when it is dropped before its end.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Kept open, so that the server may go on printing.
    stdout: BufReader<ChildStdout>,
    pub(crate) addresses: Addresses,
    /// From its start to its last address.
    pub(crate) ready: Duration,
}

/// Where a server listens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Addresses {
    pub(crate) api: Option<String>,
    pub(crate) otlp_http: Option<String>,
    pub(crate) otlp_grpc: Option<String>,
}

/// What a server used in its whole life.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Used {
    pub(crate) cpu: Duration,
    pub(crate) memory_peak_bytes: u64,
    /// From SIGTERM to its end.
    pub(crate) ending: Duration,
}

impl Server {
    pub(crate) fn start(program: &Path, data: &Path, arguments: &[String]) -> Result<Self> {
        let started = Instant::now();
        let any = "127.0.0.1:0";
        let mut child = Command::new(program)
            .args(["serve", "--listen", any, "--otlp-http", any])
            .args(["--otlp-grpc", any, "--data"])
            .arg(data)
            .args(arguments)
            .env_remove("ENABLE_OTEL")
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("could not start {}", program.display()))?;
        let stdout = child.stdout.take().context("could not take its output")?;
        let mut server = Self {
            child,
            stdout: BufReader::new(stdout),
            addresses: Addresses::default(),
            ready: Duration::ZERO,
        };
        while server.addresses.otlp_grpc.is_none() {
            let mut line = String::new();
            if server.stdout.read_line(&mut line)? == 0 {
                bail!("the server ended before it listened");
            }
            server.addresses.read(&line);
        }
        server.ready = started.elapsed();
        Ok(server)
    }

    /// Resident memory now, and its peak since the start.
    pub(crate) fn memory(&self) -> Result<Memory> {
        Memory::of(self.child.id())
    }

    /// Its processor time so far.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        cpu(&self.child.id().to_string())
    }

    /// The share of resident memory that is its own; a look at it costs the server a little.
    pub(crate) fn proportional_bytes(&self) -> Result<u64> {
        let path = format!("/proc/{}/smaps_rollup", self.child.id());
        kibibytes(&fs::read_to_string(path)?, "Pss:")
    }

    /// Asks it to end, which flushes, and waits.
    pub(crate) fn end(mut self) -> Result<Used> {
        let process = self.child.id();
        let mut memory = Memory::of(process)?;
        let asked = Instant::now();
        let kill = Command::new("kill")
            .args(["-TERM", &process.to_string()])
            .status()?;
        ensure!(kill.success(), "could not signal the server");
        // A process that has ended keeps its counters until it is waited for, but not its memory.
        while stat(&process.to_string())?[0] != "Z" {
            if let Ok(now) = Memory::of(process) {
                memory = now;
            }
            ensure!(asked.elapsed() < END_MAX, "the server did not end in time");
            std::thread::sleep(POLL);
        }
        let used = Used {
            cpu: cpu(&process.to_string())?,
            memory_peak_bytes: memory.peak_bytes,
            ending: asked.elapsed(),
        };
        let status = self.child.wait()?;
        ensure!(status.success(), "the server did not end cleanly: {status}");
        Ok(used)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // After `end` it has been waited for, and these do nothing.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Addresses {
    fn read(&mut self, line: &str) {
        let Some((what, url)) = line.trim().split_once(" listening on ") else {
            return;
        };
        let place = match what {
            "OTLP/HTTP" => &mut self.otlp_http,
            "OTLP/gRPC" => &mut self.otlp_grpc,
            _ => &mut self.api,
        };
        *place = Some(url.to_owned());
    }
}

/// The server that was built with this program.
pub(crate) fn beside() -> Result<PathBuf> {
    let program = std::env::current_exe()?.with_file_name("throughline");
    ensure!(
        program.exists(),
        "could not find {}: build it, or name one with --server",
        program.display()
    );
    Ok(program)
}

/// Memory of a process.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Memory {
    pub(crate) resident_bytes: u64,
    pub(crate) peak_bytes: u64,
}

impl Memory {
    fn of(process: u32) -> Result<Self> {
        let status = fs::read_to_string(format!("/proc/{process}/status"))?;
        Ok(Self {
            resident_bytes: kibibytes(&status, "VmRSS:")?,
            peak_bytes: kibibytes(&status, "VmHWM:")?,
        })
    }
}

fn kibibytes(text: &str, field: &str) -> Result<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(field));
    let line = line.with_context(|| format!("could not find {field} of the server"))?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}

/// The processor time of this process so far.
pub(crate) fn own_cpu() -> Result<Duration> {
    cpu("self")
}

/// The peak of this process's own memory.
pub(crate) fn own_memory_peak_bytes() -> Result<u64> {
    Ok(Memory::of(std::process::id())?.peak_bytes)
}

fn cpu(process: &str) -> Result<Duration> {
    let mut ticks = 0.0;
    for field in &stat(process)?[11..13] {
        ticks += field.parse::<f64>()?;
    }
    Ok(Duration::from_secs_f64(ticks / TICKS_A_SECOND))
}

/// The fields after the name, which is in brackets and may hold anything.
fn stat(process: &str) -> Result<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, after) = stat.rsplit_once(')').context("could not read stat")?;
    Ok(after.split_whitespace().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::Addresses;

    #[test]
    fn addresses_are_read_from_what_the_server_prints() {
        let mut addresses = Addresses::default();
        addresses.read("console and API listening on http://127.0.0.1:1\n");
        addresses.read("OTLP/HTTP listening on http://127.0.0.1:2\n");
        addresses.read("something else\n");
        assert_eq!(addresses.api.as_deref(), Some("http://127.0.0.1:1"));
        assert_eq!(addresses.otlp_http.as_deref(), Some("http://127.0.0.1:2"));
        assert_eq!(addresses.otlp_grpc, None);
    }
}
