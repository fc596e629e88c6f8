//! What stopped the planner, said to who wrote the query: where, what was expected, and what may have been meant.

use crate::blame::{self, Blamed};
use crate::functions;
use crate::misfit;
use crate::names::{Place, Settled};
use crate::place;
use crate::sentences;
use crate::words;
use crate::{clauses, verify};
use apl::Diagnostic;
use apl::for_sql::nearest;
use datafusion::common::{Column, Result, SchemaError};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::LogicalPlan;
use datafusion::sql::sqlparser::ast::Query;
use model::{fields, span};
use std::collections::BTreeSet;
use std::ops::Range;

/// A query that could not be planned.
pub(crate) struct Unplanned<'q> {
    pub(crate) text: &'q str,
    pub(crate) query: &'q Query,
    pub(crate) names: &'q Settled,
    /// Plans another one as this one was.
    pub(crate) plan: &'q dyn Fn(Query) -> Result<LogicalPlan>,
}

/// A name as SQL wants it.
pub(crate) fn quoted(name: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    let goes_on = |letter: char| is_plain(letter) || letter.is_ascii_digit();
    match name.starts_with(is_plain) && name.chars().all(goes_on) {
        true => name.to_owned(),
        false => format!("\"{}\"", name.replace('"', "\"\"")),
    }
}

/// A name before a dot that is none of the query's tables.
pub(crate) fn no_table(
    text: &str,
    at: Range<usize>,
    name: &str,
    tables: &BTreeSet<String>,
) -> Diagnostic {
    // One of a query inside FROM is not seen outside of it.
    let others = tables.iter().filter(|table| *table != name);
    let mut there_are: Vec<String> = others.map(|table| quoted(table)).collect();
    let suggestion = match there_are.as_slice() {
        [only] => Some(only.clone()),
        _ => nearest(
            name,
            tables
                .iter()
                .map(String::as_str)
                .filter(|near| *near != name),
        )
        .map(|near| quoted(&near)),
    };
    there_are.truncate(TABLES_SHOWN);
    let expected = match there_are.as_slice() {
        [] => "a table's name after its query, as in FROM (SELECT …) AS t".to_owned(),
        some => some.join(" or "),
    };
    let message = format!("no table is called '{name}' here: expected {expected}");
    Diagnostic::new(text, at, message, suggestion)
}

/// More are not told.
const TABLES_SHOWN: usize = 5;

impl Unplanned<'_> {
    /// What is wrong with it.
    pub(crate) fn mistake(&self, error: &DataFusionError) -> Diagnostic {
        let root = error.find_root();
        let root = match root {
            DataFusionError::Diagnostic(_, inner) => inner.find_root(),
            other => other,
        };
        if let DataFusionError::SchemaError(problem, _) = root {
            return self.of_schema(problem, error);
        }
        let ours = words::of_ours(root);
        if ours == Some(verify::GROUPS)
            && let Some(mistake) = clauses::grouped_by_a_name(self.text, self.query)
        {
            return mistake;
        }
        let engine = root.strip_backtrace();
        if let Some((_, rest)) = engine.split_once("Invalid function '") {
            return unknown_function(self.text, rest.split('\'').next().unwrap_or_default());
        }
        if let Some((_, table)) = engine.split_once("Invalid qualifier ") {
            return self.no_table(table.trim());
        }
        let blamed = blame::find(self.text, self.query, error, self.plan);
        let message = ours
            .map(str::to_owned)
            .or_else(|| sentences::known(&engine))
            .or_else(|| blamed.as_ref().and_then(misfit::describe))
            .unwrap_or_else(|| sentences::cleaned(&engine));
        let at = match &blamed {
            Some(blamed) => self.range_of(blamed, &message),
            None => self.range(error),
        };
        place::mistake(self.text, at, message)
    }

    /// The expression; of it the one value that is named.
    fn range_of(&self, blamed: &Blamed, message: &str) -> Range<usize> {
        place::literal(self.text, &blamed.expr, message)
            .unwrap_or_else(|| place::whole(self.text, &blamed.expr))
    }

    fn range(&self, error: &DataFusionError) -> Range<usize> {
        let span = error.diagnostic().and_then(|diagnostic| diagnostic.span);
        span.map_or(0..self.text.len(), |span| {
            place::range_of_plan(self.text, span)
        })
    }

    fn of_schema(&self, problem: &SchemaError, error: &DataFusionError) -> Diagnostic {
        match problem {
            SchemaError::FieldNotFound {
                field,
                valid_fields,
            } => self.unknown_field(field, valid_fields),
            SchemaError::AmbiguousReference { field } => {
                let at = self.named(field.name());
                let at = at.map_or_else(|| self.range(error), |(range, _)| range);
                let message = format!(
                    "field '{}' is in more than one table: expected the table before it, as in t.{}",
                    field.name(),
                    quoted(field.name())
                );
                place::mistake(self.text, at, message)
            }
            SchemaError::DuplicateQualifiedField { qualifier, .. } => {
                let table = qualifier.table();
                let at = place::of_word(self.text, table).unwrap_or_else(|| self.range(error));
                let message = format!(
                    "two tables are called '{table}': expected another name for one of them, as in {table} AS t"
                );
                place::mistake(self.text, at, message)
            }
            SchemaError::DuplicateUnqualifiedField { name } => {
                if let Some(mistake) = clauses::grouped_by_a_name(self.text, self.query) {
                    return mistake;
                }
                let message =
                    format!("two fields are called '{name}': expected another name, with AS");
                place::mistake(self.text, self.range(error), message)
            }
        }
    }

    /// Where a name stands first, and whether in quotes.
    fn named(&self, name: &str) -> Option<(Range<usize>, Place)> {
        let (_, place) = self.names.places.iter().find(|(known, _)| known == name)?;
        Some((place::range(self.text, place.span), *place))
    }

    fn no_table(&self, table: &str) -> Diagnostic {
        let at = place::of_word(self.text, table).unwrap_or(0..self.text.len());
        no_table(self.text, at, table, &self.names.tables)
    }

    fn unknown_field(&self, field: &Column, valid: &[Column]) -> Diagnostic {
        let (text, name) = (self.text, field.name());
        let found = self.named(name);
        if let Some(table) = &field.relation {
            let is_of_table = |other: &Column| other.relation.as_ref() == Some(table);
            if !valid.iter().any(is_of_table) {
                return self.no_table(table.table());
            }
        }
        let known = valid.iter().map(Column::name);
        let mut near = fields::nearest(name)
            .into_iter()
            .filter(|near| valid.iter().any(|field| field.name() == near));
        let suggestion = near.next().or_else(|| nearest(name, known));
        let is_quoted = found.as_ref().is_some_and(|(_, place)| place.is_quoted);
        let usage = functions::all().usage(name).filter(|_| !is_quoted);
        let advice = match (is_quoted, &field.relation, usage) {
            (_, None, Some(usage)) => format!("; the function is written {usage}"),
            (true, None, _) if suggestion.is_none() && !name.contains('.') => {
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
        let at = found.map(|(range, _)| range);
        let at = at
            .or_else(|| place::of_word(text, name))
            .unwrap_or(0..text.len());
        Diagnostic::new(text, at, message, suggestion.map(|near| quoted(&near)))
    }
}

fn unknown_function(text: &str, name: &str) -> Diagnostic {
    let at = place::of_call(text, name)
        .or_else(|| place::of_word(text, name))
        .unwrap_or(0..text.len());
    let functions = functions::all();
    if functions.window.contains_key(name) {
        let message =
            format!("{name} is a function over windows: expected {name}(…) OVER (ORDER BY _time)");
        return place::mistake(text, at, message);
    }
    if let Some(here) = functions::elsewhere(name) {
        return place::mistake(
            text,
            at,
            format!("there is no function '{name}' here: expected {here}"),
        );
    }
    let suggestion = nearest(name, functions.names());
    let message = format!("there is no function '{name}' here; docs/sql.md lists those there are");
    Diagnostic::new(text, at, message, suggestion)
}
