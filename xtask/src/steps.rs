//! Steps with a heading and a time: what `test` and `ci` are made of.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// The steps so far, in order; the first that fails is the last.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    done: Vec<(&'static str, Duration, bool)>,
}

impl Steps {
    /// Runs one step under its heading.
    pub(crate) fn step(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<()>,
    ) -> Result<()> {
        println!(
            "\n── {name} {}",
            "─".repeat(60_usize.saturating_sub(name.len()))
        );
        let begun = Instant::now();
        let result = work();
        let took = begun.elapsed();
        self.done.push((name, took, result.is_ok()));
        println!(
            "── {name}: {} in {}",
            verdict(result.is_ok()),
            seconds(took)
        );
        result.with_context(|| format!("{name} failed"))
    }

    /// Prints every step's verdict and time once more, below all the output that lies between.
    pub(crate) fn summarize(&self) {
        println!("\n── summary {}", "─".repeat(53));
        for (name, took, passed) in &self.done {
            println!("{:>8}  {name:<28} {:>9}", verdict(*passed), seconds(*took));
        }
        let total = self.done.iter().map(|(_, took, _)| *took).sum();
        println!("{:>8}  {:<28} {:>9}", "", "in all", seconds(total));
    }
}

fn verdict(passed: bool) -> &'static str {
    if passed { "passed" } else { "FAILED" }
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}
