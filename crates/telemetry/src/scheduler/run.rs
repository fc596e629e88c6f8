//! The loop: sleep until the next tick, fire it, again. Sleeping makes no spans.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::join_all;

use super::{Schedule, Tick, tick};
use crate::clock;

/// The clock is looked at again after that, however far the next tick: it may have been set, and the
/// machine may have slept.
const SLEEP_MAX: Duration = Duration::from_secs(30);

/// Fires the ticks of `schedules` until `stop` is ready; ticks that are running then are finished first.
///
/// Every tick is a trace of its own, also where this runs inside a span. A tick of one schedule never
/// overlaps another of the same schedule, and no schedule waits for another. `work` should enqueue a job
/// rather than do it: while it runs, its schedule misses ticks.
///
/// An error is logged by the name that `kind` gives it, and marks the tick's span; a panic likewise. The
/// schedule goes on.
pub async fn run<'a, E, F, Fut, K>(
    schedules: &mut [Schedule<'a>],
    stop: impl Future<Output = ()>,
    kind: K,
    work: F,
) where
    F: Fn(Tick<'a>) -> Fut,
    Fut: Future<Output = Result<(), E>>,
    K: Fn(&E) -> &'static str,
{
    let stop = stop.shared();
    let fire = |tick: Tick<'a>| fire(tick, &kind, &work);
    let loops = schedules
        .iter_mut()
        .map(|schedule| repeat(schedule, stop.clone(), &fire));
    join_all(loops).await;
}

async fn repeat<'a, Fut: Future<Output = ()>>(
    schedule: &mut Schedule<'a>,
    mut stop: impl Future<Output = ()> + Unpin,
    fire: &impl Fn(Tick<'a>) -> Fut,
) {
    loop {
        let now = clock::now();
        if let Some(due) = schedule.due(now) {
            fire(schedule.tick(due)).await;
        }
        let Some(next) = schedule.upcoming() else {
            return;
        };
        let wait = next.duration_since(clock::now()).unwrap_or_default();
        tokio::select! {
            // A stop is seen also when the ticks come faster than they are fired.
            biased;
            () = &mut stop => return,
            () = tokio::time::sleep(wait.min(SLEEP_MAX)) => {}
        }
    }
}

async fn fire<'a, E, Fut: Future<Output = Result<(), E>>>(
    due: Tick<'a>,
    kind: &impl Fn(&E) -> &'static str,
    work: &impl Fn(Tick<'a>) -> Fut,
) {
    // Inside the tick, so that what the work does before its first await, and the line, are the trace's.
    let told = async {
        let result = work(due).await;
        if let Err(error) = &result {
            tracing::error!(
                schedule = due.name,
                error.kind = kind(error),
                "could not fire the tick"
            );
        }
        result
    };
    let fired = AssertUnwindSafe(tick(&due, kind, told))
        .catch_unwind()
        .await;
    if fired.is_err() {
        tracing::error!(
            schedule = due.name,
            error.kind = "panic",
            "could not fire the tick"
        );
    }
}
