//! Counting in a protobuf body, by walking the lengths of its fields.

use super::{Counter, Message};
use crate::{Error, Limits};
use prost::encoding::{WireType, decode_key, decode_varint};

/// Prost's own limit on nesting.
const DEPTH_MAX: usize = 100;

/// The message that `field` of `parent` holds, by the numbers of OTLP's protobuf files.
fn child(parent: Message, field: u32) -> Option<Message> {
    Some(match (parent, field) {
        (Message::Request, 1) => Message::ResourceSpans,
        (Message::ResourceSpans, 1) => Message::Resource,
        (Message::ResourceSpans, 2) => Message::ScopeSpans,
        (Message::ScopeSpans, 1) => Message::Scope,
        (Message::ScopeSpans, 2) => Message::Span,
        (Message::Span, 11) => Message::Event,
        (Message::Span, 13) => Message::Link,
        (Message::Resource, 1)
        | (Message::Scope | Message::Event, 3)
        | (Message::Link, 4)
        | (Message::Span, 9)
        | (Message::KeyValueList, 1) => Message::KeyValue,
        (Message::KeyValue, 2) | (Message::Array, 1) => Message::Value,
        (Message::Value, 5) => Message::Array,
        (Message::Value, 6) => Message::KeyValueList,
        (Message::Span, 15) | (Message::Resource, 3) | (Message::Leaf, _) => Message::Leaf,
        _ => return None,
    })
}

/// Refuses a body that unfolds to more than `limits` allow, or that is no protobuf.
pub(crate) fn check(body: &[u8], limits: &Limits) -> Result<(), Error> {
    let mut counter = Counter::new(limits);
    counter.walk(body, Message::Request, 0)
}

impl Counter<'_> {
    fn walk(&mut self, mut bytes: &[u8], message: Message, depth: usize) -> Result<(), Error> {
        if depth > DEPTH_MAX {
            return Err(Error::Malformed("it is nested more than 100 deep"));
        }
        while !bytes.is_empty() {
            let (field, wire_type) = decode_key(&mut bytes).map_err(Error::Protobuf)?;
            let skipped = match wire_type {
                WireType::Varint => {
                    decode_varint(&mut bytes).map_err(Error::Protobuf)?;
                    0
                }
                WireType::SixtyFourBit => 8,
                WireType::ThirtyTwoBit => 4,
                WireType::LengthDelimited => decode_varint(&mut bytes)
                    .map_err(Error::Protobuf)?
                    .try_into()
                    .unwrap_or(usize::MAX),
                WireType::StartGroup | WireType::EndGroup => {
                    return Err(Error::Malformed("it has a group, which OTLP never had"));
                }
            };
            let Some((value, rest)) = bytes.split_at_checked(skipped) else {
                return Err(Error::Malformed("a field is longer than its message"));
            };
            bytes = rest;
            if wire_type == WireType::LengthDelimited
                && let Some(child) = child(message, field)
            {
                self.count(child, message)?;
                // Inside a leaf are strings: counted, not walked into.
                if message != Message::Leaf {
                    self.walk(value, child, depth + 1)?;
                }
            }
        }
        Ok(())
    }
}
