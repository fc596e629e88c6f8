//! What a student remembers between journeys: who they are, and which bookings they could still cancel or
//! review.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::Target;

/// Older ones are forgotten.
const BOOKINGS_MAX: usize = 50;
/// After so many journeys somebody else plays on.
const JOURNEYS_MAX: u32 = 20;

#[derive(Debug)]
pub(super) struct Student {
    pub(super) target: Target,
    /// Set by signing up.
    pub(super) id: Option<String>,
    bookings: VecDeque<Remembered>,
    journeys: u32,
    names: StdRng,
}

#[derive(Clone, Debug)]
pub(super) struct Remembered {
    pub(super) id: String,
    pub(super) starts_at: DateTime<Utc>,
}

impl Student {
    pub(super) fn new(target: Target, seed: u64) -> Self {
        Self {
            target,
            id: None,
            bookings: VecDeque::new(),
            journeys: 0,
            names: StdRng::seed_from_u64(seed),
        }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.target.url)
    }

    /// Another journey; now and then that of a new student, whose bookings are none yet.
    pub(super) fn set_out(&mut self) {
        self.journeys += 1;
        if self.journeys.is_multiple_of(JOURNEYS_MAX) {
            self.id = None;
        }
    }

    /// A name and an address that nobody has signed up with. The run's start is part of it, since the
    /// marketplace remembers the students of earlier runs with the same seed.
    pub(super) fn identity(&mut self) -> (String, String) {
        let number: u32 = self.names.random();
        let since = Utc::now().timestamp_millis();
        (
            format!("Student {number:08x}"),
            format!("student-{number:08x}-{since}@example.com"),
        )
    }

    pub(super) fn remember(&mut self, booking: Remembered) {
        if self.bookings.len() == BOOKINGS_MAX {
            self.bookings.pop_front();
        }
        self.bookings.push_back(booking);
    }

    /// Takes a booking whose lesson has begun (`begun`) or has not.
    pub(super) fn recall(&mut self, begun: bool) -> Option<Remembered> {
        let now = Utc::now();
        let found = self
            .bookings
            .iter()
            .position(|booking| (booking.starts_at <= now) == begun)?;
        self.bookings.remove(found)
    }
}
