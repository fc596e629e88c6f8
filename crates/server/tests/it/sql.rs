//! SQL over HTTP: the rows that APL gives to the same question, and what is said of a mistake.

use crate::queries::with_spans;
use crate::running::{Client, InProcess, rows};
use crate::spans::{protobuf, span, text, with_event_and_link};
use serde_json::{Value, json};

/// Six spans of four services; the two of `shop` have an attribute without a column of its own.
async fn with_orders() -> InProcess {
    let server = with_spans().await;
    let order = |number: u64, id: &str| {
        let mut span = span(3, number);
        span.attributes = vec![text("order.id", id)];
        span
    };
    let spans = vec![order(4, "7"), with_event_and_link(order(5, "8"))];
    server.client.export(protobuf("shop", spans)).await;
    server
}

async fn ask(client: &Client, body: Value) -> (u16, Value) {
    client.call("POST", "/api/v1/sql", None, Some(body)).await
}

/// A question in SQL, the same in APL, and the rows of both.
type Case = (&'static str, &'static str, fn() -> Value);

const CASES: [Case; 26] = [
    (
        "SELECT \"service.name\", count(*) AS n FROM traces GROUP BY 1 ORDER BY 1",
        "traces | summarize n = count() by ['service.name'] | sort by ['service.name'] asc",
        || json!([["api", 2], ["beat", 1], ["shop", 2], ["worker", 1]]),
    ),
    (
        "SELECT name, duration FROM traces WHERE duration > '100ms'",
        "traces | where duration > 100ms | project name, duration",
        || json!([["GET /lessons/1", "130.944578ms"]]),
    ),
    (
        "SELECT name, duration FROM traces WHERE duration > INTERVAL '100 milliseconds'",
        "traces | where duration > 100ms | project name, duration",
        || json!([["GET /lessons/1", "130.944578ms"]]),
    ),
    (
        "SELECT count(*) FROM traces WHERE duration NOT BETWEEN '4ms' AND '6ms'",
        "traces | where duration < 4ms or duration > 6ms | count",
        || json!([[2]]),
    ),
    (
        "SELECT count(*) FROM traces WHERE duration < INTERVAL '1 day'",
        "traces | where duration < 1d | count",
        || json!([[6]]),
    ),
    // The span has the older name, the others the newer one.
    (
        "SELECT name FROM traces WHERE \"http.status_code\" >= 500",
        "traces | where ['http.status_code'] >= 500 | project name",
        || json!([["GET /lessons/1"]]),
    ),
    (
        "SELECT t.\"attributes.http.response.status_code\" AS code, count(*) FROM traces AS t GROUP BY 1 \
         ORDER BY 1 DESC NULLS LAST",
        "traces | summarize count() by code = ['http.response.status_code'] | sort by code desc",
        || json!([[503, 1], [200, 3], [null, 2]]),
    ),
    // Without quotes, as long as no table is called so.
    (
        "SELECT count(*) FROM traces WHERE http.status_code = 200 AND service.name <> 'beat'",
        "traces | where ['http.status_code'] == 200 and ['service.name'] != 'beat' | count",
        || json!([[2]]),
    ),
    (
        "SELECT \"order.id\", count(*) AS n FROM traces WHERE \"order.id\" IS NOT NULL GROUP BY \"order.id\" ORDER BY 1",
        "traces | where isnotnull(['order.id']) | summarize n = count() by ['order.id'] | sort by ['order.id'] asc",
        || json!([["7", 1], ["8", 1]]),
    ),
    (
        "SELECT \"attributes.custom\"['order.id'] AS id FROM traces WHERE \"attributes.custom\"['order.id'] = '7'",
        "traces | where ['attributes.custom']['order.id'] == '7' | project id = ['attributes.custom']['order.id']",
        || json!([["7"]]),
    ),
    (
        "SELECT percentile(duration, 50) FROM traces WHERE \"service.name\" = 'api'",
        "traces | where ['service.name'] == 'api' | summarize percentile(duration, 50)",
        || json!([["67.972289ms"]]),
    ),
    (
        "SELECT \"service.name\", percentile(duration, 95) FILTER (WHERE duration > '1ms') AS p FROM traces \
         GROUP BY \"service.name\" ORDER BY \"service.name\"",
        "traces | summarize p = percentileif(duration, 95, duration > 1ms) by ['service.name'] \
         | sort by ['service.name'] asc",
        || {
            json!([
                ["api", "124.647349ms"],
                ["beat", null],
                ["shop", "5ms"],
                ["worker", "5ms"]
            ])
        },
    ),
    (
        "SELECT sum(duration), avg(duration), max(duration) - min(duration) FROM traces WHERE service.name = 'api'",
        "traces | where ['service.name'] == 'api' \
         | summarize sum(duration), avg(duration), max(duration) - min(duration)",
        || json!([["135.944578ms", "67.972289ms", "125.944578ms"]]),
    ),
    (
        "SELECT round(duration / INTERVAL '1 millisecond', 1) FROM traces WHERE duration > '100ms'",
        "traces | where duration > 100ms | project round(duration / 1ms, 1)",
        || json!([[130.9]]),
    ),
    (
        "SELECT count(*) FROM traces WHERE _time >= '2026-11-22T10:01:00Z'",
        "traces | where _time >= datetime(2026-11-22T10:01:00Z) | count",
        || json!([[1]]),
    ),
    (
        "SELECT date_bin(INTERVAL '1 minute', _time) AS minute, count(*) AS n FROM traces GROUP BY 1 ORDER BY 1",
        "traces | summarize n = count() by minute = bin(_time, 1m) | sort by minute asc",
        || json!([["2026-11-22T10:00:00Z", 5], ["2026-11-22T10:01:00Z", 1]]),
    ),
    (
        "SELECT count(*) FROM traces a JOIN traces b ON a.trace_id = b.trace_id WHERE b.error",
        "traces | join kind=inner (traces | where error | project trace_id) on trace_id | count",
        || json!([[3]]),
    ),
    (
        "SELECT count(*) FROM traces WHERE trace_id IN (SELECT trace_id FROM traces WHERE error)",
        "traces | where trace_id in (traces | where error | project trace_id) | count",
        || json!([[3]]),
    ),
    (
        "WITH slow AS (SELECT name FROM traces WHERE duration > '1ms') \
         SELECT count(*) FROM (SELECT name FROM slow UNION ALL SELECT name FROM slow)",
        "let slow = traces | where duration > 1ms; union slow, slow | count",
        || json!([[10]]),
    ),
    (
        "SELECT upper(name) || '!', regexp_replace(name, '[0-9]+', '#') FROM traces WHERE duration > '100ms'",
        "traces | where duration > 100ms \
         | project strcat(toupper(name), '!'), replace_regex('[0-9]+', '#', name)",
        || json!([["GET /LESSONS/1!", "GET /lessons/#"]]),
    ),
    (
        "SELECT name FROM traces WHERE name ~ '/[1-3]$' AND error ORDER BY _time DESC LIMIT 1",
        "traces | where name matches regex '/[1-3]$' and error | project name | limit 1",
        || json!([["GET /lessons/2"]]),
    ),
    (
        "SELECT count(_sysTime), count(DISTINCT trace_id) FROM traces",
        "traces | summarize count(), dcount(trace_id)",
        || json!([[6, 3]]),
    ),
    (
        "SELECT e['name'] AS event FROM (SELECT unnest(events) AS e FROM traces)",
        "traces | mv-expand events | where isnotnull(events) | project event = tostring(events.name)",
        || json!([["cache miss"]]),
    ),
    // The engine would take the two projections for one.
    (
        "SELECT a + 1 AS a FROM (SELECT a + 1 AS a FROM (SELECT 1 AS a))",
        "print a = 1 | extend a = a + 1 | extend a = a + 1",
        || json!([[3]]),
    ),
    (
        "SELECT now() = now(), CAST(now() AS DATE) = current_date",
        "print a = now() == now(), b = startofday(now()) == bin(now(), 1d)",
        || json!([[true, true]]),
    ),
    (
        "SELECT 1 + 1 AS two, 'a' AS b",
        "print two = 1 + 1, b = 'a'",
        || json!([[2, "a"]]),
    ),
];

#[tokio::test]
async fn sql_and_apl_give_the_same_rows_from_the_buffer_and_from_files() {
    let server = with_orders().await;
    check(&server.client).await;
    let server = server.again().await;
    check(&server.client).await;
}

async fn check(client: &Client) {
    for (sql, apl, expected) in CASES {
        let (status, answer) = ask(client, json!({ "sql": sql })).await;
        assert_eq!(status, 200, "{sql}: {answer}");
        assert_eq!(json!(rows(&answer["tables"][0])), expected(), "{sql}");
        assert_eq!(json!(client.rows(apl).await), expected(), "{apl}");
    }
}

#[tokio::test]
async fn a_row_number_is_of_its_window() {
    let server = with_orders().await;
    let sql = "SELECT name, row_number() OVER (PARTITION BY \"service.name\" ORDER BY duration DESC) AS n \
               FROM traces WHERE \"service.name\" = 'api' ORDER BY n";
    let (status, answer) = ask(&server.client, json!({ "sql": sql })).await;
    assert_eq!(status, 200, "{answer}");
    let expected = json!([["GET /lessons/1", 1], ["GET /lessons/0", 2]]);
    assert_eq!(json!(rows(&answer["tables"][0])), expected);
}

#[tokio::test]
async fn whole_rows_have_the_fields_of_apl_and_the_attributes_that_are_named() {
    let server = with_orders().await;
    let names = |answer: &Value| -> Vec<String> {
        let fields = answer["tables"][0]["fields"].as_array().unwrap().iter();
        let name = |field: &Value| field["name"].as_str().unwrap().to_owned();
        fields.map(name).collect()
    };
    let (_, of_apl) = server
        .client
        .ask(json!({ "apl": "traces | where ['order.id'] == '7'" }))
        .await;
    let sql = "SELECT *, \"order.id\" FROM traces WHERE \"order.id\" = '7' ORDER BY _time DESC";
    let (status, answer) = ask(&server.client, json!({ "sql": sql })).await;
    assert_eq!(status, 200, "{answer}");
    let mut expected = names(&of_apl);
    expected.push("order.id".to_owned());
    assert_eq!(names(&answer), expected);
    assert_eq!(rows(&answer["tables"][0]).len(), 1);
    let kind = |name: &str| {
        let fields = answer["tables"][0]["fields"].as_array().unwrap();
        let field = fields.iter().find(|field| field["name"] == name);
        field.unwrap()["type"].as_str().unwrap().to_owned()
    };
    for (name, expected) in [
        ("_time", "datetime"),
        ("duration", "timespan"),
        ("error", "boolean"),
        ("attributes.custom", "map"),
        ("order.id", "string"),
    ] {
        assert_eq!(kind(name), expected, "{name}");
    }
    assert_eq!(answer["datasetNames"], json!(["traces"]));
}

#[tokio::test]
async fn a_field_without_a_name_is_called_what_is_written() {
    let server = with_spans().await;
    let sql = "SELECT count(*), sum(duration) / INTERVAL '1 ms', http.route, percentile(duration, 50) FROM traces GROUP BY http.route";
    let (status, answer) = ask(&server.client, json!({ "sql": sql })).await;
    assert_eq!(status, 200, "{answer}");
    let fields = answer["tables"][0]["fields"].as_array().unwrap().iter();
    let names: Vec<&str> = fields
        .map(|field| field["name"].as_str().unwrap())
        .collect();
    let expected = [
        "count(*)",
        "sum(duration) / INTERVAL '1 ms'",
        "http.route",
        "percentile(duration, 50)",
    ];
    assert_eq!(names, expected);
}

#[tokio::test]
async fn a_time_range_and_a_limit_are_those_of_the_request() {
    let server = with_orders().await;
    let count = "SELECT count(*) FROM traces a";
    for (name, expected) in [("startTime", 1), ("endTime", 5)] {
        let body = json!({ "sql": count, name: "2026-11-22T10:01:00Z" });
        let (status, answer) = ask(&server.client, body).await;
        assert_eq!(status, 200, "{answer}");
        assert_eq!(
            json!(rows(&answer["tables"][0])),
            json!([[expected]]),
            "{name}"
        );
    }
    let body = json!({ "sql": "SELECT name FROM traces", "defaultLimit": 2 });
    let (_, answer) = ask(&server.client, body).await;
    assert_eq!(rows(&answer["tables"][0]).len(), 2);
    assert_eq!(answer["status"]["isPartial"], false);
    assert_eq!(
        answer["status"]["messages"][0]["code"],
        "default_limit_warning"
    );
    let body = json!({ "sql": "SELECT name FROM traces LIMIT 3", "defaultLimit": 2 });
    let (_, answer) = ask(&server.client, body).await;
    assert_eq!(rows(&answer["tables"][0]).len(), 3);
    assert_eq!(answer["status"]["messages"], json!([]));
}

#[tokio::test]
async fn a_request_without_a_query_is_refused() {
    let server = with_spans().await;
    let (status, answer) = ask(&server.client, json!({ "query": "SELECT 1" })).await;
    assert_eq!(status, 400, "{answer}");
}
