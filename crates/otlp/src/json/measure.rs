//! Counting what a JSON body would unfold to, before it does, by walking it without keeping anything.
//!
//! An empty attribute takes three bytes of JSON and a hundred in memory; 64 MiB of them would take gigabytes,
//! and packed they are a few kilobytes. The walk takes no memory and stops at the limit. It is stricter than
//! the parser behind it: what it lets pass, it has counted.

use crate::{Error, Limits};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Message {
    Request,
    ResourceSpans,
    Resource,
    ScopeSpans,
    ResourceLogs,
    ScopeLogs,
    Scope,
    Span,
    LogRecord,
    Event,
    Link,
    KeyValue,
    Value,
    Array,
    KeyValueList,
    /// Something that takes memory but holds no message: a status, an entity reference.
    Leaf,
    /// A text in a list of texts.
    Text,
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
        self.spans += usize::from(matches!(message, Message::Span | Message::LogRecord));
        // The value of an attribute lies inside it; those of an array stand beside each other.
        let is_part = message != Message::Value || parent == Message::Array;
        self.parts += usize::from(is_part);
        if self.spans > self.limits.spans_max {
            return Err(Error::TooLarge {
                what: match message {
                    Message::LogRecord => "log records",
                    _ => "spans",
                },
                limit: self.limits.spans_max,
            });
        }
        if self.parts > self.limits.json_parts_max {
            return Err(Error::TooLarge {
                what: "parts",
                limit: self.limits.json_parts_max,
            });
        }
        Ok(())
    }
}

/// What a key of a message holds.
#[derive(Clone, Copy)]
enum Place {
    One(Message),
    Many(Message),
}

/// The messages that `key` of `parent` holds, by OTLP's names.
fn child(parent: Message, key: &str) -> Option<Place> {
    use Message::{
        Array, Event, KeyValue, KeyValueList, Leaf, Link, LogRecord, Request, Resource,
        ResourceLogs, ResourceSpans, Scope, ScopeLogs, ScopeSpans, Span, Text, Value,
    };
    use Place::{Many, One};
    Some(match (parent, key) {
        (Request, "resourceSpans") => Many(ResourceSpans),
        (Request, "resourceLogs") => Many(ResourceLogs),
        (ResourceSpans | ResourceLogs, "resource") => One(Resource),
        (ResourceSpans, "scopeSpans") => Many(ScopeSpans),
        (ResourceLogs, "scopeLogs") => Many(ScopeLogs),
        (ScopeSpans | ScopeLogs, "scope") => One(Scope),
        (ScopeLogs, "logRecords") => Many(LogRecord),
        (ScopeSpans, "spans") => Many(Span),
        (Span, "events") => Many(Event),
        (Span, "links") => Many(Link),
        (Span, "status") => One(Leaf),
        (Resource, "entityRefs") => Many(Leaf),
        (Leaf, "idKeys" | "descriptionKeys") => Many(Text),
        (Resource | Scope | Span | LogRecord | Event | Link, "attributes")
        | (KeyValueList, "values") => Many(KeyValue),
        (KeyValue, "value") | (LogRecord, "body") => One(Value),
        (Array, "values") => Many(Value),
        (Value, "arrayValue") => One(Array),
        (Value, "kvlistValue") => One(KeyValueList),
        _ => return None,
    })
}

/// Refuses a body that unfolds to more than `limits` allow, or that is no such JSON.
pub(crate) fn check(body: &[u8], limits: &Limits) -> Result<(), Error> {
    let mut walk = Walk {
        counter: Counter::new(limits),
        refused: None,
    };
    let mut json = serde_json::Deserializer::from_slice(body);
    let walked = walk.message(Message::Request).deserialize(&mut json);
    // Counting ends the walk with an error of the parser's kind; its own lies aside.
    match walk.refused {
        Some(error) => Err(error),
        None => walked.and_then(|()| json.end()).map_err(Error::Json),
    }
}

struct Walk<'a> {
    counter: Counter<'a>,
    refused: Option<Error>,
}

impl<'a> Walk<'a> {
    fn message(&mut self, message: Message) -> One<'_, 'a> {
        One {
            walk: self,
            message,
        }
    }

    fn count<E: serde::de::Error>(&mut self, message: Message, parent: Message) -> Result<(), E> {
        let counted = self.counter.count(message, parent);
        counted.map_err(|error| {
            self.refused = Some(error);
            E::custom("too large")
        })
    }
}

/// One message, which is an object, or null.
struct One<'w, 'a> {
    walk: &'w mut Walk<'a>,
    message: Message,
}

impl<'de> DeserializeSeed<'de> for One<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for One<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        match self.message {
            Message::Text => Ok(()),
            _ => Err(E::invalid_type(serde::de::Unexpected::Str(text), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let Self { walk, message } = self;
        while let Some(place) = object.next_key_seed(Key(message))? {
            match place {
                None => drop(object.next_value::<IgnoredAny>()?),
                Some(Place::One(child)) => {
                    walk.count::<A::Error>(child, message)?;
                    object.next_value_seed(walk.message(child))?;
                }
                Some(Place::Many(child)) => object.next_value_seed(Many {
                    walk,
                    child,
                    parent: message,
                })?,
            }
        }
        Ok(())
    }
}

/// A list of messages, or null.
struct Many<'w, 'a> {
    walk: &'w mut Walk<'a>,
    child: Message,
    parent: Message,
}

impl<'de> DeserializeSeed<'de> for Many<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Many<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self {
            walk,
            child,
            parent,
        } = self;
        while list.next_element_seed(walk.message(child))?.is_some() {
            walk.count::<A::Error>(child, parent)?;
        }
        Ok(())
    }
}

/// A key of a message, read as what it holds.
struct Key(Message);

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<Place>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Option<Place>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(child(self.0, key))
    }
}
