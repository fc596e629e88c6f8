//! Resources and scopes: what is said once for many spans.

use super::{Walk, is_fit};
use crate::Error;
use crate::names::RESOURCE;
use crate::value::{self, Budget, Unfit, Value, known};
use crate::wire::{self, Fields, tag};

const RESOURCE_FIELD: u32 = tag(1, wire::BYTES);
const SCOPE_SPANS: u32 = tag(2, wire::BYTES);
const SCOPE: u32 = tag(1, wire::BYTES);
const SPAN: u32 = tag(2, wire::BYTES);
/// Of both groups.
const SCHEMA_URL: u32 = tag(3, wire::BYTES);

mod resource {
    use super::{tag, wire};
    pub(super) const ATTRIBUTE: u32 = tag(1, wire::BYTES);
    pub(super) const DROPPED_ATTRIBUTES: u32 = tag(2, wire::VARINT);
    pub(super) const ENTITY_REF: u32 = tag(3, wire::BYTES);
    pub(super) const FIELD_MAX: u32 = 3;
}

mod scope {
    use super::{tag, wire};
    pub(super) const NAME: u32 = tag(1, wire::BYTES);
    pub(super) const VERSION: u32 = tag(2, wire::BYTES);
    pub(super) const ATTRIBUTE: u32 = tag(3, wire::BYTES);
    pub(super) const DROPPED_ATTRIBUTES: u32 = tag(4, wire::VARINT);
    pub(super) const FIELD_MAX: u32 = 4;
}

mod entity {
    use super::{tag, wire};
    pub(super) const SCHEMA_URL: u32 = tag(1, wire::BYTES);
    pub(super) const TYPE: u32 = tag(2, wire::BYTES);
    pub(super) const ID_KEY: u32 = tag(3, wire::BYTES);
    pub(super) const DESCRIPTION_KEY: u32 = tag(4, wire::BYTES);
    pub(super) const FIELD_MAX: u32 = 4;
}

/// The service of a resource that does not name it, as OTLP's SDKs call it.
const UNKNOWN_SERVICE: &[u8] = b"unknown_service";

impl<'a> Walk<'a> {
    /// A resource and its spans. Protobuf lets the resource come in pieces, and anywhere.
    pub(super) fn resource_spans(&mut self, message: &'a [u8]) -> Result<(), Error> {
        self.budget.part()?;
        self.place.scope = 0;
        let from = self.columns.rows;
        let (mut resource, mut schema_url) = (Vec::new(), &[][..]);
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            match field.tag {
                RESOURCE_FIELD => {
                    self.budget.part()?;
                    resource.push(field.bytes);
                }
                SCOPE_SPANS => {
                    self.scope_spans(field.bytes)?;
                    self.place.scope += 1;
                }
                SCHEMA_URL => schema_url = field.bytes,
                _ => known(&field, 3)?,
            }
        }
        let filled = self.resource(from, &resource);
        if !is_fit(filled)? {
            let place = self.place;
            self.reject_rows(from, || format!("{}.resource", place.of_resource()));
        }
        let rows = (from, self.columns.rows);
        self.fill_text(self.layout.resource_schema_url, rows, schema_url)?;
        Ok(())
    }

    fn resource(&mut self, from: usize, pieces: &[&'a [u8]]) -> Result<(), Unfit> {
        self.inner.clear();
        let (mut dropped, mut entities) = (0, Vec::new());
        for piece in pieces {
            let mut fields = Fields::of(piece);
            while let Some(field) = fields.next()? {
                match field.tag {
                    resource::ATTRIBUTE => self.inner_attribute(field.bytes)?,
                    resource::DROPPED_ATTRIBUTES => dropped = field.number as u32,
                    resource::ENTITY_REF => {
                        self.budget.part()?;
                        entities.push(field.bytes);
                    }
                    _ => known(&field, resource::FIELD_MAX)?,
                }
            }
        }
        let rows = (from, self.columns.rows);
        if rows.0 == rows.1 {
            return Ok(());
        }
        value::canonical(&mut self.inner);
        let mut attributes = std::mem::take(&mut self.inner);
        let (mut has_service, mut refused) = (false, None);
        attributes.retain(|attribute| {
            let Some(place) = RESOURCE.find(attribute.key) else {
                return true;
            };
            let is_service = place.index == self.layout.service_name;
            if is_service && matches!(attribute.value, Value::Text(b"")) {
                return false;
            }
            if let Err(error) = self.budget.rows(rows.1 - rows.0, attribute.bytes()) {
                refused = Some(error);
                return false;
            }
            let is_put = self.put_all(place, rows, attribute.value);
            has_service |= is_service && is_put;
            !is_put
        });
        if let Some(error) = refused {
            return Err(error.into());
        }
        if !has_service {
            self.fill_text(self.layout.service_name, rows, UNKNOWN_SERVICE)?;
        }
        self.fill_count(self.layout.resource_dropped_attributes, rows, dropped);
        if !entities.is_empty() {
            let text = entity_refs(&entities, &mut self.budget)?;
            self.fill_text(self.layout.resource_entity_refs, rows, &text)?;
        }
        let custom = self.layout.resource_custom;
        self.fill_map(custom, rows, attributes)
    }

    fn scope_spans(&mut self, message: &'a [u8]) -> Result<(), Error> {
        self.budget.part()?;
        self.place.span = 0;
        let from = self.columns.rows;
        let (mut scope, mut schema_url) = (Vec::new(), &[][..]);
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            match field.tag {
                SPAN => {
                    self.span(field.bytes)?;
                    self.place.span += 1;
                }
                SCOPE => {
                    self.budget.part()?;
                    scope.push(field.bytes);
                }
                SCHEMA_URL => schema_url = field.bytes,
                _ => known(&field, 3)?,
            }
        }
        let filled = self.scope(from, &scope);
        if !is_fit(filled)? {
            let place = self.place;
            self.reject_rows(from, || format!("{}.scope", place.of_scope()));
        }
        let rows = (from, self.columns.rows);
        self.fill_text(self.layout.scope_schema_url, rows, schema_url)?;
        Ok(())
    }

    fn scope(&mut self, from: usize, pieces: &[&'a [u8]]) -> Result<(), Unfit> {
        self.inner.clear();
        let (mut name, mut version, mut dropped) = (&[][..], &[][..], 0);
        for piece in pieces {
            let mut fields = Fields::of(piece);
            while let Some(field) = fields.next()? {
                match field.tag {
                    scope::NAME => name = field.bytes,
                    scope::VERSION => version = field.bytes,
                    scope::ATTRIBUTE => self.inner_attribute(field.bytes)?,
                    scope::DROPPED_ATTRIBUTES => dropped = field.number as u32,
                    _ => known(&field, scope::FIELD_MAX)?,
                }
            }
        }
        let rows = (from, self.columns.rows);
        value::canonical(&mut self.inner);
        self.fill_text(self.layout.scope_name, rows, name)?;
        self.fill_text(self.layout.scope_version, rows, version)?;
        self.fill_count(self.layout.scope_dropped_attributes, rows, dropped);
        let attributes = std::mem::take(&mut self.inner);
        self.fill_map(self.layout.scope_attributes, rows, attributes)
    }

    /// Empty text and a count of 0 are absent.
    fn fill_text(
        &mut self,
        index: usize,
        (from, to): (usize, usize),
        text: &[u8],
    ) -> Result<(), Error> {
        if from < to && !text.is_empty() {
            self.budget.rows(to - from, text.len())?;
            self.columns.text(index).fill(from, to, text);
        }
        Ok(())
    }

    fn fill_count(&mut self, index: usize, (from, to): (usize, usize), count: u32) {
        if from < to && count > 0 {
            self.columns.number(index).fill(from, to, count.into());
        }
    }

    /// Gives the attributes' memory back to the walk.
    fn fill_map(
        &mut self,
        index: usize,
        rows: (usize, usize),
        attributes: Vec<value::Attribute<'a>>,
    ) -> Result<(), Unfit> {
        let filled = if rows.0 < rows.1 && !attributes.is_empty() {
            let bytes = attributes.iter().map(value::Attribute::bytes).sum();
            self.budget.rows(rows.1 - rows.0, bytes)?;
            let map = self.columns.shared_map(index);
            map.fill(rows, &attributes, &mut self.budget)
        } else {
            Ok(())
        };
        self.inner = attributes;
        filled
    }
}

/// As OTLP/JSON writes them.
fn entity_refs(messages: &[&[u8]], budget: &mut Budget) -> Result<Vec<u8>, Error> {
    let mut out = Vec::from(b"[");
    for (index, message) in messages.iter().enumerate() {
        let (mut kind, mut schema_url, mut ids, mut descriptions) =
            (&[][..], &[][..], Vec::new(), Vec::new());
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            match field.tag {
                entity::SCHEMA_URL => schema_url = field.bytes,
                entity::TYPE => kind = field.bytes,
                entity::ID_KEY | entity::DESCRIPTION_KEY => {
                    budget.part()?;
                    let keys = if field.tag == entity::ID_KEY {
                        &mut ids
                    } else {
                        &mut descriptions
                    };
                    keys.push(field.bytes);
                }
                _ => known(&field, entity::FIELD_MAX)?,
            }
        }
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(b"{\"type\":");
        budget.quote(&mut out, kind)?;
        keys(&mut out, ",\"idKeys\":", &ids, budget)?;
        keys(&mut out, ",\"descriptionKeys\":", &descriptions, budget)?;
        if !schema_url.is_empty() {
            out.extend_from_slice(b",\"schemaUrl\":");
            budget.quote(&mut out, schema_url)?;
        }
        out.push(b'}');
    }
    out.push(b']');
    Ok(out)
}

fn keys(out: &mut Vec<u8>, name: &str, keys: &[&[u8]], budget: &mut Budget) -> Result<(), Error> {
    out.extend_from_slice(name.as_bytes());
    out.push(b'[');
    for (index, key) in keys.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        budget.quote(out, key)?;
    }
    out.push(b']');
    Ok(())
}
