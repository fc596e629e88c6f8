//! OTLP over HTTP, as the document at `/api/v1/openapi.json` has it. What it sends is OpenTelemetry's to say; here is
//! where, with which headers, and what the answers mean to a sender.

use super::logs;
use crate::query::DATASET_DEFAULT;
use serde_json::{Map, Value, json};

/// A signal, as its page has it.
struct Page {
    path: &'static str,
    name: &'static str,
    /// What is in a request.
    rows: &'static str,
    /// Where they go that name no dataset.
    dataset: &'static str,
    example: fn() -> Value,
}

const PAGES: [Page; 2] = [
    Page {
        path: "/v1/traces",
        name: "Traces",
        rows: "spans",
        dataset: DATASET_DEFAULT,
        example: a_span,
    },
    Page {
        path: "/v1/logs",
        name: "Logs",
        rows: "log records",
        dataset: logs::DATASET,
        example: a_record,
    },
];

const REQUEST: &str = "OpenTelemetry's `Export…ServiceRequest`, in protobuf or in its JSON. It may be compressed: gzip or zstd.";
const DEFINED: &str = "https://opentelemetry.io/docs/specs/otlp/";

/// Adds their paths and their schemas to a document.
pub(crate) fn describe(paths: &mut Map<String, Value>, schemas: &mut Map<String, Value>) {
    for page in &PAGES {
        paths.insert(page.path.to_owned(), json!({ "post": operation(page) }));
    }
    schemas.insert("OtlpAnswer".to_owned(), answer());
    schemas.insert("OtlpRefusal".to_owned(), refusal());
}

fn operation(page: &Page) -> Value {
    let Page {
        name,
        rows,
        dataset,
        example,
        ..
    } = page;
    let refused =
        |description: &str| json!({ "description": description, "content": bodies("OtlpRefusal") });
    json!({
        "tags": ["otlp"],
        "operationId": format!("export{name}"),
        "summary": format!("Takes {rows} by OTLP; they are on disk when this is answered."),
        "description": format!(
            "Any path that ends so is the same, at this port and at the one for OTLP/HTTP; gRPC has a port of its own. The answer \
             is in the encoding of the request. A request that is sent again within ten minutes is stored once."
        ),
        "externalDocs": { "url": DEFINED },
        "parameters": [
            {
                "name": "X-Axiom-Dataset",
                "in": "header",
                "description": format!("The dataset; `{dataset}` without it. It is made by what is sent to it."),
                "schema": { "type": "string" },
            },
            {
                "name": "Content-Encoding",
                "in": "header",
                "schema": { "type": "string", "enum": ["gzip", "zstd", "identity"] },
            },
        ],
        "requestBody": {
            "required": true,
            "description": REQUEST,
            "content": {
                "application/x-protobuf": { "schema": { "type": "string", "format": "binary" } },
                "application/json": { "schema": { "type": "object", "additionalProperties": true }, "example": example() },
            },
        },
        "responses": {
            "200": {
                "description": "They are stored, but for those that are counted as rejected: never send any of them again.",
                "content": bodies("OtlpAnswer"),
            },
            "400": refused("It cannot be read, or the dataset takes none of these: not to be sent again."),
            "401": refused("A token is missing, or it is not known, revoked or expired."),
            "403": refused("The token may not write to this dataset."),
            "413": refused("It is too large: send less at a time."),
            "415": refused("A content type or a compression that is not known here."),
            "503": refused("Not now; `Retry-After` says when to send it again."),
            "default": refused("Why it was not taken."),
        },
    })
}

fn bodies(schema: &str) -> Value {
    json!({
        "application/x-protobuf": { "schema": { "type": "string", "format": "binary" } },
        "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } },
    })
}

/// Of a success in JSON.
fn answer() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "properties": {
            "partialSuccess": {
                "type": "object",
                "description": "What was rejected, and why; not there when all is stored.",
                "properties": { "rejectedSpans": text, "rejectedLogRecords": text, "errorMessage": text },
            },
        },
    })
}

/// Of everything else in JSON.
fn refusal() -> Value {
    json!({
        "type": "object",
        "description": "A `google.rpc.Status`.",
        "required": ["code", "message"],
        "properties": {
            "code": { "type": "integer", "description": "gRPC's number." },
            "message": { "type": "string" },
            "details": {
                "type": "array",
                "description": "With a `RetryInfo` where it may be sent again.",
                "items": { "type": "object", "additionalProperties": true },
            },
        },
    })
}

fn a_span() -> Value {
    json!({ "resourceSpans": [{
        "resource": { "attributes": [{ "key": "service.name", "value": { "stringValue": "shop" } }] },
        "scopeSpans": [{ "spans": [{
            "traceId": "5b8efff798038103d269b633813fc60c",
            "spanId": "eee19b7ec3c1b174",
            "name": "GET /cart",
            "kind": 2,
            "startTimeUnixNano": "1795773600000000000",
            "endTimeUnixNano": "1795773600050000000",
        }] }],
    }] })
}

fn a_record() -> Value {
    json!({ "resourceLogs": [{
        "resource": { "attributes": [{ "key": "service.name", "value": { "stringValue": "shop" } }] },
        "scopeLogs": [{ "logRecords": [{
            "timeUnixNano": "1795773600000000000",
            "severityText": "INFO",
            "body": { "stringValue": "cart is empty" },
        }] }],
    }] })
}
