//! `POST /v1/datasets/{name}/query`: Axiom's older queries, a tree of filters.

use crate::events::{LINES, lines};
use crate::running::InProcess;
use serde_json::{Value, json};

impl InProcess {
    /// Sends such a query of two minutes.
    async fn structured(&self, mut query: Value) -> (u16, Value) {
        query["startTime"] = json!("2026-01-31T09:59:30Z");
        query["endTime"] = json!("2026-01-31T10:00:30Z");
        let path = "/v1/datasets/web/query?nocache=true&streaming-duration=5s";
        self.client.call("POST", path, None, Some(query)).await
    }
}

async fn with_events() -> InProcess {
    let server = InProcess::start().await;
    lines(&server, "web", LINES).await;
    server
}

fn leaf(op: &str, field: &str, value: Value) -> Value {
    json!({ "op": op, "field": field, "value": value })
}

#[tokio::test]
async fn filters_choose_rows() {
    let server = with_events().await;
    let yes_or = json!("\" or true or \"");
    let nested = json!({ "op": "or", "children": [
        leaf("exists", "note", Value::Null), leaf("==", "status", json!(503))
    ] });
    let sensitive =
        json!({ "op": "starts-with", "field": "user.id", "value": "AN", "caseSensitive": true });
    for (filter, found) in [
        (Value::Null, vec![200, 503, 200]),
        (json!({ "op": "" }), vec![200, 503, 200]),
        (leaf("==", "path", json!("/a")), vec![200, 200]),
        (leaf("!=", "path", json!("/a")), vec![503]),
        (leaf(">", "status", json!(200)), vec![503]),
        (leaf("<=", "took", json!(1.5)), vec![200]),
        (leaf("exists", "ok", Value::Null), vec![503]),
        (leaf("not-exists", "ok", json!("")), vec![200, 200]),
        (leaf("starts-with", "user.id", json!("AN")), vec![200]),
        (sensitive, vec![]),
        (leaf("not-ends-with", "path", json!("a")), vec![503]),
        (leaf("contains", "note", json!("00")), vec![200]),
        (leaf("regexp", "path", json!("^/[bc]$")), vec![503]),
        (leaf("==", "path", yes_or), vec![]),
        (
            json!({ "op": "and", "children": [leaf("==", "path", json!("/a")), nested] }),
            vec![200],
        ),
        (
            json!({ "op": "not", "children": [leaf("==", "status", json!(200))] }),
            vec![503],
        ),
    ] {
        let order = json!([{ "field": "_time", "desc": false }]);
        let query = json!({ "filter": filter, "order": order, "limit": 10 });
        let (status, answer) = server.structured(query).await;
        assert_eq!(status, 200, "{answer}");
        assert_eq!(answer["format"], "legacy");
        let matches = answer["matches"].as_array().unwrap();
        let codes = matches
            .iter()
            .map(|found| found["data"]["status"].as_i64().unwrap());
        assert_eq!(codes.collect::<Vec<i64>>(), found, "{filter}");
    }
}

#[tokio::test]
async fn aggregations_have_bins_and_totals() {
    let server = with_events().await;
    let mut query = json!({
        "aggregations": [{ "op": "count" }, { "op": "max", "field": "twice", "alias": "most" }],
        "virtualFields": [{ "alias": "twice", "expr": "2 * status" }],
        "groupBy": ["path"], "resolution": "1m", "limit": 1,
    });
    let (status, answer) = server.structured(query.clone()).await;
    assert_eq!(status, 200, "{answer}");
    let group = json!({ "id": 0, "group": { "path": "/a" }, "aggregations": [
        { "op": "COUNT", "value": 2 }, { "op": "most", "value": 400 },
    ] });
    let interval = json!({
        "startTime": "2026-01-31T10:00:00Z", "endTime": "2026-01-31T10:01:00Z", "groups": [group],
    });
    assert_eq!(answer["buckets"]["series"], json!([interval]));
    assert_eq!(answer["buckets"]["totals"], json!([group]));
    assert_eq!(answer["matches"], json!([]));
    query["order"] = json!([{ "field": "most", "desc": true }]);
    let (_, answer) = server.structured(query).await;
    assert_eq!(answer["buckets"]["series"], json!([]));
    assert_eq!(answer["buckets"]["totals"][0]["group"]["path"], "/b");
}

#[tokio::test]
async fn what_is_not_known_is_named() {
    let server = with_events().await;
    for (query, said) in [
        (
            json!({ "filter": leaf("near", "path", json!("/a")) }),
            "filter \"near\" is not known",
        ),
        (
            json!({ "aggregations": [{ "op": "topk", "field": "path" }] }),
            "aggregation \"topk\" is not supported",
        ),
        (
            json!({ "aggregations": [{ "op": "count" }], "resolution": "soon" }),
            "is no timespan",
        ),
        (
            json!({ "filter": leaf("==", "nothing", json!(1)) }),
            "unknown field 'nothing'",
        ),
    ] {
        let (status, answer) = server.structured(query).await;
        assert_eq!(status, 400);
        let message = answer["message"].as_str().unwrap();
        assert!(message.contains(said), "{message}");
        // Nobody sent the text that a place would be of.
        assert!(answer.get("detail").is_none(), "{answer}");
        assert!(answer.get("diagnostics").is_none(), "{answer}");
    }
}
