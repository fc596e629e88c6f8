//! How long a connection may take over what it does, or do nothing. Looked at a few times a second, from
//! outside the protocol, so that one rule holds for HTTP/1.1 and HTTP/2.

use super::pulse::Beat;
use crate::config::Limits;
use crate::spread;
use std::time::Duration;
use tokio::time::Instant;

/// After it was asked to finish, for the requests that it has.
const FINISH_MAX: Duration = Duration::from_secs(120);

/// What is to become of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep,
    /// No more requests; those that it has are answered.
    Finish,
    HangUp,
}

/// One connection's clocks.
#[derive(Debug)]
pub(super) struct Patience {
    first_request_max: Duration,
    head_max: Duration,
    idle_max: Duration,
    stall_max: Duration,
    age_max: Duration,
    since: Instant,
    last: Beat,
    /// When the last request was over, and how many bytes were read until then.
    resting: Option<(Instant, u64)>,
    /// When the first bytes of a head were seen.
    head: Option<Instant>,
    /// Since when the client does not read what is written.
    stalled: Option<Instant>,
    finishing: Option<Instant>,
}

impl Patience {
    /// For the connection of this number.
    pub(super) fn new(limits: &Limits, number: u64) -> Self {
        Self {
            first_request_max: limits.first_request_max,
            head_max: limits.header_read_max,
            idle_max: limits.connection_idle_max,
            stall_max: limits.body_idle_max,
            // Clients that came together are not sent away together.
            age_max: spread::around(limits.connection_age_max, 0.1, number),
            since: Instant::now(),
            last: Beat::default(),
            resting: None,
            head: None,
            stalled: None,
            finishing: None,
        }
    }

    /// How often to look.
    pub(super) fn tick(&self) -> Duration {
        let shortest = self
            .head_max
            .min(self.idle_max)
            .min(self.stall_max)
            .min(self.first_request_max);
        (shortest / 4).clamp(Duration::from_millis(10), Duration::from_secs(1))
    }

    /// To be told when the connection is asked to finish.
    pub(super) fn finishes(&mut self, now: Instant) {
        self.finishing.get_or_insert(now);
    }

    pub(super) fn judge(&mut self, now: Instant, beat: Beat) -> Verdict {
        let verdict = if self.is_stalled(now, beat) || self.head_is_late(now, beat) {
            Verdict::HangUp
        } else if let Some(asked) = self.finishing {
            let late = now.duration_since(asked) > FINISH_MAX;
            if late { Verdict::HangUp } else { Verdict::Keep }
        } else if now.duration_since(self.since) > self.age_max {
            Verdict::Finish
        } else {
            match self.resting {
                Some((since, _)) if now.duration_since(since) > self.idle_max => Verdict::Finish,
                _ => Verdict::Keep,
            }
        };
        self.last = beat;
        verdict
    }

    /// Nothing of what waits to be written was taken for a while.
    fn is_stalled(&mut self, now: Instant, beat: Beat) -> bool {
        if !beat.write_waits || beat.bytes_written != self.last.bytes_written {
            self.stalled = None;
        }
        if beat.write_waits {
            let since = *self.stalled.get_or_insert(now);
            return now.duration_since(since) > self.stall_max;
        }
        false
    }

    /// The first head has a time from the start on. A later one has it from its first byte; HTTP/2 has
    /// frames that belong to no request, and its own pings.
    fn head_is_late(&mut self, now: Instant, beat: Beat) -> bool {
        if beat.begun == 0 {
            return now.duration_since(self.since) > self.first_request_max;
        }
        if beat.begun != beat.ended {
            (self.resting, self.head) = (None, None);
            return false;
        }
        let (_, read) = match self.resting {
            Some(resting) if beat.begun == self.last.begun => resting,
            _ => {
                self.head = None;
                *self.resting.insert((now, beat.bytes_read))
            }
        };
        if beat.http2 || beat.bytes_read == read {
            return false;
        }
        let since = *self.head.get_or_insert(now);
        now.duration_since(since) > self.head_max
    }
}
