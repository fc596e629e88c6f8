//! `GET /api/v1/traces/{trace_id}`: one trace, whole, in the order of its spans' starts.

use super::Api;
use super::error::{Body, Error};
use super::queries::write;
use crate::query::{self, DATASET_DEFAULT, Most};
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use control::Caller;
use datafusion::common::Column;
use datafusion::datasource::provider_as_source;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, lit};
use http::StatusCode;
use model::span as columns;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// How long spans are as JSON.
mod length;
/// A row of the store as one span of a trace.
mod span;

use span::Span;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Options {
    /// Where the trace is; `traces` when it is not said.
    dataset: Option<String>,
}

/// One request of the traced system, in the order of its spans' starts.
#[derive(Debug, Serialize, ToSchema)]
struct Trace {
    /// 32 hexadecimal digits.
    trace_id: String,
    /// The start of its first span, as RFC 3339.
    start: String,
    /// Text: JavaScript's numbers are too short for nanoseconds since 1970.
    start_ns: String,
    /// From there to the end of its last span.
    duration_ns: i64,
    span_count: usize,
    service_count: usize,
    error_count: usize,
    /// Spans whose parent is not among them: not arrived, sampled away, or lost.
    missing_parents: usize,
    /// There are more spans than one answer holds, in number or in bytes: these are not all.
    cut: bool,
    spans: Vec<Span>,
}

/// One trace, whole.
#[utoipa::path(
    get,
    path = "/api/v1/traces/{trace_id}",
    operation_id = "trace",
    tag = "traces",
    params(
        ("trace_id" = String, Path, description = "32 hexadecimal digits.", example = "1e0620e4acc5a6dd7ee5f837c9d17378"),
        Options,
    ),
    responses(
        (status = 200, description = "The trace.", body = Trace),
        (status = 400, description = "This is no trace id.", body = Body),
        (status = 404, description = "There is no such trace in the dataset.", body = Body),
    ),
)]
pub(super) async fn show(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(trace_id): Path<String>,
    Query(options): Query<Options>,
) -> Result<Response, Error> {
    let trace_id = trace_id.to_ascii_lowercase();
    let is_hex = trace_id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if trace_id.len() != 32 || !is_hex {
        return Err(Error::invalid("a trace id is 32 hexadecimal digits"));
    }
    let dataset = options
        .dataset
        .unwrap_or_else(|| DATASET_DEFAULT.to_owned());
    if !caller.may_query(&dataset) {
        return Err(query::Error::Denied(dataset).into());
    }
    let missing = || {
        Error::new(
            StatusCode::NOT_FOUND,
            format!("there is no trace {trace_id} in {dataset}"),
        )
    };

    let turn = api.turn(&caller).await?;
    let Some(table) = api.store.table(&dataset).await? else {
        return Err(missing());
    };
    let plan = plan(table, &trace_id).map_err(|error| query::Error::Failed(error.to_string()))?;
    let most = Most {
        rows: api.limits.trace_spans_max,
        bytes: api.limits.trace_bytes_max,
    };
    let rows = turn.run_to(&plan, most).await?;
    if rows.count() == 0 {
        return Err(missing());
    }
    turn.end(move || {
        let cut = rows.cut || rows.full;
        let spans = rows.batches.iter().flat_map(span::read).collect();
        drop(rows);
        // Its spans are within the limit.
        write(&assemble(trace_id, spans, cut, most.bytes), usize::MAX)
    })
    .await?
}

fn plan(
    table: Arc<dyn datafusion::catalog::TableProvider>,
    trace_id: &str,
) -> datafusion::error::Result<LogicalPlan> {
    let id = Expr::Column(Column::new_unqualified(columns::TRACE_ID));
    let (fields, schema) = (columns::schema(), table.schema());
    let absent = columns::Note::Absent.read(&schema).unwrap_or_default();
    let names = fields.fields().iter().map(|field| field.name());
    let fields = names.filter(|name| !absent.contains(name.as_str()));
    LogicalPlanBuilder::scan("spans", provider_as_source(table), None)?
        .filter(id.eq(lit(trace_id)))?
        .project(fields.map(|name| Expr::Column(Column::new_unqualified(name))))?
        .build()
}

/// `spans` hold their starts since 1970, and there is at least one; afterwards since the trace's start.
/// Of more than `bytes_max` the first are kept, at least one.
fn assemble(trace_id: String, mut spans: Vec<Span>, mut cut: bool, bytes_max: usize) -> Trace {
    spans.sort_by(|a, b| (a.start_ns, &a.span_id).cmp(&(b.start_ns, &b.span_id)));
    let shown = length::fit(&spans, bytes_max).max(1);
    cut |= shown < spans.len();
    spans.truncate(shown);
    let start = spans.first().map_or(0, |first| first.start_ns);
    let end = spans
        .iter()
        .map(|span| span.start_ns.saturating_add(span.duration_ns))
        .max()
        .unwrap_or(start);
    let ids: HashSet<&str> = spans.iter().map(|span| span.span_id.as_str()).collect();
    let is_missing = |parent: &str| !ids.contains(parent);
    let missing_parents = spans
        .iter()
        .filter(|span| span.parent_span_id.as_deref().is_some_and(is_missing))
        .count();
    let service_count = spans
        .iter()
        .filter_map(|span| span.service.as_deref())
        .collect::<HashSet<_>>()
        .len();
    let error_count = spans.iter().filter(|span| span.error).count();
    for span in &mut spans {
        span.since(start);
    }
    Trace {
        trace_id,
        start: apl::datetime::format(start),
        start_ns: start.to_string(),
        duration_ns: end.saturating_sub(start),
        span_count: spans.len(),
        service_count,
        error_count,
        missing_parents,
        cut,
        spans,
    }
}
