//! Counting what a body would unfold to, before it does.
//!
//! An empty attribute takes two bytes on the wire and seventy in memory, an empty span four hundred; 64 MiB
//! of them would take gigabytes, and packed they are a few kilobytes. So the messages are counted first, by
//! walking the body; no memory is taken for that, and the walk stops at the limit. It is stricter than the
//! decoder behind it: what it lets pass, it has counted.

use crate::{Error, Limits};

/// A JSON body.
pub(crate) mod json;
/// A protobuf body.
pub(crate) mod protobuf;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Message {
    Request,
    ResourceSpans,
    Resource,
    ScopeSpans,
    Scope,
    Span,
    Event,
    Link,
    KeyValue,
    Value,
    Array,
    KeyValueList,
    /// Something that takes memory but holds no message: a status, an entity reference.
    Leaf,
}

/// What a body holds, so far.
struct Counter<'a> {
    spans: usize,
    parts: usize,
    limits: &'a Limits,
}

impl<'a> Counter<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self {
            spans: 0,
            parts: 0,
            limits,
        }
    }

    /// Counts one `message` inside of `parent`.
    fn count(&mut self, message: Message, parent: Message) -> Result<(), Error> {
        self.spans += usize::from(message == Message::Span);
        // The value of an attribute lies inside it; those of an array stand beside each other.
        let is_part = message != Message::Value || parent == Message::Array;
        self.parts += usize::from(is_part);
        if self.spans > self.limits.spans_max {
            return Err(Error::TooLarge {
                what: "spans",
                limit: self.limits.spans_max,
            });
        }
        if self.parts > self.limits.parts_max {
            return Err(Error::TooLarge {
                what: "parts",
                limit: self.limits.parts_max,
            });
        }
        Ok(())
    }
}
