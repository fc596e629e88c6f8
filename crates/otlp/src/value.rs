//! Attributes on the wire: a key, and a value that is read no further than its use asks for.
//!
//! A value that is a list or a map becomes JSON text, a value of bytes base64: no column takes them
//! otherwise. That is also where nesting ends: deeper than the limit is an error of the span, not of the
//! request.

use crate::text;
use crate::wire::{self, Field, Fields, tag};
use crate::{Error, Limits};

const KEY: u32 = tag(1, wire::BYTES);
const VALUE: u32 = tag(2, wire::BYTES);
const STRING: u32 = tag(1, wire::BYTES);
const BOOLEAN: u32 = tag(2, wire::VARINT);
const INTEGER: u32 = tag(3, wire::VARINT);
const DOUBLE: u32 = tag(4, wire::FIXED64);
const ARRAY: u32 = tag(5, wire::BYTES);
const MAP: u32 = tag(6, wire::BYTES);
const RAW: u32 = tag(7, wire::BYTES);
/// For OTLP's profiles only; reads as absent elsewhere.
const STRING_INDEX: u32 = tag(8, wire::VARINT);
/// Of `ArrayValue` and of `KeyValueList`.
const ITEM: u32 = tag(1, wire::BYTES);

/// A value, its text borrowed and not yet known to be UTF-8.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    /// OTLP allows an attribute without a value.
    Empty,
    Text(&'a [u8]),
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Bytes(&'a [u8]),
    /// The fields of the `AnyValue` from its first list on: protobuf lets a message come in pieces.
    List(&'a [u8]),
    /// The same for a map.
    Map(&'a [u8]),
}

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute<'a> {
    pub(crate) key: &'a [u8],
    pub(crate) value: Value<'a>,
}

/// Why a value cannot be rendered.
#[derive(Debug)]
pub(crate) enum Unfit {
    /// It is nested deeper than the limit.
    TooDeep,
    /// The whole request is bad.
    Request(Error),
}

impl From<Error> for Unfit {
    fn from(error: Error) -> Self {
        Self::Request(error)
    }
}

/// What a request may still unfold to.
#[derive(Debug)]
pub(crate) struct Budget {
    parts_left: usize,
    parts_max: usize,
    rendered_left: usize,
    rendered_max: usize,
    rows_left: usize,
    rows_max: usize,
    depth_max: usize,
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            parts_left: limits.parts_max,
            parts_max: limits.parts_max,
            rendered_left: limits.rendered_bytes_max,
            rendered_max: limits.rendered_bytes_max,
            rows_left: limits.shared_bytes_max,
            rows_max: limits.shared_bytes_max,
            depth_max: limits.attribute_depth_max,
        }
    }

    /// Takes one attribute, event, link, list item or other message inside of a message.
    #[inline(always)]
    pub(crate) fn part(&mut self) -> Result<(), Error> {
        let left = self.parts_left.checked_sub(1);
        self.parts_left = left.ok_or_else(|| Error::TooLarge {
            what: "parts",
            limit: self.parts_max,
        })?;
        Ok(())
    }

    /// Takes room for text made of a value.
    fn rendered(&mut self, bytes: usize) -> Result<(), Error> {
        self.rendered_left = self
            .rendered_left
            .checked_sub(bytes)
            .ok_or(Error::TooLarge {
                what: "bytes of nested values",
                limit: self.rendered_max,
            })?;
        Ok(())
    }

    /// Takes room for what a resource or a scope says, as often as it has spans: it is kept once, but who
    /// writes or reads the rows has it that often.
    pub(crate) fn rows(&mut self, rows: usize, bytes: usize) -> Result<(), Error> {
        let left = self.rows_left.checked_sub(rows.saturating_mul(bytes));
        self.rows_left = left.ok_or_else(|| Error::TooLarge {
            what: "bytes of resources and scopes, counted for each span",
            limit: self.rows_max,
        })?;
        Ok(())
    }

    /// A JSON string, whose room is taken before it is made.
    pub(crate) fn quote(&mut self, out: &mut Vec<u8>, text: &[u8]) -> Result<(), Error> {
        self.rendered(text::quoted_bytes(text))?;
        text::quote(out, text)
    }

    fn base64(&mut self, out: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Error> {
        self.rendered(bytes.len().saturating_mul(4) / 3)?;
        text::base64(out, bytes);
        Ok(())
    }
}

/// Reads a `KeyValue`. Where it has several values the last that is one stands.
#[inline]
pub(crate) fn attribute(message: &[u8]) -> Result<Attribute<'_>, Error> {
    match parts(message) {
        Some((key, [STRING_BYTE, length, text @ ..])) if short(*length, text) => Ok(Attribute {
            key,
            value: Value::Text(text),
        }),
        // A number below 128: a status, a port that is well known.
        Some((key, &[INTEGER_BYTE, number @ ..0x80])) => Ok(Attribute {
            key,
            value: Value::Integer(number.into()),
        }),
        Some((key, any)) => Ok(Attribute {
            key,
            value: read(any)?,
        }),
        None => any_attribute(message),
    }
}

const STRING_BYTE: u8 = STRING as u8;
const INTEGER_BYTE: u8 = INTEGER as u8;

/// The key and the value of a `KeyValue` as nearly all are written: one after the other, both short, and
/// nothing else.
#[inline(always)]
fn parts(message: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[key_tag, key_bytes], rest) = message.split_first_chunk()?;
    let (key, rest) = rest.split_at_checked(key_bytes.into())?;
    let (&[value_tag, value_bytes], value) = rest.split_first_chunk()?;
    let is_usual = (key_tag, value_tag) == (KEY as u8, VALUE as u8)
        && key_bytes < 0x80
        && short(value_bytes, value);
    is_usual.then_some((key, value))
}

/// Whether these bytes are as long as said, in a length of one byte.
#[inline(always)]
fn short(length: u8, bytes: &[u8]) -> bool {
    length < 0x80 && bytes.len() == usize::from(length)
}

fn any_attribute(message: &[u8]) -> Result<Attribute<'_>, Error> {
    let mut attribute = Attribute {
        key: &[],
        value: Value::Empty,
    };
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        match field.tag {
            KEY => attribute.key = field.bytes,
            VALUE => match read(field.bytes)? {
                Value::Empty => {}
                value => attribute.value = value,
            },
            _ => known(&field, 2)?,
        }
    }
    Ok(attribute)
}

/// Reads an `AnyValue`. Of several values the last stands.
#[inline]
pub(crate) fn read(message: &[u8]) -> Result<Value<'_>, Error> {
    let (mut value, mut fields) = (Value::Empty, Fields::of(message));
    loop {
        let rest = fields;
        let Some(field) = fields.next()? else {
            return Ok(value);
        };
        value = match (field.tag, value) {
            (STRING, _) => Value::Text(field.bytes),
            (BOOLEAN, _) => Value::Boolean(field.number != 0),
            (INTEGER, _) => Value::Integer(field.number as i64),
            (DOUBLE, _) => Value::Float(f64::from_bits(field.number)),
            (RAW, _) => Value::Bytes(field.bytes),
            (ARRAY, list @ Value::List(_)) => list,
            (ARRAY, _) => Value::List(rest.rest()),
            (MAP, map @ Value::Map(_)) => map,
            (MAP, _) => Value::Map(rest.rest()),
            (STRING_INDEX, _) => Value::Empty,
            (_, value) => {
                known(&field, 8)?;
                value
            }
        };
    }
}

/// Passes over a field that is not known; one that is, up to `number_max`, has the wrong type.
#[inline(always)]
pub(crate) fn known(field: &Field<'_>, number_max: u32) -> Result<(), Error> {
    if field.tag >> 3 <= number_max {
        return Err(wire::WRONG_TYPE);
    }
    Ok(())
}

/// Sorts by key and leaves each key once: where one is repeated, the last stands.
pub(crate) fn canonical(attributes: &mut Vec<Attribute<'_>>) {
    // The sort is stable: among equal keys the last sent is the last here.
    attributes.sort_by(|a, b| a.key.cmp(b.key));
    attributes.reverse();
    attributes.dedup_by(|later, earlier| later.key == earlier.key);
    attributes.reverse();
}

impl Attribute<'_> {
    /// About how much it takes in a row.
    pub(crate) fn bytes(&self) -> usize {
        let value = match self.value {
            Value::Text(bytes) | Value::Bytes(bytes) | Value::List(bytes) | Value::Map(bytes) => {
                bytes.len()
            }
            Value::Empty | Value::Boolean(_) | Value::Integer(_) | Value::Float(_) => 8,
        };
        self.key.len() + value + 16
    }
}

impl Value<'_> {
    /// Appends the value as it stands in a `custom` map; `false` when there is none.
    pub(crate) fn render(&self, out: &mut Vec<u8>, budget: &mut Budget) -> Result<bool, Unfit> {
        match self {
            Self::Empty => return Ok(false),
            Self::Text(text) => out.extend_from_slice(text),
            Self::Bytes(bytes) => budget.base64(out, bytes)?,
            Self::Float(value) => out.extend_from_slice(text::float(*value).as_bytes()),
            other => {
                let depth_max = budget.depth_max;
                other.json(out, depth_max, budget)?;
            }
        }
        Ok(true)
    }

    /// Appends the value as JSON. Numbers that JSON lacks are strings, as in OTLP/JSON.
    fn json(&self, out: &mut Vec<u8>, depth: usize, budget: &mut Budget) -> Result<(), Unfit> {
        match self {
            Self::Empty => out.extend_from_slice(b"null"),
            Self::Text(text) => budget.quote(out, text)?,
            Self::Boolean(true) => out.extend_from_slice(b"true"),
            Self::Boolean(false) => out.extend_from_slice(b"false"),
            Self::Integer(value) => text::integer(out, *value),
            Self::Float(value) if value.is_finite() => {
                out.extend_from_slice(text::float(*value).as_bytes());
            }
            Self::Float(value) => budget.quote(out, text::float(*value).as_bytes())?,
            Self::Bytes(bytes) => {
                out.push(b'"');
                budget.base64(out, bytes)?;
                out.push(b'"');
            }
            Self::List(pieces) => {
                let depth = depth.checked_sub(1).ok_or(Unfit::TooDeep)?;
                list(out, pieces, depth, budget)?;
            }
            Self::Map(pieces) => {
                let depth = depth.checked_sub(1).ok_or(Unfit::TooDeep)?;
                map(out, pieces, depth, budget)?;
            }
        }
        Ok(())
    }
}

fn list(out: &mut Vec<u8>, pieces: &[u8], depth: usize, budget: &mut Budget) -> Result<(), Unfit> {
    out.push(b'[');
    let mut is_first = true;
    each_item(pieces, ARRAY, |item| {
        budget.part()?;
        if !std::mem::take(&mut is_first) {
            out.push(b',');
        }
        read(item)?.json(out, depth, budget)
    })?;
    out.push(b']');
    Ok(())
}

fn map(out: &mut Vec<u8>, pieces: &[u8], depth: usize, budget: &mut Budget) -> Result<(), Unfit> {
    let mut entries = Vec::new();
    each_item(pieces, MAP, |item| {
        budget.part()?;
        entries.push(attribute(item)?);
        Ok(())
    })?;
    canonical(&mut entries);
    out.push(b'{');
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        budget.quote(out, entry.key)?;
        out.push(b':');
        entry.value.json(out, depth, budget)?;
    }
    out.push(b'}');
    Ok(())
}

/// Calls `each` with the items of all lists (or maps) that a value comes in.
fn each_item<'a>(
    pieces: &'a [u8],
    piece: u32,
    mut each: impl FnMut(&'a [u8]) -> Result<(), Unfit>,
) -> Result<(), Unfit> {
    let mut pieces = Fields::of(pieces);
    while let Some(field) = pieces.next()? {
        if field.tag != piece {
            continue;
        }
        let mut items = Fields::of(field.bytes);
        while let Some(item) = items.next()? {
            match item.tag {
                ITEM => each(item.bytes)?,
                _ => known(&item, 1)?,
            }
        }
    }
    Ok(())
}
