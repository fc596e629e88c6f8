//! The statements before a query: `let`, and parameters with their values from the request.

use super::tables::Meaning;
use super::{Bound, Pipeline, Value, conversion, folded, query, weight};
use crate::diagnostic::Failed;
use crate::kernels::json;
use crate::kind::Kind;
use crate::limits::READS_MAX;
use crate::operators::Surroundings;
use crate::syntax::Expression;
use crate::syntax::table::{Name, Statement};

/// Defines what the statements name. What is wrong with one is reported, and its name is known all the same.
pub(crate) fn bind(statements: &[Statement], around: &mut Surroundings<'_, '_>) {
    for statement in statements {
        let (name, meaning) = match statement {
            Statement::Table { name, query } => (name, Meaning::Table(query.clone())),
            Statement::Value { name, value } => (name, known(constant(value, around))),
            Statement::Parameter {
                name,
                kind,
                default,
            } => (
                name,
                known(parameter(name, *kind, default.as_ref(), around)),
            ),
        };
        around.tables.define(name, meaning, around.report);
    }
}

/// Looks for mistakes in tables that nothing has looked at.
pub(crate) fn check_unused(around: &mut Surroundings<'_, '_>) {
    for (place, table) in around.tables.unused() {
        around.range = table.source.range.clone();
        // What is wrong is in the report.
        let _ = query::named(&table, place, around);
    }
}

fn known(value: Bound<Value>) -> Meaning {
    value.map_or(Meaning::Unknown, Meaning::Value)
}

/// A value that depends on no row, computed as far as can be: `let` may double it over and over.
fn constant(expression: &Expression, around: &mut Surroundings<'_, '_>) -> Bound<Value> {
    let value = around.binder(&Pipeline::nothing()).bind(expression)?;
    let value = Value {
        expr: folded(value.expr),
        ..value
    };
    if weight::nodes(&value.expr) > READS_MAX {
        let message = "this value takes too many steps: expected fewer or simpler ones";
        return Err(around.report.error(&expression.range, message));
    }
    Ok(value)
}

/// The value that the request has for a parameter, or its default.
fn parameter(
    name: &Name,
    kind: Kind,
    default: Option<&Expression>,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Value> {
    if let Some(sent) = around.context.variables.get(&name.text) {
        let converted = match kind {
            Kind::Dynamic => json::parsed(Value::text(sent).expr).expr,
            _ => conversion::to(kind, Value::text(sent)),
        };
        if conversion::is_null(&folded(converted.clone())) {
            let message = format!(
                "the request's variable '{}' cannot be read as {}: \"{sent}\"",
                name.text,
                kind.spoken()
            );
            return Err(around.report.error(&name.range, message));
        }
        return Ok(Value::new(folded(converted), kind));
    }
    let Some(default) = default else {
        let message = format!(
            "parameter '{}' has no value: expected one in the request's variables, or a default",
            name.text
        );
        return Err(around.report.error(&name.range, message));
    };
    let value = constant(default, around)?;
    if value.kind.is_some_and(|found| !fits(found, kind)) {
        return Err(mismatch(&value, kind, default, around));
    }
    Ok(Value::new(folded(conversion::to(kind, value)), kind))
}

/// Whether a default of one kind may stand for another.
fn fits(found: Kind, kind: Kind) -> bool {
    found == kind || kind == Kind::Dynamic || (found == Kind::Integer && kind == Kind::Float)
}

fn mismatch(
    value: &Value,
    kind: Kind,
    default: &Expression,
    around: &mut Surroundings<'_, '_>,
) -> Failed {
    let message = format!(
        "expected {} as default, found {}",
        kind.spoken(),
        value.spoken()
    );
    around.report.error(&default.range, message)
}
