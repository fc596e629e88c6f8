//! # union
//!
//! The rows of several tables below each other, before a query or after a pipe. Fields meet by their name, and
//! one that a table does not have is null in its rows. Integers and floats of one name become floats, other
//! types that differ become strings, or dynamic values if one of them is an array or a map.
//!
//! ```apl
//! union [withsource=field] table, prefix*, (query), …
//! rows | union [withsource=field] table, …
//! ```
//!
//! ## Example
//!
//! ```apl
//! union withsource=from (print a = 1), (print a = 2.5, b = "x")
//! ```
//!
//! | from | a | b |
//! |---|---|---|
//! | union_arg0 | 1.0 | null |
//! | union_arg1 | 2.5 | x |

use super::{Surroundings, naming};
use crate::bind::pipeline::Output;
use crate::bind::{Bound, Pipeline, Value, query};
use crate::kind::Kind;
use crate::lexer::Shape;
use crate::parser::{Offer, Parsed, Parser};
use crate::syntax::stage::Pattern;
use crate::syntax::table::{Member, Origin, Union};
use crate::syntax::{Query, Source};

/// Reads a union after its word.
pub(crate) fn read(parser: &mut Parser<'_, '_>) -> Parsed<Union> {
    let mut with_source = None;
    parser.offer_words(&["withsource="]);
    while *parser.peek_at(1) == Shape::Sign("=") {
        if !parser.is_word("withsource") {
            let message = "expected withsource=name or a table: union has no other options here";
            return Err(parser.refuse(&parser.range(), message));
        }
        parser.advance();
        parser.advance();
        with_source = Some(parser.name()?);
    }
    Ok(Union {
        with_source,
        tables: parser.comma_separated(member)?,
    })
}

/// A table, a pattern of names, or a query in parentheses.
pub(super) fn member(parser: &mut Parser<'_, '_>) -> Parsed<Member> {
    if parser.is_sign("(") {
        return Ok(Member::Query(parser.sub_query()?));
    }
    if *parser.peek_at(1) == Shape::Sign("(") {
        let source = parser.source()?;
        return Ok(Member::Query(Query {
            source,
            stages: Vec::new(),
        }));
    }
    parser.offer(Offer::Table);
    if !matches!(parser.peek(), Shape::Word(_) | Shape::Sign("[" | "*")) {
        return Err(parser.expected("a table or a query in parentheses"));
    }
    Ok(Member::Named(parser.pattern()?))
}

/// A union before the first pipe.
pub(crate) fn bind_source(union: &Union, around: &mut Surroundings<'_, '_>) -> Bound<Pipeline> {
    let parts = members(&union.tables, 0, around)?;
    combined(parts, union.with_source.as_deref(), around)
}

pub(super) fn bind(
    union: &Union,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let mut parts = vec![("union_arg0".to_owned(), pipeline.clone())];
    parts.extend(members(&union.tables, 1, around)?);
    *pipeline = combined(parts, union.with_source.as_deref(), around)?;
    Ok(())
}

/// The rows of each table and its name; queries are called after their place, from `first` on.
pub(super) fn members(
    tables: &[Member],
    first: usize,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Vec<(String, Pipeline)>> {
    let mut parts = Vec::with_capacity(tables.len());
    let mut result = Ok(());
    for (place, member) in tables.iter().enumerate() {
        let found = match member {
            Member::Query(query) => {
                let rows = query::embedded(query, around);
                rows.map(|rows| vec![(format!("union_arg{}", first + place), rows)])
            }
            Member::Named(pattern) => named(pattern, around),
        };
        match found {
            Ok(found) => parts.extend(found),
            Err(failed) => result = Err(failed),
        }
    }
    result.map(|()| parts)
}

/// All tables of a name, or of a pattern.
fn named(pattern: &Pattern, around: &mut Surroundings<'_, '_>) -> Bound<Vec<(String, Pipeline)>> {
    let names = if pattern.text.contains('*') {
        let mut names = around.tables.dataset_names();
        names.extend(around.tables.names().map(str::to_owned));
        names.retain(|name| naming::matches(&pattern.text, name));
        names
    } else {
        vec![pattern.text.clone()]
    };
    if names.is_empty() {
        let message = format!("no dataset is called '{}'", pattern.text);
        return Err(around.report.error(&pattern.range, message));
    }
    let table = |name: String| {
        let source = Source {
            origin: Origin::Named(name.clone()),
            range: pattern.range.clone(),
        };
        let query = Query {
            source,
            stages: Vec::new(),
        };
        Ok((name, query::embedded(&query, around)?))
    };
    names.into_iter().map(table).collect()
}

/// One table of several, with a field that says which a row is from.
pub(super) fn combined(
    mut parts: Vec<(String, Pipeline)>,
    with_source: Option<&str>,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Pipeline> {
    if let Some(field) = with_source {
        for (name, rows) in &mut parts {
            add_source(field, name, rows, around)?;
        }
    }
    let mut tables: Vec<Pipeline> = parts.into_iter().map(|(_, rows)| rows).collect();
    if tables.len() == 1 {
        return Ok(tables.remove(0));
    }
    let name = around.tables.fresh();
    Pipeline::union(tables, &name, around.report, &around.range)
}

/// Puts a field with the table's name before the others.
fn add_source(
    field: &str,
    table: &str,
    rows: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let others = rows.scope.fields.iter().filter(|other| other.name != field);
    let mut outputs = vec![Output {
        name: field.to_owned(),
        expr: Value::text(table).expr,
        kind: Kind::Text,
        made: true,
        aggregation: None,
        weight: 0,
    }];
    outputs.extend(others.map(Output::kept));
    rows.project(outputs, around.report, &around.range)
}
