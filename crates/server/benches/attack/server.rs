//! The program as a process: where it listens, and what it used.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};

pub(crate) struct Server {
    child: Mutex<Child>,
    process: u32,
    pub(crate) otlp_http: SocketAddr,
    pub(crate) otlp_grpc: SocketAddr,
}

impl Server {
    pub(crate) fn start(data: &Path) -> Self {
        let any = "127.0.0.1:0";
        let mut child = Command::new(env!("CARGO_BIN_EXE_throughline"))
            .args(["serve", "--listen", any, "--otlp-http", any])
            .args(["--otlp-grpc", any, "--data"])
            .arg(data)
            .env_remove("ENABLE_OTEL")
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut address = || {
            let line = lines.next().unwrap().unwrap();
            let (_, address) = line.split_once(" listening on http://").unwrap();
            address.parse().unwrap()
        };
        let (_console, otlp_http, otlp_grpc) = (address(), address(), address());
        Self {
            process: child.id(),
            child: Mutex::new(child),
            otlp_http,
            otlp_grpc,
        }
    }

    pub(crate) fn peak_memory_bytes(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process)).unwrap();
        let peak = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .unwrap();
        peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }

    /// Asks it to end; whether it had lived until then and ended well.
    pub(crate) fn end(&self) -> bool {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        let process = self.process.to_string();
        let asked = Command::new("kill").args(["-TERM", &process]).status();
        asked.unwrap().success() && child.wait().unwrap().success()
    }
}

/// An attack that fails leaves no server behind.
impl Drop for Server {
    fn drop(&mut self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }
}
