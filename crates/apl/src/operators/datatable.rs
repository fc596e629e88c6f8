//! # datatable
//!
//! Rows that the query holds itself, before the first pipe. Types are `string`, `long`, `real`, `bool`,
//! `datetime`, `timespan` and `dynamic`; values are constants of these types, or `null`.
//!
//! ```apl
//! datatable (field:type, …) [value, value, …]
//! ```
//!
//! ## Example
//!
//! ```apl
//! datatable (team:string, limit:timespan) ["booking", 200ms, "search", 1s] | where limit > 500ms
//! ```
//!
//! | team | limit |
//! |---|---|
//! | search | 1s |

use super::Surroundings;
use crate::bind::{Bound, Pipeline, conversion, folded};
use crate::kind::Kind;
use crate::parser::{Parsed, Parser};
use crate::syntax::Expression;
use crate::syntax::table::Datatable;
use datafusion::logical_expr::Expr;

/// Reads a table after its word.
pub(crate) fn read(parser: &mut Parser<'_, '_>) -> Parsed<Datatable> {
    parser.expect_sign("(")?;
    let columns = parser.comma_separated(Parser::typed_name)?;
    parser.expect_sign(")")?;
    parser.expect_sign("[")?;
    let mut values = Vec::new();
    while !parser.is_sign("]") {
        values.push(parser.expression()?);
        if !parser.take_sign(",") {
            break;
        }
    }
    if !parser.take_sign("]") {
        return Err(parser.expected("',' or ']'"));
    }
    Ok(Datatable { columns, values })
}

/// A table before the first pipe.
pub(crate) fn bind_source(
    datatable: &Datatable,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Pipeline> {
    let columns = &datatable.columns;
    for (place, (name, _)) in columns.iter().enumerate() {
        if columns[..place].iter().any(|(earlier, _)| earlier == name) {
            let message = format!("'{name}' is made twice: expected different names");
            return Err(around.error(message));
        }
    }
    if !datatable.values.len().is_multiple_of(columns.len()) {
        let message = format!(
            "expected {} values in each row, found {} in all",
            columns.len(),
            datatable.values.len()
        );
        return Err(around.error(message));
    }
    let mut rows = Vec::with_capacity(datatable.values.len() / columns.len());
    let mut result = Ok(());
    for values in datatable.values.chunks(columns.len()) {
        let mut row = Vec::with_capacity(columns.len());
        for (value, (_, kind)) in values.iter().zip(columns) {
            match constant(value, *kind, around) {
                Ok(value) => row.push(value),
                Err(failed) => result = Err(failed),
            }
        }
        rows.push(row);
    }
    result?;
    let is_empty = rows.is_empty();
    if is_empty {
        let nulls = columns
            .iter()
            .map(|(_, kind)| conversion::typed_null(*kind));
        rows.push(nulls.collect());
    }
    let mut table = Pipeline::of_values(rows, columns).map_err(|error| {
        let error = error.strip_backtrace();
        around.error(format!("could not plan this table: {error}"))
    })?;
    if is_empty {
        table.limit(0, around.report, &around.range)?;
    }
    Ok(table)
}

fn constant(expression: &Expression, kind: Kind, around: &mut Surroundings<'_, '_>) -> Bound<Expr> {
    let value = around.binder(&Pipeline::nothing()).bind(expression)?;
    let fits = match value.kind {
        None => true,
        Some(_) if kind == Kind::Dynamic => true,
        Some(Kind::Integer) => matches!(kind, Kind::Integer | Kind::Float),
        Some(found) => found == kind,
    };
    if !fits {
        let message = format!("expected {}, found {}", kind.spoken(), value.spoken());
        return Err(around.report.error(&expression.range, message));
    }
    match folded(conversion::to(kind, value)) {
        literal @ Expr::Literal(..) => Ok(literal),
        _ => Err(around
            .report
            .error(&expression.range, "expected a constant")),
    }
}
