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
use datafusion::common::{Column, ScalarValue};
use datafusion::logical_expr::{Expr, lit};
use model::fields::{self, Resolved};
use model::span;
use std::collections::BTreeMap;
use std::ops::Range;

/// The fields of the rows at one point of a query, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    pub(crate) fields: Vec<Field>,
    /// Of the dataset's maps, as long as they are in sight.
    pub(crate) keys: Keys,
}

/// Keys of custom maps that the dataset has a column of: quicker to read than the map. They are no fields.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    /// By the name of [`span::key_column`].
    pub(crate) columns: BTreeMap<String, Column>,
    /// The maps of which a key without a column is in no row.
    pub(crate) complete: Vec<String>,
}

/// How a key of a map is read.
enum Lookup {
    Value(Expr),
    /// No row has it.
    Nowhere,
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
        let (Some(kind), Some(output)) = (typed.kind, typed.kind.and_then(Kind::arrow)) else {
            return typed;
        };
        let in_map = found
            .iter()
            .find_map(|field| fields::custom_keys(&field.name));
        let Some((name, keys)) = in_map else {
            return typed;
        };
        let Some(map) = self.dataset_map(name) else {
            return typed;
        };
        let columns: Option<Vec<Lookup>> =
            keys.iter().map(|key| self.keys.lookup(name, key)).collect();
        let others = match columns {
            Some(columns) => columns.into_iter().filter_map(Lookup::value).collect(),
            None => vec![map::get_unless(typed.expr.clone(), map, &keys)],
        };
        if others.is_empty() {
            return typed;
        }
        let others = others
            .into_iter()
            .map(|text| conversion::to(kind, Value::new(text, Kind::Text)));
        let values = std::iter::once(typed.expr).chain(others).collect();
        Value::new(choice::coalesce(output, values), kind)
    }

    /// A map column of the dataset, if it is in sight.
    fn dataset_map(&self, name: &str) -> Option<Expr> {
        let field = self.get(name)?;
        (field.kind == Kind::Map && !field.made).then(|| field.expr())
    }

    /// An attribute without a column of its own, from whichever custom map is in sight.
    fn custom(&self, key: &str) -> Option<Value> {
        let maps = [span::ATTRIBUTES_CUSTOM, span::RESOURCE_CUSTOM]
            .iter()
            .filter_map(|name| Some((name, self.dataset_map(name)?)));
        let lookups: Vec<Lookup> = maps
            .map(|(name, map)| {
                let column = self.keys.lookup(name, key);
                column.unwrap_or_else(|| Lookup::Value(map::get(map, key)))
            })
            .collect();
        if lookups.is_empty() {
            return None;
        }
        let mut values: Vec<Expr> = lookups.into_iter().filter_map(Lookup::value).collect();
        let (kind, output) = (Kind::Text, Kind::Text.arrow()?);
        let value = match values.len() {
            0 => lit(ScalarValue::Utf8View(None)),
            1 => values.remove(0),
            _ => choice::coalesce(output, values),
        };
        Some(Value::new(value, kind))
    }

    /// One key of a map of the dataset.
    fn of_map(&self, name: &str, map: Expr, key: &str) -> Expr {
        match self.dataset_map(name).and(self.keys.lookup(name, key)) {
            Some(Lookup::Value(column)) => column,
            Some(Lookup::Nowhere) => lit(ScalarValue::Utf8View(None)),
            None => map::get(map, key),
        }
    }
}

impl Keys {
    /// `None` when only the map itself can tell.
    fn lookup(&self, map: &str, key: &str) -> Option<Lookup> {
        match self.columns.get(&span::key_column(map, key)) {
            Some(column) => Some(Lookup::Value(Expr::Column(column.clone()))),
            None => {
                let is_complete = self.complete.iter().any(|complete| complete == map);
                is_complete.then_some(Lookup::Nowhere)
            }
        }
    }

    /// Those of maps that are still in sight as they were.
    pub(crate) fn kept(&self, is_kept: impl Fn(&str) -> bool) -> Self {
        let of_kept =
            |column: &str| span::of_key_column(column).is_some_and(|(map, _)| is_kept(map));
        Self {
            columns: self
                .columns
                .iter()
                .filter(|(name, _)| of_kept(name))
                .map(|(name, column)| (name.clone(), column.clone()))
                .collect(),
            complete: self
                .complete
                .iter()
                .filter(|map| is_kept(map))
                .cloned()
                .collect(),
        }
    }
}

impl Lookup {
    fn value(self) -> Option<Expr> {
        match self {
            Self::Value(value) => Some(value),
            Self::Nowhere => None,
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
        if self.scope.get(name).is_none()
            && let Some(value) = self.named_value(name, range)
        {
            return value;
        }
        if self.scope.fields.is_empty() {
            let suggestion = diagnostic::nearest(name, self.tables.value_names());
            let message = format!("unknown name '{name}': expected a constant or a name of let");
            return Err(self.report.suggest(range, message, suggestion));
        }
        let value = self.scope.resolve(name).map_err(|suggestion| {
            let named = || diagnostic::nearest(name, self.tables.value_names());
            let suggestion = suggestion.or_else(named);
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
                        self.scope.of_map(&dotted, field.expr(), &rest.join(".")),
                        Kind::Text,
                    )),
                    None => self.field(&format!("{name}.{key}"), range),
                };
            }
        }
        let value = self.bind(base)?;
        if value.kind == Some(Kind::Map) {
            let expr = match &base.node {
                Node::Field(name) => self.scope.of_map(name, value.expr, &key),
                _ => map::get(value.expr, &key),
            };
            return Ok(Value::new(expr, Kind::Text));
        }
        let message = format!(
            "expected a map before the key '{key}', found {}",
            value.spoken()
        );
        Err(self.error(&base.range, message))
    }
}
