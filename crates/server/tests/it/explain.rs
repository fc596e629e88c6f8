//! Plans in words: the same steps in both languages, the files that are left out, and nothing of this machine.

use crate::running::InProcess;
use crate::spans::{TEN_O_CLOCK, protobuf, span};
use serde_json::{Value, json};

/// Two data files of an hour each, and one span in the buffer.
async fn with_files() -> InProcess {
    let mut server = InProcess::start().await;
    for hour in 0..2 {
        let spans = (0..3).map(|number| {
            let mut made = span(1, number);
            made.start_time_unix_nano = TEN_O_CLOCK + hour * 3_600_000_000_000 + number;
            made.end_time_unix_nano = made.start_time_unix_nano + 5_000_000;
            made
        });
        server.client.export(protobuf("api", spans.collect())).await;
        server = server.again().await;
        server.client.replayed().await;
    }
    server
        .client
        .export(protobuf("api", vec![span(2, 9)]))
        .await;
    server
}

async fn explain(server: &InProcess, question: Value) -> String {
    let call = server
        .client
        .call("POST", "/api/v1/explain", None, Some(question));
    let (status, answer) = call.await;
    assert_eq!(status, 200, "{answer}");
    answer["plan"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_plan_says_what_is_read_and_what_is_left_out() {
    let server = with_files().await;
    let apl = "traces | where duration > 1ms | summarize n = count() by name | top 3 by n";
    let sql = "SELECT name, count(*) AS n FROM traces WHERE duration > '1ms' GROUP BY name ORDER BY n DESC LIMIT 3";
    for (language, text) in [("apl", apl), ("sql", sql)] {
        let question = json!({ language: text, "startTime": "2026-11-22T10:30:00Z" });
        let plan = explain(&server, question).await;
        for part in [
            "The last step comes first",
            "keep 3",
            "group by name, and compute count(",
            "read dataset traces\n",
            "files: 1 of 2; 1 left out, by their bounds and indexes\n",
            "rows: 6 in all files, 1 in memory that are in no file yet\n",
            "while reading, leave out what is not: duration > 1ms\n",
            "while reading, leave out what is not: _time >= 2026-11-22T10:30:00Z\n",
        ] {
            assert!(plan.contains(part), "{text}: no {part:?} in\n{plan}");
        }
        let here = server.data.path().display().to_string();
        assert!(
            !plan.contains(&here) && !plan.contains(".parquet"),
            "{plan}"
        );
    }
    // Nothing was run.
    let metrics = server.client.http.get(server.client.api("/healthz"));
    assert_eq!(metrics.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_question_without_a_query_or_with_a_mistake_is_refused() {
    let server = with_files().await;
    for (question, said) in [
        (json!({}), "in \"apl\" or in \"sql\""),
        (
            json!({ "apl": "traces", "sql": "SELECT 1" }),
            "in \"apl\" or in \"sql\"",
        ),
        (json!({ "apl": "tracs" }), "unknown dataset"),
        (json!({ "sql": "SELECT nme FROM traces" }), "unknown field"),
        (
            json!({ "sql": "SELECT CAST(NULL AS BIGINT[2147483647][2147483647]) FROM traces" }),
            "a type of one value",
        ),
        (
            json!({ "sql": "SELECT arrow_cast(NULL, 'FixedSizeBinary(2147483647)') FROM traces" }),
            "no function",
        ),
    ] {
        let call = server
            .client
            .call("POST", "/api/v1/explain", None, Some(question));
        let (status, answer) = call.await;
        assert_eq!(status, 400, "{answer}");
        assert!(
            answer["message"].as_str().unwrap().contains(said),
            "{answer}"
        );
    }
}
