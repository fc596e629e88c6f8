//! The digests of recent requests: what makes an identical one sent again recognisable.
//!
//! One rule: of identical requests that *arrived* within [`WINDOW`] of each other, the first that got its
//! rows into the buffer wins, and the others are duplicates. Arrivals are in the log, so a replay comes to
//! the same verdicts.
//!
//! The clock is looked at from one call to the next. A leap (back, or forward by more than
//! [`LEAP_NANOS`]) is not believed: the time counted here stands still over it, so a digest is neither
//! forgotten by a leap forward nor kept for years after one back. A leap *and* a restart within the window
//! is more than this sees: then a digest may be taken for too old.
//!
//! Digests are kept in generations, oldest first, each dropped as a whole: by age, or when all of them
//! take more than their limit, which is counted.

use std::collections::{HashMap, VecDeque};

const SECOND: i64 = 1_000_000_000;
/// Two arrivals that are this far apart are two requests.
pub(crate) const WINDOW_NANOS: i64 = 600 * SECOND;
/// A request is on its way for less than this: digests are kept so much longer than the window.
pub(crate) const ON_ITS_WAY_NANOS: i64 = 60 * SECOND;
/// Somebody looks every second, so more than this is no passing of time.
const LEAP_NANOS: i64 = 60 * SECOND;
/// A generation begins when the newest one is this old, or has a part of the limit.
const GENERATION_NANOS: i64 = 30 * SECOND;
/// Small enough that a table's growth holds nobody up, few enough to look into all of them.
const GENERATIONS_OF_LIMIT: usize = 32;
/// A digest and its arrival, and the table's byte for each.
const SLOT_BYTES: usize = size_of::<(Digest, i64)>() + 1;

/// Two halves: a `u128` as a key would be aligned to twice the room.
type Digest = [u64; 2];

#[derive(Debug, Default)]
pub(crate) struct Recent {
    generations: VecDeque<Generation>,
    /// The clock at the last look.
    seen_nanos: Option<i64>,
    /// All leaps so far: the clock minus this is the time counted here.
    leapt_nanos: i64,
    bytes_max: usize,
    forgotten_early: u64,
}

#[derive(Debug)]
struct Generation {
    arrivals: HashMap<Digest, i64>,
    first_nanos: i64,
    newest_nanos: i64,
}

/// What is held now.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Size {
    pub(crate) digests: usize,
    pub(crate) bytes: usize,
    /// Digests that were dropped for room before their time.
    pub(crate) forgotten_early: u64,
}

impl Recent {
    pub(crate) fn new(bytes_max: usize) -> Self {
        Self {
            bytes_max,
            ..Self::default()
        }
    }

    /// Looks at the clock, and drops what is too old by it.
    pub(crate) fn look(&mut self, now_nanos: i64) {
        let last = self.seen_nanos.replace(now_nanos).unwrap_or(now_nanos);
        let step = now_nanos.saturating_sub(last);
        if !(0..=LEAP_NANOS).contains(&step) {
            self.leapt_nanos = self.leapt_nanos.saturating_add(step);
            tracing::warn!(
                leap_seconds = step / SECOND,
                "the clock leapt; digests of requests are kept as if it had stood still"
            );
        }
        self.expire(now_nanos.saturating_sub(self.leapt_nanos));
    }

    /// Whether a request that arrived at `arrival_nanos` is a duplicate.
    pub(crate) fn has(&self, digest: u128, arrival_nanos: i64) -> bool {
        let (key, arrival) = (key(digest), self.counted(arrival_nanos));
        let known = self.generations.iter().rev();
        let mut arrivals = known.filter_map(|generation| generation.arrivals.get(&key));
        let is_recent = |known: &i64| arrival.saturating_sub(*known) < WINDOW_NANOS;
        arrivals.any(is_recent) && !model::planted::bug("store_resend_off")
    }

    /// Remembers a request whose rows are in the buffer or in a data file.
    pub(crate) fn insert(&mut self, digest: u128, arrival_nanos: i64) {
        let arrival = self.counted(arrival_nanos);
        let generation_bytes_max = self.bytes_max / GENERATIONS_OF_LIMIT;
        let current = self.generations.back_mut().filter(|generation| {
            arrival.saturating_sub(generation.first_nanos) < GENERATION_NANOS
                && generation.has_room(generation_bytes_max)
        });
        match current {
            Some(generation) => generation.insert(digest, arrival),
            None => {
                let mut generation = Generation {
                    arrivals: HashMap::new(),
                    first_nanos: arrival,
                    newest_nanos: arrival,
                };
                generation.insert(digest, arrival);
                self.generations.push_back(generation);
            }
        }
        self.make_room();
    }

    /// Before the log is replayed its records' arrivals are all the time there is: the clock now may be
    /// long past them, and identical ones among them are still one request.
    pub(crate) fn pass(&mut self, arrival_nanos: i64) {
        self.expire(self.counted(arrival_nanos));
    }

    /// From here on the clock counts. What arrived later than now did so by a clock that was wrong.
    pub(crate) fn replayed(&mut self, now_nanos: i64) {
        if model::planted::bug("store_resend_forgotten_at_restart") {
            self.generations.clear();
        }
        let now = self.counted(now_nanos);
        for generation in &mut self.generations {
            generation.first_nanos = generation.first_nanos.min(now);
            generation.newest_nanos = generation.newest_nanos.min(now);
        }
        self.look(now_nanos);
    }

    pub(crate) fn size(&self) -> Size {
        Size {
            digests: self.generations.iter().map(|it| it.arrivals.len()).sum(),
            bytes: self.bytes(),
            forgotten_early: self.forgotten_early,
        }
    }

    fn counted(&self, nanos: i64) -> i64 {
        nanos.saturating_sub(self.leapt_nanos)
    }

    fn bytes(&self) -> usize {
        self.generations.iter().map(Generation::bytes).sum()
    }

    fn expire(&mut self, now: i64) {
        let kept_nanos = WINDOW_NANOS + ON_ITS_WAY_NANOS;
        while self
            .generations
            .front()
            .is_some_and(|oldest| now.saturating_sub(oldest.newest_nanos) >= kept_nanos)
        {
            self.generations.pop_front();
        }
    }

    fn make_room(&mut self) {
        while self.bytes() > self.bytes_max {
            let Some(oldest) = self.generations.pop_front() else {
                return;
            };
            if self.forgotten_early == 0 {
                tracing::warn!(
                    resend_bytes_max = self.bytes_max,
                    "digests of requests take more than their limit; the oldest are forgotten early"
                );
            }
            self.forgotten_early += oldest.arrivals.len() as u64;
        }
    }
}

impl Generation {
    fn insert(&mut self, digest: u128, arrival: i64) {
        self.newest_nanos = self.newest_nanos.max(arrival);
        self.arrivals.insert(key(digest), arrival);
    }

    /// Whether one more fits in without making the table larger than that. A table is closed when it is
    /// full, not when it has just grown to twice its size.
    fn has_room(&self, bytes_max: usize) -> bool {
        self.arrivals.len() < self.arrivals.capacity() || 2 * self.bytes() <= bytes_max
    }

    /// What the table takes: its slots are a power of two, of which it fills seven eighths.
    fn bytes(&self) -> usize {
        (self.arrivals.capacity() + 1).next_power_of_two() * SLOT_BYTES
    }
}

fn key(digest: u128) -> Digest {
    [(digest >> 64) as u64, digest as u64]
}
