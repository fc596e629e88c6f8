//! Which tick is due. Nothing here looks at a clock: the time is a parameter, so that tests move it.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Tick;

/// Ticks that are walked one by one before the rest is jumped over.
const WALK_TICKS_MAX: u64 = 10_000;
const SECOND: Duration = Duration::from_secs(1);
const LATE_MAX: Duration = Duration::from_secs(60);

/// When something is to happen again and again, and which of those moments were dealt with.
pub struct Schedule<'a> {
    name: &'a str,
    expression: &'a str,
    ticks: Ticks<'a>,
    policy: Missed,
    /// The newest tick that was dealt with, or the moment from which on ticks count.
    last: Option<SystemTime>,
    /// Ticks that were given up since the last one that was due.
    missed: u64,
}

/// What to do about ticks that came while nobody was awake to fire them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// The next regular tick counts them in `missed`. A tick that is at most `late_max` late still fires.
    Skip {
        /// How late is too late.
        late_max: Duration,
    },
    /// The newest of them fires at once, however late, and counts the others.
    CatchUpOne,
}

/// A tick whose moment has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The moment.
    pub at: SystemTime,
    /// How long ago that was.
    pub lag: Duration,
    /// How many earlier ticks came too late and do not fire. Exact up to 10,000, and always for ticks at
    /// an interval; else at least that.
    pub missed: u64,
}

enum Ticks<'a> {
    Every(Duration),
    Next(Box<dyn Fn(SystemTime) -> Option<SystemTime> + Send + Sync + 'a>),
}

impl Default for Missed {
    /// Skips what is more than a minute late.
    fn default() -> Self {
        Self::Skip { late_max: LATE_MAX }
    }
}

impl<'a> Schedule<'a> {
    /// Ticks at the multiples of `interval` since 1970-01-01 UTC: those of one hour fall on the hour, in
    /// every process. `expression` is how people write that, for the spans. An interval of zero never
    /// ticks.
    pub fn every(name: &'a str, expression: &'a str, interval: Duration) -> Self {
        Self::with(name, expression, Ticks::Every(interval))
    }

    /// Ticks where `next` says: given a moment, the first tick after it, None when there is none. For
    /// cron crates; with `cron`:
    /// `move |after| Some(cron.after(&DateTime::<Utc>::from(after)).next()?.into())`.
    pub fn new(
        name: &'a str,
        expression: &'a str,
        next: impl Fn(SystemTime) -> Option<SystemTime> + Send + Sync + 'a,
    ) -> Self {
        Self::with(name, expression, Ticks::Next(Box::new(next)))
    }

    fn with(name: &'a str, expression: &'a str, ticks: Ticks<'a>) -> Self {
        Self {
            name,
            expression,
            ticks,
            policy: Missed::default(),
            last: None,
            missed: 0,
        }
    }

    /// What to do about ticks that came too late.
    pub fn missed(mut self, policy: Missed) -> Self {
        self.policy = policy;
        self
    }

    /// Counts ticks after `last` only: the last one that was dealt with before a restart, or the time.
    /// Without it a schedule begins when it is first asked.
    pub fn after(mut self, last: SystemTime) -> Self {
        self.last = Some(last);
        self
    }

    /// What is scheduled.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// The tick to wait for. None when none will come, or when the schedule has not begun.
    pub fn upcoming(&self) -> Option<SystemTime> {
        self.ticks.next(self.last?)
    }

    /// The tick that is due at `now`, if one is. It counts as dealt with then: each is returned once.
    /// Should the clock be set back, nothing is due until it has caught up.
    pub fn due(&mut self, now: SystemTime) -> Option<Due> {
        let last = *self.last.get_or_insert(now);
        let (at, passed) = self.ticks.newest(last, now)?;
        self.last = Some(at);
        let lag = now.duration_since(at).unwrap_or_default();
        let too_late = match self.policy {
            Missed::Skip { late_max } => lag > late_max,
            Missed::CatchUpOne => false,
        };
        if too_late {
            self.missed = self.missed.saturating_add(passed);
            return None;
        }
        let missed = std::mem::take(&mut self.missed).saturating_add(passed - 1);
        Some(Due { at, lag, missed })
    }

    /// `due` as [`tick`](super::tick) takes it.
    pub fn tick(&self, due: Due) -> Tick<'a> {
        Tick {
            name: self.name,
            expression: self.expression,
            at: due.at,
            lag: due.lag,
            missed: due.missed,
        }
    }
}

impl Ticks<'_> {
    fn next(&self, after: SystemTime) -> Option<SystemTime> {
        match self {
            Self::Every(interval) => multiple(*interval, after)?.checked_add(*interval),
            // One that does not move on would be due for ever.
            Self::Next(next) => next(after).filter(|next| *next > after),
        }
    }

    /// The newest tick after `last` and up to `now`, and how many there are in between with it.
    fn newest(&self, last: SystemTime, now: SystemTime) -> Option<(SystemTime, u64)> {
        let mut at = self.next(last).filter(|at| *at <= now)?;
        let mut passed = 1;
        if let Self::Every(interval) = self {
            let newest = multiple(*interval, now)?;
            let between = newest.duration_since(at).ok()?.as_nanos() / interval.as_nanos();
            return Some((newest, u64::try_from(between).ok()?.saturating_add(1)));
        }
        while let Some(next) = self.next(at).filter(|next| *next <= now) {
            if passed == WALK_TICKS_MAX {
                at = self.close_to(now).map_or(next, |close| close.max(next));
            } else {
                at = next;
            }
            passed += 1;
        }
        Some((at, passed))
    }

    /// A tick shortly before `now`.
    fn close_to(&self, now: SystemTime) -> Option<SystemTime> {
        let back = std::iter::successors(Some(SECOND), |back| back.checked_mul(2));
        back.map_while(|back| now.checked_sub(back))
            .filter_map(|from| self.next(from))
            .find(|at| *at <= now)
    }
}

/// The newest multiple of `interval` since 1970 that is not after `at`. None for an interval of zero and
/// before 1970.
fn multiple(interval: Duration, at: SystemTime) -> Option<SystemTime> {
    let since = at.duration_since(UNIX_EPOCH).ok()?;
    let rest = since.as_nanos().checked_rem(interval.as_nanos())?;
    // Less than the interval, which is a `Duration`.
    let (seconds, nanos) = (rest / SECOND.as_nanos(), rest % SECOND.as_nanos());
    let rest = Duration::new(u64::try_from(seconds).ok()?, u32::try_from(nanos).ok()?);
    at.checked_sub(rest)
}

impl fmt::Debug for Schedule<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schedule")
            .field("name", &self.name)
            .field("expression", &self.expression)
            .field("policy", &self.policy)
            .field("last", &self.last)
            .field("missed", &self.missed)
            .finish_non_exhaustive()
    }
}
