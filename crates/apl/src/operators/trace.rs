//! # trace
//!
//! The spans of one trace, first to last, before the first pipe; beyond Axiom. The trace is found wherever it
//! is in the dataset in hand, whatever range of time the query asks for.
//!
//! ```apl
//! trace("id")
//! ```
//!
//! ## Example
//!
//! ```apl
//! trace("1e0620e4acc5a6dd7ee5f837c9d17378") | project _time, name, duration
//! ```

use super::Surroundings;
use crate::bind::pipeline::{Key, Order};
use crate::bind::{Bound, Pipeline, Value, query};
use crate::parser::{Parsed, Parser};
use crate::syntax::Expression;
use model::span;

/// Reads the id after the word.
pub(crate) fn read(parser: &mut Parser<'_, '_>) -> Parsed<Expression> {
    parser.expect_sign("(")?;
    let id = parser.expression()?;
    parser.expect_sign(")")?;
    Ok(id)
}

/// A trace before the first pipe.
pub(crate) fn bind_source(id: &Expression, around: &mut Surroundings<'_, '_>) -> Bound<Pipeline> {
    let value = around.binder(&Pipeline::nothing()).bind(id)?;
    let Some(wanted) = value.constant_text().map(str::to_lowercase) else {
        let message = "expected the id of a trace as a string";
        return Err(around.report.error(&id.range, message));
    };
    let Some(dataset) = around.context.dataset.clone() else {
        return Err(around.error("trace(…) is of the dataset in hand: expected one in the request"));
    };
    let mut rows = query::dataset_within(&dataset, None, None, around)?;
    let Some(trace) = rows.scope.get(span::TRACE_ID).map(|field| field.expr()) else {
        let message = format!("dataset '{dataset}' has no field {}", span::TRACE_ID);
        return Err(around.error(message));
    };
    let is_of_trace = trace.eq(Value::text(&wanted).expr);
    rows.filter(is_of_trace, around.report, &around.range)?;
    rows.of_trace = Some(wanted);
    rows.order = Order {
        is_asked: true,
        ..Order::by(vec![Key::new(span::TIME, false)])
    };
    Ok(rows)
}
