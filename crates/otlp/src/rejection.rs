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

/// Of an id that is not one, no more is repeated.
const ID_SHOWN_MAX: usize = 64;

/// How many spans of a request were rejected for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    pub reason: &'static str,
    pub count: u64,
    /// Where in the request the first of them is, in the names of OTLP/JSON, and what is wrong there.
    pub first: String,
}

/// Where a span is: its resource, its scope, and itself, each counted from 0.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    pub(crate) resource: usize,
    pub(crate) scope: usize,
    pub(crate) span: usize,
}

impl Place {
    pub(crate) fn of_resource(&self) -> String {
        format!("resourceSpans[{}]", self.resource)
    }

    pub(crate) fn of_scope(&self) -> String {
        format!("{}.scopeSpans[{}]", self.of_resource(), self.scope)
    }

    pub(crate) fn of_span(&self) -> String {
        format!("{}.spans[{}]", self.of_scope(), self.span)
    }
}

/// Why a single span is rejected.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Flaw<'a> {
    TraceId(&'a [u8]),
    SpanId(&'a [u8]),
    ParentSpanId(&'a [u8]),
    TooDeep,
}

impl Flaw<'_> {
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::TraceId(_) => TRACE_ID,
            Self::SpanId(_) => SPAN_ID,
            Self::ParentSpanId(_) => PARENT_SPAN_ID,
            Self::TooDeep => ATTRIBUTE_DEPTH,
        }
    }

    pub(crate) fn at(self, place: Place) -> String {
        let (field, id, bytes) = match self {
            Self::TraceId(id) => ("traceId", id, 16),
            Self::SpanId(id) => ("spanId", id, 8),
            Self::ParentSpanId(id) => ("parentSpanId", id, 8),
            Self::TooDeep => return place.of_span(),
        };
        format!(
            "{}.{field} = {}, expected {bytes} bytes that are not all zero (in JSON {} digits of hex)",
            place.of_span(),
            shown(id),
            2 * bytes
        )
    }
}

/// An id as its sender knows it: text that is no hex is text, anything else is hex.
fn shown(id: &[u8]) -> String {
    let (id, end) = match id.split_at_checked(ID_SHOWN_MAX) {
        Some((id, rest)) if !rest.is_empty() => (id, "…"),
        _ => (id, ""),
    };
    let is_text = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    let text = match !id.is_empty() && id.iter().all(is_text) {
        true => String::from_utf8_lossy(id).trim_end().to_owned(),
        false => id.iter().map(|byte| format!("{byte:02x}")).collect(),
    };
    format!("\"{text}{end}\"")
}

/// Counts by reason, in the reasons' order.
#[derive(Debug, Default)]
pub(crate) struct Tally(BTreeMap<&'static str, (u64, String)>);

impl Tally {
    /// `first` says where, for the first of a reason.
    pub(crate) fn add(
        &mut self,
        reason: &'static str,
        count: usize,
        first: impl FnOnce() -> String,
    ) {
        if count > 0 {
            let (counted, _) = self.0.entry(reason).or_insert_with(|| (0, first()));
            *counted += count as u64;
        }
    }

    pub(crate) fn finish(self) -> Vec<Rejection> {
        let rejection = |(reason, (count, first))| Rejection {
            reason,
            count,
            first,
        };
        self.0.into_iter().map(rejection).collect()
    }
}
