//! `GET /api/v1/openapi.json`: every route, what it takes and what it answers, as OpenAPI 3.1 has it. A route is described
//! beside its function, with `#[utoipa::path]`, and named in the list here; a test compares both with the router.

use super::{
    datasets, editor, fields, ingest, meta, metrics, queries, records, sql, structured, tokens,
    trace, users,
};
use crate::ingest::described;
use axum::response::{IntoResponse, Response};
use http::header;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;
use utoipa::OpenApi;

const ABOUT: &str = "\
The API of a Throughline server, at the port of its console. Paths that begin with `/v1/` and `/v2/` are Axiom's, so that \
its clients work unmodified (docs/axiom.md says what differs); those that begin with `/api/v1/` are Throughline's own. \
Spans and log records come by OTLP as OpenTelemetry defines it, at this port and at ports of their own.";

const TOKEN: &str = "\
Made by `throughline token create`, or with `POST /v2/tokens`. A server for which none was ever made asks for none.";

#[derive(OpenApi)]
#[openapi(
    info(title = "Throughline", description = ABOUT),
    paths(
        queries::run,
        structured::run,
        sql::run,
        sql::explain,
        editor::complete,
        editor::diagnose,
        trace::show,
        ingest::run,
        datasets::list,
        datasets::create,
        datasets::show,
        datasets::update,
        datasets::delete,
        datasets::details,
        datasets::trim,
        fields::of_all,
        fields::of_one,
        fields::one,
        fields::maps,
        tokens::list,
        tokens::create,
        tokens::show,
        tokens::revoke,
        tokens::regenerate,
        users::current,
        users::list,
        users::show,
        meta::show,
        metrics::show,
        super::health,
        show,
    ),
    security(("token" = [])),
    tags(
        (name = "otlp", description = "Spans and log records, as OpenTelemetry's exporters send them."),
        (name = "queries", description = "Questions in APL and SQL."),
        (name = "traces", description = "One trace, as the console draws it."),
        (name = "events", description = "Rows that are no spans."),
        (name = "datasets", description = "Named collections of spans, log records or events."),
        (name = "tokens", description = "Who may read and write."),
        (name = "users", description = "Who asks."),
        (name = "kept", description = "JSON objects that clients keep: annotations, virtual fields, saved queries."),
        (name = "server", description = "The server itself."),
    ),
)]
struct Described;

/// Paths that answer just as another one.
const SAME: [(&str, &str); 6] = [
    ("/v1/datasets/_apl", "/v1/query/_apl"),
    ("/v1/datasets/{name}/ingest", "/v1/ingest/{name}"),
    ("/v1/datasets", "/v2/datasets"),
    ("/v1/datasets/{name}", "/v2/datasets/{name}"),
    ("/v1/datasets/{name}/trim", "/v2/datasets/{name}/trim"),
    ("/v1/user", "/v2/user"),
];

static DOCUMENT: LazyLock<String> = LazyLock::new(|| document().to_string());

/// This document. It needs no token.
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    operation_id = "openapi",
    tag = "server",
    security(()),
    responses((status = 200, description = "OpenAPI 3.1.", body = Object)),
)]
pub(super) async fn show() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, DOCUMENT.as_str()).into_response()
}

/// What is described beside the routes, and what many of them have in common.
fn document() -> Value {
    let mut document = serde_json::to_value(Described::openapi()).unwrap_or_default();
    let mut paths = taken(&mut document["paths"]);
    let mut schemas = taken(&mut document["components"]["schemas"]);
    records::describe(&mut paths, &mut schemas);
    described::describe(&mut paths, &mut schemas);
    for (path, other) in SAME {
        if let Some(described) = paths.get(other) {
            paths.insert(path.to_owned(), same(described, other));
        }
    }
    paths.values_mut().flat_map(operations).for_each(refusals);
    document["paths"] = paths.into();
    document["components"] = json!({
        "schemas": schemas,
        "securitySchemes": {
            "token": { "type": "http", "scheme": "bearer", "bearerFormat": "xaat-UUID", "description": TOKEN },
        },
        "responses": {
            "NoToken": refusal("A token is missing, or it is not known, revoked or expired."),
            "Denied": refusal("The token may not do this."),
            "Refused": refusal("Why this was not done. After a 429 or a 503 with `Retry-After` it may be tried again."),
        },
    });
    document
}

fn taken(value: &mut Value) -> Map<String, Value> {
    match value.take() {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn operations(path: &mut Value) -> impl Iterator<Item = &mut Value> {
    let members = path.as_object_mut().into_iter().flatten();
    members.map(|(_, operation)| operation)
}

fn same(described: &Value, other: &str) -> Value {
    let mut path = described.clone();
    for operation in operations(&mut path) {
        let id = operation["operationId"].as_str().unwrap_or_default();
        operation["operationId"] = format!("{id}V1").into();
        operation["description"] = format!("The same as `{other}`.").into();
    }
    path
}

/// What any route may answer besides.
fn refusals(operation: &mut Value) {
    let is_for_callers = operation.get("security").is_none();
    let Some(responses) = operation["responses"].as_object_mut() else {
        return;
    };
    let mut add = |status: &str, name: &str| {
        let named = json!({ "$ref": format!("#/components/responses/{name}") });
        responses.entry(status).or_insert(named);
    };
    if is_for_callers {
        add("401", "NoToken");
        add("403", "Denied");
    }
    add("default", "Refused");
}

fn refusal(description: &str) -> Value {
    let schema = json!({ "$ref": "#/components/schemas/Error" });
    json!({ "description": description, "content": { "application/json": { "schema": schema } } })
}
