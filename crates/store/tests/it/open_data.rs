//! DuckDB reads what we write, without us.
//!
//! Needs a Python that has `duckdb` and its extensions `duckdb-extension-{ducklake,sqlite,postgres,httpfs}` (PyPI):
//! the one that `THROUGHLINE_PYTHON` names, else `python3`. Without either the test says so and passes; a Python that
//! was named must have them.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use crate::spans::{time, trace_id};
use crate::world::World;
use std::path::Path;
use std::process::Command;

pub(crate) fn python() -> Option<String> {
    let python = std::env::var("THROUGHLINE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let imports = "import duckdb, duckdb_extension_ducklake, duckdb_extension_sqlite, \
                   duckdb_extension_postgres, duckdb_extension_httpfs";
    let found = Command::new(&python)
        .args(["-c", imports])
        .output()
        .is_ok_and(|output| output.status.success());
    if !found {
        assert!(
            std::env::var_os("THROUGHLINE_PYTHON").is_none(),
            "{python} cannot import what DuckDB needs"
        );
        println!("skipped: {python} has no duckdb with its extensions");
    }
    found.then_some(python)
}

fn ask(python: &str, catalog: &Path, queries: &[&str]) -> Vec<String> {
    let catalog = format!("sqlite:{}", catalog.display());
    ask_with(Command::new(python), &catalog, queries)
}

/// `python` has what it needs in its environment.
pub(crate) fn ask_with(mut python: Command, catalog: &str, queries: &[&str]) -> Vec<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/duckdb_reads.py");
    let output = python
        .arg(script)
        .arg(catalog)
        .args(queries)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

/// Answers that depend on no clock.
const CHECKS: [(&str, &str); 13] = [
    ("SELECT count(*) FROM traces", "1000"),
    ("SELECT count(*) FROM \"Preview.v2\"", "5"),
    ("SELECT sum(duration)::BIGINT FROM traces", "499500000"),
    (
        "SELECT count(*) FROM traces WHERE error AND \"service.name\" = 'api'",
        "100",
    ),
    (
        "SELECT sum(\"attributes.http.response.status_code\")::BIGINT FROM traces WHERE _time < TIMESTAMP_NS '2026-01-01 00:00:04'",
        "402",
    ),
    (
        "SELECT count(*) FROM traces WHERE \"attributes.http.response.status_code\" IS NULL",
        "500",
    ),
    (
        "SELECT count(*) FROM traces WHERE \"attributes.db.system\" IS NULL",
        "1000",
    ),
    (
        "SELECT \"attributes.custom\"['lesson'] FROM traces WHERE span_id = '000000000000002a'",
        "42",
    ),
    ("SELECT count(*) FROM traces WHERE len(events) = 1", "334"),
    (
        "SELECT events[1].attributes['why'] FROM traces WHERE span_id = '0000000000000003'",
        "3",
    ),
    (
        "SELECT events[1].name FROM traces WHERE span_id = '0000000000000003'",
        "exception",
    ),
    (
        "SELECT count(*) FROM traces WHERE \"service.name\" = 'beat'",
        "0",
    ),
    (
        "SELECT count(*) FROM ducklake_list_files('lake', 'traces')",
        "2",
    ),
];

/// What `docs/open-data.md` tells people to type.
#[tokio::test]
async fn the_documented_queries_run() {
    let Some(python) = python() else { return };
    let world = World::new().await;
    world.append(0..10).await;
    world.store.flush().await.unwrap();
    let docs = include_str!("../../../../docs/open-data.md");
    let block = docs.split("```sql\n").nth(1).unwrap();
    let statements = block.split("```").next().unwrap().split(';');
    let queries: Vec<String> = statements
        .filter(|statement| statement.trim_start().starts_with("SELECT"))
        .map(|query| format!("SELECT count(*) FROM ({query})"))
        .collect();
    assert_eq!(queries.len(), 2);
    let queries: Vec<&str> = queries.iter().map(String::as_str).collect();
    // Long ago, and of another trace.
    let catalog = world.config.data_dir.join("catalog.sqlite");
    assert_eq!(ask(&python, &catalog, &queries), ["0", "0"]);
}

#[tokio::test]
async fn counts_sums_a_trace_and_nested_values() {
    let Some(python) = python() else { return };
    let world = World::new().await;
    world.append(0..600).await;
    world.store.flush().await.unwrap();
    world.append_to("Preview.v2", 0..5).await;
    world.append(600..1000).await;
    world.store.flush().await.unwrap();
    let of_trace = format!(
        "SELECT list(span_id ORDER BY _time)[1] FROM traces WHERE trace_id = '{}'",
        trace_id(702)
    );
    let at = |n: u64| format!("make_timestamp_ns({})", time(n));
    let late = format!("SELECT count(*) FROM traces WHERE _time >= {}", at(950));
    let none = format!("SELECT count(*) FROM traces WHERE _time > {}", at(999));
    let mut checks: Vec<(&str, String)> = vec![
        (
            "SELECT epoch_ns(min(_time)) FROM traces",
            time(0).to_string(),
        ),
        (
            "SELECT epoch_ns(max(_time)) FROM traces",
            time(999).to_string(),
        ),
        (
            "SELECT epoch_ns(events[1].timestamp) FROM traces WHERE span_id = '0000000000000003'",
            (time(3) + 1).to_string(),
        ),
        (&of_trace, "00000000000002bc".into()),
        (&late, "50".into()),
        (&none, "0".into()),
    ];
    checks.extend(CHECKS.map(|(query, answer)| (query, answer.to_owned())));
    let queries: Vec<&str> = checks.iter().map(|(query, _)| *query).collect();
    let answers = ask(
        &python,
        &world.config.data_dir.join("catalog.sqlite"),
        &queries,
    );
    for ((query, expected), answer) in checks.iter().zip(&answers) {
        assert_eq!(answer, expected, "{query}");
    }
    assert_eq!(checks.len(), answers.len());
}

#[tokio::test]
async fn after_retention_and_a_move_of_the_directory() {
    let Some(python) = python() else { return };
    let world = World::new().await;
    world.append(0..10).await;
    world.store.flush().await.unwrap();
    world.days_pass(31).await;
    world.append(10..25).await;
    world.store.flush().await.unwrap();
    world.store.maintain().await.unwrap();
    for _ in 0..2 {
        world.clock.advance(2 * 3_600_000_000_000);
        world.store.maintain().await.unwrap();
    }
    let moved = world.crash().await;
    let count = [
        "SELECT count(*) FROM traces",
        "SELECT min(span_id) FROM traces",
    ];
    assert_eq!(
        ask(
            &python,
            &moved.config.data_dir.join("catalog.sqlite"),
            &count
        ),
        ["15", "000000000000000a"]
    );
}

#[tokio::test]
async fn before_and_after_a_compaction() {
    let Some(python) = python() else { return };
    let world = World::new().await;
    for file in 0..5 {
        world.append(file * 200..(file + 1) * 200).await;
        world.store.flush().await.unwrap();
    }
    let catalog = world.config.data_dir.join("catalog.sqlite");
    let of_trace = format!(
        "SELECT list(span_id ORDER BY span_id)::VARCHAR FROM traces WHERE trace_id = '{}'",
        trace_id(702)
    );
    let content = [
        "SELECT count(*) FROM traces",
        "SELECT count(DISTINCT rowid) FROM traces WHERE rowid < 1000",
        "SELECT sum(hash(t)) FROM (SELECT * FROM traces) t",
        "SELECT count(*) FROM traces AT (VERSION => 3)",
        "SELECT sum(duration)::BIGINT FROM traces WHERE _time < make_timestamp_ns(1767225900000000000)",
        &of_trace,
    ];
    let before = ask(&python, &catalog, &content);
    assert_eq!(before[..2], ["1000", "1000"]);
    assert_eq!(before[3], "600");
    world.store.compact().await.unwrap();
    assert_eq!(ask(&python, &catalog, &content), before);
    let files = ["SELECT count(*) FROM ducklake_list_files('lake', 'traces')"];
    assert_eq!(ask(&python, &catalog, &files), ["1"]);
    // When the small files are deleted, and without the directory's old place.
    for _ in 0..2 {
        world.clock.advance(2 * 3_600_000_000_000);
        world.store.maintain().await.unwrap();
    }
    assert_eq!(world.files().len(), 1);
    let moved = world.crash().await;
    let catalog = moved.config.data_dir.join("catalog.sqlite");
    let (now, before) = ([&content[..3], &content[4..]], [&before[..3], &before[4..]]);
    assert_eq!(ask(&python, &catalog, &now.concat()), before.concat());
}
