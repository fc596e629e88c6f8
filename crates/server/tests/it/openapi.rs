//! The document at `/api/v1/openapi.json`: it names every route there is and no other, and what the server answers is as
//! the document says.

mod routes;
mod schema;

use crate::queries::with_spans;
use crate::running::InProcess;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const METHODS: [&str; 5] = ["get", "post", "put", "delete", "patch"];
const NOT_ALLOWED: u16 = 405;

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
    let found = routes::in_source();
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
    queries(&said).await;
    datasets(&said).await;
    tokens_and_users(&said).await;
    records(&said).await;
    said.check("get", "/api/v1/meta", "/api/v1/meta", 200, None)
        .await;
    said.check(
        "get",
        "/api/v1/openapi.json",
        "/api/v1/openapi.json",
        200,
        None,
    )
    .await;
}

async fn queries(said: &Said<'_>) {
    let path = "/v1/query/_apl";
    let bins = json!({ "apl": "traces | summarize count() by bin(_time, 1m), kind", "startTime": "2026-11-22T00:00:00Z" });
    for apl in [
        json!({ "apl": "traces" }),
        bins,
        json!({ "apl": "print a = dynamic([1])" }),
    ] {
        for format in ["tabular", "legacy"] {
            let address = format!("{path}?format={format}");
            let answer = said
                .check("post", path, &address, 200, Some(apl.clone()))
                .await;
            assert_eq!(answer["format"], format);
        }
    }
    said.check(
        "post",
        "/v1/datasets/_apl",
        "/v1/datasets/_apl",
        400,
        Some(json!({ "apl": "traces | where duraton > 1s" })),
    )
    .await;
    said.check("post", path, path, 422, Some(json!({ "apl": "" })))
        .await;
    let path = "/api/v1/traces/{trace_id}";
    let trace = said
        .check(
            "get",
            path,
            &format!("/api/v1/traces/{:032x}", 1),
            200,
            None,
        )
        .await;
    assert_eq!(trace["span_count"], 3);
    said.check("get", path, "/api/v1/traces/7", 400, None).await;
    said.check(
        "get",
        path,
        &format!("/api/v1/traces/{:032x}", 9),
        404,
        None,
    )
    .await;
}

async fn datasets(said: &Said<'_>) {
    let made = json!({ "name": "orders", "description": "What was booked" });
    for (path, status) in [("/v2/datasets", 200), ("/v1/datasets", 409)] {
        said.check("post", path, path, status, Some(made.clone()))
            .await;
    }
    let events = json!([{ "order": 7, "total": 12.5, "who": "a" }, { "order": "eight" }]);
    said.check(
        "post",
        "/v1/ingest/{name}",
        "/v1/ingest/orders",
        200,
        Some(events),
    )
    .await;
    for version in ["v1", "v2"] {
        let (all, one) = (
            format!("/{version}/datasets"),
            format!("/{version}/datasets/{{name}}"),
        );
        let list = said.check("get", &all, &all, 200, None).await;
        assert_eq!(list.as_array().unwrap().len(), 2);
        said.check("get", &one, &format!("{all}/orders"), 200, None)
            .await;
        said.check("get", &one, &format!("{all}/none"), 404, None)
            .await;
        said.check(
            "put",
            &one,
            &format!("{all}/orders"),
            200,
            Some(json!({ "description": "changed" })),
        )
        .await;
        let trim = format!("{one}/trim");
        said.check(
            "post",
            &trim,
            &format!("{all}/orders/trim"),
            200,
            Some(json!({ "maxDuration": "30d" })),
        )
        .await;
        said.check(
            "post",
            &trim,
            &format!("{all}/orders/trim"),
            400,
            Some(json!({ "maxDuration": "soon" })),
        )
        .await;
    }
    said.check(
        "get",
        "/v1/datasets/_fields",
        "/v1/datasets/_fields",
        200,
        None,
    )
    .await;
    for name in ["traces", "orders"] {
        for (path, end) in [
            ("/v1/datasets/{name}/info", "info"),
            ("/v2/datasets/{name}/fields", "fields"),
            ("/v2/datasets/{name}/mapfields", "mapfields"),
        ] {
            said.check("get", path, &path.replace("{name}", name), 200, None)
                .await;
            said.check("get", path, &path.replace("{name}", "none"), 404, None)
                .await;
            assert!(path.ends_with(end));
        }
        said.check(
            "get",
            "/v2/datasets/{name}/fields/{field}",
            &format!("/v2/datasets/{name}/fields/_time"),
            200,
            None,
        )
        .await;
    }
    said.check(
        "delete",
        "/v2/datasets/{name}",
        "/v2/datasets/orders",
        204,
        None,
    )
    .await;
}

async fn tokens_and_users(said: &Said<'_>) {
    for path in ["/v1/user", "/v2/user", "/v2/users"] {
        said.check("get", path, path, 200, None).await;
    }
    said.check("get", "/v2/users/{id}", "/v2/users/local", 200, None)
        .await;
    said.check("get", "/v2/users/{id}", "/v2/users/nobody", 404, None)
        .await;
    let list = "/v2/tokens";
    said.check("get", list, list, 200, None).await;
    let wrong = json!({ "name": "x", "orgCapabilities": { "moon": ["read"] } });
    said.check("post", list, list, 400, Some(wrong)).await;
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
