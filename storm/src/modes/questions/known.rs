//! What the ledger says at a moment: what has to be in an answer, and what must not be in it any more.

use crate::chance::Chance;
use crate::driver::Driver;
use crate::fields::Fields;
use crate::ledger::{Dataset, Key};
use crate::request::Request;
use anyhow::Result;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What is asked for stays for so long: an answer that comes later is not judged.
const ANSWER_MAX: Duration = Duration::from_secs(2);
/// Between two marks: a judge that hears nothing for longer stood still, and the server may have, too.
const STILL_MIN: Duration = Duration::from_secs(1);

/// How long the spans of the dataset with a short retention are there, by the judge's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ages {
    /// None that was sent less than so long ago may be missing.
    pub(crate) kept: Duration,
    /// None that was answered longer ago may be there. Time in which all stood still is no time for this.
    pub(crate) gone: Duration,
}

/// How far the load was at a moment.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: Instant,
    /// All from here on were sent later.
    sent: u64,
    /// All before were answered.
    settled: u64,
    /// Time in which the judge stood still, until then.
    still: Duration,
}

impl Mark {
    /// The same at `at`, if nothing was written down since.
    fn still_at(&self, at: Instant) -> Duration {
        let since = at.saturating_duration_since(self.at);
        let still = if since > STILL_MIN {
            since
        } else {
            Duration::ZERO
        };
        self.still + still
    }
}

/// The ledger, and when it had got how far.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) driver: Arc<Driver>,
    /// Of the dataset `traces`; the mirror's spans stay.
    ages: Option<Ages>,
    marks: Mutex<Vec<Mark>>,
}

impl Known {
    pub(crate) fn new(driver: Arc<Driver>, ages: Option<Ages>) -> Arc<Self> {
        let marks = Mutex::default();
        Arc::new(Self {
            driver,
            ages,
            marks,
        })
    }

    /// Writes down how far the load is.
    pub(crate) fn mark(&self) {
        // What is settled was sent: in this order no mark says more than was so at its moment.
        let settled = self.driver.settled();
        let at = Instant::now();
        let sent = self.driver.ledger.sent();
        let mut marks = self.marks();
        let still = marks
            .last()
            .map_or(Duration::ZERO, |last| last.still_at(at));
        marks.push(Mark {
            at,
            sent,
            settled,
            still,
        });
    }

    /// Time in which the judge stood still, until now.
    pub(crate) fn still(&self) -> Duration {
        let marks = self.marks();
        let last = marks.last();
        last.map_or(Duration::ZERO, |last| last.still_at(Instant::now()))
    }

    /// The first request of which all must be in an answer that comes at `now`.
    pub(crate) fn young(&self, dataset: Dataset, now: Instant) -> u64 {
        let Some(ages) = self.ages(dataset) else {
            return 0;
        };
        let marks = self.marks();
        let is_older = |mark: &Mark| now.saturating_duration_since(mark.at) > ages.kept;
        let first = marks.partition_point(is_older);
        marks.get(first).map_or(u64::MAX, |mark| mark.sent)
    }

    /// Of no request before this one may anything be in the answer to a question that is put at `now`.
    pub(crate) fn gone(&self, dataset: Dataset, now: Instant) -> u64 {
        let marks = self.marks();
        let (Some(ages), Some(last)) = (self.ages(dataset), marks.last()) else {
            return 0;
        };
        let still = last.still_at(now);
        let is_gone = |mark: &Mark| {
            let age = now.saturating_duration_since(mark.at);
            age.saturating_sub(still - mark.still) >= ages.gone
        };
        let after = marks.partition_point(is_gone);
        after
            .checked_sub(1)
            .map_or(0, |newest| marks[newest].settled)
    }

    /// The requests that are answered, and too young to go before an answer comes.
    pub(crate) fn certain(&self, dataset: Dataset) -> Range<u64> {
        self.young(dataset, Instant::now() + ANSWER_MAX)..self.driver.settled()
    }

    /// Some neighbours out of `certain`, at most `most` of them; none if there are none, or if of one of them it is
    /// not known whether it is there.
    pub(crate) fn stretch(
        &self,
        dataset: Dataset,
        certain: &Range<u64>,
        most: u64,
        chance: &mut Chance,
    ) -> Option<Range<u64>> {
        let length = certain.end.checked_sub(certain.start)?;
        if length == 0 {
            return None;
        }
        let start = certain.start + chance.below(length);
        let end = start + 1 + chance.below(most.min(certain.end - start));
        let (_, unknown) = self.driver.ledger.spans(dataset, start..end);
        (unknown == 0).then_some(start..end)
    }

    /// The spans of a stretch, as they were sent.
    pub(crate) fn spans(&self, dataset: Dataset, stretch: Range<u64>) -> Result<Vec<Fields>> {
        let mut spans = Vec::new();
        for b in stretch {
            if self.driver.ledger.is_acknowledged(Key { b, dataset }) {
                spans.extend(Request::of(self.driver.seed, b)?.spans);
            }
        }
        Ok(spans)
    }

    fn ages(&self, dataset: Dataset) -> Option<Ages> {
        self.ages.filter(|_| dataset == Dataset::Traces)
    }

    fn marks(&self) -> MutexGuard<'_, Vec<Mark>> {
        self.marks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Ages, Known, Mark};
    use crate::driver::Driver;
    use crate::ledger::Dataset;
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    /// What is known at second `now` of a load that went on for nine seconds, stood still for 21 and went on for nine.
    fn known(now: u64, start: Instant) -> Arc<Known> {
        let seconds = Duration::from_secs;
        let (kept, gone) = (seconds(2), seconds(5));
        let driver = Arc::new(Driver::new(1, false, 1));
        let known = Known::new(driver, Some(Ages { kept, gone }));
        let mark = |n| Mark {
            at: start + seconds(n),
            sent: n * 10 + 3,
            settled: n * 10,
            still: seconds(if n < 30 { 0 } else { 21 }),
        };
        let so_far = (1..=9).chain(30..=39).filter(|n| *n <= now);
        known.marks().extend(so_far.map(mark));
        known
    }

    #[test]
    fn what_must_be_there_and_what_must_be_gone_go_by_the_marks() {
        let cases = [
            // Nothing is old enough yet.
            (2, (13, 0)),
            // Sent at 5 or later; answered at 2 or before.
            (7, (53, 20)),
            // Of the 26 seconds since the seventh all stood still for 21.
            (33, (313, 70)),
            // And of those since the 39th.
            (60, (u64::MAX, 340)),
        ];
        let start = Instant::now();
        for (second, expected) in cases {
            let (known, now) = (known(second, start), start + Duration::from_secs(second));
            let both = |dataset| (known.young(dataset, now), known.gone(dataset, now));
            assert_eq!(both(Dataset::Traces), expected, "{second}");
            assert_eq!(both(Dataset::Mirror), (0, 0), "{second}");
        }
    }
}
