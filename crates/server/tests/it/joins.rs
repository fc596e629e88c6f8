//! Tables put together: how many rows a side may have counts those that the query keeps, wherever they are; and a
//! side may be of another sort of dataset.

use crate::running::{Client, InProcess, rows};
use crate::spans::{protobuf, span};
use serde_json::{Value, json};

/// More spans than a side of a join, or the input of a window, may have.
const SPANS: u64 = 100_020;
const AT_ONCE: u64 = 10_002;

#[tokio::test]
async fn a_side_has_the_rows_that_are_kept() {
    let server = InProcess::start().await;
    for first in (0..SPANS).step_by(AT_ONCE as usize) {
        let spans = (first..first + AT_ONCE).map(|number| {
            let mut span = span(u128::from(number) + 1, number);
            span.name = if number < 2 { "rare" } else { "common" }.to_owned();
            span
        });
        server.client.export(protobuf("api", spans.collect())).await;
    }
    // In memory, and in a file.
    few(&server.client).await;
    let server = server.again().await;
    few(&server.client).await;
}

async fn few(client: &Client) {
    for query in [
        "traces | where name == 'rare' | join (traces | where name == 'rare') on trace_id | count",
        "traces | where name == 'rare' | join kind=leftouter (traces | where name == 'rare') on trace_id | count",
        "traces | where name == 'rare' | lookup (traces | where name == 'rare') on trace_id | count",
        "traces | where name == 'rare' | summarize by trace_id | join (traces | where name == 'rare' and duration > 0ms) on trace_id | count",
        "traces | where name == 'rare' | project trace_id, name, kind, k = 1 | join (traces | where name == 'rare') on trace_id | count",
    ] {
        assert_eq!(client.rows(query).await, [[json!(2)]], "{query}");
    }
    let sql = "SELECT name, row_number() OVER (ORDER BY _time) AS r FROM traces WHERE name = 'rare' ORDER BY r";
    let body = Some(json!({ "sql": sql }));
    let (status, answer) = client.call("POST", "/api/v1/sql", None, body).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(
        rows(&answer["tables"][0]),
        [[json!("rare"), json!(1)], [json!("rare"), json!(2)]]
    );
    let (status, answer) = client
        .ask(json!({ "apl": "traces | join (traces | where name == 'rare') on trace_id" }))
        .await;
    assert_eq!(status, 400);
    let message = answer["message"].as_str().unwrap_or_default();
    assert!(message.contains("more than 50000 rows"), "{message}");
}

#[tokio::test]
async fn spans_meet_events() {
    let server = InProcess::start().await;
    let client = &server.client;
    client
        .export(protobuf("api", vec![span(1, 0), span(2, 1)]))
        .await;
    let event = json!([{ "kind": "internal", "weight": 7 }]);
    let (status, answer) = client
        .call("POST", "/v1/ingest/events", None, Some(event))
        .await;
    assert_eq!(status, 200, "{answer}");
    let kinds = "traces | take 2 | project name, k = 'internal'";
    for query in [
        format!("{kinds} | join kind=inner (events) on $left.k == $right.kind | project weight"),
        format!(
            "{kinds} | join kind=innerunique (events) on $left.k == $right.kind | project weight, 1"
        ),
        format!("events | join kind=inner ({kinds}) on $left.kind == $right.k | project weight"),
        format!("{kinds} | lookup (events) on $left.k == $right.kind | project weight"),
    ] {
        let found = client.rows(&query).await;
        assert!(found.iter().all(|row| row[0] == 7), "{query}: {found:?}");
        assert!(!found.is_empty(), "{query}");
    }
    for sql in [
        "SELECT count(*) FROM traces CROSS JOIN events",
        "SELECT count(*) FROM traces t JOIN events e ON t.kind <> e.weight::varchar",
        "SELECT count(*) FROM (SELECT 'internal' AS k FROM traces) t JOIN events ON t.k = events.kind",
    ] {
        let body: Option<Value> = Some(json!({ "sql": sql }));
        let (status, answer) = client.call("POST", "/api/v1/sql", None, body).await;
        assert_eq!(status, 200, "{sql}: {answer}");
        assert_eq!(rows(&answer["tables"][0]), [[json!(2)]], "{sql}");
    }
}
