//! What a token may not read, it reads by no way round: each operator and route that can name another dataset.

use crate::grpc;
use crate::running::InProcess;
use crate::spans::{TEN_O_CLOCK, protobuf, span};
use crate::tokens::{everything, send, token};
use serde_json::{Value, json};

/// The service whose spans are in the other dataset, and their trace.
const SECRET: &str = "secret-service";
const TRACE: u128 = 0x5ec3e7;

/// Every way that a query can name `b`, or all there are.
const QUERIES: [&str; 19] = [
    "b",
    "['b'] | count",
    "B | limit 5",
    "union b",
    "union a, b",
    "union *",
    "union withsource=t *",
    "a | union b",
    "a | union (b | where true)",
    "search in (b) \"secret-service\"",
    "search in (a, b) \"secret-service\"",
    "search in (*) \"secret-service\"",
    "search \"secret-service\"",
    "a | join kind=leftouter (b) on span_id",
    "a | lookup kind=leftouter (b | project span_id, x = ['service.name']) on span_id",
    "let other = b; other | limit 5",
    "let other = b; a | union other",
    "spans_of(b | where true)",
    "a | where span_id in ((b | project span_id))",
];

/// `a` with the spans of `api`, `b` with those of the other; and a token that reads `a`.
async fn server() -> (InProcess, String, String) {
    let server = InProcess::start().await;
    for (dataset, service, trace) in [("a", "api", 1), ("b", SECRET, TRACE)] {
        let body = protobuf(service, (0..5).map(|index| span(trace, index)).collect());
        assert_eq!(send(&server, None, dataset, body).await, 200);
    }
    let admin = token(&server, None, everything()).await;
    let reader = json!({ "datasetCapabilities": { "a": { "query": ["read"] } } });
    let reader = token(&server, Some(&admin), reader).await;
    (server, admin, reader)
}

/// With a range that holds the spans.
fn request(apl: &str) -> Value {
    let time = |nanos: u64| apl::datetime::format(nanos as i64);
    json!({
        "apl": apl,
        "startTime": time(TEN_O_CLOCK),
        "endTime": time(TEN_O_CLOCK + 1_000_000_000),
    })
}

fn is_told(answer: &Value) -> bool {
    let text = answer.to_string();
    text.contains(SECRET) || text.contains(&format!("{TRACE:032x}"))
}

#[tokio::test]
async fn no_query_reads_a_foreign_dataset() {
    let (server, admin, reader) = server().await;
    let mut told = 0;
    for format in ["tabular", "legacy"] {
        let path = format!("/v1/datasets/_apl?format={format}");
        let ask = async |by: &str, apl: &str| {
            let body = Some(request(apl));
            server.client.call("POST", &path, Some(by), body).await
        };
        for apl in QUERIES {
            told += usize::from(is_told(&ask(&admin, apl).await.1));
            let (status, answer) = ask(&reader, apl).await;
            // With a star it is all that one may read.
            assert!([200, 400, 403].contains(&status), "{apl}: {status}");
            assert!(
                status != 200 || apl.contains('*') || apl.starts_with("search \""),
                "{apl}: {answer}"
            );
            // A refusal may repeat what was asked, and has no rows.
            let is_refusal = status != 200;
            assert!(is_refusal || !is_told(&answer), "{apl}: {answer}");
        }
        let apl = format!("trace(\"{TRACE:032x}\")");
        let (_, answer) = ask(&reader, &apl).await;
        assert!(!answer.to_string().contains(SECRET), "{answer}");
    }
    // The table is worth nothing when nobody sees the spans.
    assert!(told >= QUERIES.len(), "{told}");
}

#[tokio::test]
async fn a_cursor_of_a_foreign_answer_opens_nothing() {
    let (server, admin, reader) = server().await;
    let path = "/v1/datasets/_apl?format=tabular";
    let first = Some(request("b | limit 2"));
    let (status, answer) = server.client.call("POST", path, Some(&admin), first).await;
    assert_eq!(status, 200, "{answer}");
    for (apl, expected) in [("b | limit 2", 403), ("a | limit 2", 200)] {
        let mut body = request(apl);
        body["cursor"] = answer["status"]["minCursor"].clone();
        let asked = server.client.call("POST", path, Some(&reader), Some(body));
        let (status, answer) = asked.await;
        assert_eq!(status, expected, "{answer}");
        assert!(!is_told(&answer), "{answer}");
    }
}

#[tokio::test]
async fn no_route_tells_of_a_foreign_dataset() {
    let (server, _, reader) = server().await;
    for path in [
        "/v1/datasets/b",
        "/v2/datasets/b",
        "/v1/datasets/b/info",
        "/v2/datasets/b/fields",
        "/v2/datasets/b/fields/name",
        "/v2/datasets/b/mapfields",
    ] {
        let (status, _) = server.client.call("GET", path, Some(&reader), None).await;
        assert_eq!(status, 403, "{path}");
    }
    let trace = format!("/api/v1/traces/{TRACE:032x}");
    for (path, expected) in [
        (format!("{trace}?dataset=b"), 403),
        (format!("{trace}?dataset=a"), 404),
    ] {
        let (status, answer) = server.client.call("GET", &path, Some(&reader), None).await;
        assert_eq!(status, expected, "{path}: {answer}");
    }
    let (status, fields) = server
        .client
        .call("GET", "/v1/datasets/_fields", Some(&reader), None)
        .await;
    assert_eq!(status, 200);
    let named = fields.as_array().unwrap().iter();
    let named: Vec<&Value> = named.map(|it| &it["datasetName"]).collect();
    assert_eq!(named, [&json!("a")]);
    let (_, meta) = server
        .client
        .call("GET", "/api/v1/meta", Some(&reader), None)
        .await;
    assert_eq!(meta["datasets"], json!(["a"]));
}

/// Who may only send knows that a dataset is there, and nothing of what is in it; counters of the whole server are not for
/// who may only see a part.
#[tokio::test]
async fn what_others_sent_is_not_counted_for_everybody() {
    let (server, admin, reader) = server().await;
    let made = async |capabilities: Value| token(&server, Some(&admin), capabilities).await;
    let writer = made(json!({ "datasetCapabilities": { "b": { "ingest": ["create"] } } })).await;
    let all = made(json!({ "datasetCapabilities": { "*": { "query": ["read"] } } })).await;
    let clerk = made(json!({ "orgCapabilities": { "datasets": ["read"] } })).await;
    let get = async |path: &str, token: &str| {
        let call = server.client.call("GET", path, Some(token), None);
        call.await
    };
    for (token, rows) in [(&writer, Value::Null), (&all, json!(5)), (&clerk, json!(5))] {
        let (status, one) = get("/v2/datasets/b", token).await;
        assert_eq!((status, &one["rows"]), (200, &rows), "{one}");
        let (_, listed) = get("/v1/datasets", token).await;
        let listed = listed.as_array().unwrap();
        let mut found = listed.iter().filter(|it| it["name"] == "b");
        let listed = found.next().unwrap();
        assert_eq!((&listed["rows"], &listed["id"]), (&rows, &json!("b")));
        assert_eq!(listed["bytes"].is_null(), rows.is_null(), "{listed}");
        let expected = if rows.is_null() { 403 } else { 200 };
        for path in [
            "/v1/datasets/b/info",
            "/v2/datasets/b/fields",
            "/v2/datasets/b/fields/name",
            "/v2/datasets/b/mapfields",
        ] {
            assert_eq!(get(path, token).await.0, expected, "{path}");
        }
        let (_, fields) = get("/v1/datasets/_fields", token).await;
        let names = fields.as_array().unwrap().iter();
        let mut names = names.map(|it| &it["datasetName"]);
        assert_eq!(names.any(|name| name == "b"), !rows.is_null());
    }
    for (token, is_told) in [
        (&writer, false),
        (&reader, false),
        (&all, true),
        (&clerk, true),
        (&admin, true),
    ] {
        let (status, meta) = get("/api/v1/meta", token).await;
        assert_eq!((status, meta.get("ingest").is_some()), (200, is_told));
        let expected = if is_told { 200 } else { 403 };
        assert_eq!(get("/metrics", token).await.0, expected);
    }
}

#[tokio::test]
async fn the_doors_for_logs_ask_as_well() {
    let (server, _, reader) = server().await;
    let doors = [
        (server.client.otlp("/v1/logs"), None, 401),
        (server.client.api("/v1/logs"), None, 401),
        (server.client.otlp("/v1/logs"), Some(&reader), 403),
    ];
    for (url, token, expected) in doors {
        let mut request = server.client.http.post(&url);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let request = request
            .header("content-type", "application/json")
            .body("{}");
        let status = request.send().await.unwrap().status();
        assert_eq!(status, expected, "{url}");
    }
    let path = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
    let message = grpc::framed(false, &[]);
    assert_eq!(grpc::call(&server, path, &[], message).await.status, 16);
}
