//! `traceparent`, by the letter of <https://www.w3.org/TR/trace-context-2/#traceparent-header>.

use opentelemetry::trace::{SpanId, TraceFlags, TraceId};

use super::hex;

/// Set when the trace id was drawn at random (Level 2).
pub(super) const RANDOM: TraceFlags = TraceFlags::new(0x02);

/// `00-` + 32 + `-` + 16 + `-` + 2 characters.
pub(super) const BYTES: usize = 55;

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
        let text = header.trim_matches([' ', '\t']).as_bytes();
        let (known, rest) = text.split_at_checked(BYTES)?;
        if [known[2], known[35], known[52]] != *b"---" {
            return None;
        }
        let version = hex::number(&known[..2])?;
        let future_fields_follow = version > 0 && rest.first() == Some(&b'-');
        if version == 0xff || !(rest.is_empty() || future_fields_follow) {
            return None;
        }
        let flags = u8::try_from(hex::number(&known[53..])?).ok()?;
        let parent = Self {
            trace_id: TraceId::from(hex::long_number(&known[3..35])?),
            span_id: SpanId::from(hex::number(&known[36..52])?),
            flags: TraceFlags::new(flags) & (TraceFlags::SAMPLED | RANDOM),
        };
        let valid = parent.trace_id != TraceId::INVALID && parent.span_id != SpanId::INVALID;
        valid.then_some(parent)
    }

    pub(super) fn is_random(self) -> bool {
        self.flags & RANDOM == RANDOM
    }

    /// The header of version 00, in ASCII.
    pub(super) fn encode(self) -> [u8; BYTES] {
        let mut text = *b"00-00000000000000000000000000000000-0000000000000000-00";
        hex::write(&mut text[3..35], &self.trace_id.to_bytes());
        hex::write(&mut text[36..52], &self.span_id.to_bytes());
        hex::write(&mut text[53..], &[self.flags.to_u8()]);
        text
    }
}
