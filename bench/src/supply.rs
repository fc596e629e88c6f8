//! Requests for the lanes: prepared bodies, each made unique, at a pace, until the time is up.

use crate::{spans, unique};
use bytes::Bytes;
use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// For bodies that are sent once.
const ONCE_MAX: Duration = Duration::from_secs(3600);

/// One request.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) gzip: Bytes,
    pub(crate) rest: [u8; unique::BYTES],
    pub(crate) spans: usize,
    /// When it was to be sent. At a pace its acknowledgement is timed from here: a lane that is late makes
    /// the answers late.
    pub(crate) due: Instant,
}

/// Where the lanes take their requests from.
#[derive(Debug)]
pub(crate) struct Supply {
    bodies: Rc<[spans::Body]>,
    run: u64,
    next: Cell<usize>,
    end: Instant,
    requests_max: usize,
    /// Spans a second, all lanes together; none is as fast as the answers come.
    rate: Option<f64>,
    turn: Cell<Instant>,
}

impl Supply {
    /// The clock starts now. `run` tells two runs against one server apart.
    pub(crate) fn start(
        bodies: Rc<[spans::Body]>,
        run: u64,
        duration: Duration,
        rate: Option<f64>,
    ) -> Self {
        let now = Instant::now();
        Self {
            bodies,
            run,
            next: Cell::new(0),
            end: now + duration,
            requests_max: usize::MAX,
            rate,
            turn: Cell::new(now),
        }
    }

    /// Each body once, as fast as the answers come.
    pub(crate) fn once(bodies: Rc<[spans::Body]>, run: u64) -> Self {
        let requests_max = bodies.len();
        Self {
            requests_max,
            ..Self::start(bodies, run, ONCE_MAX, None)
        }
    }

    /// The next request, at its time.
    pub(crate) async fn next(&self) -> Option<Request> {
        let number = self.next.get();
        if number >= self.requests_max {
            return None;
        }
        let body = &self.bodies[number % self.bodies.len()];
        let due = match self.rate {
            None => Instant::now(),
            Some(_) => self.turn.get(),
        };
        if due >= self.end {
            return None;
        }
        self.next.set(number + 1);
        if let Some(rate) = self.rate {
            let pause = Duration::from_secs_f64(body.spans as f64 / rate);
            self.turn.set(due + pause);
            sleep_until(due).await;
        }
        Some(Request {
            gzip: body.gzip.clone(),
            rest: unique::member(self.run, number as u64),
            spans: body.spans,
            due,
        })
    }
}

/// Makes the spans on all processors, before any clock starts.
pub(crate) fn prepare(spans: u64, spans_a_body: usize) -> Rc<[spans::Body]> {
    on_all_processors(0..spans, |numbers| {
        spans::bodies_of(numbers, spans_a_body, &spans::Shape::INGEST)
    })
    .into_iter()
    .flatten()
    .collect()
}

/// What `make` makes of each processor's part of `numbers`, in order.
pub(crate) fn on_all_processors<T: Send>(
    numbers: Range<u64>,
    make: impl Fn(Range<u64>) -> T + Sync,
) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let at = |part: u64| numbers.start + (numbers.end - numbers.start) * part / threads;
    let make = &make;
    std::thread::scope(|scope| {
        let making: Vec<_> = (0..threads)
            .map(|part| at(part)..at(part + 1))
            .map(|numbers| scope.spawn(move || make(numbers)))
            .collect();
        making
            .into_iter()
            .map(|thread| thread.join().expect("spans are made without fail"))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{Supply, prepare};
    use std::time::Duration;

    #[tokio::test]
    async fn the_pace_is_kept_and_no_request_comes_twice() {
        let bodies = prepare(1_000, 10);
        assert_eq!(bodies.iter().map(|body| body.spans).sum::<usize>(), 1_000);
        let supply = Supply::start(bodies, 1, Duration::from_millis(20), Some(100_000.0));
        let mut spans = 0;
        let mut seen = std::collections::HashSet::new();
        while let Some(request) = supply.next().await {
            spans += request.spans;
            assert!(seen.insert(request.rest));
        }
        // Turns are counted, not timed: a slow machine does not change how many there are.
        assert!((1_990..=2_010).contains(&spans), "{spans}");
    }
}
