//! Ctrl-C at `throughline query` stops the query at the server, too.

use super::tail::signal;
use crate::running::{InProcess, ended, program};
use crate::spans::{protobuf, span};
use serde_json::json;
use std::io::Read;
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;
use throughline::config::Limits;

/// Joins that make a thousand million rows of one batch that they read: it has no end that anybody waits for.
const ENDLESS: &str = "traces | take 200 | project kind, a = span_id \
     | join kind=inner (traces | take 200 | project kind, b = span_id) on kind \
     | join kind=inner (traces | project kind, c = name) on kind \
     | summarize count() by strlen(strcat(a, b, c))";

#[tokio::test(flavor = "multi_thread")]
async fn it_makes_room_for_the_next_query() {
    let limits = Limits {
        queries_max: 1,
        query_run_max: Duration::from_secs(3600),
        ..Limits::default()
    };
    let server = InProcess::over(TempDir::new().unwrap(), limits).await;
    let spans = (0..25_000).map(|index| span(1, index)).collect();
    server.client.export(protobuf("api", spans)).await;
    let mut command = program();
    command.args(["query", ENDLESS, "--url", &server.client.api("")]);
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    // Until it has the only turn, so that others wait.
    let is_soon = async |patience| {
        let path = server.client.api("/v1/datasets/_apl");
        let request = server.client.http.post(path).timeout(patience);
        let sent = request.body(json!({ "apl": "print 1" }).to_string()).send();
        sent.await.is_ok()
    };
    while is_soon(Duration::from_millis(500)).await {
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
    }
    signal(&child, "-INT");
    let code = ended(&mut child).code();
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!(code, Some(130), "{said}");
    assert_eq!(said, "throughline: the query is cancelled\n");
    assert!(is_soon(Duration::from_secs(20)).await, "it still runs");
}
