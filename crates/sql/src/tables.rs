//! Datasets as tables: the rows and fields that APL sees.

use crate::limits::ATTRIBUTES_MAX;
use crate::names::{self, Settled};
use crate::shape::Shape;
use crate::views::Views;
use crate::{Found, mistake, place};
use apl::for_sql;
use apl::{Context, Datasets, Diagnostic, VirtualField};
use datafusion::catalog::TableProvider;
use datafusion::datasource::{ViewTable, provider_as_source};
use datafusion::logical_expr::TableSource;
use datafusion::sql::sqlparser::tokenizer::Span;
use model::fields::{self, Resolved};
use model::span::{self, Note};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

/// A dataset that the query names.
pub(crate) struct Opened {
    pub(crate) name: String,
    span: Span,
    table: Arc<dyn TableProvider>,
    /// All there are, those that are made of others included, without the attributes that have no column of their own.
    pub(crate) fields: BTreeSet<String>,
}

impl Opened {
    /// Whether some row is known to have an attribute that has no column of its own.
    pub(crate) fn has_key(&self, name: &str) -> bool {
        let has = |map: &str, key: &str| self.fields.contains(&span::key_column(map, key));
        match span::of_key_column(name) {
            Some((map, key)) => has(map, key),
            None => match fields::resolve(name) {
                Resolved::CustomKey(key) => span::KEYED_MAPS
                    .iter()
                    .any(|map| has(map, &key) || has(map, name)),
                _ => false,
            },
        }
    }

    /// Whether no row has such an attribute.
    fn lacks_key(&self, name: &str) -> bool {
        let schema = self.table.schema();
        let complete = Note::KeysComplete.read(&schema).unwrap_or_default();
        let is_complete = |map: &str| complete.contains(map);
        let of_map = span::of_key_column(name).map(|(map, _)| map);
        let is_known = match of_map {
            Some(map) => is_complete(map),
            None => span::KEYED_MAPS.iter().all(|map| is_complete(map)),
        };
        is_known && !self.has_key(name)
    }
}

/// Names that may not be meant: those that are read as attributes of which no row knows, or that are near to a field's.
pub(crate) fn warnings(text: &str, opened: &[Opened], settled: &Settled) -> Vec<Diagnostic> {
    let mut warned = BTreeSet::new();
    let warning = |(name, place): &(String, names::Place)| {
        let key = span::of_key_column(name).map(|(map, key)| format!("\"{map}\"['{key}']"));
        let is_key = key.is_some() || matches!(fields::resolve(name), Resolved::CustomKey(_));
        let is_field = opened.iter().any(|table| table.fields.contains(name));
        let is_given = settled.of_fields.given.contains(name);
        if !is_key
            || is_field && key.is_none()
            || is_given
            || opened.is_empty()
            || !warned.insert(name.clone())
        {
            return None;
        }
        let shown = key.unwrap_or_else(|| format!("'{name}'"));
        let near = fields::nearest(name).into_iter().next();
        let message = match opened.iter().all(|table| table.lacks_key(name)) {
            true => format!("{shown} is read as an attribute, which no row has"),
            false => near
                .as_ref()
                .map(|_| format!("{shown} is read as an attribute"))?,
        };
        let range = place::range(text, place.span);
        Some(Diagnostic::new(
            text,
            range,
            message,
            near.map(|near| mistake::quoted(&near)),
        ))
    };
    settled.places.iter().filter_map(warning).collect()
}

/// Tables by their names, as the planner asks for them.
pub(crate) type Sources = HashMap<String, Arc<dyn TableSource>>;

/// Opens every dataset that a query names, each once.
pub(crate) fn open(text: &str, shape: &Shape, datasets: &dyn Datasets) -> Found<Vec<Opened>> {
    let open = |(name, span): &(String, Span)| {
        let table = datasets.table(name).ok_or_else(|| {
            let known = datasets.names();
            let near = for_sql::nearest(name, known.iter().map(String::as_str));
            let message = format!("unknown dataset '{name}': {}", for_sql::there_are(&known));
            let range = place::range(text, *span);
            Diagnostic::new(
                text,
                range,
                message,
                near.map(|near| mistake::quoted(&near)),
            )
        })?;
        let schema = table.schema();
        let fields = schema.fields().iter().map(|field| field.name().clone());
        let made = datasets
            .virtual_fields(name)
            .into_iter()
            .map(|field| field.name);
        let fields = fields.chain(made.take(VirtualField::PER_DATASET_MAX));
        Ok(Opened {
            name: name.clone(),
            span: *span,
            fields: fields.collect(),
            table,
        })
    };
    shape.datasets.iter().map(open).collect()
}

/// The tables in which names mean what they mean in APL.
pub(crate) fn sources(
    text: &str,
    opened: &[Opened],
    settled: &Settled,
    context: &Context,
    datasets: &dyn Datasets,
) -> Found<(Sources, Views)> {
    let names = &settled.of_fields;
    let is_field = |name: &&String| opened.iter().any(|table| table.fields.contains(*name));
    let attributes = names.read.iter().filter(|name| !is_field(name)).count();
    if attributes > ATTRIBUTES_MAX {
        let message = format!(
            "too many names that are no fields of the datasets: expected at most {ATTRIBUTES_MAX}"
        );
        return Err(place::mistake(text, 0..text.len(), message));
    }
    let (mut sources, mut views) = (Sources::new(), Views::default());
    for opened in opened {
        let table = Arc::clone(&opened.table);
        let rows = for_sql::rows(&opened.name, table, names, context, datasets);
        let seen = rows.and_then(|rows| views.add(&opened.name, &rows).map(|()| rows));
        let rows = seen.map_err(|error| {
            let range = place::range(text, opened.span);
            let message = format!(
                "could not read dataset {}: {}",
                opened.name,
                error.strip_backtrace()
            );
            place::mistake(text, range, message)
        })?;
        check_made(text, settled, &rows.broken)?;
        let view = provider_as_source(Arc::new(ViewTable::new(rows.plan, None)));
        sources.insert(opened.name.clone(), view);
    }
    Ok((sources, views))
}

/// What is wrong with a virtual field is told where the query reads it, unless the query itself gives that name.
fn check_made(text: &str, settled: &Settled, broken: &BTreeMap<String, String>) -> Found<()> {
    let is_given = |name: &String| settled.of_fields.given.contains(name);
    let mut read = settled.places.iter().filter(|(name, _)| !is_given(name));
    match read.find_map(|(name, place)| Some((broken.get(name)?, place))) {
        Some((message, place)) => {
            let range = place::range(text, place.span);
            Err(place::mistake(text, range, message))
        }
        None => Ok(()),
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
