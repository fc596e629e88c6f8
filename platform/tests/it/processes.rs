//! The program itself: what it prints, how it stops, and the load that checks the trace headers.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};

use tempfile::TempDir;

/// A service in a process of its own; killed if the test ends first.
struct Process {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Process {
    fn start(folder: &TempDir, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_instainstru"))
            .args(arguments)
            .current_dir(folder.path())
            // traced, for the headers; nobody listens on the discard port
            .env("ENABLE_OTEL", "true")
            .env("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// The first line with `text` in it.
    fn line(&mut self, text: &str) -> String {
        let found = self
            .lines
            .by_ref()
            .map(Result::unwrap)
            .find(|line| line.contains(text));
        found.unwrap_or_else(|| panic!("no line with {text:?}"))
    }

    fn address(&mut self) -> String {
        let line = self.line("listening on http://");
        line.split("listening on ").nth(1).unwrap().to_owned()
    }

    /// Asks it to stop, and returns the rest of what it prints.
    fn stop(mut self) -> Vec<String> {
        let asked = Command::new("kill")
            .arg(self.child.id().to_string())
            .status()
            .unwrap();
        assert!(asked.success());
        let rest = self.lines.by_ref().map(Result::unwrap).collect();
        assert!(self.child.wait().unwrap().success());
        rest
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // it may have ended long ago
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn services_announce_themselves_and_stop_when_asked() {
    let folder = TempDir::new().unwrap();
    let mut payments = Process::start(&folder, &["payments", "--listen", "127.0.0.1:0"]);
    let payments_url = payments.address();
    let place = [
        "--payments-url",
        &payments_url,
        "--database",
        "data/market.db",
    ];
    let mut api = Process::start(
        &folder,
        &[
            &["api", "--listen", "127.0.0.1:0", "--embedded"],
            &place[..],
        ]
        .concat(),
    );
    let mut worker = Process::start(
        &folder,
        &[&["worker", "--environment", "preview"], &place[..]].concat(),
    );
    let mut beat = Process::start(
        &folder,
        &[&["beat", "--environment", "production"], &place[..]].concat(),
    );
    let api_url = api.address();
    worker.line("instainstru-preview-worker ready");
    beat.line("instainstru-beat ready");

    let target = format!("local={api_url}");
    let load = [
        "load",
        "--announce",
        "--spans-per-minute",
        "60000",
        "--api",
        &target,
    ];
    let mut load = Process::start(&folder, &load);
    let booked = load.line("trace ");
    let words: Vec<&str> = booked.split(' ').collect();
    assert!(
        matches!(words[..], ["trace", id, "booking", booking, "local"] if id.len() == 32 && booking.starts_with("bkg_"))
    );
    let report = load.stop().pop().unwrap();
    assert!(
        report.ends_with(" 0 unanswered, 0 server errors, 0 without X-Trace-ID or X-Request-ID"),
        "{report}"
    );
    for process in [api, worker, beat, payments] {
        process.stop();
    }
}

#[test]
fn wrong_settings_end_with_64() {
    let folder = TempDir::new().unwrap();
    for arguments in [
        &["api", "--listen", "nowhere"][..],
        &["load"],
        &["teach"],
        &["worker", "--hold-minutes", "0"],
    ] {
        let mut process = Process::start(&folder, arguments);
        assert_eq!(
            process.child.wait().unwrap().code(),
            Some(64),
            "{arguments:?}"
        );
    }
}
