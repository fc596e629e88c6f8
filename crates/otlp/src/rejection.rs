//! Why single spans are rejected. The reasons are words for a counter's label and for the client.

use std::collections::BTreeMap;

/// The trace id is not 16 bytes, or all zero.
pub const TRACE_ID: &str = "invalid_trace_id";
/// The span id is not 8 bytes, or all zero.
pub const SPAN_ID: &str = "invalid_span_id";
/// The parent's id is neither absent nor 8 bytes.
pub const PARENT_SPAN_ID: &str = "invalid_parent_span_id";
/// An attribute of the span, its events, links, scope or resource is nested deeper than the limit.
pub const ATTRIBUTE_DEPTH: &str = "attributes_too_deep";

/// How many spans of a request were rejected for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    pub reason: &'static str,
    pub count: u64,
}

/// Counts by reason, in the reasons' order.
#[derive(Debug, Default)]
pub(crate) struct Tally(BTreeMap<&'static str, u64>);

impl Tally {
    pub(crate) fn add(&mut self, reason: &'static str, count: usize) {
        if count > 0 {
            *self.0.entry(reason).or_default() += count as u64;
        }
    }

    pub(crate) fn finish(self) -> Vec<Rejection> {
        self.0
            .into_iter()
            .map(|(reason, count)| Rejection { reason, count })
            .collect()
    }
}
