//! OTLP log records as events: the names of their fields are Axiom's.

use super::event;
use super::{Builder, Events};
use crate::text;
use crate::value::{self, Budget, Unfit, Value, known};
use crate::wire::{self, Fields, tag};
use crate::{Encoding, Error, Limits, digest, json};
use model::span::{ColumnType, RESOURCE_LIFTED};
use serde_json::Value as Json;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Of the request, of a resource's group and of a scope's group: the message that is inside of the next.
const RESOURCE_LOGS: u32 = tag(1, wire::BYTES);
const RESOURCE: u32 = tag(1, wire::BYTES);
const SCOPE_LOGS: u32 = tag(2, wire::BYTES);
const SCOPE: u32 = tag(1, wire::BYTES);
const RECORD: u32 = tag(2, wire::BYTES);
const SCHEMA_URL: u32 = tag(3, wire::BYTES);
/// Of a resource.
const RESOURCE_ATTRIBUTE: u32 = tag(1, wire::BYTES);
/// Of a scope.
const SCOPE_NAME: u32 = tag(1, wire::BYTES);
const SCOPE_VERSION: u32 = tag(2, wire::BYTES);

mod record {
    use super::{tag, wire};
    pub(super) const TIME: u32 = tag(1, wire::FIXED64);
    pub(super) const SEVERITY_NUMBER: u32 = tag(2, wire::VARINT);
    pub(super) const SEVERITY_TEXT: u32 = tag(3, wire::BYTES);
    pub(super) const BODY: u32 = tag(5, wire::BYTES);
    pub(super) const ATTRIBUTE: u32 = tag(6, wire::BYTES);
    pub(super) const DROPPED_ATTRIBUTES: u32 = tag(7, wire::VARINT);
    pub(super) const FLAGS: u32 = tag(8, wire::FIXED32);
    pub(super) const TRACE_ID: u32 = tag(9, wire::BYTES);
    pub(super) const SPAN_ID: u32 = tag(10, wire::BYTES);
    pub(super) const OBSERVED_TIME: u32 = tag(11, wire::FIXED64);
    pub(super) const EVENT_NAME: u32 = tag(12, wire::BYTES);
    pub(super) const FIELD_MAX: u32 = 12;
}

/// Severity numbers come in fours.
const SEVERITIES: [&str; 6] = ["trace", "debug", "info", "warn", "error", "fatal"];
const TOO_DEEP: &str = "a record has an attribute that is nested too deep";

type Named = Vec<(String, Json)>;

/// A request on its way.
struct Reader<'a> {
    limits: &'a Limits,
    budget: Budget,
    arrival_nanos: i64,
    builder: Builder,
    fields: BTreeMap<String, ColumnType>,
    untimed: bool,
    failed: u64,
}

impl Events {
    /// Reads the log records of an OTLP request that is no longer compressed. `dataset` and `arrival_nanos` are as
    /// of [`Request`](super::Request).
    ///
    /// # Errors
    /// `Invalid` when it is no such request, `Exhausted` when it has more in it than a limit.
    pub fn read_logs(
        encoding: Encoding,
        body: &[u8],
        dataset: &str,
        arrival_nanos: i64,
        limits: &Limits,
    ) -> Result<Self, Error> {
        let message = &*match encoding {
            Encoding::Protobuf => Cow::Borrowed(body),
            Encoding::Json => Cow::Owned(json::logs_to_protobuf(body, limits)?),
        };
        let mut reader = Reader {
            limits,
            budget: Budget::new(limits),
            arrival_nanos,
            builder: Builder::default(),
            fields: BTreeMap::new(),
            untimed: false,
            failed: 0,
        };
        let mut groups = Fields::of(message);
        while let Some(group) = groups.next()? {
            match group.tag {
                RESOURCE_LOGS => reader.resource_logs(group.bytes)?,
                _ => known(&group, 1)?,
            }
        }
        let failures = if reader.failed > 0 {
            vec![TOO_DEEP.to_owned()]
        } else {
            Vec::new()
        };
        let dataset = super::dataset(dataset, reader.untimed, arrival_nanos);
        let id = digest::of(Encoding::Protobuf, &dataset, message);
        Ok(Self {
            count: reader.builder.count(),
            message: reader.builder.finish(id),
            fields: reader.fields,
            failed: reader.failed,
            failures,
        })
    }
}

impl Reader<'_> {
    /// Protobuf lets the resource stand behind its records.
    fn resource_logs(&mut self, message: &[u8]) -> Result<(), Error> {
        self.budget.part()?;
        let mut of_resource = Named::new();
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            match field.tag {
                RESOURCE => self.resource(field.bytes, &mut of_resource)?,
                SCOPE_LOGS | SCHEMA_URL => {}
                _ => known(&field, 3)?,
            }
        }
        // Counted once: there may be a million groups without a record.
        let bytes = size_of(&of_resource);
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            if field.tag == SCOPE_LOGS {
                self.scope_logs(field.bytes, &of_resource, bytes)?;
            }
        }
        Ok(())
    }

    fn resource(&mut self, message: &[u8], named: &mut Named) -> Result<(), Error> {
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            if field.tag != RESOURCE_ATTRIBUTE {
                continue;
            }
            self.budget.part()?;
            let attribute = value::attribute(field.bytes)?;
            let key = utf8(attribute.key)?;
            let name = match RESOURCE_LIFTED.contains(&key) {
                true => key.to_owned(),
                false => format!("resource.{key}"),
            };
            match self.json(attribute.value) {
                Ok(value) => named.extend(value.map(|value| (name, value))),
                Err(Unfit::TooDeep) => {}
                Err(Unfit::Request(error)) => return Err(error),
            }
        }
        Ok(())
    }

    fn scope_logs(
        &mut self,
        message: &[u8],
        of_resource: &Named,
        resource_bytes: usize,
    ) -> Result<(), Error> {
        self.budget.part()?;
        let mut of_scope = Named::new();
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            match field.tag {
                SCOPE => {
                    self.budget.part()?;
                    scope(field.bytes, &mut of_scope)?;
                }
                RECORD | SCHEMA_URL => {}
                _ => known(&field, 3)?,
            }
        }
        let bytes = resource_bytes + size_of(&of_scope);
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            if field.tag == RECORD {
                // Said once there, and kept with every record.
                self.budget.rows(1, bytes)?;
                let shared = of_resource.iter().chain(&of_scope).cloned();
                self.record(field.bytes, shared.collect())?;
            }
        }
        Ok(())
    }

    fn record(&mut self, message: &[u8], mut named: Named) -> Result<(), Error> {
        self.budget.part()?;
        if self.builder.count() >= self.limits.spans_max as u64 {
            return Err(Error::TooLarge {
                what: "log records",
                limit: self.limits.spans_max,
            });
        }
        match self.fields(message, &mut named) {
            Ok(nanos) => {
                for (name, value) in &named {
                    let kind = event::kind(value);
                    match self.fields.get_mut(name) {
                        Some(known) => *known = event::either(*known, kind),
                        None => drop(self.fields.insert(name.clone(), kind)),
                    }
                }
                self.untimed |= nanos.is_none();
                let nanos = nanos.unwrap_or(self.arrival_nanos);
                self.builder.push(nanos, named, self.limits)?;
            }
            Err(Unfit::TooDeep) => self.failed += 1,
            Err(Unfit::Request(error)) => return Err(error),
        }
        Ok(())
    }

    /// Reads a record's fields; its time, if it has one.
    fn fields(&mut self, message: &[u8], named: &mut Named) -> Result<Option<i64>, Unfit> {
        let (mut time, mut observed, mut number, mut severity) = (0, 0, 0, "");
        // The last of each stands, as in protobuf.
        let (mut trace_id, mut span_id, mut event_name, mut body) = (&[][..], &[][..], "", None);
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            match field.tag {
                record::TIME => time = field.number,
                record::OBSERVED_TIME => observed = field.number,
                record::SEVERITY_NUMBER => number = field.number,
                record::SEVERITY_TEXT => severity = utf8(field.bytes)?,
                record::TRACE_ID => trace_id = field.bytes,
                record::SPAN_ID => span_id = field.bytes,
                record::EVENT_NAME => event_name = utf8(field.bytes)?,
                record::BODY => body = Some(field.bytes),
                record::ATTRIBUTE => {
                    self.budget.part()?;
                    let attribute = value::attribute(field.bytes)?;
                    let name = format!("attributes.{}", utf8(attribute.key)?);
                    named.extend(self.json(attribute.value)?.map(|value| (name, value)));
                }
                record::DROPPED_ATTRIBUTES | record::FLAGS => {}
                _ => known(&field, record::FIELD_MAX)?,
            }
        }
        if let Some(body) = body {
            let body = self.json(value::read(body)?)?;
            named.extend(body.map(|body| ("body".to_owned(), body)));
        }
        text("trace_id", hex(trace_id), named);
        text("span_id", hex(span_id), named);
        text("eventName", event_name.to_owned(), named);
        text("severityText", severity.to_owned(), named);
        let of_number = usize::try_from(number.wrapping_sub(1) / 4).ok();
        let usual = of_number
            .filter(|_| number > 0)
            .and_then(|at| SEVERITIES.get(at));
        if let Some(usual) = usual {
            named.push(("severityNumber".to_owned(), Json::from(number)));
            named.push(("severity".to_owned(), Json::from(*usual)));
        } else if !severity.is_empty() {
            named.push(("severity".to_owned(), Json::from(severity.to_lowercase())));
        }
        let nanos = [time, observed].into_iter().find(|nanos| *nanos > 0);
        Ok(nanos.map(|nanos| i64::try_from(nanos).unwrap_or(i64::MAX)))
    }

    /// A value as a field's: lists, maps and bytes as text.
    fn json(&mut self, value: Value<'_>) -> Result<Option<Json>, Unfit> {
        Ok(Some(match value {
            Value::Empty => return Ok(None),
            Value::Boolean(value) => Json::from(value),
            Value::Integer(value) => Json::from(value),
            Value::Float(value) if value.is_finite() => Json::from(value),
            Value::Text(text) => Json::from(utf8(text)?),
            other => {
                let mut out = Vec::new();
                other.render(&mut out, &mut self.budget)?;
                Json::from(utf8(&out)?)
            }
        }))
    }
}

fn scope(message: &[u8], named: &mut Named) -> Result<(), Error> {
    let (mut name, mut version) = ("", "");
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        match field.tag {
            SCOPE_NAME => name = utf8(field.bytes)?,
            SCOPE_VERSION => version = utf8(field.bytes)?,
            _ => {}
        }
    }
    text("scope.name", name.to_owned(), named);
    text("scope.version", version.to_owned(), named);
    Ok(())
}

fn text(name: &str, text: String, named: &mut Named) {
    if !text.is_empty() {
        named.push((name.to_owned(), Json::from(text)));
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|_| text::NOT_UTF8)
}

fn hex(id: &[u8]) -> String {
    let mut out = Vec::with_capacity(2 * id.len());
    if id.iter().any(|byte| *byte != 0) {
        text::hex(id, &mut out);
    }
    String::from_utf8(out).unwrap_or_default()
}

fn size_of(named: &Named) -> usize {
    let bytes = |(name, value): &(String, Json)| name.len() + value.as_str().map_or(8, str::len);
    named.iter().map(bytes).sum()
}
