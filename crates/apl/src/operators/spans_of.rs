//! # spans_of
//!
//! All spans of the traces that a query finds a span of, before the first pipe; beyond Axiom. The query needs
//! the field `trace_id` and one dataset. Its own range of time is the request's; the rest of the traces is
//! looked for up to an hour before and after it.
//!
//! ```apl
//! spans_of(query)
//! ```
//!
//! ## Example
//!
//! ```apl
//! spans_of(traces | where error) | summarize count() by trace_id
//! ```

use super::Surroundings;
use crate::bind::{Bound, Pipeline, query};
use crate::parser::{Parsed, Parser};
use crate::syntax::Query;
use datafusion::logical_expr::in_subquery;
use model::span;
use std::sync::Arc;

/// How far a trace may reach out of the range of time asked for.
pub(crate) const REACH_NANOS: i64 = 3_600_000_000_000;

/// Reads the query after the word.
pub(crate) fn read(parser: &mut Parser<'_, '_>) -> Parsed<Arc<Query>> {
    Ok(Arc::new(parser.sub_query()?))
}

/// Traces before the first pipe.
pub(crate) fn bind_source(query: &Query, around: &mut Surroundings<'_, '_>) -> Bound<Pipeline> {
    let mut found = query::embedded(query, around)?;
    let Some(trace) = found.scope.get(span::TRACE_ID).cloned() else {
        let message = "the query of spans_of has no field trace_id: expected it to keep that field";
        return Err(around.error(message));
    };
    let [dataset] = found.datasets.as_slice() else {
        let message = "the query of spans_of reads several datasets or none: expected one";
        return Err(around.error(message));
    };
    let dataset = dataset.clone();
    found.apply(around.report, &around.range, |plan| {
        plan.project([trace.expr()])
    })?;
    let start = around.context.start_nanos;
    let end = around.context.end_nanos;
    let mut rows = query::dataset_within(
        &dataset,
        start.map(|nanos| nanos.saturating_sub(REACH_NANOS)),
        end.map(|nanos| nanos.saturating_add(REACH_NANOS)),
        around,
    )?;
    let Some(own) = rows.scope.get(span::TRACE_ID).map(|field| field.expr()) else {
        let message = format!("dataset '{dataset}' has no field {}", span::TRACE_ID);
        return Err(around.error(message));
    };
    rows.absorb(&found);
    let is_of_found = in_subquery(own, Arc::new(found.plan));
    rows.filter(is_of_found, around.report, &around.range)?;
    Ok(rows)
}
