//! `POST /api/v1/sql`: queries in SQL, answered in the tabular shape; and `POST /api/v1/explain`: what a query of
//! either language would do.

use super::Api;
use super::error::{Body, Error};
use super::json::Sent;
use super::queries::{self, Answered, Range};
use super::tabular::{Answer, Finished};
use crate::query::{DATASET_DEFAULT, Language};
use apl::Context;
use axum::extract::State;
use axum::response::Response;
use axum::{Extension, Json};
use control::Caller;
use serde::{Deserialize, Serialize};
use std::time::Instant;
use utoipa::ToSchema;

/// A query and its time range, which narrows every dataset that it names.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SqlRequest)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Request {
    /// The query.
    sql: String,
    /// RFC 3339, or relative to now: now-1h. Rows before it are left out.
    start_time: Option<String>,
    /// Rows from it on are left out.
    end_time: Option<String>,
    /// Rows shown of a query without a limit; 1000 unless told.
    default_limit: Option<usize>,
}

/// Runs a query in SQL.
#[utoipa::path(
    post,
    path = "/api/v1/sql",
    operation_id = "querySql",
    tag = "queries",
    request_body(content = Request, example = json!({
        "sql": "SELECT \"service.name\", count(*) FROM traces GROUP BY 1",
        "startTime": "now-1h"
    })),
    responses(
        (status = 200, description = "Its rows, column by column.", body = Answered),
        (status = 400, description = "The query has a mistake, or it is too large or too slow.", body = Body),
        (status = 429, description = "Too many queries are running; ask again.", body = Body),
    ),
)]
pub(super) async fn run(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Sent(request): Sent<Request>,
) -> Result<Response, Error> {
    let started = Instant::now();
    let range = Range::read(
        &api,
        request.start_time.as_deref(),
        request.end_time.as_deref(),
    )?;
    let context = Context {
        row_limit: queries::row_limit(&api, request.default_limit),
        ..range.context()
    };
    let turn = api.turn(&caller).await?;
    let sight = api.sight(caller);
    let plan = turn
        .compile(Language::Sql, request.sql.clone(), context, sight)
        .await?;
    let rows = turn.run(&plan.logical, plan.default_limit).await;
    let rows = rows.map_err(|error| error.of_sql(&request.sql))?;
    let bytes_max = api.limits.query_response_bytes_max;
    let end_nanos = range.end_nanos.unwrap_or(range.now_nanos);
    let begin_nanos = queries::begin(&api, &plan, range.start_nanos, end_nanos).await?;
    turn.end(move || {
        let finished = Finished {
            plan: &plan,
            rows: &rows,
            totals: None,
            elapsed: started.elapsed(),
            behind: None,
            start_nanos: begin_nanos,
            end_nanos,
            until_now: range.start_nanos.is_some() && range.end_nanos.is_none(),
        };
        queries::write(&Answer::new(&finished), bytes_max)
    })
    .await?
}

/// A query in one of the two languages.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ExplainRequest)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Question {
    /// The query, in APL; or
    apl: Option<String>,
    /// in SQL.
    sql: Option<String>,
    start_time: Option<String>,
    end_time: Option<String>,
    /// What a query in APL that starts with `|` runs over.
    dataset: Option<String>,
}

/// What it would do, in words and lines.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Explained {
    /// Lines for people.
    plan: String,
}

/// What a query would do; it is not run.
#[utoipa::path(
    post,
    path = "/api/v1/explain",
    operation_id = "explain",
    tag = "queries",
    request_body(content = Question, example = json!({
        "apl": "traces | where duration > 100ms | summarize count() by name"
    })),
    responses(
        (status = 200, description = "Step by step, with the files and columns that it would read.", body = Explained),
        (status = 400, description = "The query has a mistake.", body = Body),
    ),
)]
pub(super) async fn explain(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Sent(question): Sent<Question>,
) -> Result<Json<Explained>, Error> {
    let (language, text) = match (question.apl, question.sql) {
        (Some(apl), None) => (Language::Apl, apl),
        (None, Some(sql)) => (Language::Sql, sql),
        _ => return Err(Error::invalid("expected a query in \"apl\" or in \"sql\"")),
    };
    let (start, end) = (question.start_time.as_deref(), question.end_time.as_deref());
    let context = Context {
        dataset: Some(
            question
                .dataset
                .unwrap_or_else(|| DATASET_DEFAULT.to_owned()),
        ),
        row_limit: queries::row_limit(&api, None),
        ..Range::read(&api, start, end)?.context()
    };
    let turn = api.turn(&caller).await?;
    let plan = turn
        .compile(language, text.clone(), context, api.sight(caller))
        .await?;
    let explained = turn.explain(&plan.logical).await;
    let plan = explained.map_err(|error| match language {
        Language::Apl => error,
        Language::Sql => error.of_sql(&text),
    })?;
    Ok(Json(Explained { plan }))
}
