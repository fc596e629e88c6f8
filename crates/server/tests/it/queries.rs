//! Queries over HTTP: Axiom's answer, its errors, and the runbook.

use crate::running::{InProcess, rows};
use crate::spans::{MILLI, TEN_O_CLOCK, failed, number, protobuf, span, text};
use serde_json::{Value, json};

/// Three services, two traces, one failure, one slow span.
pub(crate) async fn with_spans() -> InProcess {
    let server = InProcess::start().await;
    let mut slow = span(1, 1);
    slow.end_time_unix_nano = slow.start_time_unix_nano + 130_944_578;
    slow.attributes = vec![number("http.status_code", 503)];
    server
        .client
        .export(protobuf("api", vec![span(1, 0), slow]))
        .await;
    server
        .client
        .export(protobuf("worker", vec![failed(span(1, 2))]))
        .await;
    let mut late = span(2, 3);
    late.start_time_unix_nano = TEN_O_CLOCK + 90_000 * MILLI;
    late.end_time_unix_nano = late.start_time_unix_nano + 1;
    server.client.export(protobuf("beat", vec![late])).await;
    server
}

#[tokio::test]
async fn the_runbook_runs_word_for_word() {
    let server = with_spans().await;
    let rows = server
        .client
        .rows("| summarize count() by ['service.name']")
        .await;
    assert_eq!(
        rows,
        [
            [json!("api"), json!(2)],
            [json!("beat"), json!(1)],
            [json!("worker"), json!(1)]
        ]
    );

    let one = format!("| where trace_id == \"{:032x}\"", 1);
    assert_eq!(server.client.rows(&one).await.len(), 3);

    let slow =
        "| where duration > 100ms\n| sort by duration desc\n| limit 20\n| project name, duration";
    assert_eq!(
        server.client.rows(slow).await,
        [[json!("GET /lessons/1"), json!("130.944578ms")]]
    );

    let failed = "| where ['http.status_code'] >= 500 | project ['span_id']";
    assert_eq!(
        server.client.rows(failed).await,
        [[json!("0000000000000002")]]
    );
}

#[tokio::test]
async fn the_answer_has_every_word_that_axioms_clients_check() {
    let server = with_spans().await;
    let (status, answer) = server
        .client
        .ask(json!({ "apl": "['traces'] | summarize count() by kind" }))
        .await;
    assert_eq!(status, 200);
    assert_eq!(answer["format"], "tabular");
    for word in [
        "elapsedTime",
        "minCursor",
        "maxCursor",
        "blocksExamined",
        "blocksCached",
        "blocksMatched",
        "rowsExamined",
        "rowsMatched",
        "numGroups",
        "isPartial",
        "isEstimate",
        "cacheStatus",
        "minBlockTime",
        "maxBlockTime",
        "messages",
    ] {
        assert!(!answer["status"][word].is_null(), "status.{word}");
    }
    assert_eq!(answer["status"]["rowsMatched"], 4);
    let (_, info) = server.client.get("/v1/datasets/traces/info").await;
    assert!(info["minTime"].is_string(), "{info}");
    assert_eq!(answer["status"]["minBlockTime"], info["minTime"]);
    assert_eq!(answer["datasetNames"], json!(["traces"]));
    assert!(answer["fieldsMetaMap"]["traces"].is_array());
    let table = &answer["tables"][0];
    assert_eq!(table["name"], "0");
    assert_eq!(table["sources"], json!([{ "name": "traces" }]));
    assert_eq!(
        table["fields"],
        json!([{ "name": "kind", "type": "string" },
               { "name": "count_", "type": "integer", "agg": { "name": "count" } }])
    );
    assert_eq!(table["groups"], json!([{ "name": "kind" }]));
    assert_eq!(
        table["order"][0],
        json!({ "field": "count_", "desc": true })
    );
    assert_eq!(table["range"]["field"], "_time");
    assert_eq!(table["columns"], json!([["server"], [4]]));
    assert_eq!(answer["tables"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn time_bins_come_with_their_totals() {
    let server = with_spans().await;
    let apl = "traces | summarize count() by bin(_time, 1m), ['service.name']";
    let (status, answer) = server.client.ask(json!({ "apl": apl })).await;
    assert_eq!(status, 200, "{answer}");
    let tables = answer["tables"].as_array().unwrap();
    assert_eq!(tables.len(), 2);
    assert_eq!(
        tables[0]["buckets"],
        json!({ "field": "_time", "size": 60_000_000_000_u64 })
    );
    assert_eq!(
        tables[0]["fields"][0],
        json!({ "name": "_time", "type": "datetime" })
    );
    let bins = rows(&tables[0]);
    assert_eq!(bins.len(), 3);
    assert_eq!(
        bins[2],
        [json!("2026-11-22T10:01:00Z"), json!("beat"), json!(1)]
    );
    assert_eq!(tables[1]["name"], "_totals");
    assert!(tables[1].get("buckets").is_none());
    assert_eq!(rows(&tables[1])[0], [json!("api"), json!(2)]);
    assert_eq!(tables[1]["groups"], json!([{ "name": "service.name" }]));
}

#[tokio::test]
async fn whole_spans_come_newest_first_without_empty_columns() {
    let server = with_spans().await;
    let (_, answer) = server.client.ask(json!({ "apl": "| limit 3" })).await;
    let table = &answer["tables"][0];
    let names: Vec<&str> = table["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["name"].as_str().unwrap())
        .collect();
    assert_eq!(names[..4], ["_time", "_sysTime", "trace_id", "span_id"]);
    assert!(
        names.contains(&"parent_span_id"),
        "core columns stay, null or not"
    );
    assert!(names.contains(&"attributes.http.request.method"));
    assert!(
        !names.contains(&"attributes.db.system.name"),
        "nothing in it"
    );
    let rows = rows(table);
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0][0], "2026-11-22T10:01:30Z");
    assert_eq!(rows[1][0], "2026-11-22T10:00:00.002Z");
    let (_, answer) = server
        .client
        .ask(json!({ "apl": "| top 1 by duration" }))
        .await;
    let fields = answer["tables"][0]["fields"].to_string();
    assert!(fields.contains("attributes.http.status_code"), "{fields}");
    assert!(
        !fields.contains("attributes.http.request.method"),
        "in other rows only"
    );
}

/// So many that the rows of the answer are found first and read afterwards.
#[tokio::test]
async fn the_first_of_many_are_whole_spans() {
    const SPANS: u64 = 40_000;
    let mut server = InProcess::start().await;
    for first in (0..SPANS).step_by(10_000) {
        if first == SPANS / 2 {
            // The first half is in a data file from now on.
            server = server.again().await;
        }
        let spans = (first..first + 10_000).map(|index| {
            let mut span = span(u128::from(index / 10 + 1), index);
            span.attributes.push(number("shard.id", (index % 7) as i64));
            if index % 1_000 == 0 {
                span.parent_span_id = index.to_be_bytes().to_vec();
            }
            span
        });
        server.client.export(protobuf("api", spans.collect())).await;
    }
    let names = async |apl: &str| {
        let (status, answer) = server.client.ask(json!({ "apl": apl })).await;
        assert_eq!(status, 200, "{answer}");
        let table = &answer["tables"][0];
        let fields = table["fields"].as_array().unwrap();
        assert!(fields.len() > 10, "whole spans: {fields:?}");
        // What finding the rows took, which is more than reading them; none counts twice, also when the newest were
        // looked at first, and were too few.
        let examined = answer["status"]["rowsExamined"].as_u64().unwrap();
        assert!((SPANS / 2..=SPANS).contains(&examined), "{apl}: {examined}");
        let name = fields.iter().position(|field| field["name"] == "name");
        let rows = rows(table);
        let name = |row: &Vec<Value>| row[name.unwrap()].as_str().unwrap()[13..].parse();
        rows.iter()
            .map(|row| name(row).unwrap())
            .collect::<Vec<u64>>()
    };
    assert_eq!(
        names("traces | top 3 by _time").await,
        [39_999, 39_998, 39_997]
    );
    assert_eq!(names("traces | top 2 by _time asc").await, [0, 1]);
    let of_shard = "traces | where ['shard.id'] == '3' | extend twice = 2 * duration";
    assert_eq!(
        names(&format!("{of_shard} | top 2 by _time")).await,
        [39_994, 39_987]
    );
    assert_eq!(
        names("traces | where name has 'lessons' | top 2 by name asc").await,
        [0, 1]
    );
    let with_parent = names("traces | sort by parent_span_id, _time asc | limit 42").await;
    let expected = (1..40).rev().map(|n| n * 1_000).chain([0, 1, 2]);
    assert_eq!(with_parent, expected.collect::<Vec<u64>>());
    let without_first = names("traces | sort by parent_span_id asc, _time asc | limit 2").await;
    assert_eq!(without_first, [0, 1]);
    let same = names("traces | top 4 by duration").await;
    assert_eq!(same.len(), 4, "all are as long");
    assert_eq!(
        names("traces | where ['shard.id'] == '8' | top 2 by _time").await,
        [0; 0]
    );
}

#[tokio::test]
async fn a_time_range_and_a_limit_narrow_the_answer() {
    let server = with_spans().await;
    let ask = async |body: Value| {
        let (status, answer) = server.client.ask(body).await;
        assert_eq!(status, 200, "{answer}");
        (
            rows(&answer["tables"][0]).len(),
            answer["status"]["messages"].clone(),
        )
    };
    let early = json!({ "apl": "traces", "startTime": "2026-11-22T10:00:00Z", "endTime": "2026-11-22T10:01:00Z" });
    assert_eq!(ask(early).await.0, 3);
    let future = json!({ "apl": "traces", "startTime": "now+1h" });
    let (count, messages) = ask(future).await;
    assert_eq!(count, 0);
    assert_eq!(messages[0]["code"], "apl_implicitendtimeofnowapplied_1");
    let (count, messages) = ask(json!({ "apl": "traces", "defaultLimit": 2 })).await;
    assert_eq!(count, 2);
    assert_eq!(messages[0]["code"], "default_limit_warning");
    let (count, messages) = ask(json!({ "apl": "traces", "defaultLimit": 4 })).await;
    assert_eq!(
        (count, messages),
        (4, json!([])),
        "all of them, nothing cut"
    );
    // A limit is meant for series: bins have ten times as many.
    let bins = "traces | summarize count() by bin(_time, 1ms)";
    let (count, messages) = ask(json!({ "apl": bins, "defaultLimit": 1 })).await;
    assert!(count > 1);
    assert_eq!(messages, json!([]));
}

#[tokio::test]
async fn a_request_says_how_rows_are_ordered_and_time_is_cut() {
    let server = with_spans().await;
    let ask = async |body: Value| {
        let (status, answer) = server.client.ask(body).await;
        assert_eq!(status, 200, "{answer}");
        answer["tables"][0].clone()
    };
    let order = json!([{ "field": "span_id", "desc": false }]);
    let table = ask(json!({ "apl": "traces | project span_id", "defaultOrder": order })).await;
    let ids = (1..=4).map(|id| [json!(format!("{id:016x}"))]);
    assert_eq!(rows(&table), ids.collect::<Vec<_>>());
    assert_eq!(table["order"], order);
    let (start, end) = ("2026-11-22T10:00:00Z", "2026-11-22T10:10:00Z");
    for (most, size) in [(None, 10_i64), (Some(15), 60), (Some(2), 300)] {
        let table = ask(json!({
            "apl": "traces | summarize count() by bin_auto(_time)",
            "startTime": start, "endTime": end, "maxBinAutoGroups": most,
        }))
        .await;
        assert_eq!(table["buckets"]["size"], size * 1_000_000_000, "{most:?}");
    }
    let unknown = json!({ "apl": "traces", "defaultOrder": [{ "field": "nothing" }] });
    let (status, answer) = server.client.ask(unknown).await;
    assert_eq!(status, 400);
    assert_eq!(answer["message"], "unknown field 'nothing' in defaultOrder");
}

#[tokio::test]
async fn a_text_that_grows_too_long_is_the_querys_fault() {
    let server = with_spans().await;
    let long = "x".repeat(30_000);
    let apl = format!(
        "| extend n = strcat(name, '{long}') | extend n = strcat({}n)",
        "n, ".repeat(40)
    );
    let (status, answer) = server.client.ask(json!({ "apl": apl })).await;
    assert_eq!(status, 400, "{answer}");
    let said = answer["message"].as_str().unwrap();
    assert!(
        said.starts_with("the query makes a text or an array longer than 1 MiB"),
        "{said}"
    );
}

#[tokio::test]
async fn a_custom_attribute_near_a_field_is_pointed_out() {
    let server = with_spans().await;
    let ask = async |apl: &str| {
        let (status, answer) = server.client.ask(json!({ "apl": apl })).await;
        assert_eq!(status, 200, "{answer}");
        answer["status"]["messages"].clone()
    };
    let messages = ask("traces | where ['os.name'] == 'linux' or ['os.name'] == 'mac'").await;
    assert_eq!(messages.as_array().unwrap().len(), 1, "said once");
    assert_eq!(messages[0]["priority"], "warn");
    assert_eq!(messages[0]["code"], "near_field");
    assert_eq!(messages[0]["count"], 1);
    let said = messages[0]["msg"].as_str().unwrap();
    assert!(said.contains("did you mean 'db.name'?"), "{said}");
    let messages = ask("traces | where ['order.total'] == '1'").await;
    assert_eq!(messages, json!([]));
}

#[tokio::test]
async fn an_attribute_of_another_type_is_found_under_its_name() {
    let server = with_spans().await;
    let mut failed = span(3, 4);
    failed.attributes = vec![text("http.status_code", "503")];
    server.client.export(protobuf("api", vec![failed])).await;
    let apl = "| where ['http.status_code'] >= 500 | summarize count() by http.status_code";
    assert_eq!(server.client.rows(apl).await, [[json!(503), json!(2)]]);
}

#[tokio::test]
async fn arrays_and_maps_come_as_json() {
    let server = with_spans().await;
    let apl = "| take 1 | project a = dynamic([1, 'x', null]), m = bag_pack('k', dynamic({'n': 1.5})), \
               e = dynamic({'s': 't'}).s, nothing = parse_json('null'), json = '[1]'";
    let values = [
        json!([1, "x", null]),
        json!({ "k": { "n": 1.5 } }),
        json!("t"),
        json!(null),
        json!("[1]"),
    ];
    assert_eq!(server.client.rows(apl).await, [values]);
    let (_, answer) = server.client.ask(json!({ "apl": apl })).await;
    let fields = answer["tables"][0]["fields"].as_array().unwrap();
    let kinds: Vec<&Value> = fields.iter().map(|field| &field["type"]).collect();
    assert_eq!(kinds, ["array", "map", "unknown", "unknown", "string"]);
}

#[tokio::test]
async fn a_mistake_is_told_with_its_place() {
    let server = with_spans().await;
    let (status, answer) = server
        .client
        .ask(json!({ "apl": "traces\n| where duraton > 100ms" }))
        .await;
    assert_eq!(status, 400);
    assert_eq!(answer["code"], 400);
    assert_eq!(answer["detail"]["line"], 2);
    assert_eq!(answer["detail"]["column"], 9);
    assert_eq!(answer["detail"]["errorType"], 1);
    let mistake = &answer["diagnostics"][0];
    assert_eq!(
        (mistake["start"].as_u64(), mistake["end"].as_u64()),
        (Some(15), Some(22))
    );
    assert_eq!(mistake["suggestion"], "duration");
    assert_eq!(answer["message"], mistake["message"]);
}

#[tokio::test]
async fn what_is_no_query_is_refused() {
    let server = InProcess::start().await;
    let post = async |path: &str, body: &'static str| {
        let request = server.client.http.post(server.client.api(path)).body(body);
        let response = request.send().await.unwrap();
        (
            response.status().as_u16(),
            response.json::<Value>().await.unwrap(),
        )
    };
    assert_eq!(
        post("/v1/query/_apl", "").await.0,
        422,
        "Grafana's health check"
    );
    assert_eq!(post("/v1/datasets/_apl", "{\"apl\": \" \"}").await.0, 422);
    assert_eq!(post("/v1/datasets/_apl", "{\"apl\": ").await.0, 400);
    let (status, answer) = post(
        "/v1/datasets/_apl?format=tabular-rows",
        "{\"apl\": \"traces\"}",
    )
    .await;
    assert_eq!(status, 400);
    assert!(
        answer["message"]
            .as_str()
            .unwrap()
            .contains("format=tabular")
    );
    assert_eq!(
        post("/v1/datasets/_apl", "{\"apl\": \"nowhere | count\"}")
            .await
            .0,
        400
    );
    let bad_time = "{\"apl\": \"traces\", \"startTime\": \"yesterday\"}";
    let (status, answer) = post("/v1/datasets/_apl", bad_time).await;
    assert_eq!(status, 400);
    assert!(
        answer["message"].as_str().unwrap().contains("now-1h"),
        "{answer}"
    );
}

#[tokio::test]
async fn what_a_request_lacks_is_said_in_words_of_json() {
    let server = InProcess::start().await;
    let apl = "/v1/query/_apl";
    for (path, body, expected, said) in [
        (
            apl,
            json!({ "apl": null }),
            422,
            "the query is missing: send {\"apl\": \"…\"}",
        ),
        (
            apl,
            json!([]),
            400,
            "could not read the request: expected a JSON object",
        ),
        (
            apl,
            json!({ "defaultLimit": -1 }),
            400,
            "could not read the request: invalid value: integer `-1`, expected a whole number that is not negative at line 1 column 18",
        ),
        (
            apl,
            json!({ "maxBinAutoGroups": "x" }),
            400,
            "could not read the request: invalid type: string \"x\", expected a whole number at line 1 column 23",
        ),
        (
            apl,
            json!({ "defaultOrder": {} }),
            400,
            "could not read the request: invalid type: map, expected a list at line 1 column 16",
        ),
        (
            apl,
            json!({ "defaultOrder": [1] }),
            400,
            "could not read the request: invalid type: integer `1`, expected an object at line 1 column 18",
        ),
        (
            "/v2/datasets",
            json!({ "name": "no/such" }),
            400,
            "could not use the dataset name \"no/such\"",
        ),
        (
            "/v2/annotations",
            json!({}),
            400,
            "an annotation needs \"type\"",
        ),
    ] {
        let call = server.client.call("POST", path, None, Some(body));
        let (status, answer) = call.await;
        let message = answer["message"].as_str().unwrap();
        assert_eq!(status, expected, "{message}");
        assert!(message.starts_with(said), "{message}");
    }
}
