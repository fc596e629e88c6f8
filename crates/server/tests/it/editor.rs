//! What an editor asks: completion and diagnostics, with the fields that were really sent, for those who may see them.

use crate::queries::with_spans;
use crate::running::InProcess;
use crate::spans::{protobuf, span, text};
use crate::tokens::{everything, send, token};
use serde_json::{Value, json};

const COMPLETE: &str = "/api/v1/apl/complete";
const DIAGNOSE: &str = "/api/v1/apl/diagnose";

async fn post(server: &InProcess, path: &str, token: Option<&str>, body: Value) -> (u16, Value) {
    server.client.call("POST", path, token, Some(body)).await
}

/// The labels of what is offered at the end of a text.
async fn labels(server: &InProcess, token: Option<&str>, apl: &str) -> Vec<String> {
    let body = json!({ "apl": apl, "offset": apl.len() });
    let (status, answer) = post(server, COMPLETE, token, body).await;
    assert_eq!(status, 200, "{answer}");
    let items = answer["items"].as_array().unwrap();
    let label = |item: &Value| item["label"].as_str().unwrap().to_owned();
    items.iter().map(label).collect()
}

#[tokio::test]
async fn attributes_that_were_sent_are_offered_as_they_are_written() {
    let server = InProcess::start().await;
    let mut ordered = span(1, 0);
    ordered.attributes = vec![text("order.id", "17"), text("squad", "booking")];
    server.client.export(protobuf("api", vec![ordered])).await;

    let apl = "| where orde";
    let body = json!({ "apl": apl, "offset": apl.len() });
    let (status, answer) = post(&server, COMPLETE, None, body).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!((&answer["start"], &answer["end"]), (&json!(8), &json!(12)));
    assert_eq!(
        answer["items"][0],
        json!({
            "label": "order.id", "kind": "field", "insert": "['order.id']", "caret": 12,
            "detail": "string", "doc": "a key of attributes.custom",
        })
    );
    let apl = "| where squ";
    let body = json!({ "apl": apl, "offset": apl.len() });
    let (_, answer) = post(&server, COMPLETE, None, body).await;
    assert_eq!(
        answer["items"][0]["insert"],
        "['attributes.custom']['squad']"
    );

    assert_eq!(
        labels(&server, None, "| summarize percentilei").await[0],
        "percentileif"
    );
    assert_eq!(labels(&server, None, "tra").await[..2], ["traces", "trace"]);
    let made = labels(&server, None, "| summarize slow = count() by kind | where ").await;
    assert_eq!(made[..2], ["kind", "slow"]);
    server.server.drain().await.unwrap();
}

#[tokio::test]
async fn a_text_is_diagnosed_without_being_run() {
    let server = with_spans().await;
    let body = json!({ "apl": "| where durration > 1s | where ['http.status_cod'] == 1" });
    let (status, answer) = post(&server, DIAGNOSE, None, body).await;
    assert_eq!(status, 200, "{answer}");
    let mistakes = answer["mistakes"].as_array().unwrap();
    assert_eq!(mistakes[0]["suggestion"], "duration");
    assert_eq!(
        (&mistakes[0]["start"], &mistakes[0]["end"]),
        (&json!(8), &json!(17))
    );
    assert_eq!(
        (&mistakes[0]["line"], &mistakes[0]["column"]),
        (&json!(1), &json!(9))
    );

    let body = json!({ "apl": "declare query_parameters (p:string); | where name == p", "variables": { "p": "x" } });
    let (status, answer) = post(&server, DIAGNOSE, None, body).await;
    assert_eq!(
        (status, answer),
        (200, json!({ "mistakes": [], "warnings": [] }))
    );

    let (status, _) = post(&server, COMPLETE, None, json!({ "apl": "| where" })).await;
    assert_eq!(status, 400, "the offset is missing");
    server.server.drain().await.unwrap();
}

#[tokio::test]
async fn a_token_is_told_of_what_it_may_query_alone() {
    let server = with_spans().await;
    let admin = token(&server, None, everything()).await;
    let of = async |resource: &str, action: &str| {
        let capabilities = json!({ "datasetCapabilities": { "other": { resource: [action] } } });
        token(&server, Some(&admin), capabilities).await
    };
    let (reader, writer) = (of("query", "read").await, of("ingest", "create").await);
    let body = protobuf("api", vec![span(7, 0)]);
    assert_eq!(send(&server, Some(&writer), "other", body).await, 200);

    assert_eq!(labels(&server, Some(&admin), "tra").await[0], "traces");
    let offered = labels(&server, Some(&reader), "").await;
    assert!(offered.contains(&"other".to_owned()), "{offered:?}");
    assert!(!offered.contains(&"traces".to_owned()), "{offered:?}");
    let of_other = labels(&server, Some(&reader), "other | where durat").await;
    assert_eq!(of_other[0], "duration");
    let of_traces = labels(&server, Some(&reader), "traces | where durat").await;
    assert!(!of_traces.contains(&"duration".to_owned()));

    let place = json!({ "apl": "oth", "offset": 3 });
    let text = json!({ "apl": "traces | take 5" });
    assert_eq!(
        post(&server, DIAGNOSE, Some(&reader), text.clone()).await.0,
        403
    );
    assert_eq!(post(&server, DIAGNOSE, Some(&admin), text).await.0, 200);
    assert_eq!(
        post(&server, COMPLETE, Some(&writer), place.clone())
            .await
            .0,
        403
    );
    assert_eq!(post(&server, COMPLETE, None, place).await.0, 401);
    server.server.drain().await.unwrap();
}
