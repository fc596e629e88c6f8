//! `POST /v1/datasets/{name}/query`: Axiom's older queries, a tree of filters with aggregations. They are written out
//! in APL and answered in the legacy format.

use super::Api;
use super::error::{Body, Error};
use super::json::Sent;
use super::queries::{self, Answered, Asked, Format, Order};
use apl::Context;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use control::Caller;
use serde::Deserialize;
use serde_json::Value;
use std::time::Instant;
use utoipa::{IntoParams, ToSchema};

/// Rows and groups when a query does not say.
const ROWS_DEFAULT: usize = 1000;
/// Filters inside of each other.
const DEPTH_MAX: usize = 32;

/// What stands in the address; the rest of it changes nothing here.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Options {
    cursor: Option<String>,
}

/// A query as a tree.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = StructuredRequest)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    start_time: Option<String>,
    end_time: Option<String>,
    /// Of the time bins: `auto`, or a timespan.
    resolution: Option<String>,
    aggregations: Option<Vec<Aggregation>>,
    group_by: Option<Vec<String>>,
    filter: Option<Filter>,
    order: Option<Vec<Order>>,
    limit: Option<usize>,
    virtual_fields: Option<Vec<VirtualField>>,
    project: Option<Vec<Projection>>,
    cursor: Option<String>,
    include_cursor: Option<bool>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct Aggregation {
    op: String,
    #[serde(default)]
    field: String,
    #[serde(default)]
    alias: String,
    #[serde(default)]
    argument: Value,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Filter {
    #[serde(default)]
    op: String,
    #[serde(default)]
    field: String,
    #[serde(default)]
    value: Value,
    #[serde(default)]
    case_sensitive: bool,
    #[schema(no_recursion)]
    children: Option<Vec<Filter>>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct VirtualField {
    alias: String,
    expr: String,
}

#[derive(Debug, Deserialize, ToSchema)]
struct Projection {
    field: String,
    #[serde(default)]
    alias: String,
}

/// Runs a query that is a tree of filters, as Axiom's older clients send it.
#[utoipa::path(
    post,
    path = "/v1/datasets/{name}/query",
    operation_id = "queryStructured",
    tag = "queries",
    params(("name" = String, Path, description = "Of the dataset."), Options),
    request_body(content = Request, example = json!({
        "startTime": "now-1h",
        "endTime": "now",
        "aggregations": [{ "op": "count", "field": "*" }],
        "groupBy": ["service.name"]
    })),
    responses(
        (status = 200, description = "Its rows and totals, in the legacy shape.", body = Answered),
        (status = 400, description = "The query has a mistake, or it is too large or too slow.", body = Body),
    ),
)]
pub(super) async fn run(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(dataset): Path<String>,
    Query(options): Query<Options>,
    Sent(request): Sent<Request>,
) -> Result<Response, Error> {
    let started = Instant::now();
    let now_nanos = api.clock.now_nanos();
    let given = options.cursor.as_deref().or(request.cursor.as_deref());
    let row_limit = request.limit.unwrap_or_default().max(ROWS_DEFAULT);
    let asked = Asked {
        apl: written(&dataset, &request)?,
        context: Context {
            now_nanos,
            start_nanos: queries::time(request.start_time.as_deref(), now_nanos)?,
            end_nanos: queries::time(request.end_time.as_deref(), now_nanos)?,
            row_limit: row_limit.min(api.limits.query_rows_max),
            ..Context::default()
        },
        behind: queries::cursor(given, request.include_cursor)?,
        format: Format::Legacy,
    };
    let answered = queries::answer(&api, caller, started, asked).await;
    answered.map_err(Error::without_places)
}

/// The query in APL.
fn written(dataset: &str, request: &Request) -> Result<String, Error> {
    let mut apl = name(dataset);
    for field in request.virtual_fields.iter().flatten() {
        apl.push_str(&format!(
            "\n| extend {} = {}",
            name(&field.alias),
            field.expr
        ));
    }
    if let Some(filter) = &request.filter
        && let Some(condition) = condition(filter, 0)?
    {
        apl.push_str(&format!("\n| where {condition}"));
    }
    let aggregations = request.aggregations.as_deref().unwrap_or_default();
    let order = request.order.as_deref().unwrap_or_default();
    let is_one_series = !aggregations.is_empty()
        && order.is_empty()
        && request.group_by.as_deref().is_none_or(<[String]>::is_empty);
    if aggregations.is_empty() {
        write_projection(&mut apl, request.project.as_deref().unwrap_or_default());
    } else {
        write_summary(&mut apl, request, aggregations, order.is_empty())?;
    }
    if !order.is_empty() {
        let key = |order: &Order| {
            format!(
                "{} {}",
                name(&order.field),
                if order.desc { "desc" } else { "asc" }
            )
        };
        let keys: Vec<String> = order.iter().map(key).collect();
        apl.push_str(&format!("\n| sort by {}", keys.join(", ")));
    }
    if let Some(limit) = request.limit.filter(|limit| *limit > 0 && !is_one_series) {
        apl.push_str(&format!("\n| limit {limit}"));
    }
    Ok(apl)
}

fn write_projection(apl: &mut String, fields: &[Projection]) {
    if fields.is_empty() {
        return;
    }
    let item = |field: &Projection| match field.alias.as_str() {
        "" => name(&field.field),
        alias => format!("{} = {}", name(alias), name(&field.field)),
    };
    let items: Vec<String> = fields.iter().map(item).collect();
    apl.push_str(&format!("\n| project {}", items.join(", ")));
}

/// In time bins as well, unless an order is asked for: it is that of the totals.
fn write_summary(
    apl: &mut String,
    request: &Request,
    aggregations: &[Aggregation],
    in_bins: bool,
) -> Result<(), Error> {
    let mut items = Vec::with_capacity(aggregations.len());
    for aggregation in aggregations {
        let alias = match aggregation.alias.as_str() {
            "" => aggregation.op.to_uppercase(),
            alias => alias.to_owned(),
        };
        items.push(format!("{} = {}", name(&alias), call(aggregation)?));
    }
    let mut groups: Vec<String> = request
        .group_by
        .iter()
        .flatten()
        .map(|group| name(group))
        .collect();
    if in_bins {
        groups.push(bins(request.resolution.as_deref().unwrap_or_default())?);
    }
    apl.push_str(&format!("\n| summarize {}", items.join(", ")));
    if !groups.is_empty() {
        apl.push_str(&format!(" by {}", groups.join(", ")));
    }
    Ok(())
}

fn bins(resolution: &str) -> Result<String, Error> {
    if ["", "auto", "0", "0s"].contains(&resolution) {
        return Ok("bin_auto(_time)".to_owned());
    }
    match apl::timespan::parse(resolution).filter(|nanos| *nanos > 0) {
        Some(nanos) => Ok(format!("bin(_time, {nanos}ns)")),
        None => Err(Error::invalid(format!(
            "resolution {resolution:?} is no timespan such as 1m0s, nor auto"
        ))),
    }
}

fn call(aggregation: &Aggregation) -> Result<String, Error> {
    let field = name(&aggregation.field);
    let function = match aggregation.op.as_str() {
        "count" => return Ok("count()".to_owned()),
        "percentiles" => {
            let ranks = match &aggregation.argument {
                Value::Array(ranks) => ranks.iter().map(literal).collect(),
                rank => vec![literal(rank)],
            };
            return Ok(format!("percentiles_array({field}, {})", ranks.join(", ")));
        }
        "argmin" | "argmax" => {
            let function = aggregation.op.replacen("arg", "arg_", 1);
            let shown = aggregation.argument.as_str().unwrap_or(&aggregation.field);
            return Ok(format!("{function}({field}, {})", name(shown)));
        }
        "distinct" => "dcount",
        "makeset" => "make_set",
        "makelist" => "make_list",
        "variance" => "variance",
        "stdev" => "stdev",
        "sum" => "sum",
        "avg" => "avg",
        "min" => "min",
        "max" => "max",
        "rate" => "rate",
        op => {
            return Err(Error::invalid(format!(
                "aggregation {op:?} is not supported in a tree of filters: send the query in APL to /v1/datasets/_apl"
            )));
        }
    };
    Ok(format!("{function}({field})"))
}

/// `None` of a filter that says nothing.
fn condition(filter: &Filter, depth: usize) -> Result<Option<String>, Error> {
    if depth == DEPTH_MAX {
        return Err(Error::invalid(format!(
            "filters are nested too deeply: expected at most {DEPTH_MAX} levels"
        )));
    }
    let field = name(&filter.field);
    let value = literal(&filter.value);
    let sensitive = if filter.case_sensitive { "_cs" } else { "" };
    Ok(Some(match filter.op.as_str() {
        "" => return Ok(None),
        "and" | "or" | "not" => {
            let inner = filter.children.iter().flatten();
            let inner = inner.filter_map(|child| condition(child, depth + 1).transpose());
            let inner = inner.collect::<Result<Vec<_>, _>>()?;
            match (inner.len(), filter.op.as_str()) {
                (0, _) => return Ok(None),
                (_, "not") => format!("not({})", inner.join(" and ")),
                (_, word) => format!("({})", inner.join(&format!(" {word} "))),
            }
        }
        "==" | "!=" | ">" | ">=" | "<" | "<=" => format!("{field} {} {value}", filter.op),
        "exists" => format!("isnotnull({field})"),
        "not-exists" => format!("isnull({field})"),
        "starts-with" => format!("{field} startswith{sensitive} {value}"),
        "not-starts-with" => format!("{field} !startswith{sensitive} {value}"),
        "ends-with" => format!("{field} endswith{sensitive} {value}"),
        "not-ends-with" => format!("{field} !endswith{sensitive} {value}"),
        "contains" => format!("{field} contains{sensitive} {value}"),
        "not-contains" => format!("{field} !contains{sensitive} {value}"),
        "regexp" => format!("{field} matches regex {value}"),
        "not-regexp" => format!("{field} !matches regex {value}"),
        op => {
            return Err(Error::invalid(format!(
                "filter {op:?} is not known: expected and, or, not, ==, exists, contains or another of Axiom's"
            )));
        }
    }))
}

/// A name of any letters.
fn name(name: &str) -> String {
    format!("[{}]", quoted(name))
}

fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Null => "dynamic(null)".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(_) | Value::Object(_) => format!("dynamic({value})"),
    }
}

/// A string of the language: what would end it, or begin an escape, is escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
