//! The fields in sight, and what a name means among them.
//!
//! Fields that the query made come first, under their exact name. Other names are resolved by
//! `model::fields`: under every spelling of an attribute, then as a key of the custom maps.

use super::conversion;
use super::{Binder, Bound, Value};
use crate::diagnostic;
use crate::functions;
use crate::kernels::{choice, json, map};
use crate::kind::Kind;
use crate::parser::words;
use crate::syntax::expression::{Expression, Key, Node};
use datafusion::common::{Column, ScalarValue};
use datafusion::logical_expr::{Expr, lit};
use model::fields::{self, Resolved};
use model::span;
use std::collections::BTreeMap;
use std::ops::Range;

/// Fields that Axiom adds to every row, and this one does not have yet.
const UNSUPPORTED: &[&str] = &["_cursor", "_source", "_blockInfo"];

/// Fields that are different in each row, or tell nothing.
const OF_A_ROW: &[&str] = &[
    span::TRACE_ID,
    span::SPAN_ID,
    span::PARENT_SPAN_ID,
    span::TRACE_STATE,
    span::FLAGS,
];

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

    /// Whether it is different in each row, or tells nothing of it: rows are not compared by it unless asked.
    pub(crate) fn is_of_its_row(&self) -> bool {
        self.name.starts_with('_') || OF_A_ROW.contains(&self.name.as_str())
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
            Resolved::CustomKey(key) if exact.is_none() => {
                // With its prefix, too: so it is in the map of events.
                let keys = [key.as_str(), name];
                let keys = &keys[..if key == name { 1 } else { 2 }];
                if let Some(value) = self.custom(keys) {
                    return Ok(value);
                }
            }
            Resolved::CustomKey(_) => {}
            Resolved::Unknown { suggestions } => {
                let mut others = suggestions.into_iter().filter(|_| exact.is_none());
                if let Some(near) = others.find(|near| self.resolve(near).is_ok()) {
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
        let Some(kind) = typed.kind else {
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
        Value::new(choice::coalesce(kind.arrow(), values), kind)
    }

    /// A map column of the dataset, if it is in sight.
    fn dataset_map(&self, name: &str) -> Option<Expr> {
        let field = self.get(name)?;
        (field.kind == Kind::Map && !field.made).then(|| field.expr())
    }

    /// An attribute without a column of its own, from whichever custom map is in sight, by the first of these keys.
    fn custom(&self, keys: &[&str]) -> Option<Value> {
        let maps = [span::ATTRIBUTES_CUSTOM, span::RESOURCE_CUSTOM]
            .iter()
            .filter_map(|name| Some((name, self.dataset_map(name)?)));
        let lookups: Vec<Lookup> = maps
            .flat_map(|(name, map)| {
                keys.iter().map(move |key| {
                    let column = self.keys.lookup(name, key);
                    column.unwrap_or_else(|| Lookup::Value(map::get(map.clone(), key)))
                })
            })
            .collect();
        if lookups.is_empty() {
            return None;
        }
        let mut values: Vec<Expr> = lookups.into_iter().filter_map(Lookup::value).collect();
        let kind = Kind::Text;
        let value = match values.len() {
            0 => lit(ScalarValue::Utf8View(None)),
            1 => values.remove(0),
            _ => choice::coalesce(kind.arrow(), values),
        };
        Some(Value::new(value, kind))
    }

    /// One key of a map of the dataset.
    pub(crate) fn of_map(&self, name: &str, map: Expr, key: &str) -> Expr {
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

/// Fields that a diagnostic names, rather than to say what fields are.
const NAMED_MAX: usize = 8;

impl Scope {
    /// What a diagnostic says there is instead of an unknown field.
    fn expected(&self, name: &str) -> String {
        if self.get(span::ATTRIBUTES_CUSTOM).is_some() {
            return format!(
                "a field, or ['attributes.custom']['{name}'] for an attribute of your own"
            );
        }
        let names: Vec<&str> = self.fields.iter().map(|it| it.name.as_str()).collect();
        match names[..] {
            [one] => format!("{one}, the only field at this stage"),
            _ if names.len() <= NAMED_MAX => {
                format!("one of the fields at this stage: {}", names.join(", "))
            }
            _ => format!("one of the {} fields at this stage", names.len()),
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
    if found.len() == 1 {
        return Value::new(first.expr(), first.kind);
    }
    let values = found
        .iter()
        .map(|field| conversion::to(kind, Value::new(field.expr(), field.kind)))
        .collect();
    Value::new(choice::coalesce(kind.arrow(), values), kind)
}

impl Binder<'_, '_> {
    pub(super) fn field(&mut self, name: &str, range: &Range<usize>) -> Bound<Value> {
        if self.scope.get(name).is_none()
            && let Some(value) = self.named_value(name, range)
        {
            return value;
        }
        if self.scope.get(name).is_none()
            && let Some(message) = self.tables.broken(name).map(str::to_owned)
        {
            return Err(self.error(range, message));
        }
        if self.scope.fields.is_empty() {
            let suggestion = diagnostic::nearest(name, self.tables.value_names());
            let message = format!("unknown name '{name}': expected a constant or a name of let");
            return Err(self.report.suggest(range, message, suggestion));
        }
        let value = self.scope.resolve(name).map_err(|suggestion| {
            if UNSUPPORTED.contains(&name) {
                let message = format!("not supported yet: {name}");
                return self.report.error(range, message);
            }
            if let Some(function) = functions::named(name) {
                let suggestion = (function.least == 0).then(|| format!("{name}()"));
                let message = format!(
                    "unknown field '{name}': it is a function, written {}",
                    function.usage
                );
                return self.report.suggest(range, message, suggestion);
            }
            let elsewhere = || {
                let here = words::field_elsewhere(name)?;
                self.scope.resolve(here).is_ok().then(|| here.to_owned())
            };
            let named = || diagnostic::nearest(name, self.tables.value_names());
            let suggestion = elsewhere().or(suggestion).or_else(named);
            let expected = self.scope.expected(name);
            let message = format!("unknown field '{name}': expected {expected}");
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

    /// Whether a name is nothing here, nor near to anything.
    pub(super) fn is_unheard_of(&self, name: &str) -> bool {
        let is_word = name
            .chars()
            .all(|letter| letter.is_alphanumeric() || letter == '_');
        is_word
            && matches!(self.scope.resolve(name), Err(None))
            && self.tables.meaning(name).is_none()
            && self.tables.broken(name).is_none()
            && functions::named(name).is_none()
            && words::field_elsewhere(name).is_none()
            && diagnostic::nearest(name, self.tables.value_names()).is_none()
    }

    /// `map.key`, `events[0].name`, or a dotted name written without brackets.
    pub(super) fn path(
        &mut self,
        base: &Expression,
        keys: &[Key],
        range: &Range<usize>,
    ) -> Bound<Value> {
        let is_name = |key: &&Key| matches!(key, Key::Name(_));
        let names: Vec<&str> = keys
            .iter()
            .take_while(is_name)
            .filter_map(|key| match key {
                Key::Name(name) => Some(name.as_str()),
                Key::Place(_) => None,
            })
            .collect();
        let rest = &keys[names.len()..];
        if let Node::Field(name) = &base.node {
            let field = self.scope.get(name).map(|field| field.kind);
            let is_json = field.is_some_and(Kind::is_json);
            if let (false, Some((first, others))) = (is_json, names.split_first()) {
                let value = self.dotted(name, first, others, range)?;
                return match self.is_attribute(name, &names) {
                    true => self.attribute_walked(value, rest, range),
                    false => self.walked(value, rest, range),
                };
            }
        }
        let value = self.bind(base)?;
        if value.kind != Some(Kind::Map) || names.is_empty() {
            return self.walked(value, keys, range);
        }
        let key = names.join(".");
        let expr = match &base.node {
            Node::Field(name) => self.scope.of_map(name, value.expr, &key),
            _ => map::get(value.expr, &key),
        };
        self.attribute_walked(Value::new(expr, Kind::Text), rest, range)
    }

    /// Whether `a.b.c` without brackets is an attribute without a column of its own.
    fn is_attribute(&self, name: &str, names: &[&str]) -> bool {
        let whole = format!("{name}.{}", names.join("."));
        self.scope.get(&whole).is_none()
            && (matches!(fields::resolve(&whole), Resolved::CustomKey(_))
                || self
                    .scope
                    .dataset_map(&format!("{name}.{}", names[0]))
                    .is_some())
    }

    /// `a.b.c` without brackets: a field of that name, or a key of the map `a.b`.
    fn dotted(
        &mut self,
        name: &str,
        first: &str,
        others: &[&str],
        range: &Range<usize>,
    ) -> Bound<Value> {
        let map = format!("{name}.{first}");
        let whole = std::iter::once(map.as_str()).chain(others.iter().copied());
        let whole = whole.collect::<Vec<_>>().join(".");
        let is_field = self.scope.resolve(name).is_ok();
        if is_field && matches!(fields::resolve(&whole), Resolved::CustomKey(_)) {
            let message = format!(
                "field '{name}' is no map: expected no key after it; parse_json({name}) reads one from a string"
            );
            return Err(self.error(range, message));
        }
        let of_map = self
            .scope
            .get(&map)
            .filter(|field| field.kind == Kind::Map && !others.is_empty());
        match of_map.map(Field::expr) {
            Some(expr) => {
                let value = self.scope.of_map(&map, expr, &others.join("."));
                Ok(Value::new(value, Kind::Text))
            }
            None => self.field(&whole, range),
        }
    }

    /// An attribute that was no string is its JSON text: it is read before it is walked into.
    fn attribute_walked(
        &mut self,
        value: Value,
        keys: &[Key],
        range: &Range<usize>,
    ) -> Bound<Value> {
        if keys.is_empty() {
            return Ok(value);
        }
        self.walked(json::parsed(value.expr), keys, range)
    }

    /// What `keys` lead to.
    fn walked(&mut self, value: Value, keys: &[Key], range: &Range<usize>) -> Bound<Value> {
        if keys.is_empty() {
            return Ok(value);
        }
        match value.kind {
            None => return Ok(value),
            Some(kind) if kind.is_json() => {}
            Some(kind) => {
                let message = format!(
                    "expected an array or a map before a key, found {}; parse_json(…) reads one from a string",
                    kind.spoken()
                );
                return Err(self.error(range, message));
            }
        }
        let mut steps = Vec::with_capacity(keys.len());
        for key in keys {
            steps.push(match key {
                Key::Name(name) => Value::text(name).expr,
                Key::Place(place) => self.step(place)?,
            });
        }
        Ok(json::walked(value.expr, steps))
    }

    /// What stands between brackets: a place or a name, which may be computed.
    fn step(&mut self, place: &Expression) -> Bound<Expr> {
        let value = self.bind(place)?;
        match value.kind {
            Some(Kind::Integer | Kind::Text) => Ok(value.expr),
            None => Ok(conversion::typed_null(Kind::Integer)),
            Some(kind) => {
                let message = format!("expected a place such as [0], found {}", kind.spoken());
                Err(self.error(&place.range, message))
            }
        }
    }
}
