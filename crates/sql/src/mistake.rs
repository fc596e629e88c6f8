//! What the engine says of a query, said to who wrote it: where, what was expected, and what may have been meant.

use crate::functions;
use crate::names::{Place, Settled};
use crate::place;
use crate::statement::spoken;
use apl::Diagnostic;
use apl::for_sql::nearest;
use datafusion::common::{Column, SchemaError};
use datafusion::error::DataFusionError;
use model::{fields, span};
use std::ops::Range;

/// A name as SQL wants it.
pub(crate) fn quoted(name: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    match name
        .chars()
        .all(|letter| is_plain(letter) || letter.is_ascii_digit())
    {
        true => name.to_owned(),
        false => format!("\"{name}\""),
    }
}

/// What stopped the planner.
pub(crate) fn of_plan(text: &str, names: &Settled, error: &DataFusionError) -> Diagnostic {
    let at = || range(text, error);
    let root = error.find_root();
    let root = match root {
        DataFusionError::Diagnostic(_, inner) => inner.find_root(),
        other => other,
    };
    match root {
        DataFusionError::SchemaError(problem, _) => match problem.as_ref() {
            SchemaError::FieldNotFound {
                field,
                valid_fields,
            } => unknown_field(text, names, field, valid_fields),
            SchemaError::AmbiguousReference { field } => {
                let at = named(text, names, field.name()).map_or_else(at, |(range, _)| range);
                let message = format!(
                    "field '{}' is in more than one table: expected the table before it, as in t.{}",
                    field.name(),
                    quoted(field.name())
                );
                place::mistake(text, at, message)
            }
            SchemaError::DuplicateQualifiedField { name, .. }
            | SchemaError::DuplicateUnqualifiedField { name } => {
                let message =
                    format!("two fields are called '{name}': expected another name, with AS");
                place::mistake(text, at(), message)
            }
        },
        other => {
            let said = other.strip_backtrace();
            match said.split_once("Invalid function '") {
                Some((_, rest)) => unknown_function(text, rest),
                None => place::mistake(text, at(), of_engine(&said)),
            }
        }
    }
}

/// Its text without the words before it that name a part of the engine.
fn of_engine(said: &str) -> String {
    let heads = [
        "Error during planning: ",
        "This feature is not implemented: ",
        "Schema error: ",
        "Internal error: ",
        "type_coercion\ncaused by\n",
        "Optimizer rule ",
    ];
    let mut said = said.trim();
    while let Some(rest) = heads.iter().find_map(|head| said.strip_prefix(head)) {
        said = rest.trim();
    }
    match said.contains("require unique expression names") {
        true => {
            "two fields have the same name: expected another for one of them, with AS".to_owned()
        }
        false => spoken(said),
    }
}

fn range(text: &str, error: &DataFusionError) -> Range<usize> {
    let span = error.diagnostic().and_then(|diagnostic| diagnostic.span);
    span.map_or(0..text.len(), |span| place::range_of_plan(text, span))
}

/// Where a name stands first, and whether in quotes.
fn named(text: &str, names: &Settled, name: &str) -> Option<(Range<usize>, Place)> {
    let (_, place) = names.places.iter().find(|(known, _)| known == name)?;
    Some((place::range(text, place.span), *place))
}

fn unknown_field(text: &str, names: &Settled, field: &Column, valid: &[Column]) -> Diagnostic {
    let name = field.name();
    let found = named(text, names, name);
    let known = valid.iter().map(Column::name);
    let mut near = fields::nearest(name)
        .into_iter()
        .filter(|near| valid.iter().any(|field| field.name() == near));
    let suggestion = near.next().or_else(|| nearest(name, known));
    let is_quoted = found.as_ref().is_some_and(|(_, place)| place.is_quoted);
    let advice = match (is_quoted, &field.relation) {
        (true, None) if suggestion.is_none() && !name.contains('.') => {
            format!("; a text is written in single quotes, as in '{name}'")
        }
        _ => String::new(),
    };
    let has_attributes = valid
        .iter()
        .any(|field| field.name() == span::ATTRIBUTES_CUSTOM);
    let message = match &field.relation {
        Some(table) => format!("unknown field '{name}' of '{}'{advice}", table.table()),
        None if !has_attributes => format!("unknown field '{name}': expected a field{advice}"),
        None => format!(
            "unknown field '{name}': expected a field, or \"attributes.custom\"['{name}'] for an attribute of \
             your own{advice}"
        ),
    };
    let at = found.map_or(0..text.len(), |(range, _)| range);
    Diagnostic::new(text, at, message, suggestion.map(|near| quoted(&near)))
}

fn unknown_function(text: &str, rest: &str) -> Diagnostic {
    let name = rest.split('\'').next().unwrap_or_default();
    let lower = text.to_ascii_lowercase();
    let at = lower.find(&format!("{name}(")).or_else(|| lower.find(name));
    let at = at.map_or(0..text.len(), |at| at..at + name.len());
    let suggestion = nearest(name, functions::all().names());
    let message = format!("there is no function '{name}' here; docs/sql.md lists those there are");
    Diagnostic::new(text, at, message, suggestion)
}
