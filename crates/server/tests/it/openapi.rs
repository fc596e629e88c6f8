//! The document at `/api/v1/openapi.json`: it names every route there is and no other, and what the server answers is as
//! the document says.

mod asked;
mod routes;
mod schema;

use crate::queries::with_spans;
use crate::running::InProcess;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const METHODS: [&str; 5] = ["get", "post", "put", "delete", "patch"];
const NOT_ALLOWED: u16 = 405;
/// What is taken in front of the router.
const OTLP: [&str; 2] = ["/v1/traces", "/v1/logs"];

async fn document(server: &InProcess) -> Value {
    let (status, document) = server.client.get("/api/v1/openapi.json").await;
    assert_eq!(status, 200);
    document
}

/// Every method of every path in the source, as a server answers it, against every operation of the document.
#[tokio::test]
async fn it_names_every_route_and_no_other() {
    let server = InProcess::start().await;
    let document = document(&server).await;
    let described = document["paths"].as_object().unwrap();
    let mut found = routes::in_source();
    found.extend(OTLP.map(str::to_owned));
    let missing: Vec<&String> = found
        .iter()
        .filter(|path| !described.contains_key(*path))
        .collect();
    assert!(
        missing.is_empty(),
        "describe these routes with #[utoipa::path] and name their functions in api/openapi.rs: {missing:?}"
    );
    let gone: Vec<&String> = described
        .keys()
        .filter(|path| !found.contains(*path))
        .collect();
    assert!(
        gone.is_empty(),
        "described, but there is no such route: {gone:?}"
    );
    let mut ids = BTreeSet::new();
    for (path, operations) in described {
        for method in METHODS {
            let address = path.replace(['{', '}'], "");
            let body = Some(json!({}));
            let (status, _) = server
                .client
                .call(&method.to_uppercase(), &address, None, body)
                .await;
            let is_there = status != NOT_ALLOWED;
            let is_described = operations.get(method).is_some();
            assert_eq!(
                is_there, is_described,
                "{method} {path} was answered {status}"
            );
            if let Some(operation) = operations.get(method) {
                let id = operation["operationId"].as_str().unwrap();
                assert!(ids.insert(id.to_owned()), "two operations are called {id}");
            }
        }
    }
}

/// A request and its answer, both as the document has them.
struct Said<'a> {
    document: &'a Value,
    server: &'a InProcess,
}

impl Said<'_> {
    /// Sends a request to `path` (as in the document) at `address`; returns the answer.
    async fn check(
        &self,
        method: &str,
        path: &str,
        address: &str,
        expected: u16,
        body: Option<Value>,
    ) -> Value {
        let operation = &self.document["paths"][path][method];
        let place = format!("{method} {address}");
        assert!(operation.is_object(), "{place} is not described");
        let request = &operation["requestBody"]["content"]["application/json"];
        if let Some(body) = body.as_ref().filter(|_| expected < 400) {
            schema::check(self.document, &request["schema"], body, &place);
        }
        let (status, answer) = self
            .server
            .client
            .call(&method.to_uppercase(), address, None, body)
            .await;
        assert_eq!(status, expected, "{place}: {answer}");
        let responses = &operation["responses"];
        let status = status.to_string();
        let response = match responses.get(&status) {
            Some(response) => response,
            None => &responses["default"],
        };
        let response = schema::resolved(self.document, response);
        match response["content"].get("application/json") {
            Some(content) => schema::check(self.document, &content["schema"], &answer, &place),
            None => assert!(
                answer.is_null(),
                "{place} is described without a body: {answer}"
            ),
        }
        answer
    }
}

#[tokio::test]
async fn answers_are_as_it_says() {
    let server = with_spans().await;
    let document = document(&server).await;
    let said = Said {
        document: &document,
        server: &server,
    };
    for (method, path, with, status, body) in asked::steps() {
        let (values, query) = with.split_once('?').unwrap_or((with, ""));
        let filled = values
            .split_whitespace()
            .fold(path.to_owned(), |path, value| {
                let (before, rest) = path.split_once('{').unwrap();
                let (_, after) = rest.split_once('}').unwrap();
                format!("{before}{value}{after}")
            });
        let address = format!("{filled}?{query}");
        let body = Some(body).filter(|body| !body.is_null());
        said.check(method, path, &address, status, body).await;
    }
    records(&said).await;
}

async fn records(said: &Said<'_>) {
    let kinds = [
        (
            "/v2/annotations",
            json!({ "type": "deploy", "datasets": ["traces"], "mine": 1 }),
        ),
        (
            "/v2/vfields",
            json!({ "dataset": "traces", "name": "slow", "expression": "duration > 1s" }),
        ),
        (
            "/v2/apl-starred-queries",
            json!({ "name": "slow", "query": { "apl": "traces" } }),
        ),
    ];
    for (path, body) in kinds {
        let made = said
            .check("post", path, path, 200, Some(body.clone()))
            .await;
        said.check("post", path, path, 400, Some(json!({}))).await;
        let one = format!("{path}/{{id}}");
        let address = format!("{path}/{}", made["id"].as_str().unwrap());
        said.check("get", path, path, 200, None).await;
        said.check("get", &one, &address, 200, None).await;
        said.check(
            "put",
            &one,
            &address,
            200,
            Some(json!({ "description": "changed" })),
        )
        .await;
        said.check("delete", &one, &address, 204, None).await;
        said.check("get", &one, &address, 404, None).await;
    }
}

/// Answers to a token, and to none: the first one that is made closes the server.
#[tokio::test]
async fn refusals_and_tokens_are_as_it_says() {
    let server = InProcess::start().await;
    let document = document(&server).await;
    let of = |path: &str, method: &str, status: &str| {
        let responses = &document["paths"][path][method]["responses"];
        let response = schema::resolved(&document, &responses[status]);
        response["content"]["application/json"]["schema"].clone()
    };
    let wanted = json!({ "name": "all", "datasetCapabilities": { "*": { "query": ["read"] } },
        "orgCapabilities": { "apiTokens": ["create", "read", "update", "delete"] } });
    let (status, made) = server
        .client
        .call("POST", "/v2/tokens", None, Some(wanted))
        .await;
    assert_eq!(status, 200, "{made}");
    schema::check(
        &document,
        &of("/v2/tokens", "post", "200"),
        &made,
        "a token that is made",
    );
    let token = made["token"].as_str();
    let id = made["id"].as_str().unwrap();
    let ask = async |method: &str, path: &str, token: Option<&str>| {
        server
            .client
            .call(method, path, token, Some(json!({})))
            .await
    };
    let (status, list) = ask("GET", "/v2/tokens", token).await;
    assert_eq!(status, 200, "{list}");
    schema::check(&document, &of("/v2/tokens", "get", "200"), &list, "tokens");
    let (status, answer) = ask("GET", "/v2/tokens", None).await;
    assert_eq!(status, 401);
    schema::check(
        &document,
        &of("/v2/tokens", "get", "401"),
        &answer,
        "no token",
    );
    let (status, answer) = ask("POST", "/v2/datasets", token).await;
    assert_eq!(status, 400, "{answer}");
    schema::check(
        &document,
        &of("/v2/datasets", "post", "400"),
        &answer,
        "no name",
    );
    let (status, answer) = ask("DELETE", "/v2/datasets/traces", token).await;
    assert_eq!(status, 403, "{answer}");
    schema::check(
        &document,
        &of("/v2/datasets/{name}", "delete", "403"),
        &answer,
        "denied",
    );
    let (status, renewed) = ask("POST", &format!("/v2/tokens/{id}/regenerate"), token).await;
    assert_eq!(status, 200, "{renewed}");
    let path = "/v2/tokens/{id}/regenerate";
    schema::check(
        &document,
        &of(path, "post", "200"),
        &renewed,
        "a token with another text",
    );
    let (status, _) = ask("GET", "/api/v1/openapi.json", None).await;
    assert_eq!(status, 200, "the document needs no token");
}

/// OTLP in JSON: the examples are stored, and every answer is as the document says.
#[tokio::test]
async fn otlp_is_as_it_says() {
    let server = InProcess::start().await;
    let document = document(&server).await;
    let deep = json!([{ "key": "deep", "value": nested(25) }]);
    let bad = json!({ "traceId": "00", "spanId": "eee19b7ec3c1b174", "name": "x" });
    let rejected = [
        json!({ "resourceSpans": [{ "scopeSpans": [{ "spans": [bad] }] }] }),
        json!({ "resourceLogs": [{ "scopeLogs": [{ "logRecords": [{ "attributes": deep }] }] }] }),
    ];
    let counted = ["rejectedSpans", "rejectedLogRecords"];
    for ((path, rejected), counted) in OTLP.into_iter().zip(rejected).zip(counted) {
        let operation = &document["paths"][path]["post"];
        let example = &operation["requestBody"]["content"]["application/json"]["example"];
        let mut answers = Vec::new();
        for (status, body) in [(200, example), (200, &rejected), (400, &json!([]))] {
            let request = server.client.http.post(server.client.api(path));
            let request = request.header("content-type", "application/json");
            let answer = request.body(body.to_string()).send().await.unwrap();
            assert_eq!(answer.status(), status, "{path}");
            let answer: Value = answer.json().await.unwrap();
            let described = &operation["responses"][status.to_string()]["content"];
            let schema = &described["application/json"]["schema"];
            schema::check(&document, schema, &answer, path);
            answers.push(answer);
        }
        assert_eq!(answers[0], json!({}), "{path}");
        assert_eq!(
            answers[1]["partialSuccess"][counted], "1",
            "{path}: {answers:?}"
        );
        let dataset = path.rsplit('/').next().unwrap();
        let count = server.client.rows(&format!("{dataset} | count")).await;
        assert_eq!(count, [[json!(1)]], "{path}");
    }
    let (status, _) = server.client.call("POST", "/v1/metrics", None, None).await;
    assert_eq!(status, 404, "describe it when it is there");
}

/// An attribute's value, so deep in lists.
fn nested(depth: usize) -> Value {
    (0..depth).fold(
        json!({ "boolValue": true }),
        |value, _| json!({ "arrayValue": { "values": [value] } }),
    )
}

/// What the document shows as an example is what it asks for.
#[tokio::test]
async fn examples_are_as_it_says() {
    let server = InProcess::start().await;
    let document = document(&server).await;
    let mut seen = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let content = operation["requestBody"]["content"].as_object();
            for content in content.into_iter().flat_map(|content| content.values()) {
                if let Some(example) = content.get("example") {
                    schema::check(
                        &document,
                        &content["schema"],
                        example,
                        &format!("{method} {path}"),
                    );
                    seen += 1;
                }
            }
        }
    }
    assert!(seen >= 10, "{seen} examples");
}

/// A check that sees nothing would pass all of the above.
#[test]
fn a_value_that_is_otherwise_is_seen() {
    let document = json!({ "components": { "schemas": { "Row": {
        "type": "object",
        "required": ["id", "tags"],
        "properties": {
            "id": { "type": "integer", "minimum": 0 },
            "tags": { "type": "array", "items": { "type": "string" } },
            "parent": { "type": ["string", "null"] },
            "more": { "type": "object", "additionalProperties": { "type": "boolean" } },
        },
    } } } });
    let row = json!({ "$ref": "#/components/schemas/Row" });
    let named = json!({ "allOf": [row, { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } } }] });
    let either = json!({ "oneOf": [row, { "type": "string" }] });
    let sound = json!({ "id": 1, "tags": ["a"], "parent": null, "more": { "x": true } });
    let with = |name: &str, value: Value| {
        let mut changed = sound.clone();
        changed[name] = value;
        changed
    };
    let cases = [
        (&row, sound.clone(), true),
        (&row, with("id", json!("1")), false),
        (&row, with("id", json!(-1)), false),
        (&row, with("tags", json!(["a", 1])), false),
        (&row, with("parent", json!(1)), false),
        (&row, with("more", json!({ "x": 1 })), false),
        (&row, with("new", json!(1)), false),
        (&row, json!({ "id": 1 }), false),
        (&row, json!([]), false),
        (&named, with("name", json!("n")), true),
        (&named, sound.clone(), false),
        (&named, with("name", json!(1)), false),
        (&either, json!("text"), true),
        (&either, sound.clone(), true),
        (&either, json!(1), false),
    ];
    for (schema, value, is_sound) in cases {
        let found = schema::fits(&document, schema, &value);
        assert_eq!(found.is_ok(), is_sound, "{value} and {schema}: {found:?}");
    }
}
