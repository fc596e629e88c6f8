//! How far a long command got: one line on stderr that is written over. Where nobody looks, as in a log, a line
//! for each tenth of what is worth one.

use super::terminal;
use std::future::Future;
use std::io::{IsTerminal, Write};
use store::Progress;

/// Less is done before anybody asks.
const LINES_BYTES_MIN: u64 = 1 << 30;

/// What is done, and how much of it was shown.
#[derive(Debug)]
pub(super) struct Bar {
    verb: &'static str,
    is_terminal: bool,
    /// Of a thousand.
    shown: u64,
}

impl Bar {
    pub(super) fn new(verb: &'static str) -> Self {
        Self {
            verb,
            is_terminal: std::io::stderr().is_terminal(),
            shown: 0,
        }
    }

    pub(super) fn show(&mut self, now: Progress) {
        let step = if self.is_terminal { 1 } else { 100 };
        let done = now.bytes.saturating_mul(1000) / now.bytes_total.max(1);
        let is_worth_it = self.is_terminal || now.bytes_total >= LINES_BYTES_MIN;
        if done < self.shown + step || !is_worth_it {
            return;
        }
        self.shown = done;
        let line = format!(
            "{} {} of {} files, {} of {}",
            self.verb,
            now.files,
            now.files_total,
            bytes(now.bytes),
            bytes(now.bytes_total)
        );
        if self.is_terminal {
            terminal::write_over(&line);
        } else {
            // Nobody is left to tell when stderr is gone.
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        if self.is_terminal && self.shown > 0 {
            terminal::write_over("");
        }
    }
}

/// `12.3 MiB`.
pub(super) fn bytes(count: u64) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let (mut value, mut unit) = (count as f64, 0);
    while value >= 1024.0 && unit + 1 < units.len() {
        (value, unit) = (value / 1024.0, unit + 1);
    }
    match unit {
        0 => format!("{count} B"),
        _ => format!("{value:.1} {}", units[unit]),
    }
}

/// Runs what reads and writes files one after the other.
pub(super) fn block_on<T>(
    work: impl Future<Output = Result<T, store::Error>>,
) -> Result<T, store::Error> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => runtime.block_on(work),
        Err(source) => Err(store::Error::Io {
            verb: "start a thread for",
            path: "the command".into(),
            source,
        }),
    }
}
