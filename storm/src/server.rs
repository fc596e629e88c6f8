//! The server under judgement: a process of its own, started, watched and ended.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// A start that takes longer has failed; a tracer makes it slow.
const START_MAX: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(2);

/// Where it listens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addresses {
    pub(crate) console: SocketAddr,
    pub(crate) otlp_http: SocketAddr,
    pub(crate) otlp_grpc: SocketAddr,
}

/// How to start one.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    pub(crate) path: PathBuf,
    pub(crate) flush_age: Duration,
    /// What else `serve` is told.
    pub(crate) told: Vec<String>,
    /// Where data files are, if that is not the data directory: then the log is in that.
    pub(crate) objects: Option<String>,
    /// The bug that a planted build shows.
    pub(crate) bug: Option<String>,
}

/// One that runs, and is killed when it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// The server's own process, which is the tracer's child when there is a tracer.
    pid: u32,
    pub(crate) addresses: Addresses,
    pub(crate) started: Instant,
    /// Its data files and its catalog are not in its directory: they are read by the query API alone.
    pub(crate) elsewhere: bool,
}

impl Program {
    /// Starts it on `data` and waits until it says where it listens.
    pub(crate) fn start(&self, data: &Path) -> Result<Server> {
        self.start_under(data, &[])
    }

    /// Starts it as the last arguments of `tracer`, a command line.
    pub(crate) fn start_under(&self, data: &Path, tracer: &[String]) -> Result<Server> {
        let server = self.spawn(data, tracer)?;
        server.ready(!tracer.is_empty())
    }

    /// Starts it and does not wait.
    pub(crate) fn spawn(&self, data: &Path, tracer: &[String]) -> Result<Starting> {
        let mut command = match tracer.split_first() {
            Some((tracer, arguments)) => {
                let mut command = Command::new(tracer);
                command.args(arguments).arg(&self.path);
                command
            }
            None => Command::new(&self.path),
        };
        let age = format!("{}ms", self.flush_age.as_millis());
        command.arg("serve");
        match &self.objects {
            None => command.arg("--data"),
            Some(url) => command.args(["--data", url, "--log-dir"]),
        };
        command
            .arg(data)
            .args(["--flush-age", &age])
            .args(&self.told);
        for door in ["--listen", "--otlp-http", "--otlp-grpc"] {
            command.args([door, "127.0.0.1:0"]);
        }
        command.env_remove("ENABLE_OTEL").env("RUST_LOG", "error");
        if let Some(bug) = &self.bug {
            command.env("THROUGHLINE_BUG", bug);
        }
        let log = beside(data, "server.log");
        let log = fs::OpenOptions::new().create(true).append(true).open(log)?;
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log);
        let started = Instant::now();
        let child = command
            .spawn()
            .with_context(|| format!("could not start {}", self.path.display()))?;
        Ok(Starting {
            child,
            started,
            elsewhere: self.objects.is_some(),
        })
    }
}

/// A server that has not said yet where it listens.
#[derive(Debug)]
pub(crate) struct Starting {
    child: Child,
    started: Instant,
    elsewhere: bool,
}

impl Starting {
    /// Waits until it is ready; an error if it ends before.
    pub(crate) fn ready(mut self, traced: bool) -> Result<Server> {
        let addresses = match self.addresses() {
            Ok(addresses) => addresses,
            Err(error) => {
                end(&mut self.child, traced);
                return Err(error);
            }
        };
        let pid = if traced {
            child_of(self.child.id()).unwrap_or(self.child.id())
        } else {
            self.child.id()
        };
        Ok(Server {
            child: self.child,
            pid,
            addresses,
            started: self.started,
            elsewhere: self.elsewhere,
        })
    }

    fn addresses(&mut self) -> Result<Addresses> {
        let output = self
            .child
            .stdout
            .take()
            .context("the server's output is taken")?;
        let (say, said) = mpsc::sync_channel(16);
        thread::spawn(move || {
            // Reads to the end, so that the server never waits for a reader.
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = say.try_send(line);
            }
        });
        let deadline = self.started + START_MAX;
        let address = |what: &str| -> Result<SocketAddr> {
            let left = deadline.saturating_duration_since(Instant::now());
            let line = said
                .recv_timeout(left)
                .context("the server did not say where it listens")?;
            let (said, address) = line
                .split_once(" listening on http://")
                .context("no address")?;
            if said != what {
                bail!("expected the address of {what}, got {line:?}");
            }
            Ok(address.parse()?)
        };
        Ok(Addresses {
            console: address("console and API")?,
            otlp_http: address("OTLP/HTTP")?,
            otlp_grpc: address("OTLP/gRPC")?,
        })
    }
}

impl Server {
    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends it as a power cut would, as far as a process can.
    pub(crate) fn kill(mut self) {
        self.end();
    }

    /// Asks it to end.
    pub(crate) fn terminate(&self) -> Result<()> {
        signal(self.pid, "-TERM")
    }

    /// Waits for its end.
    pub(crate) fn wait(&mut self, limit: Duration) -> Result<ExitStatus> {
        let deadline = Instant::now() + limit;
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            if Instant::now() > deadline {
                bail!("the server did not end within {limit:?}");
            }
            thread::sleep(POLL);
        }
    }

    /// The most memory it ever had, in MiB.
    pub(crate) fn peak_mib(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid)).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kib >> 10)
    }

    fn end(&mut self) {
        if self.pid != self.child.id() && matches!(self.child.try_wait(), Ok(None)) {
            let _ = signal(self.pid, "-KILL");
        } else {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// Ends a child that may be a tracer: one that is killed would leave what it traces behind.
fn end(child: &mut Child, traced: bool) {
    match child_of(child.id()).filter(|_| traced) {
        Some(pid) => drop(signal(pid, "-KILL")),
        None => drop(child.kill()),
    }
    let _ = child.wait();
}

pub(crate) fn signal(pid: u32, name: &str) -> Result<()> {
    let status = Command::new("kill")
        .arg(name)
        .arg(pid.to_string())
        .stderr(Stdio::null())
        .status()?;
    if !status.success() {
        bail!("could not signal process {pid}");
    }
    Ok(())
}

fn child_of(pid: u32) -> Option<u32> {
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).ok()?;
    children.split_whitespace().next()?.parse().ok()
}

/// A file next to a directory, named after it.
pub(crate) fn beside(directory: &Path, what: &str) -> PathBuf {
    let name = directory.file_name().unwrap_or(OsStr::new("data"));
    directory.with_file_name(format!("{}.{what}", name.to_string_lossy()))
}
