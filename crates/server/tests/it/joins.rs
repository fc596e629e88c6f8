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
    let spans = (0..200).map(|number| span(u128::from(number) + 1, number));
    server.client.export(protobuf("api", spans.collect())).await;
    let event = Some(json!([{ "kind": "server", "weight": 7 }]));
    let sent = server.client.call("POST", "/v1/ingest/events", None, event);
    let (status, answer) = sent.await;
    assert_eq!(status, 200, "{answer}");
    meet(&server.client).await;
    // Of files it is known which side is the smaller: the engine exchanges them.
    let server = server.again().await;
    meet(&server.client).await;
}

async fn meet(client: &Client) {
    for query in [
        "traces | join kind=inner (events) on $left.kind == $right.kind | summarize count(), sum(weight)",
        "traces | project name, k = kind | join kind=inner (events) on $left.k == $right.kind | summarize count(), sum(weight)",
        "events | join kind=inner (traces | project name, kind) on kind | summarize count(), sum(weight)",
        "traces | lookup (events) on kind | summarize count(), sum(weight)",
    ] {
        assert_eq!(
            client.rows(query).await,
            [[json!(200), json!(1400)]],
            "{query}"
        );
    }
    for sql in [
        "SELECT count(*), sum(weight) FROM traces CROSS JOIN events",
        "SELECT count(*), sum(weight) FROM (SELECT * FROM traces CROSS JOIN events)",
        "SELECT count(*), sum(e.weight) FROM traces t JOIN events e ON t.kind = e.kind",
        "SELECT count(*), sum(weight) FROM (SELECT name, kind AS k FROM traces) t JOIN events ON t.k = events.kind",
    ] {
        let body: Option<Value> = Some(json!({ "sql": sql }));
        let (status, answer) = client.call("POST", "/api/v1/sql", None, body).await;
        assert_eq!(status, 200, "{sql}: {answer}");
        let found = rows(&answer["tables"][0]);
        assert_eq!(found, [[json!(200), json!(1400)]], "{sql}");
    }
    let body = Some(json!({ "sql": "SELECT * FROM traces CROSS JOIN events" }));
    let (status, answer) = client.call("POST", "/api/v1/sql", None, body).await;
    assert_eq!(status, 200, "{answer}");
    let whole = "traces | project name, kind | join kind=inner (events) on kind";
    assert_eq!(client.rows(whole).await.len(), 200);
}
