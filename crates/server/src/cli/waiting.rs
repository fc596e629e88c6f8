//! How long a query takes: one line on stderr that is written over, where somebody looks and after a while. Ctrl-C ends
//! it here, and so at the server: it stops a query whose client is gone.

use super::remote::Failure;
use super::terminal;
use std::future::Future;
use std::io::IsTerminal;
use std::pin::pin;
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior};

/// What is done sooner needs no line.
const QUIET: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);
/// A shell's code for what ended by SIGINT.
pub(super) const EXIT_INTERRUPTED: u8 = 130;

/// Waits for `work`, whose connection closes when Ctrl-C comes before its end.
pub(super) async fn until<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let mut work = pin!(work);
    let mut interrupt = pin!(tokio::signal::ctrl_c());
    let mut line = Line::default();
    let started = Instant::now();
    let mut ticks = tokio::time::interval_at(started + QUIET, TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            done = &mut work => return done,
            _ = &mut interrupt => {
                drop(line);
                return Err(Failure::new(EXIT_INTERRUPTED, "the query is cancelled"));
            }
            _ = ticks.tick() => line.show(started.elapsed()),
        }
    }
}

/// The line; it is taken away with this value.
#[derive(Default)]
struct Line {
    is_shown: bool,
}

impl Line {
    fn show(&mut self, elapsed: Duration) {
        if !std::io::stderr().is_terminal() {
            return;
        }
        self.is_shown = true;
        let seconds = elapsed.as_secs_f64();
        terminal::write_over(&format!(
            "the query runs for {seconds:.1} s; Ctrl-C ends it"
        ));
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.is_shown {
            terminal::write_over("");
        }
    }
}
