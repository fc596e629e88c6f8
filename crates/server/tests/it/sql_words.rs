//! SQL beyond one comparison or field: what stands beside a `*`, timespans in `BETWEEN`, `IN`, `CASE` and
//! `IS DISTINCT FROM`, and what the engine would call its own fault.

use crate::queries::with_spans;
use crate::running::{Client, InProcess, rows};
use serde_json::{Value, json};

async fn ask(server: &InProcess, sql: &str) -> (u16, Value) {
    let client: &Client = &server.client;
    let body = Some(json!({ "sql": sql }));
    client.call("POST", "/api/v1/sql", None, body).await
}

/// A query, and how often its answer has the fields `name` and `duration`.
const BESIDE_A_STAR: [(&str, (usize, usize)); 10] = [
    ("SELECT *, name FROM traces", (1, 1)),
    ("SELECT * EXCEPT (name), name FROM traces", (1, 1)),
    ("SELECT * EXCLUDE (name), name FROM traces", (1, 1)),
    ("SELECT * EXCEPT (name), duration FROM traces", (0, 1)),
    ("SELECT *, name FROM (SELECT name FROM traces) q", (1, 0)),
    ("SELECT *, name FROM (SELECT * FROM traces) q", (1, 1)),
    (
        "SELECT *, name FROM (SELECT 1 AS x, name FROM traces UNION ALL SELECT 2, name FROM traces) q",
        (1, 0),
    ),
    (
        "WITH q AS (SELECT *, name FROM traces) SELECT *, name, duration FROM q",
        (1, 1),
    ),
    (
        "SELECT q.*, name FROM (SELECT duration FROM traces) q, (SELECT name FROM traces) r",
        (1, 1),
    ),
    (
        "SELECT *, duration FROM (SELECT name AS duration FROM traces) q",
        (0, 1),
    ),
];

#[tokio::test]
async fn a_star_leaves_out_only_what_it_shows_itself() {
    let server = with_spans().await;
    let mut wrong = Vec::new();
    for (sql, expected) in BESIDE_A_STAR {
        let (status, answer) = ask(&server, sql).await;
        let fields = answer["tables"][0]["fields"].as_array();
        let fields: Vec<&Value> = fields.into_iter().flatten().collect();
        let count = |name: &str| fields.iter().filter(|field| field["name"] == name).count();
        if status != 200 || (count("name"), count("duration")) != expected {
            wrong.push(format!("{sql}\n    {status} {answer}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A query, and its rows.
type Case = (&'static str, fn() -> Value);

/// `with_spans` has spans of 130.9 ms and three of 5 ms and less.
const TIMESPANS: [Case; 11] = [
    (
        "SELECT duration IS DISTINCT FROM '130.944578ms' AS a, count(*) AS n FROM traces \
         GROUP BY duration IS DISTINCT FROM '130.944578ms' ORDER BY n",
        || json!([[false, 1], [true, 3]]),
    ),
    (
        "SELECT NULL IS DISTINCT FROM NULL AS a, 1 IS DISTINCT FROM NULL AS b, 1 = 1 IS NOT DISTINCT FROM true AS c",
        || json!([[false, true, true]]),
    ),
    (
        "SELECT name FROM traces WHERE (duration) BETWEEN '100ms' AND '5s'",
        || json!([["GET /lessons/1"]]),
    ),
    (
        "SELECT name FROM traces WHERE duration + INTERVAL '1 ms' BETWEEN '100ms' AND INTERVAL '5 s'",
        || json!([["GET /lessons/1"]]),
    ),
    (
        "SELECT max(duration) BETWEEN '100ms' AND '5s' AS a FROM traces",
        || json!([[true]]),
    ),
    (
        "SELECT name FROM traces GROUP BY name HAVING max(duration) BETWEEN '100ms' AND '5s'",
        || json!([["GET /lessons/1"]]),
    ),
    (
        "SELECT name FROM traces WHERE duration IN ('130.944578ms', '2s')",
        || json!([["GET /lessons/1"]]),
    ),
    (
        "SELECT count(*) FROM traces WHERE duration NOT IN (SELECT max(duration) FROM traces WHERE duration IN ('130.944578ms'))",
        || json!([[3]]),
    ),
    (
        "SELECT name FROM traces WHERE duration IS NOT DISTINCT FROM '130.944578ms'",
        || json!([["GET /lessons/1"]]),
    ),
    (
        "SELECT sum(CASE duration WHEN '130.944578ms' THEN 1 ELSE 0 END) AS n FROM traces",
        || json!([[1]]),
    ),
    (
        "SELECT duration BETWEEN '100ms' AND '5s' AS slow, count(*) AS n FROM traces GROUP BY duration BETWEEN '100ms' AND '5s' ORDER BY n",
        || json!([[true, 1], [false, 3]]),
    ),
];

#[tokio::test]
async fn a_timespan_is_compared_alike_wherever_it_stands() {
    let server = with_spans().await;
    let mut wrong = Vec::new();
    for (sql, expected) in TIMESPANS {
        let (status, answer) = ask(&server, sql).await;
        if status != 200 || json!(rows(&answer["tables"][0])) != expected() {
            wrong.push(format!("{sql}\n    {status} {answer}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A query that is refused, and what is said of it.
const REFUSED: [(&str, &str); 14] = [
    (
        "WITH traces AS (SELECT duration FROM traces) SELECT *, name FROM traces",
        "unknown field 'name'",
    ),
    (
        "WITH traces AS (SELECT *, nme FROM traces) SELECT * FROM traces",
        "unknown field 'nme'",
    ),
    (
        "SELECT *, q.name FROM (SELECT name FROM traces) q",
        "another for one of them, with AS",
    ),
    (
        "SELECT *, name FROM (SELECT duration FROM traces) q",
        "unknown field 'name'",
    ),
    ("SELECT *, nme FROM traces", "unknown field 'nme'"),
    (
        "SELECT percentile(duration) OVER () FROM traces",
        "not over a window",
    ),
    (
        "SELECT percentile(duration, 50) OVER () FROM traces",
        "not over a window",
    ),
    (
        "SELECT percentile(duration, 50) OVER (PARTITION BY name ORDER BY _time) FROM traces",
        "not over a window",
    ),
    (
        "SELECT name FROM traces WHERE duration IN ('soon')",
        "such as '100ms'",
    ),
    (
        "SELECT name FROM traces WHERE (duration) BETWEEN 1 AND 5",
        "not with a number",
    ),
    (
        "SELECT CASE duration WHEN 5 THEN 1 END FROM traces",
        "not with a number",
    ),
    (
        "SELECT name FROM traces WHERE duration BETWEEN name AND '5s'",
        "",
    ),
    (
        "SELECT date_bin(INTERVAL '0 second', _time) FROM traces",
        "stride must be non-zero",
    ),
    (
        "SELECT date_bin(INTERVAL '1 s' - INTERVAL '1 s', _time) FROM traces",
        "",
    ),
];

#[tokio::test]
async fn what_the_engine_does_not_take_is_the_querys_mistake() {
    let server = with_spans().await;
    let mut wrong = Vec::new();
    for (sql, said) in REFUSED {
        let (status, answer) = ask(&server, sql).await;
        let message = answer["message"].as_str().unwrap_or_default();
        if status != 400 || !message.contains(said) || message.contains("nternal") {
            wrong.push(format!("{sql}\n    {status} {answer}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
