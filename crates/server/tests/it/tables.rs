//! Queries over several tables at once, over spans in the buffer and in data files.

use crate::queries::with_spans;
use crate::running::{Client, InProcess};
use serde_json::{Value, json};

#[tokio::test]
async fn tables_meet_in_the_buffer_and_in_files() {
    let server = with_spans().await;
    check(&server.client).await;
    // Draining writes the buffer into files.
    let server: InProcess = server.again().await;
    check(&server.client).await;
}

async fn check(client: &Client) {
    let of_trace = format!("trace(\"{:032x}\") | count", 1);
    let cases: [(&str, Value); 11] = [
        (
            "let bad = traces | where error | distinct trace_id; traces | where trace_id in (bad) | count",
            json!([[3]]),
        ),
        (
            "traces | where trace_id !in (traces | where error | project trace_id) | project ['service.name']",
            json!([["beat"]]),
        ),
        (
            "spans_of(traces | where error) | summarize n = count() by ['service.name']",
            json!([["api", 2], ["worker", 1]]),
        ),
        (&of_trace, json!([[3]])),
        (
            "traces | join kind=inner (traces | where error | project trace_id, culprit = ['service.name']) on trace_id \
             | summarize n = count() by culprit",
            json!([["worker", 3]]),
        ),
        (
            "traces | lookup (datatable (s:string, team:string) ['api', 'booking']) on $left.['service.name'] == $right.s \
             | summarize n = count() by team | sort by team asc",
            json!([[null, 2], ["booking", 2]]),
        ),
        (
            "union withsource=t (traces | where error), (print name = 'made') | summarize n = count() by t | sort by t asc",
            json!([["union_arg0", 1], ["union_arg1", 1]]),
        ),
        ("search 'worker' | count", json!([[1]])),
        (
            "traces | where duration == toscalar(traces | summarize max(duration)) | project name, duration",
            json!([["GET /lessons/1", "130.944578ms"]]),
        ),
        ("traces | sample 1.0 | where error | count", json!([[1]])),
        (
            "traces | make-series n = count() on _time from datetime(2026-11-22T10:00:00Z) to datetime(2026-11-22T10:02:00Z) step 1m \
             | project n",
            json!([[[3, 1]]]),
        ),
    ];
    for (query, expected) in cases {
        let rows = client.rows(query).await;
        assert_eq!(json!(rows), expected, "{query}");
    }
    let (status, answer) = client
        .ask(json!({ "apl": "traces | join (tracs) on trace_id | where duration > soon" }))
        .await;
    assert_eq!(status, 400, "{answer}");
    let message = answer.to_string();
    assert!(message.contains("did you mean 'traces'?"), "{message}");
}
