//! Queries in SQL that would like to take all of the memory, the time or the stack: each ends with rows or with an
//! error that says why, and the server goes on.

use crate::running::{InProcess, rows};
use crate::spans::{protobuf, span};
use serde_json::json;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use throughline::config::Limits;

const RUN_MAX: Duration = Duration::from_secs(20);
/// Debug builds on a busy machine plan slowly.
const ANSWER_MAX: Duration = Duration::from_secs(50);

/// `part` again and again, between a head and a tail.
fn many(head: &str, part: &str, count: usize, tail: &str) -> String {
    format!("{head}{}{tail}", part.repeat(count))
}

/// `SELECT f(f(…)) AS a FROM (SELECT f(…) AS a FROM (…))`: each level writes out the one below.
fn levels(count: usize, step: &str) -> String {
    (0..count).fold("SELECT name AS a FROM traces".to_owned(), |inner, _| {
        format!("SELECT {step} AS a FROM ({inner})")
    })
}

/// Each name stands for the one before, twice.
fn doubled(count: usize) -> String {
    let mut names = "WITH c0 AS (SELECT name FROM traces)".to_owned();
    for number in 1..=count {
        let before = number - 1;
        names.push_str(&format!(
            ", c{number} AS (SELECT x.name FROM c{before} x JOIN c{before} y ON x.name = y.name)"
        ));
    }
    format!("{names} SELECT count(*) FROM c{count}")
}

fn numbers(count: usize) -> String {
    let all: Vec<String> = (0..count).map(|number| number.to_string()).collect();
    format!(
        "SELECT count(*) FROM traces WHERE flags IN ({})",
        all.join(",")
    )
}

fn joined(count: usize) -> String {
    let mut tables = "traces t0".to_owned();
    for number in 1..count {
        tables.push_str(&format!(
            " JOIN traces t{number} ON t0.span_id = t{number}.span_id"
        ));
    }
    format!("SELECT count(*) FROM {tables}")
}

/// A query, and what is said of it; nothing where it is answered.
fn cases() -> Vec<(&'static str, String, Option<&'static str>)> {
    let ten = |what: &str| [what; 10].join(", ");
    vec![
        ("100,000 parentheses", many("SELECT ", "(", 100_000, ""), Some("too long")),
        ("5,000 parentheses", many("SELECT ", "(", 5_000, "1"), Some("nested too deeply")),
        ("33 parentheses", format!("SELECT {}1{}", "(".repeat(33), ")".repeat(33)), Some("nested too deeply")),
        ("30 parentheses", format!("SELECT {}1{}", "(".repeat(30), ")".repeat(30)), None),
        ("30 around a table", format!("SELECT 1 FROM {}traces{} LIMIT 1", "(".repeat(30), ")".repeat(30)), None),
        ("30 around a query", format!("{}SELECT 1{}", "(".repeat(30), ")".repeat(30)), Some("nested too deeply")),
        ("30 around what is none", format!("SELECT 1 FROM {}1", "(".repeat(30)), Some("")),
        ("2,000 operators", many("SELECT 1", "+1", 2_000, ""), Some("too many operators")),
        ("900 operators", many("SELECT 1", "+1", 900, ""), Some("too many operators")),
        ("190 operators", many("SELECT 1", "+1", 190, ""), None),
        ("900 conditions", many("SELECT count(*) FROM traces WHERE flags = 1", " OR flags = 2", 300, ""), None),
        ("100 concatenations", many("SELECT name", "||name", 100, " FROM traces"), Some("functions that make texts")),
        ("190 casts", many("SELECT 1", "::int", 190, ""), None),
        ("NOT 2,000 times", many("SELECT ", "NOT ", 2_000, "true"), Some("nested too deeply")),
        ("NOT 900 times", many("SELECT ", "NOT ", 900, "true"), Some("nested too deeply")),
        ("a minus 900 times", many("SELECT ", "- ", 900, "1"), Some("nested too deeply")),
        ("CASE in CASE", format!("SELECT {}1{}", "CASE WHEN true THEN ".repeat(60), " END".repeat(60)), Some("nested too deeply")),
        ("2,000 SELECTs", many("SELECT 1", " UNION ALL SELECT 1", 500, ""), Some("too many")),
        ("a chain of queries", many("SELECT 1", " UNION ALL SELECT 1", 100, ""), Some("too many tables")),
        ("20 queries in queries", levels(20, "a"), Some("nested too deeply")),
        ("a recursive name", "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT * FROM r".to_owned(), Some("WITH RECURSIVE is not here")),
        ("names that double", doubled(20), Some("too many tables")),
        ("expressions that grow tenfold", levels(6, &format!("concat({})", ten("a"))), Some("")),
        ("numbers that grow tenfold", levels(6, &format!("length(a::text){}", " + length(a::text)".repeat(9))), Some("too often")),
        ("conditions that double", levels(7, &format!("coalesce(coalesce(coalesce({0}), {0}), {0})", ten("a"))), Some("too often")),
        ("texts that grow tenfold in few calls", levels(2, &format!("concat_ws(',', {0}, {0}, {0})", ten("a"))), None),
        ("a text that grows without an end", levels(7, &format!("replace(a, 'e', '{}')", "e".repeat(4_000))), Some("MiB")),
        ("a text that is long", format!("SELECT '{}'", "x".repeat(5_000)), Some("at most 4 KiB")),
        ("three tables crossed", "SELECT count(*) FROM traces a, traces b, traces c WHERE a.name || b.name = c.name || 'x'".to_owned(), Some("narrow its time range")),
        ("60 tables joined", joined(60), Some("too many tables")),
        ("12 tables joined", joined(12), None),
        ("a list of a million", numbers(1_000_000), Some("larger than")),
        ("a list of twenty thousand", numbers(20_000), Some("too long")),
        ("a list of ten thousand", numbers(10_000), None),
        ("a pattern of LIKE", format!("SELECT count(*) FROM traces WHERE name LIKE '{}b'", "%a".repeat(1_000)), None),
        ("a regular expression that backtracks", "SELECT count(*) FROM traces WHERE name ~ '^(G+)+(E+)+x$'".to_owned(), None),
        ("a regular expression that is large", "SELECT count(*) FROM traces WHERE name ~ '((\\w{100}){100}){100}'".to_owned(), Some("too large")),
        ("repeat", "SELECT repeat(name, 2000000000) FROM traces".to_owned(), Some("no function")),
        ("lpad", "SELECT lpad(name, 2000000000, 'x') FROM traces".to_owned(), Some("no function")),
        ("range", "SELECT range(0, 2000000000)".to_owned(), Some("no function")),
        ("array_repeat", "SELECT array_repeat(1, 2000000000)".to_owned(), Some("no function")),
        ("an array", "SELECT [name, name, name] FROM traces".to_owned(), Some("no function")),
        ("a null of two GiB", "SELECT arrow_cast(NULL, 'FixedSizeBinary(2147483647)') FROM traces".to_owned(), Some("no function")),
        ("a column of two GiB a row", "SELECT arrow_cast(name, 'FixedSizeBinary(2147483647)') FROM traces".to_owned(), Some("no function")),
        ("an array of a size", "SELECT name, CAST(NULL AS BIGINT[2147483647]) FROM traces".to_owned(), Some("a type of one value")),
        ("an array of a size, in short", "SELECT NULL::BIGINT[2147483647]".to_owned(), Some("a type of one value")),
        ("an array of a size, if it can be", "SELECT TRY_CAST(NULL AS BIGINT[2147483647])".to_owned(), Some("a type of one value")),
        ("an array of arrays of a size", "SELECT CAST(NULL AS BIGINT[2147483647][2147483647]) FROM traces".to_owned(), Some("a type of one value")),
        ("an array of a size in a struct", "SELECT CAST(NULL AS STRUCT<a BIGINT[2147483647]>) FROM traces".to_owned(), Some("")),
        ("a buffer of two GiB", "SELECT approx_percentile_cont(duration / INTERVAL '1 ms', 0.5, 2000000000) FROM traces".to_owned(), Some("no function")),
        ("lists in a window", "SELECT array_agg(name) OVER () FROM traces".to_owned(), Some("no function")),
        ("lists in a join", "SELECT q.l FROM traces t, (SELECT array_agg(name) AS l FROM traces) q".to_owned(), Some("no function")),
        ("generate_series", "SELECT count(*) FROM generate_series(1, 2000000000)".to_owned(), Some("no table")),
        ("CUBE", format!("SELECT count(*) FROM traces GROUP BY CUBE({})", ten("name")), Some("CUBE is not here")),
        ("a window over too much", "SELECT sum(n) OVER () FROM (SELECT 1 AS n FROM traces a, traces b)".to_owned(), Some("more than 100000 rows")),
        ("groups without an end", "SELECT count(*) FROM (SELECT DISTINCT a.name, b.span_id, c.span_id AS s FROM traces a, traces b, traces c)".to_owned(), Some("")),
    ]
}

#[tokio::test]
async fn each_ends_and_the_server_goes_on() {
    let limits = Limits {
        query_run_max: RUN_MAX,
        query_memory_bytes_max: 64 << 20,
        query_spill_bytes_max: 64 << 20,
        ..Limits::default()
    };
    let server = InProcess::over(TempDir::new().unwrap(), limits).await;
    let spans = (0..1_000).map(|number| span(1, number)).collect();
    server.client.export(protobuf("api", spans)).await;
    let mut wrong = Vec::new();
    for (what, sql, said) in cases() {
        let started = Instant::now();
        let body = Some(json!({ "sql": sql }));
        let (status, answer) = server.client.call("POST", "/api/v1/sql", None, body).await;
        let took = started.elapsed();
        let message = answer["message"].as_str().unwrap_or_default();
        let is_right = match said {
            None => status == 200,
            Some(said) => (status == 400 || status == 413) && message.contains(said),
        };
        if !is_right || took > ANSWER_MAX {
            let shown: String = answer.to_string().chars().take(300).collect();
            wrong.push(format!("{what}: {took:?} {status} {shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let count = Some(json!({ "sql": "SELECT count(*) FROM traces" }));
    let (_, answer) = server.client.call("POST", "/api/v1/sql", None, count).await;
    assert_eq!(json!(rows(&answer["tables"][0])), json!([[1_000]]));
}
