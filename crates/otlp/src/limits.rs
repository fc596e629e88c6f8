//! How large a request may be. The sizes are of the OTLP specification, the counts are ours.

/// Limits of one request.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Of the body after decompression.
    pub body_bytes_max: usize,
    pub spans_max: usize,
    /// Spans, attributes, events, links and every other nested message: what two bytes on the wire can
    /// unfold to forty in memory.
    pub parts_max: usize,
    /// The same for a JSON body, whose parts become objects first. The largest batch of an SDK (8,192
    /// spans) may have twenty attributes a span.
    pub json_parts_max: usize,
    /// Text that lists, maps and bytes become: a control character takes one byte in a body and six in JSON.
    pub rendered_bytes_max: usize,
    /// What resources and scopes say, counted for each of their spans.
    pub shared_bytes_max: usize,
    /// An array in an array is two deep. Deeper spans are rejected, and counted.
    pub attribute_depth_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes_max: 64 << 20,
            spans_max: 65_536,
            parts_max: 1_000_000,
            json_parts_max: 200_000,
            rendered_bytes_max: 64 << 20,
            shared_bytes_max: 256 << 20,
            attribute_depth_max: 16,
        }
    }
}
