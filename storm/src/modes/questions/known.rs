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

/// How long the spans of the dataset with a short retention are there, by the judge's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ages {
    /// None that was sent less than so long ago may be missing.
    pub(crate) kept: Duration,
    /// None that was answered longer ago may be there.
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
        self.marks().push(Mark { at, sent, settled });
    }

    /// The first request of which all must be in an answer that comes at `now`.
    pub(crate) fn young(&self, dataset: Dataset, now: Instant) -> u64 {
        let Some(since) = self.since(dataset, now, |ages| ages.kept) else {
            return 0;
        };
        let marks = self.marks();
        let first = marks.partition_point(|mark| mark.at < since);
        marks.get(first).map_or(u64::MAX, |mark| mark.sent)
    }

    /// Of no request before this one may anything be in the answer to a question that is put at `now`.
    pub(crate) fn gone(&self, dataset: Dataset, now: Instant) -> u64 {
        let Some(since) = self.since(dataset, now, |ages| ages.gone) else {
            return 0;
        };
        let marks = self.marks();
        let after = marks.partition_point(|mark| mark.at <= since);
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

    fn since(
        &self,
        dataset: Dataset,
        now: Instant,
        age: impl Fn(Ages) -> Duration,
    ) -> Option<Instant> {
        let ages = self.ages.filter(|_| dataset == Dataset::Traces)?;
        now.checked_sub(age(ages))
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

    #[test]
    fn what_must_be_there_and_what_must_be_gone_go_by_the_marks() {
        let seconds = Duration::from_secs;
        let (kept, gone) = (seconds(2), seconds(5));
        let driver = Arc::new(Driver::new(1, false, 1));
        let known = Known::new(driver, Some(Ages { kept, gone }));
        let start = Instant::now();
        let mark = |n| Mark {
            at: start + seconds(n),
            sent: n * 10 + 3,
            settled: n * 10,
        };
        known.marks().extend((1..=9).map(mark));
        let both = |dataset, n| {
            let now = start + seconds(n);
            (known.young(dataset, now), known.gone(dataset, now))
        };
        let cases = [
            // Nothing is old enough yet.
            (2, (13, 0)),
            // Sent at 5 or later; answered at 2 or before.
            (7, (53, 20)),
            // Nothing was written down that late.
            (20, (u64::MAX, 90)),
        ];
        for (now, expected) in cases {
            assert_eq!(both(Dataset::Traces, now), expected, "{now}");
        }
        assert_eq!(both(Dataset::Mirror, 20), (0, 0));
    }
}
