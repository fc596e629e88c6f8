//! Tokens at every door: who may not, and who may what.

use crate::grpc::{self, EXPORT};
use crate::running::{InProcess, Process, failure, program, serve};
use crate::spans::{protobuf, span};
use serde_json::{Value, json};
use tempfile::TempDir;

const UNKNOWN: &str = "xaat-00000000-0000-0000-0000-000000000000";

/// Every route of the API that asks who calls.
const ROUTES: [(&str, &str); 41] = [
    ("POST", "/v1/datasets/_apl"),
    ("POST", "/v1/query/_apl"),
    ("GET", "/v1/datasets"),
    ("POST", "/v1/datasets"),
    ("GET", "/v2/datasets"),
    ("POST", "/v2/datasets"),
    ("GET", "/v1/datasets/_fields"),
    ("GET", "/v1/datasets/a"),
    ("PUT", "/v1/datasets/a"),
    ("DELETE", "/v1/datasets/a"),
    ("GET", "/v2/datasets/a"),
    ("PUT", "/v2/datasets/a"),
    ("DELETE", "/v2/datasets/a"),
    ("GET", "/v1/datasets/a/info"),
    ("POST", "/v1/datasets/a/query"),
    ("POST", "/v1/datasets/a/trim"),
    ("POST", "/v2/datasets/a/trim"),
    ("GET", "/v2/datasets/a/fields"),
    ("GET", "/v2/datasets/a/fields/x"),
    ("GET", "/v2/datasets/a/mapfields"),
    ("POST", "/v1/datasets/a/ingest"),
    ("POST", "/v1/ingest/a"),
    ("GET", "/v1/user"),
    ("GET", "/v2/user"),
    ("GET", "/v2/users"),
    ("GET", "/v2/users/x"),
    ("GET", "/v2/tokens"),
    ("POST", "/v2/tokens"),
    ("GET", "/v2/tokens/x"),
    ("DELETE", "/v2/tokens/x"),
    ("POST", "/v2/tokens/x/regenerate"),
    ("GET", "/v2/annotations"),
    ("GET", "/v2/vfields"),
    ("GET", "/v2/apl-starred-queries"),
    ("POST", "/api/v1/sql"),
    ("POST", "/api/v1/explain"),
    ("GET", "/api/v1/meta"),
    ("POST", "/api/v1/apl/complete"),
    ("POST", "/api/v1/apl/diagnose"),
    ("GET", "/api/v1/traces/00000000000000000000000000000001"),
    ("GET", "/metrics"),
];

/// A token with these capabilities, made by the API as another token allows.
pub(crate) async fn token(server: &InProcess, by: Option<&str>, capabilities: Value) -> String {
    let mut body = json!({ "name": "a token" });
    body.as_object_mut()
        .unwrap()
        .extend(capabilities.as_object().unwrap().clone());
    let (status, made) = server
        .client
        .call("POST", "/v2/tokens", by, Some(body))
        .await;
    assert_eq!(status, 200, "{made}");
    made["token"].as_str().unwrap().to_owned()
}

pub(crate) fn everything() -> Value {
    let all = ["create", "read", "update", "delete"];
    json!({
        "datasetCapabilities": { "*": {
            "ingest": ["create"], "query": ["read"], "trim": all, "starredQueries": all, "virtualFields": all
        } },
        "orgCapabilities": { "apiTokens": all, "datasets": all, "annotations": all },
    })
}

async fn export(server: &InProcess, token: Option<&str>, dataset: &str) -> u16 {
    send(server, token, dataset, protobuf("api", vec![span(1, 0)])).await
}

/// The status of an export.
pub(crate) async fn send(
    server: &InProcess,
    token: Option<&str>,
    dataset: &str,
    body: Vec<u8>,
) -> u16 {
    let request = server.client.http.post(server.client.otlp("/v1/traces"));
    let mut request = request
        .header("content-type", "application/x-protobuf")
        .header("x-axiom-dataset", dataset);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    request.body(body).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn every_door_asks_as_soon_as_there_is_a_token() {
    let server = InProcess::start().await;
    assert!(server.server.is_open());
    // Axiom's clients always send one: an open server does not mind.
    assert_eq!(export(&server, Some(UNKNOWN), "traces").await, 200);
    let admin = token(&server, None, everything()).await;
    assert!(!server.server.is_open());
    for (method, path) in ROUTES {
        for stranger in [None, Some(UNKNOWN)] {
            let (status, body) = server.client.call(method, path, stranger, None).await;
            assert_eq!(
                (status, &body["code"]),
                (401, &json!(401)),
                "{method} {path}"
            );
        }
        let (status, _) = server.client.call(method, path, Some(&admin), None).await;
        assert!(status != 401 && status != 403, "{method} {path}: {status}");
    }
    assert_eq!(server.client.health().await.0, 200);
    assert_eq!(export(&server, None, "traces").await, 401);
    assert_eq!(export(&server, Some(UNKNOWN), "traces").await, 401);
    assert_eq!(export(&server, Some(&admin), "traces").await, 200);

    let message = grpc::framed(false, &protobuf("api", vec![span(1, 1)]));
    let refused = grpc::call(&server, EXPORT, &[], message.clone()).await;
    assert_eq!(refused.status, 16);
    let bearer = format!("Bearer {admin}");
    let headers = [("authorization", bearer.as_str())];
    assert_eq!(
        grpc::call(&server, EXPORT, &headers, message).await.status,
        0
    );
}

/// A server with datasets `a` and `b`, and the tokens of an admin, a writer of `a` and a reader of `a`.
async fn with_tokens() -> (InProcess, [String; 3]) {
    let server = InProcess::start().await;
    for dataset in ["a", "b"] {
        assert_eq!(export(&server, None, dataset).await, 200);
    }
    let admin = token(&server, None, everything()).await;
    let writer = json!({ "datasetCapabilities": { "a": { "ingest": ["create"], "query": null } } });
    let reader = json!({ "datasetCapabilities": { "a": { "query": ["read"] } } });
    let writer = token(&server, Some(&admin), writer).await;
    let reader = token(&server, Some(&admin), reader).await;
    (server, [admin, writer, reader])
}

#[tokio::test]
async fn a_token_reaches_its_datasets_and_no_further() {
    let (server, [_, writer, reader]) = with_tokens().await;
    assert_eq!(export(&server, Some(&writer), "a").await, 200);
    assert_eq!(export(&server, Some(&writer), "b").await, 403);
    assert_eq!(export(&server, Some(&reader), "a").await, 403);
    let message = grpc::framed(false, &protobuf("api", vec![span(1, 1)]));
    let bearer = format!("Bearer {reader}");
    let headers = [("authorization", bearer.as_str()), ("x-axiom-dataset", "a")];
    assert_eq!(
        grpc::call(&server, EXPORT, &headers, message).await.status,
        7
    );

    let ask = async |token: &str, apl: &str| {
        let body = Some(json!({ "apl": apl }));
        server
            .client
            .call("POST", "/v1/query/_apl", Some(token), body)
            .await
    };
    assert_eq!(ask(&reader, "a | count").await.0, 200);
    assert_eq!(ask(&writer, "a | count").await.0, 403);
    // Whether there is such a dataset is not told.
    for apl in ["b | count", "nowhere | count", "| count"] {
        let (status, body) = ask(&reader, apl).await;
        assert_eq!(status, 403, "{apl}: {body}");
    }
    for path in ["/api/v1/sql", "/api/v1/explain"] {
        for (token, dataset, expected) in [
            (&reader, "a", 200),
            (&writer, "a", 403),
            (&reader, "b", 403),
            (&reader, "nowhere", 403),
        ] {
            let body = Some(json!({ "sql": format!("SELECT count(*) FROM {dataset}") }));
            let call = server.client.call("POST", path, Some(token), body);
            let (status, body) = call.await;
            assert_eq!(status, expected, "{path} {dataset}: {body}");
        }
    }
}

/// A query may read no dataset, and work for long.
#[tokio::test]
async fn who_may_query_nothing_has_no_turn() {
    let (server, [admin, writer, reader]) = with_tokens().await;
    // Of a dataset that is not there yet.
    let early = json!({ "datasetCapabilities": { "c": { "query": ["read"] } } });
    let early = token(&server, Some(&admin), early).await;
    for (path, body) in [
        ("/v1/query/_apl", json!({ "apl": "print 1" })),
        ("/v1/datasets/_apl", json!({ "apl": "print 1" })),
        ("/api/v1/sql", json!({ "sql": "SELECT 1" })),
        ("/api/v1/explain", json!({ "apl": "print 1" })),
        ("/api/v1/explain", json!({ "sql": "SELECT 1" })),
        (
            "/api/v1/apl/complete",
            json!({ "apl": "print s", "offset": 7 }),
        ),
        ("/api/v1/apl/diagnose", json!({ "apl": "print 1" })),
    ] {
        for (token, expected) in [(&writer, 403), (&reader, 200), (&early, 200)] {
            let body = Some(body.clone());
            let call = server.client.call("POST", path, Some(token), body);
            let (status, said) = call.await;
            assert_eq!(status, expected, "{path}: {said}");
        }
    }
    let tree = json!({ "startTime": "now-1h", "endTime": "now" });
    let path = "/v1/datasets/a/query";
    for (token, expected) in [(&writer, 403), (&reader, 200), (&early, 403)] {
        let body = Some(tree.clone());
        let call = server.client.call("POST", path, Some(token), body);
        assert_eq!(call.await.0, expected);
    }
}

#[tokio::test]
async fn a_token_to_read_with_manages_nothing() {
    let (server, [admin, _, reader]) = with_tokens().await;
    let trace = format!("/api/v1/traces/{:032x}?dataset=b", 1);
    assert_eq!(
        server
            .client
            .call("GET", &trace, Some(&reader), None)
            .await
            .0,
        403
    );
    let (_, listed) = server
        .client
        .call("GET", "/v2/datasets", Some(&reader), None)
        .await;
    let names: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["a"]);
    for (method, path, body) in [
        ("POST", "/v2/datasets", json!({ "name": "c" })),
        ("DELETE", "/v2/datasets/a", Value::Null),
        (
            "POST",
            "/v2/datasets/a/trim",
            json!({ "maxDuration": "1h" }),
        ),
        ("GET", "/v2/datasets/b", Value::Null),
        ("POST", "/v1/ingest/a", json!([])),
        ("GET", "/v2/tokens", Value::Null),
        ("POST", "/v2/tokens", json!({ "name": "x" })),
        (
            "POST",
            "/v2/annotations",
            json!({ "type": "x", "datasets": ["a"] }),
        ),
    ] {
        let (status, _) = server
            .client
            .call(method, path, Some(&reader), Some(body))
            .await;
        assert_eq!(status, 403, "{method} {path}");
    }
    // Nobody gives what they do not have.
    let only_tokens = json!({ "orgCapabilities": { "apiTokens": ["create"] } });
    let clerk = token(&server, Some(&admin), only_tokens).await;
    let mut more = everything();
    more["name"] = json!("more");
    let (status, _) = server
        .client
        .call("POST", "/v2/tokens", Some(&clerk), Some(more))
        .await;
    assert_eq!(status, 403);
}

#[tokio::test]
async fn no_token_outlives_its_maker() {
    let server = InProcess::start().await;
    let admin = token(&server, None, everything()).await;
    let call = async |method: &str, path: &str, by: &str, body: Value| {
        let body = Some(body);
        server.client.call(method, path, Some(by), body).await
    };
    let (soon, late) = ("2099-01-01T00:00:00Z", "2099-06-01T00:00:00Z");
    let wanted = |name: &str, end: Value| {
        let mut wanted = everything();
        wanted["name"] = json!(name);
        wanted["expiresAt"] = end;
        wanted
    };
    let (_, clerk) = call("POST", "/v2/tokens", &admin, wanted("clerk", json!(soon))).await;
    assert_eq!(clerk["expiresAt"], soon);
    let secret = clerk["token"].as_str().unwrap();
    for (end, expected) in [
        (Value::Null, soon),
        (json!(late), soon),
        (json!("2098-01-01T00:00:00Z"), "2098-01-01T00:00:00Z"),
    ] {
        let (_, made) = call("POST", "/v2/tokens", secret, wanted("more", end.clone())).await;
        assert_eq!(made["expiresAt"], expected, "{end}: {made}");
    }
    // Nor does it renew itself for longer.
    let itself = format!("/v2/tokens/{}/regenerate", clerk["id"].as_str().unwrap());
    let later = json!({ "newTokenExpiresAt": late });
    let (_, renewed) = call("POST", &itself, secret, later).await;
    assert_eq!(renewed["expiresAt"], soon, "{renewed}");
}

#[tokio::test]
async fn a_token_revokes_itself_and_none_that_may_more() {
    let (server, [admin, ..]) = with_tokens().await;
    let clerk = json!({ "orgCapabilities": { "apiTokens": ["delete", "read"] } });
    let clerk = token(&server, Some(&admin), clerk).await;
    let (_, all) = server
        .client
        .call("GET", "/v2/tokens", Some(&clerk), None)
        .await;
    let ids: Vec<&str> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    let statuses = async |by: &str| {
        let mut statuses = Vec::new();
        for id in &ids {
            let path = format!("/v2/tokens/{id}");
            statuses.push(server.client.call("DELETE", &path, Some(by), None).await.0);
        }
        statuses
    };
    assert_eq!(statuses(&clerk).await, [403, 403, 403, 204]);
    assert_eq!(statuses(&admin).await, [204, 401, 401, 401]);
}

#[tokio::test]
async fn capabilities_that_there_are_none_of_are_refused() {
    let server = InProcess::start().await;
    for (capabilities, word) in [
        (
            json!({ "orgCapabilities": { "datsets": ["create"] } }),
            "datsets",
        ),
        (
            json!({ "orgCapabilities": { "datasets": ["craete"] } }),
            "craete",
        ),
        (
            json!({ "datasetCapabilities": { "a": { "qery": ["read"] } } }),
            "qery",
        ),
        (
            json!({ "datasetCapabilities": { "a": { "query": ["raed"] } } }),
            "raed",
        ),
    ] {
        let mut body = capabilities;
        body["name"] = json!("a token");
        let (status, said) = server
            .client
            .call("POST", "/v2/tokens", None, Some(body))
            .await;
        assert_eq!(status, 400, "{said}");
        assert!(said["message"].as_str().unwrap().contains(word), "{said}");
    }
    assert!(server.server.is_open());
}

#[test]
fn the_command_line_says_what_cannot_be() {
    let place = TempDir::new().unwrap();
    for (arguments, word) in [
        (
            &["x", "--can", "manage", "--dataset", "a", "--data", "here"][..],
            "--dataset",
        ),
        (&["x", "--catalog", "mysql://host/x"][..], "postgres://"),
    ] {
        let mut command = program();
        command
            .current_dir(place.path())
            .args(["token", "create"])
            .args(arguments);
        let (code, said) = failure(command);
        assert_eq!(code, 64, "{said}");
        assert!(said.contains(word), "{said}");
        assert_eq!(
            std::fs::read_dir(place.path()).unwrap().count(),
            0,
            "{arguments:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_makes_and_revokes_them_while_the_server_runs() {
    let data = TempDir::new().unwrap();
    let process = Process::start(data.path(), &[]);
    let run = |arguments: &[&str]| {
        let mut command = program();
        let output = command
            .arg("token")
            .args(arguments)
            .arg("--data")
            .arg(data.path())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    };
    let status = async |token: &str| {
        process
            .client
            .call("GET", "/v1/datasets", Some(token), None)
            .await
            .0
    };
    assert_eq!(status(UNKNOWN).await, 200, "the server is open");
    let made = run(&["create", "reader", "--can", "query"]);
    let listed = run(&["list"]);
    assert!(
        !listed.contains(made.trim()) && listed.contains("reader"),
        "{listed}"
    );
    // Within a second of the one and of the other.
    while status(UNKNOWN).await != 401 {}
    assert_eq!(status(made.trim()).await, 200);
    let line = listed.lines().find(|line| line.contains("reader"));
    let (id, _) = line.unwrap().split_once(' ').unwrap();
    run(&["revoke", id]);
    while status(made.trim()).await != 401 {}
    process.kill();
}

#[test]
fn a_server_that_others_reach_does_not_start_open() {
    let data = TempDir::new().unwrap();
    let open = ["--listen", "0.0.0.0:0"];
    let (code, said) = failure(serve(data.path(), &open));
    assert_eq!(code, 64, "{said}");
    for word in ["0.0.0.0:0", "throughline token create", "--allow-open"] {
        assert!(said.contains(word), "{said}");
    }
    Process::start(data.path(), &["--listen", "0.0.0.0:0", "--allow-open"]).kill();
    let mut create = program();
    create
        .args(["token", "create", "x", "--data"])
        .arg(data.path());
    assert!(create.output().unwrap().status.success());
    Process::start(data.path(), &open).kill();
}
