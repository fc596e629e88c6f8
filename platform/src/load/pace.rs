//! How many spans a step makes, and how long to wait for them.
//!
//! The counts are those of the code's own spans: a server span, the custom spans and one span a statement,
//! `BEGIN` and `COMMIT` included; a payment counts its provider call, its two jobs' producers and what the
//! worker makes of them (a whole booking is one trace of 35 spans). Beside the load, the scheduler of an
//! environment makes about 35 spans a minute: `expire_holds` twice (tick, BEGIN, producer, INSERT, COMMIT,
//! consumer, UPDATE, ack: 8 each), `remind_upcoming` (8), `reconcile_payments` (9), and the rarer ones. With
//! three environments a load of 285 was measured at 354 to 388 spans a minute in all, so that 310 comes to
//! 400, the rate of the original.

use std::time::Duration;

use crate::stop::Stop;

pub(super) const ROOT: u32 = 1;
pub(super) const SEARCH: u32 = 3;
pub(super) const VIEW: u32 = 2;
pub(super) const SIGN_UP: u32 = 2;
pub(super) const HOLD: u32 = 7;
/// 16 in the API, 4 for the confirmation, 10 for the instructor, 5 for the reminder that follows.
pub(super) const PAY: u32 = 35;
/// Of a paid booking, with its refund and the instructor's share.
pub(super) const CANCEL: u32 = 20;
pub(super) const REVIEW: u32 = 3;
/// HTTP and tool in the copilot's door, client, then server and SQL in the API.
pub(super) const TOOL_CALL: u32 = 5;

/// Waits after each step as long as its spans are worth.
#[derive(Debug)]
pub(super) struct Pace {
    per_span: Duration,
    stop: Stop,
}

impl Pace {
    pub(super) fn new(spans_per_minute: u32, stop: Stop) -> Self {
        Self {
            per_span: Duration::from_secs(60) / spans_per_minute.max(1),
            stop,
        }
    }

    /// Waits for nothing.
    pub(super) fn hurried(stop: Stop) -> Self {
        let per_span = Duration::ZERO;
        Self { per_span, stop }
    }

    /// Returns at once when the stop was asked for.
    pub(super) async fn spend(&mut self, spans: u32) {
        tokio::select! {
            () = tokio::time::sleep(self.per_span * spans) => {}
            () = self.stop.requested() => {}
        }
    }
}
