//! Resources, scopes and spans as a sink takes them: checked, borrowed, free of wire types.
//!
//! This is the seam between the decoders and the columns.

use std::borrow::Cow;

/// An attribute's value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    /// OTLP allows an attribute without a value.
    Empty,
    Text(&'a str),
    Boolean(bool),
    Integer(i64),
    Float(f64),
    /// Bytes, arrays and maps, already as text: no column takes them otherwise.
    Rendered(String),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attribute<'a> {
    pub(crate) key: &'a str,
    pub(crate) value: Value<'a>,
}

/// What a scope says of itself; empty text is absent.
#[derive(Debug, Default)]
pub(crate) struct Scope<'a> {
    pub(crate) name: &'a str,
    pub(crate) version: &'a str,
    /// Sorted by key, each key once, like all attributes here.
    pub(crate) attributes: Vec<Attribute<'a>>,
}

/// A span. Empty text and a count of 0 are absent.
#[derive(Debug)]
pub(crate) struct Span<'a> {
    pub(crate) trace_id: [u8; 16],
    pub(crate) span_id: [u8; 8],
    pub(crate) parent_span_id: Option<[u8; 8]>,
    pub(crate) name: &'a str,
    pub(crate) kind: &'static str,
    pub(crate) start_nanos: i64,
    pub(crate) duration_nanos: i64,
    pub(crate) status_code: Option<&'static str>,
    pub(crate) status_message: &'a str,
    pub(crate) trace_state: &'a str,
    pub(crate) flags: u32,
    pub(crate) attributes: Vec<Attribute<'a>>,
    pub(crate) dropped_attributes: u32,
    pub(crate) events: Vec<Event<'a>>,
    pub(crate) dropped_events: u32,
    pub(crate) links: Vec<Link<'a>>,
    pub(crate) dropped_links: u32,
}

#[derive(Debug)]
pub(crate) struct Event<'a> {
    pub(crate) nanos: i64,
    pub(crate) name: &'a str,
    pub(crate) attributes: Vec<Attribute<'a>>,
    pub(crate) dropped_attributes: u32,
}

/// A link's ids are as sent, of whatever length: a bad link does not cost its span.
#[derive(Debug)]
pub(crate) struct Link<'a> {
    pub(crate) trace_id: &'a [u8],
    pub(crate) span_id: &'a [u8],
    pub(crate) trace_state: &'a str,
    pub(crate) attributes: Vec<Attribute<'a>>,
    pub(crate) dropped_attributes: u32,
    pub(crate) flags: u32,
}

impl Value<'_> {
    /// As it stands in a `custom` map; `None` when there is no value.
    pub(crate) fn text(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Empty => return None,
            Self::Text(text) => Cow::Borrowed(text),
            Self::Rendered(text) => Cow::Borrowed(text),
            Self::Boolean(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Self::Integer(value) => Cow::Owned(value.to_string()),
            Self::Float(value) => Cow::Owned(super::text::float(*value)),
        })
    }
}
