//! What a run came to: one line for people, and on demand one line of JSON for `reliability/ledger.jsonl`.

use crate::driver::Driver;
use crate::judge::Findings;
use crate::ledger::State;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// One run.
#[derive(Debug)]
pub(crate) struct Report {
    kind: &'static str,
    seed: u64,
    started: Instant,
    pub(crate) findings: Findings,
    /// Figures of the mode itself.
    figures: Vec<(&'static str, Value)>,
    acknowledged: u64,
    unknown: u64,
}

impl Report {
    pub(crate) fn new(kind: &'static str, seed: u64) -> Self {
        Self {
            kind,
            seed,
            started: Instant::now(),
            findings: Findings::default(),
            figures: Vec::new(),
            acknowledged: 0,
            unknown: 0,
        }
    }

    pub(crate) fn figure(&mut self, name: &'static str, value: impl Into<Value>) {
        self.figures.push((name, value.into()));
    }

    /// Takes over what a driver wrote down.
    pub(crate) fn driven(&mut self, driver: &Driver) {
        self.acknowledged += driver.ledger.count(State::Acknowledged).1;
        self.unknown += driver.ledger.count(State::Unknown).0;
        let wrong = driver.ledger.wrongs();
        self.findings.wrong_answers += wrong.len() as u64;
        wrong.into_iter().for_each(|words| self.findings.say(words));
    }

    /// A run in which nothing was acknowledged proves nothing.
    pub(crate) fn demand_load(&mut self) {
        if self.acknowledged == 0 {
            self.findings
                .broken_promise("nothing was acknowledged: no load, no judgement".to_owned());
        }
    }

    /// Prints the line, and appends it to `ledger`. The run fails if anything was found.
    pub(crate) fn finish(mut self, ledger: Option<&Path>) -> Result<bool> {
        let seconds = self.started.elapsed().as_secs_f64();
        self.demand_load();
        let verdict = if self.findings.failures() == 0 {
            "ok"
        } else {
            "FAIL"
        };
        for words in &self.findings.words {
            println!("  {words}");
        }
        let figures = self
            .figures
            .iter()
            .map(|(name, value)| format!("{name} {value}"));
        let counts = self.findings.counts();
        let counted = counts.iter().map(|(name, count)| format!("{name} {count}"));
        println!(
            "storm {} {verdict}: {}, {} spans acknowledged, {} requests unknown; {}; seed {}, {seconds:.1} s",
            self.kind,
            figures.collect::<Vec<_>>().join(", "),
            self.acknowledged,
            self.unknown,
            counted.collect::<Vec<_>>().join(", "),
            self.seed,
        );
        self.record(ledger)?;
        Ok(self.findings.failures() == 0)
    }

    /// Appends the line for machines to `ledger`.
    pub(crate) fn record(&self, ledger: Option<&Path>) -> Result<()> {
        let Some(path) = ledger else { return Ok(()) };
        let seconds = self.started.elapsed().as_secs_f64();
        self.append(path, seconds)
            .with_context(|| format!("could not write {}", path.display()))
    }

    fn append(&self, path: &Path, seconds: f64) -> Result<()> {
        let mut counts = serde_json::Map::new();
        counts.insert("acknowledged_spans".to_owned(), self.acknowledged.into());
        counts.insert("unknown_requests".to_owned(), self.unknown.into());
        let own = self
            .figures
            .iter()
            .map(|(name, value)| (*name, value.clone()));
        let found = self
            .findings
            .counts()
            .map(|(name, count)| (name, Value::from(count)));
        counts.extend(
            own.chain(found)
                .map(|(name, value)| (name.to_owned(), value)),
        );
        let line = json!({
            "kind": format!("storm {}", self.kind),
            "commit": commit(),
            "seed": self.seed,
            "counts": counts,
            "seconds": (seconds * 10.0).round() / 10.0,
        });
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory)?;
        }
        let mut file = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)?;
        writeln!(file, "{line}")?;
        Ok(())
    }
}

/// The commit that is checked out, marked if the tree has changes; empty outside a repository.
fn commit() -> String {
    let mut git = Command::new("git");
    git.args([
        "describe",
        "--always",
        "--dirty",
        "--abbrev=12",
        "--exclude=*",
    ]);
    let said = git.output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&said).trim().to_owned()
}

/// p50, p99 and the largest, in milliseconds.
pub(crate) fn percentiles(times: &mut [Duration]) -> Value {
    times.sort_unstable();
    let at = |share: f64| {
        let last = times.len().saturating_sub(1);
        let index = (share * last as f64).ceil() as usize;
        times.get(index).map_or(0, Duration::as_millis) as u64
    };
    json!({ "p50": at(0.5), "p99": at(0.99), "max": at(1.0) })
}

#[cfg(test)]
mod tests {
    use super::percentiles;
    use serde_json::json;
    use std::time::Duration;

    #[test]
    fn percentiles_are_of_what_was_measured() {
        let mut times: Vec<_> = (1..=100).rev().map(Duration::from_millis).collect();
        assert_eq!(
            percentiles(&mut times),
            json!({ "p50": 51, "p99": 100, "max": 100 })
        );
        assert_eq!(
            percentiles(&mut []),
            json!({ "p50": 0, "p99": 0, "max": 0 })
        );
    }
}
