//! `POST /v1/datasets/_apl` and `POST /v1/query/_apl`: queries in APL, answered as Axiom answers them.

use super::Api;
use super::error::{self, Error};
use super::json;
use super::legacy;
use super::tabular::{Answer, Finished};
use crate::query::{self, Cursor, DATASET_DEFAULT, Language, time_range};
use apl::{Context, Plan};
use axum::Extension;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use control::Caller;
use http::{StatusCode, header};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::time::Instant;
use utoipa::openapi::schema::OneOfBuilder;
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

const ROWS_DEFAULT: usize = 1000;

/// What stands in the address.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Options {
    /// tabular, or legacy; tabular when it is not said.
    format: Option<String>,
    /// As in the body, before which it comes.
    cursor: Option<String>,
}

/// The body of a request; what else Axiom's clients send is not needed here.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = QueryRequest)]
#[serde(rename_all = "camelCase")]
struct Request {
    /// The query.
    #[schema(value_type = String, required = true)]
    apl: Option<String>,
    /// RFC 3339, or relative to now: now-1h. Rows before it are left out.
    start_time: Option<String>,
    /// Rows from it on are left out.
    end_time: Option<String>,
    /// Rows of a query that has no limit of its own; 1000 when it is not said.
    default_limit: Option<usize>,
    /// Of rows that the query puts in no order.
    #[serde(default)]
    default_order: Vec<Order>,
    /// Bins that `bin_auto` makes at most.
    max_bin_auto_groups: Option<i64>,
    /// `minCursor` or `maxCursor` of an answer: the next page of rows, backward or forward in time.
    cursor: Option<String>,
    /// Whether the row that the cursor names is shown again.
    include_cursor: Option<bool>,
    /// Values of what the query declares as its parameters.
    #[schema(value_type = Option<Object>)]
    variables: Option<serde_json::Map<String, serde_json::Value>>,
    /// Ours: what a query that starts with `|` runs over; `traces` when it is not said.
    dataset: Option<String>,
}

/// A field to order by.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Order {
    pub(super) field: String,
    /// The largest first.
    #[serde(default)]
    pub(super) desc: bool,
}

/// A query, whatever way it came.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) apl: String,
    pub(super) context: Context,
    pub(super) behind: Option<Cursor>,
    pub(super) format: Format,
}

/// How an answer is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Tabular,
    Legacy,
}

/// The answer in the format that was asked for.
pub(super) struct Answered;

impl ToSchema for Answered {
    fn name() -> std::borrow::Cow<'static, str> {
        "QueryAnswer".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        for (name, schema, add) in [described::<Answer<'_>>(), described::<legacy::Answer<'_>>()] {
            schemas.push((name, schema));
            add(schemas);
        }
    }
}

impl PartialSchema for Answered {
    fn schema() -> RefOr<Schema> {
        OneOfBuilder::new()
            .item(Ref::from_schema_name(Answer::name()))
            .item(Ref::from_schema_name(legacy::Answer::name()))
            .into()
    }
}

type Add = fn(&mut Vec<(String, RefOr<Schema>)>);

fn described<T: ToSchema>() -> (String, RefOr<Schema>, Add) {
    (T::name().into_owned(), T::schema(), T::schemas)
}

/// Runs a query in APL. It is stopped when its client goes away.
#[utoipa::path(
    post,
    path = "/v1/query/_apl",
    operation_id = "query",
    tag = "queries",
    params(Options),
    request_body(content = Request, example = json!({
        "apl": "traces | where duration > 100ms | summarize count() by ['service.name']",
        "startTime": "now-1h"
    })),
    responses(
        (status = 200, description = "Its rows, column by column, or as Axiom's older clients have them.", body = Answered),
        (status = 400, description = "The query has a mistake, or it is too large or too slow.", body = error::Body),
        (status = 422, description = "The query is missing.", body = error::Body),
        (status = 429, description = "Too many queries are running; ask again.", body = error::Body),
    ),
)]
pub(super) async fn run(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Query(options): Query<Options>,
    body: Body,
) -> Result<Response, Error> {
    let started = Instant::now();
    let format = format(options.format.as_deref())?;
    let (apl, request) = read(&api, body).await?;
    let range = Range::read(
        &api,
        request.start_time.as_deref(),
        request.end_time.as_deref(),
    )?;
    let behind = cursor(
        options.cursor.as_deref().or(request.cursor.as_deref()),
        request.include_cursor,
    )?;
    let order = request.default_order.into_iter();
    let context = Context {
        dataset: Some(
            request
                .dataset
                .unwrap_or_else(|| DATASET_DEFAULT.to_owned()),
        ),
        row_limit: row_limit(&api, request.default_limit),
        default_order: order.map(|order| (order.field, order.desc)).collect(),
        bins_max: request.max_bin_auto_groups.filter(|most| *most > 0),
        variables: variables(request.variables),
        ..range.context()
    };
    let asked = Asked {
        apl,
        context,
        behind,
        format,
    };
    answer(&api, caller, started, asked).await
}

/// Runs a query, and writes its answer.
pub(super) async fn answer(
    api: &Api,
    caller: Caller,
    started: Instant,
    asked: Asked,
) -> Result<Response, Error> {
    let Asked {
        apl,
        context,
        behind,
        format,
    } = asked;
    let (start_nanos, end_nanos) = (context.start_nanos, context.end_nanos);
    let now_nanos = context.now_nanos;
    let turn = api.turn(&caller).await?;
    let mut sight = api.sight(caller);
    sight.behind.clone_from(&behind);
    let plan = turn.compile(Language::Apl, apl, context, sight).await?;
    let rows = turn.run(&plan.logical, plan.default_limit).await?;
    let totals = match &plan.totals {
        Some(totals) => Some(turn.run(&totals.logical, totals.default_limit).await?),
        None => None,
    };
    let bytes_max = api.limits.query_response_bytes_max;
    let until_now = start_nanos.is_some() && end_nanos.is_none();
    let end_nanos = end_nanos.unwrap_or(now_nanos);
    let begin_nanos = begin(api, &plan, start_nanos, end_nanos).await?;
    turn.end(move || {
        let finished = Finished {
            plan: &plan,
            rows: &rows,
            totals: totals.as_ref(),
            elapsed: started.elapsed(),
            behind: behind.as_ref(),
            start_nanos: begin_nanos,
            end_nanos,
            until_now,
        };
        match format {
            Format::Tabular => write(&Answer::new(&finished), bytes_max),
            Format::Legacy => write(&legacy::Answer::new(&finished), bytes_max),
        }
    })
    .await?
}

/// The start of a query's time range: as asked, else the earliest `_time` of the datasets that it reads, or the end
/// when they have no row. Nanoseconds since 1970.
pub(super) async fn begin(
    api: &Api,
    plan: &Plan,
    start_nanos: Option<i64>,
    end_nanos: i64,
) -> Result<i64, Error> {
    if let Some(start) = start_nanos {
        return Ok(start);
    }
    let stored = api.store.datasets().await?.into_iter();
    let read = stored.filter(|dataset| plan.datasets.contains(&dataset.name));
    let first = read.filter_map(|dataset| Some(dataset.times?.0)).min();
    Ok(first.map_or(end_nanos, |first| first.min(end_nanos)))
}

/// A moment of a request, in nanoseconds since 1970; `None` when it has none.
pub(super) fn time(text: Option<&str>, now_nanos: i64) -> Result<Option<i64>, Error> {
    match text.filter(|text| !text.trim().is_empty()) {
        Some(text) => time_range::parse(text, now_nanos)
            .map(Some)
            .map_err(Error::invalid),
        None => Ok(None),
    }
}

/// The time range that a request asks for, and now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) now_nanos: i64,
    pub(super) start_nanos: Option<i64>,
    pub(super) end_nanos: Option<i64>,
}

impl Range {
    /// From the texts of its ends; what is missing or blank is no end.
    pub(super) fn read(api: &Api, start: Option<&str>, end: Option<&str>) -> Result<Self, Error> {
        let now_nanos = api.clock.now_nanos();
        Ok(Self {
            now_nanos,
            start_nanos: time(start, now_nanos)?,
            end_nanos: time(end, now_nanos)?,
        })
    }

    pub(super) fn context(&self) -> Context {
        Context {
            now_nanos: self.now_nanos,
            start_nanos: self.start_nanos,
            end_nanos: self.end_nanos,
            ..Context::default()
        }
    }
}

/// The rows shown of a query without a limit of its own.
pub(super) fn row_limit(api: &Api, asked: Option<usize>) -> usize {
    asked
        .unwrap_or(ROWS_DEFAULT)
        .clamp(1, api.limits.query_rows_max)
}

fn format(format: Option<&str>) -> Result<Format, Error> {
    match format {
        Some("tabular") | None => Ok(Format::Tabular),
        Some("legacy") => Ok(Format::Legacy),
        Some(_) => Err(Error::invalid(
            "this format is not known; ask for format=tabular or format=legacy",
        )),
    }
}

/// Values of what a query declares as its parameters: texts as they are, anything else as JSON writes it.
pub(super) fn variables(
    sent: Option<serde_json::Map<String, serde_json::Value>>,
) -> BTreeMap<String, String> {
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    let sent = sent.unwrap_or_default().into_iter();
    sent.map(|(name, value)| (name, text(value))).collect()
}

/// Where the rows are to begin.
pub(super) fn cursor(
    given: Option<&str>,
    include_cursor: Option<bool>,
) -> Result<Option<Cursor>, Error> {
    let Some(text) = given.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let cursor = Cursor::parse(text).ok_or_else(|| {
        Error::invalid("this cursor is not one of ours: send minCursor or maxCursor of an answer")
    })?;
    Ok(Some(match include_cursor {
        Some(true) => Cursor {
            ids: Vec::new(),
            ..cursor
        },
        _ => cursor,
    }))
}

/// The query, and what was sent with it. A request without a query is answered 422: Axiom's clients check a connection
/// with one.
async fn read(api: &Api, body: Body) -> Result<(String, Request), Error> {
    let bytes = json::read(api, body).await?;
    let missing = || {
        Error::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "the query is missing: send {\"apl\": \"…\"}",
        )
    };
    if bytes.is_empty() {
        return Err(missing());
    }
    let mut request: Request = json::parse(&bytes)?;
    let apl = request.apl.take().filter(|apl| !apl.trim().is_empty());
    Ok((apl.ok_or_else(missing)?, request))
}

/// The answer as JSON, if it is not too long.
pub(super) fn write(answer: &impl Serialize, bytes_max: usize) -> Result<Response, Error> {
    let mut out = Bounded {
        bytes: Vec::new(),
        bytes_max,
    };
    serde_json::to_writer(&mut out, answer).map_err(|error| {
        if error.is_io() {
            query::Error::AnswerTooLarge(bytes_max).into()
        } else {
            Error::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                format!("could not write the result: {error}"),
            )
        }
    })?;
    Ok(([(header::CONTENT_TYPE, "application/json")], out.bytes).into_response())
}

/// A buffer that takes no more than its limit.
struct Bounded {
    bytes: Vec<u8>,
    bytes_max: usize,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.bytes_max {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
