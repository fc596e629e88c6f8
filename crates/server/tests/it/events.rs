//! Events over HTTP: kept like spans, and queried by their own fields.

use crate::running::{Headers, InProcess, program, rows};
use crate::spans::{protobuf, span};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use std::io::Write;

pub(crate) const LINES: &str = r#"{"_time":"2026-01-31T10:00:00Z","path":"/a","status":200,"took":1.5,"user":{"id":"ann"}}
{"_time":"2026-01-31T10:00:01Z","path":"/b","status":503,"took":3,"ok":false}
{"_time":"2026-01-31T10:00:02Z","path":"/a","status":200,"note":"007"}"#;

/// The status and the JSON of events sent with these headers.
async fn send(
    server: &InProcess,
    path: &str,
    headers: &[(&str, &str)],
    body: Vec<u8>,
) -> (u16, Value) {
    let mut request = server.client.http.post(server.client.api(path)).body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (status, response.json().await.unwrap())
}

pub(crate) async fn lines(server: &InProcess, dataset: &str, body: &str) -> Value {
    let headers = [("content-type", "application/x-ndjson")];
    let path = format!("/v1/datasets/{dataset}/ingest");
    let (status, answer) = send(server, &path, &headers, body.into()).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

#[tokio::test]
async fn fields_are_queried_by_their_names_and_types_before_and_after_a_flush_and_a_restart() {
    let mut server = InProcess::start().await;
    let answer = lines(&server, "web", LINES).await;
    assert_eq!(
        (&answer["ingested"], &answer["failed"]),
        (&json!(3), &json!(0))
    );
    assert_eq!(answer["processedBytes"], LINES.len());
    for round in 0..4 {
        let found = server
            .client
            .rows("web | where status >= 500 | project path, status, took, ok")
            .await;
        assert_eq!(
            found,
            [[json!("/b"), json!(503), json!(3.0), json!(false)]],
            "{round}"
        );
        let found = server
            .client
            .rows("web | summarize count(), sum(status), avg(took) by path | sort by path asc")
            .await;
        let expected = [
            [json!("/a"), json!(2), json!(400), json!(1.5)],
            [json!("/b"), json!(1), json!(503), json!(3.0)],
        ];
        assert_eq!(found, expected, "{round}");
        let found = server.client.rows("web | where ['user.id'] == 'ann' or note == '007' | project note | sort by note asc").await;
        assert_eq!(found, [[Value::Null], [json!("007")]], "{round}");
        server = match round {
            // From the log, then from data files, then from both again.
            0 => {
                let data = crash(server).await;
                let again = InProcess::over(data, Default::default()).await;
                again.client.replayed().await;
                again
            }
            1 => {
                server.server.flush().await.unwrap();
                server
            }
            _ => server.again().await,
        };
    }
}

/// Ends a server without a flush: what it held is in its log alone.
async fn crash(server: InProcess) -> tempfile::TempDir {
    let InProcess { server, data, .. } = server;
    let copy = tempfile::TempDir::new().unwrap();
    let mut command = std::process::Command::new("cp");
    command
        .arg("-r")
        .arg(data.path().join("."))
        .arg(copy.path());
    assert!(command.status().unwrap().success());
    server.drain().await.unwrap();
    copy
}

#[tokio::test]
async fn bodies_come_in_every_form_and_compression() {
    let server = InProcess::start().await;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(br#"[{"n":1},{"n":2}]"#).unwrap();
    let zstd = zstd::encode_all(&br#"{"n":3}{"n":4}"#[..], 1).unwrap();
    let json = ("content-type", "application/json");
    let sent: [(&str, Headers<'_>, Vec<u8>); 6] = [
        (
            "",
            &[json, ("content-encoding", "gzip")],
            gzip.finish().unwrap(),
        ),
        ("", &[json, ("content-encoding", "zstd")], zstd),
        ("", &[json, ("content-encoding", "1")], b"{\"n\":5}".into()),
        ("", &[json, ("content-encoding", "")], b"{\"n\":6}".into()),
        (
            "",
            &[("content-type", "text/csv"), ("x-axiom-csv-fields", "n,s")],
            b"7,x".into(),
        ),
        (
            "?timestamp-field=at&timestamp-format=02/Jan/2006:15:04:05%20-0700",
            &[json, ("x-axiom-event-labels", r#"{"team":"a"}"#)],
            br#"{"n":8,"at":"31/Jan/2026:11:00:00 +0100"}"#.into(),
        ),
    ];
    let count = sent.len();
    for (query, headers, body) in sent {
        let (status, answer) =
            send(&server, &format!("/v1/ingest/forms{query}"), headers, body).await;
        assert_eq!((status, &answer["failed"]), (200, &json!(0)), "{answer}");
    }
    let found = server
        .client
        .rows("forms | summarize count(), sum(n)")
        .await;
    assert_eq!(found, [[json!(count + 2), json!(36)]]);
    let found = server
        .client
        .rows("forms | where team == 'a' | project _time, n")
        .await;
    assert_eq!(found, [[json!("2026-01-31T10:00:00Z"), json!(8)]]);
    let refused: [(Headers<'_>, &[u8], u16); 3] = [
        (&[json], b"{oops", 400),
        (&[json, ("content-encoding", "br")], b"{}", 415),
        (&[json, ("content-encoding", "gzip")], b"{}", 400),
    ];
    for (headers, body, expected) in refused {
        let (status, answer) = send(&server, "/v1/ingest/forms", headers, body.into()).await;
        assert_eq!(status, expected, "{answer}");
    }
    let (status, _) = send(&server, "/v1/ingest/no~such", &[json], b"{}".into()).await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn a_field_whose_values_have_several_types_has_the_one_that_holds_them_all() {
    let server = InProcess::start().await;
    lines(
        &server,
        "mixed",
        r#"{"_time":"2026-01-31T10:00:00Z","v":1,"http.status_code":200}"#,
    )
    .await;
    assert_eq!(server.client.rows("mixed | project v").await, [[json!(1)]]);
    lines(
        &server,
        "mixed",
        r#"{"_time":"2026-01-31T10:00:01Z","v":2.5,"http.status_code":"teapot"}"#,
    )
    .await;
    let found = server
        .client
        .rows("mixed | where v > 1 | project v, ['http.status_code']")
        .await;
    assert_eq!(found, [[json!(2.5), json!("teapot")]]);
    let found = server
        .client
        .rows("mixed | project v, ['http.status_code'] | sort by v asc")
        .await;
    assert_eq!(found[0], [json!(1.0), json!("200")]);
}

#[tokio::test]
async fn spans_and_events_do_not_mix() {
    let server = InProcess::start().await;
    lines(&server, "web", r#"{"n":1}"#).await;
    let request = server.client.http.post(server.client.otlp("/v1/traces"));
    let request = request
        .header("content-type", "application/x-protobuf")
        .header("x-axiom-dataset", "web");
    let refused = request
        .body(protobuf("api", vec![span(1, 0)]))
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), 400);
    server
        .client
        .export(protobuf("api", vec![span(1, 0)]))
        .await;
    for dataset in ["traces", "TRACES"] {
        let path = format!("/v1/ingest/{dataset}");
        let (status, answer) = send(&server, &path, &[], b"{\"n\":1}".into()).await;
        assert_eq!(status, 400, "{answer}");
    }
    // One that was made and is empty takes either.
    let (status, _) = server
        .client
        .call("POST", "/v2/datasets", None, Some(json!({"name": "new"})))
        .await;
    assert_eq!(status, 200);
    let request = server.client.http.post(server.client.otlp("/v1/traces"));
    let request = request
        .header("content-type", "application/x-protobuf")
        .header("x-axiom-dataset", "new");
    let taken = request
        .body(protobuf("api", vec![span(1, 0)]))
        .send()
        .await
        .unwrap();
    assert_eq!(taken.status(), 200);
    assert_eq!(
        server.client.rows("new | project name").await,
        [[json!("GET /lessons/0")]]
    );
}

#[tokio::test]
async fn a_deleted_dataset_is_gone_and_can_be_made_again() {
    let server = InProcess::start().await;
    lines(&server, "web", LINES).await;
    server.server.flush().await.unwrap();
    lines(&server, "web", r#"{"n":1}"#).await;
    let (status, _) = server
        .client
        .call("DELETE", "/v2/datasets/web", None, None)
        .await;
    assert_eq!(status, 204);
    assert_eq!(
        server.client.ask(json!({"apl": "web | count"})).await.0,
        400
    );
    assert_eq!(server.client.get("/v1/datasets").await.1, json!([]));
    // The same bytes again are no duplicate of what is gone.
    lines(&server, "web", LINES).await;
    assert_eq!(server.client.rows("web | count").await, [[json!(3)]]);
    let server = server.again().await;
    assert_eq!(server.client.rows("web | count").await, [[json!(3)]]);
    let body = Some(json!({"maxDuration": "24h"}));
    let (status, trimmed) = server
        .client
        .call("POST", "/v2/datasets/web/trim", None, body)
        .await;
    assert_eq!(
        (status, &trimmed["numDeleted"]),
        (200, &json!(3)),
        "{trimmed}"
    );
}

#[tokio::test]
async fn an_identical_request_is_stored_once_and_one_without_times_each_time() {
    let server = InProcess::start().await;
    for _ in 0..2 {
        lines(&server, "timed", LINES).await;
        lines(&server, "untimed", r#"{"n":1}"#).await;
    }
    assert_eq!(server.client.rows("timed | count").await, [[json!(3)]]);
    assert_eq!(server.client.rows("untimed | count").await, [[json!(2)]]);
}

#[tokio::test]
async fn pages_neither_skip_nor_repeat_a_row_of_the_same_time() {
    let server = InProcess::start().await;
    let events: Vec<Value> = (0..25)
        .map(|n| json!({ "_time": 1_769_853_600 + n / 7, "n": n }))
        .collect();
    let (status, _) = send(
        &server,
        "/v1/ingest/ties",
        &[],
        json!(events).to_string().into(),
    )
    .await;
    assert_eq!(status, 200);
    for (order, end) in [("desc", "minCursor"), ("asc", "maxCursor")] {
        let (mut cursor, mut seen, mut times) = (Value::Null, Vec::new(), Vec::new());
        loop {
            let apl = format!("ties | sort by _time {order} | limit 4");
            let (status, answer) = server
                .client
                .ask(json!({ "apl": apl, "cursor": cursor }))
                .await;
            assert_eq!(status, 200, "{answer}");
            let page = rows(&answer["tables"][0]);
            if page.is_empty() {
                break;
            }
            times.extend(page.iter().map(|row| row[0].as_str().unwrap().to_owned()));
            seen.extend(page.iter().map(|row| row[3].as_i64().unwrap()));
            cursor = answer["status"][end].clone();
        }
        seen.sort_unstable();
        assert_eq!(seen, (0..25).collect::<Vec<i64>>(), "{order}");
        let mut sorted = times.clone();
        sorted.sort();
        if order == "desc" {
            sorted.reverse();
        }
        assert_eq!(times, sorted);
    }
    let (status, _) = server
        .client
        .ask(json!({ "apl": "ties", "cursor": "0d8q6stroluyo" }))
        .await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn pages_of_spans_end_too() {
    let server = InProcess::start().await;
    server
        .client
        .export(protobuf(
            "api",
            (0..5).map(|index| span(1, index)).collect(),
        ))
        .await;
    let (_, first) = server.client.ask(json!({ "apl": "| limit 3" })).await;
    let cursor = &first["status"]["minCursor"];
    let (_, rest) = server
        .client
        .ask(json!({ "apl": "| limit 3", "cursor": cursor }))
        .await;
    let mut ids = Vec::new();
    for answer in [&first, &rest] {
        ids.extend(
            rows(&answer["tables"][0])
                .into_iter()
                .map(|row| row[3].clone()),
        );
    }
    let expected: Vec<Value> = (1..=5)
        .rev()
        .map(|id| json!(format!("{id:016x}")))
        .collect();
    assert_eq!(ids, expected);
    let (_, end) = server
        .client
        .ask(json!({ "apl": "| summarize count() by name" }))
        .await;
    assert_eq!(end["status"]["minCursor"], "");
}

/// What a query looks at beside its rows is the whole dataset on every page.
#[tokio::test]
async fn pages_keep_what_their_rows_are_related_to() {
    let server = InProcess::start().await;
    let chain = (0..5_u64).map(|index| {
        let mut one = span(1, index);
        one.parent_span_id = match index {
            0 => Vec::new(),
            _ => index.to_be_bytes().to_vec(),
        };
        one
    });
    server.client.export(protobuf("api", chain.collect())).await;
    let newest = "traces | where name == 'GET /lessons/4'";
    for (apl, expected) in [
        (
            "traces | where has_child() | limit 2".to_owned(),
            vec![4, 3, 2, 1],
        ),
        (
            format!("traces | where trace_id in ({newest} | project trace_id) | limit 2"),
            vec![5, 4, 3, 2, 1],
        ),
        (
            format!("traces | where duration >= toscalar({newest} | project duration) | limit 2"),
            vec![5, 4, 3, 2, 1],
        ),
        (format!("spans_of({newest}) | limit 2"), vec![5, 4, 3, 2, 1]),
        (
            "let all = traces; union all | limit 2".to_owned(),
            vec![5, 4, 3, 2, 1],
        ),
    ] {
        let apl = format!("{apl} | project _time, trace_id, span_id");
        let apl = apl.replace(" | limit 2 |", " | sort by _time desc | limit 2 |");
        let (mut cursor, mut seen) = (Value::Null, Vec::new());
        loop {
            let body = json!({ "apl": apl, "cursor": cursor });
            let (status, answer) = server.client.ask(body).await;
            assert_eq!(status, 200, "{answer}");
            let page = rows(&answer["tables"][0]);
            if page.is_empty() {
                break;
            }
            let ids = page.iter().map(|row| row[2].as_str().unwrap().to_owned());
            seen.extend(ids);
            cursor = answer["status"]["minCursor"].clone();
        }
        let expected = expected.iter().map(|id| format!("{id:016x}"));
        assert_eq!(seen, expected.collect::<Vec<_>>(), "{apl}");
    }
}

#[tokio::test]
async fn a_backup_knows_the_fields_of_events() {
    let server = InProcess::start().await;
    lines(&server, "web", LINES).await;
    let places = tempfile::TempDir::new().unwrap();
    let (backup, restored) = (places.path().join("backup"), places.path().join("restored"));
    let mut copy = program();
    copy.arg("backup")
        .arg(&backup)
        .arg("--data")
        .arg(server.data.path());
    let mut back = program();
    back.arg("restore")
        .arg(&backup)
        .arg("--data")
        .arg(&restored);
    for mut command in [copy, back] {
        let output = tokio::task::spawn_blocking(move || command.output().unwrap())
            .await
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    server.server.drain().await.unwrap();
    let config = crate::running::config(&restored);
    let again = InProcess::configured(places, config, Default::default()).await;
    again.client.replayed().await;
    let found = again
        .client
        .rows("web | where status >= 500 | project path")
        .await;
    assert_eq!(found, [[json!("/b")]]);
}

#[tokio::test]
async fn variables_are_the_values_of_what_a_query_declares() {
    let server = InProcess::start().await;
    lines(&server, "web", LINES).await;
    let apl = "declare query_parameters (least:long, where_:string = '/a'); web | where status >= least and path == where_ | count";
    for (variables, expected) in [
        (json!({ "least": 500, "where_": "/b" }), 1),
        (json!({ "least": "200" }), 2),
    ] {
        let (status, answer) = server
            .client
            .ask(json!({ "apl": apl, "variables": variables }))
            .await;
        assert_eq!(status, 200, "{answer}");
        assert_eq!(rows(&answer["tables"][0]), [[json!(expected)]]);
    }
    let (status, answer) = server.client.ask(json!({ "apl": apl })).await;
    assert_eq!(status, 400, "{answer}");
}
