//! The fields in sight, and what a name means among them.
//!
//! Fields that the query made come first, under their exact name. Other names are resolved by
//! `model::fields`: under every spelling of an attribute, then as a key of the custom maps.

use super::conversion;
use super::{Binder, Bound, Value};
use crate::diagnostic;
use crate::kernels::{choice, map};
use crate::kind::Kind;
use crate::syntax::expression::{Expression, Node};
use datafusion::common::Column;
use datafusion::logical_expr::Expr;
use model::fields::{self, Resolved};
use model::span;
use std::ops::Range;

/// The fields of the rows at one point of a query, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    pub(crate) fields: Vec<Field>,
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) column: Column,
    /// Made by the query, not read from the dataset.
    pub(crate) made: bool,
    /// Axiom's name of the aggregation it comes from.
    pub(crate) aggregation: Option<&'static str>,
    /// Nodes of its expression when the fields it reads are written out; 0 of a column.
    pub(crate) weight: usize,
}

impl Field {
    pub(crate) fn expr(&self) -> Expr {
        Expr::Column(self.column.clone())
    }
}

impl Scope {
    pub(crate) fn get(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// What `name` means; `Err` holds what might have been meant.
    pub(crate) fn resolve(&self, name: &str) -> Result<Value, Option<String>> {
        let exact = self.get(name);
        if let Some(field) = exact.filter(|field| field.made) {
            return Ok(Value::new(field.expr(), field.kind));
        }
        match fields::resolve(name) {
            Resolved::Columns(columns) => {
                let found: Vec<&Field> = columns
                    .iter()
                    .filter_map(|column| self.get(column))
                    .collect();
                if !found.is_empty() {
                    return Ok(self.attribute(&found));
                }
            }
            Resolved::CustomKey(key) => {
                if let Some(value) = self.custom(&key) {
                    return Ok(value);
                }
            }
            Resolved::Unknown { suggestions } => {
                if let Some(near) = suggestions
                    .into_iter()
                    .find(|near| self.resolve(near).is_ok())
                {
                    return Err(Some(near));
                }
            }
        }
        match exact {
            Some(field) => Ok(Value::new(field.expr(), field.kind)),
            None => Err(diagnostic::nearest(
                name,
                self.fields.iter().map(|field| field.name.as_str()),
            )),
        }
    }

    /// The first of these columns that has a value, then what the custom map has under their names: an
    /// attribute lies there when its value was not of the column's type.
    fn attribute(&self, found: &[&Field]) -> Value {
        let typed = first_present(found);
        let in_map = found
            .iter()
            .find_map(|field| fields::custom_keys(&field.name));
        let map = in_map.and_then(|(name, keys)| Some((self.dataset_map(name)?, keys)));
        let (Some((map, keys)), Some(kind)) = (map, typed.kind) else {
            return typed;
        };
        let Some(output) = kind.arrow() else {
            return typed;
        };
        let text = map::get_unless(typed.expr.clone(), map, &keys);
        let other = conversion::to(kind, Value::new(text, Kind::Text));
        Value::new(choice::coalesce(output, vec![typed.expr, other]), kind)
    }

    /// A map column of the dataset, if it is in sight.
    fn dataset_map(&self, name: &str) -> Option<Expr> {
        let field = self.get(name)?;
        (field.kind == Kind::Map && !field.made).then(|| field.expr())
    }

    /// An attribute without a column of its own, from whichever custom map is in sight.
    fn custom(&self, key: &str) -> Option<Value> {
        let lookups: Vec<Expr> = [span::ATTRIBUTES_CUSTOM, span::RESOURCE_CUSTOM]
            .iter()
            .filter_map(|name| self.dataset_map(name))
            .map(|map| map::get(map, key))
            .collect();
        let kind = Kind::Text;
        match lookups.len() {
            0 => None,
            1 => lookups
                .into_iter()
                .next()
                .map(|lookup| Value::new(lookup, kind)),
            _ => Some(Value::new(choice::coalesce(kind.arrow()?, lookups), kind)),
        }
    }
}

/// The first of these columns that has a value; as text when their kinds differ.
fn first_present(found: &[&Field]) -> Value {
    let first = found[0];
    let kind = if found.iter().all(|field| field.kind == first.kind) {
        first.kind
    } else {
        Kind::Text
    };
    let (Some(output), true) = (kind.arrow(), found.len() > 1) else {
        return Value::new(first.expr(), first.kind);
    };
    let values = found
        .iter()
        .map(|field| conversion::to(kind, Value::new(field.expr(), field.kind)))
        .collect();
    Value::new(choice::coalesce(output, values), kind)
}

impl Binder<'_, '_> {
    pub(super) fn field(&mut self, name: &str, range: &Range<usize>) -> Bound<Value> {
        let value = self.scope.resolve(name).map_err(|suggestion| {
            let message = format!(
                "unknown field '{name}': expected a field, or ['attributes.custom']['{name}'] for an \
                 attribute of your own"
            );
            self.report.suggest(range, message, suggestion)
        })?;
        let is_custom = matches!(fields::resolve(name), Resolved::CustomKey(_));
        if is_custom
            && self.scope.get(name).is_none()
            && let Some(near) = fields::nearest(name).into_iter().next()
        {
            let message = format!("'{name}' is read as a custom attribute");
            self.report.warn(range, message, near);
        }
        Ok(value)
    }

    /// `map.key`, or a dotted name written without brackets.
    pub(super) fn path(
        &mut self,
        base: &Expression,
        keys: &[String],
        range: &Range<usize>,
    ) -> Bound<Value> {
        let key = keys.join(".");
        if let Node::Field(name) = &base.node {
            let is_map = self
                .scope
                .get(name)
                .is_some_and(|field| field.kind == Kind::Map);
            // `attributes.custom.k`: the map's own name may be written without brackets, too.
            if let (false, Some((map_name, rest))) = (is_map, keys.split_first()) {
                let dotted = format!("{name}.{map_name}");
                let is_field = self.scope.resolve(name).is_ok();
                if is_field
                    && matches!(
                        fields::resolve(&format!("{name}.{key}")),
                        Resolved::CustomKey(_)
                    )
                {
                    let message = format!("field '{name}' is no map: expected no key after it");
                    return Err(self.error(range, message));
                }
                let of_map = self
                    .scope
                    .get(&dotted)
                    .filter(|field| field.kind == Kind::Map);
                return match of_map.filter(|_| !rest.is_empty()) {
                    Some(field) => Ok(Value::new(
                        map::get(field.expr(), &rest.join(".")),
                        Kind::Text,
                    )),
                    None => self.field(&format!("{name}.{key}"), range),
                };
            }
        }
        let value = self.bind(base)?;
        if value.kind == Some(Kind::Map) {
            return Ok(Value::new(map::get(value.expr, &key), Kind::Text));
        }
        let message = format!(
            "expected a map before the key '{key}', found {}",
            value.spoken()
        );
        Err(self.error(&base.range, message))
    }
}
