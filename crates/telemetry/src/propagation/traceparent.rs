//! `traceparent`, by the letter of <https://www.w3.org/TR/trace-context-2/#traceparent-header>.

use std::fmt;

use opentelemetry::trace::{SpanId, TraceFlags, TraceId};

/// Set when the trace id was drawn at random (Level 2).
pub(super) const RANDOM: TraceFlags = TraceFlags::new(0x02);

/// `00-` + 32 + `-` + 16 + `-` + 2 characters.
const BYTES: usize = 55;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TraceParent {
    pub(super) trace_id: TraceId,
    pub(super) span_id: SpanId,
    pub(super) flags: TraceFlags,
}

impl TraceParent {
    /// Reads a header. A future version is read by position, as the specification asks; anything else
    /// that is not exactly right is None, and a new trace starts.
    pub(super) fn parse(header: &str) -> Option<Self> {
        let text = header.trim_matches([' ', '\t']);
        let (known, rest) = text.split_at_checked(BYTES)?;
        let [version, trace_id, span_id, flags] = fields(known)?;
        let version = u8::try_from(hex(version, 2)?).ok()?;
        let future_fields_follow = version > 0 && rest.starts_with('-');
        if version == 0xff || !(rest.is_empty() || future_fields_follow) {
            return None;
        }
        let parent = Self {
            trace_id: TraceId::from(hex(trace_id, 32)?),
            span_id: SpanId::from(u64::try_from(hex(span_id, 16)?).ok()?),
            flags: TraceFlags::new(u8::try_from(hex(flags, 2)?).ok()?)
                & (TraceFlags::SAMPLED | RANDOM),
        };
        let valid = parent.trace_id != TraceId::INVALID && parent.span_id != SpanId::INVALID;
        valid.then_some(parent)
    }

    pub(super) fn is_random(self) -> bool {
        self.flags & RANDOM == RANDOM
    }
}

impl fmt::Display for TraceParent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "00-{}-{}-{:02x}",
            self.trace_id, self.span_id, self.flags
        )
    }
}

fn fields(text: &str) -> Option<[&str; 4]> {
    let mut parts = text.split('-');
    let fields = [parts.next()?, parts.next()?, parts.next()?, parts.next()?];
    parts.next().is_none().then_some(fields)
}

/// Exactly `digits` lower-case hex digits; `from_str_radix` alone would also take `+` and capitals.
fn hex(text: &str, digits: usize) -> Option<u128> {
    let lower = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if text.len() != digits || !text.bytes().all(lower) {
        return None;
    }
    u128::from_str_radix(text, 16).ok()
}
