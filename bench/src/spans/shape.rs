//! When the traces start, and the attributes that the storage benchmark looks for.
//!
//! None of them is one that the store promotes to a column: they lie in the map of the rest.

use super::{SPANS_A_TRACE, Span, mixed, text};

/// On every span, with a hundred values: each is on about one span in a hundred.
pub const TENANT: &str = "tenant.id";
/// On the first span of each trace, with a value that no other has.
pub const ORDER: &str = "order.ref";
/// On one span in five, with 50,000 values, and one more that two spans have.
pub const CACHE_KEY: &str = "cache.key";
const TENANTS: u64 = 100;
/// Position of the spans that have a cache key.
const CACHE_POSITION: u64 = 8;

/// 2026-11-22T10:00:00Z.
const START: u64 = 1_795_341_600_000_000_000;
const DAY: u64 = 86_400_000_000_000;

/// When the traces start, and whether the spans have the attributes above.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    start: u64,
    trace_every: u64,
    /// The two spans with the rare cache key.
    rare: Option<[u64; 2]>,
}

impl Shape {
    /// As the ingest benchmark sends them: one trace each two milliseconds.
    pub const INGEST: Self = Self {
        start: START,
        trace_every: 2_000_000,
        rare: None,
    };

    /// `spans` spans whose starts spread evenly over the days before 2026-11-22T10:00:00Z.
    pub fn over(days: u64, spans: u64) -> Self {
        let traces = spans.div_ceil(SPANS_A_TRACE).max(1);
        let in_trace = |trace: u64| trace * SPANS_A_TRACE + CACHE_POSITION;
        Self {
            start: START - days * DAY,
            trace_every: days * DAY / traces,
            rare: Some([in_trace(traces / 3), in_trace(traces * 2 / 3)]),
        }
    }

    /// When a trace starts, in nanoseconds since 1970.
    pub fn start_of(&self, trace: u64) -> u64 {
        self.start + trace * self.trace_every
    }

    /// A cache key that only two spans have.
    pub const RARE: &str = "s:rarely";
    /// A tenant that one span in a hundred has.
    pub const COMMON: &str = "tenant-42";

    pub(super) fn mark(&self, number: u64, span: &mut Span) {
        let Some(rare) = self.rare else { return };
        let tenant = mixed(number ^ 0x3c3c_3c3c) % TENANTS;
        span.attributes
            .push(text(TENANT, &format!("tenant-{tenant:02}")));
        if number.is_multiple_of(SPANS_A_TRACE) {
            span.attributes
                .push(text(ORDER, &order(number / SPANS_A_TRACE)));
        }
        if rare.contains(&number) {
            span.attributes.retain(|it| it.key != CACHE_KEY);
            span.attributes.push(text(CACHE_KEY, Self::RARE));
        }
    }
}

/// The order of a trace.
pub fn order(trace: u64) -> String {
    format!("ord_{:016x}", mixed(trace ^ 0x0f0f_0f0f_0f0f))
}
