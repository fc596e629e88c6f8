//! SQL beyond one comparison or field: what stands beside a `*`, and timespans in `BETWEEN`, `IN`, `CASE` and
//! `IS DISTINCT FROM`; texts beside numbers; and what may never be computed.

use crate::queries::with_spans;
use crate::running::{Client, InProcess, rows};
use crate::spans::{protobuf, span, text};
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

/// A text beside a number is read as one, and null where it is none; of three spans one has `7.5`, one `none`.
const NUMBERS: [Case; 9] = [
    (
        "SELECT \"order.id\" FROM traces WHERE \"order.id\" > 5",
        || json!([["7.5"]]),
    ),
    (
        "SELECT \"order.id\" FROM traces WHERE 7.5 = \"order.id\"",
        || json!([["7.5"]]),
    ),
    (
        "SELECT \"order.id\" FROM traces WHERE \"order.id\" BETWEEN 7 AND 8",
        || json!([["7.5"]]),
    ),
    (
        "SELECT \"order.id\" FROM traces WHERE \"order.id\" IN (1, 7.5)",
        || json!([["7.5"]]),
    ),
    (
        "SELECT CASE \"order.id\" WHEN 7.5 THEN 'it' ELSE 'another' END AS a FROM traces WHERE \"order.id\" > 5",
        || json!([["it"]]),
    ),
    (
        "SELECT count(*) FROM traces WHERE \"order.id\" IS DISTINCT FROM 7.5",
        || json!([[5]]),
    ),
    (
        "SELECT count(*) FROM traces WHERE \"http.status_code\" = '200'",
        || json!([[5]]),
    ),
    // A sum that does not fit is null, its mean is right; floats have no such limit.
    (
        "SELECT sum(n), avg(n), sum(n) FILTER (WHERE n = 1), sum(n * 1.0) FROM (VALUES (9223372036854775807), (1)) t(n)",
        || json!([[null, 4611686018427387904.0, 1, 9223372036854775807.0]]),
    ),
    (
        "SELECT k, sum(n) FROM (VALUES (1, 2), (1, 3), (2, 4)) t(k, n) GROUP BY k ORDER BY k",
        || json!([[1, 5], [2, 4]]),
    ),
];

/// What may never be computed is no mistake before it is; and what is the same for all rows is asked once.
const RUN_WELL: [Case; 10] = [
    ("SELECT CASE WHEN false THEN 1/0 ELSE 1 END", || {
        json!([[1]])
    }),
    ("SELECT coalesce(1, 1/0)", || json!([[1]])),
    ("SELECT nvl(1, 1/0)", || json!([[1]])),
    (
        "SELECT CASE WHEN kind = 'zzz' THEN 1/0 ELSE 1 END FROM traces LIMIT 1",
        || json!([[1]]),
    ),
    (
        "SELECT count(*) FROM traces WHERE false AND 1/0 = 1",
        || json!([[0]]),
    ),
    ("SELECT true OR 1/0 = 1", || json!([[true]])),
    (
        "SELECT sum(duration) AS duration FROM traces WHERE kind = 'zzz' GROUP BY duration",
        || json!([]),
    ),
    (
        "SELECT count(*) FROM traces WHERE NOT EXISTS (SELECT name FROM traces WHERE name = 'zzz')",
        || json!([[4]]),
    ),
    (
        "SELECT count(*) FROM traces WHERE EXISTS (SELECT name FROM traces LIMIT 0)",
        || json!([[0]]),
    ),
    // 10⁵ rows and 10⁵ rows: no machine compares each with each in time.
    (
        "WITH d AS (SELECT n FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) t(n)), \
         h AS (SELECT a.n AS n FROM d a CROSS JOIN d b CROSS JOIN d c CROSS JOIN d e CROSS JOIN d f) \
         SELECT count(*) FROM h WHERE EXISTS (SELECT n FROM h WHERE n > 8)",
        || json!([[100_000]]),
    ),
];

#[tokio::test]
async fn what_runs_well_is_not_refused() {
    let server = with_spans().await;
    let mut wrong = Vec::new();
    for (sql, expected) in RUN_WELL {
        let (status, answer) = ask(&server, sql).await;
        if status != 200 || json!(rows(&answer["tables"][0])) != expected() {
            wrong.push(format!("{sql}\n    {status} {answer}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_timespan_and_a_number_are_compared_alike_wherever_they_stand() {
    let server = with_spans().await;
    let order = |number, id| {
        let mut span = span(3, number);
        span.attributes.push(text("order.id", id));
        span
    };
    let orders = vec![order(4, "7.5"), order(5, "none")];
    let mut wrong = Vec::new();
    let mut check = async |sql: &str, expected: Value| {
        let (status, answer) = ask(&server, sql).await;
        if status != 200 || json!(rows(&answer["tables"][0])) != expected {
            wrong.push(format!("{sql}\n    {status} {answer}"));
        }
    };
    for (sql, expected) in TIMESPANS {
        check(sql, expected()).await;
    }
    server.client.export(protobuf("shop", orders)).await;
    for (sql, expected) in NUMBERS {
        check(sql, expected()).await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
