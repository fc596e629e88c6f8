//! Traces as trees, whose spans are in the buffer and in data files.

use crate::running::{Client, InProcess};
use crate::spans::{failed, protobuf, span};
use serde_json::{Value, json};

#[tokio::test]
async fn relatives_meet_in_the_buffer_and_in_files() {
    let server = InProcess::start().await;
    let mut child = span(1, 1);
    child.parent_span_id = span(1, 0).span_id;
    let of_api = vec![span(1, 0), child.clone(), span(2, 3)];
    server.client.export(protobuf("api", of_api)).await;
    // Draining writes the buffer into files: the parents are in a file, their child is not.
    let server: InProcess = server.again().await;
    let mut below = failed(span(1, 2));
    below.parent_span_id = child.span_id;
    server.client.export(protobuf("worker", vec![below])).await;
    check(&server.client).await;
    let server: InProcess = server.again().await;
    check(&server.client).await;
}

async fn check(client: &Client) {
    let cases: [(&str, Value); 13] = [
        (
            "traces | where ['service.name'] == 'api' and has_descendant(error) | sort by name asc | project name",
            json!([["GET /lessons/0"], ["GET /lessons/1"]]),
        ),
        (
            "traces | where has_child(['service.name'] == 'worker') | project name",
            json!([["GET /lessons/1"]]),
        ),
        (
            "traces | where has_ancestor(name == 'GET /lessons/0') | sort by name asc | project name",
            json!([["GET /lessons/1"], ["GET /lessons/2"]]),
        ),
        (
            "traces | where has_parent(['service.name'] == 'api') | count",
            json!([[2]]),
        ),
        (
            "traces | where not(has_parent()) and has_root(['service.name'] == 'api') | count",
            json!([[2]]),
        ),
        ("traces | where has_sibling() | count", json!([[0]])),
        (
            "spans_of(traces | where error) | critical_path by ['service.name'] | project-away share",
            json!([["worker", "3ms", 1, 1], ["api", "2ms", 2, 1]]),
        ),
        (
            "traces | critical_path by name | summarize sum(self_time), sum(share)",
            json!([["10ms", 1.0]]),
        ),
        (
            "traces | compare ['service.name'] == 'worker' | where field == 'error' and value == 'true' \
             | project selected, others, difference",
            json!([[1, 0, 1.0]]),
        ),
        // Looked for among rows of another table, and joined by what the rows are sorted by.
        (
            "traces | where has_child(name in (traces | where error | project name)) | project name",
            json!([["GET /lessons/1"]]),
        ),
        (
            "traces | where has_ancestor(has_child(span_id in (traces | where error | project span_id))) | project name",
            json!([["GET /lessons/2"]]),
        ),
        (
            "traces | take 100 | join kind=innerunique (traces | take 100) on _time, span_id | where error1 | project name, name1",
            json!([["GET /lessons/2", "GET /lessons/2"]]),
        ),
        (
            "traces | sort by name asc | join kind=innerunique (traces | where error) on name | project name1",
            json!([["GET /lessons/2"]]),
        ),
    ];
    for (query, expected) in cases {
        let rows = client.rows(query).await;
        assert_eq!(json!(rows), expected, "{query}");
    }
    // Whole rows, the newest first.
    let whole = client.rows("traces | where has_child() | take 5").await;
    assert_eq!(whole.len(), 2);
}
