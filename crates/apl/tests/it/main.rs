//! The language against its corpora: queries with the rows or the diagnostics they must give.
//!
//! The cases are the `.apl` files beside this folder; a new case needs no Rust. `UPDATE_EXPECT=1`
//! writes what came out into them, to be read before it is committed.

#![allow(clippy::unwrap_used, reason = "tests")]

/// The case files: reading, comparing, rewriting.
mod corpus;
/// The heads of the files of functions, aggregations and operators: their examples are run.
mod heads;
/// Queries no user would write: too long, too deep, too wide.
mod hostile;
/// Order and exactness over many rows.
mod order;
/// Percentiles: exact, or within 1 %.
mod percentiles;
/// What reaches a table.
mod plans;
/// Results and diagnostics as text.
mod render;
/// Plans that one query runs beside each other.
mod runs;
/// The spans that all cases query.
mod spans;
/// Timespans and datetimes as text.
mod times;
/// Traces as trees: relatives and critical paths.
mod trees;

use std::collections::BTreeMap;
use throughline_apl::{Context, Datasets};

/// 2026-11-22T10:00:00Z, the time of every case.
const NOW_NANOS: i64 = 1_795_341_600_000_000_000;

#[tokio::test]
async fn queries_give_the_rows_they_must() {
    check_rows(&spans::Table).await;
}

#[tokio::test]
async fn columns_of_keys_change_no_row() {
    check_rows(&spans::Keyed { is_complete: true }).await;
}

#[tokio::test]
async fn columns_of_some_keys_change_no_row() {
    check_rows(&spans::Keyed { is_complete: false }).await;
}

async fn check_rows(datasets: &dyn Datasets) {
    corpus::check("ok", async |case| match compile_over(case, datasets) {
        Ok(plan) => render::plan(&plan, case.contains("// plan")).await,
        Err(refused) => refused,
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_told() {
    corpus::check("parse_fails", async |case| refusal(case)).await;
}

#[tokio::test]
async fn what_means_nothing_is_told() {
    corpus::check("bind_fails", async |case| refusal(case)).await;
}

/// The diagnostics of a case that must have some.
fn refusal(case: &str) -> String {
    match compile(case) {
        Ok(_) => format!("not refused: {case}"),
        Err(refused) => refused,
    }
}

fn compile(case: &str) -> Result<throughline_apl::Plan, String> {
    compile_over(case, &spans::Table)
}

fn compile_over(case: &str, datasets: &dyn Datasets) -> Result<throughline_apl::Plan, String> {
    throughline_apl::compile(case, &context(case), datasets)
        .map_err(|diagnostics| render::diagnostics(case, &diagnostics))
}

/// The context of a case; lines such as `// rows 3` change it.
fn context(case: &str) -> Context {
    let setting = |name: &str| {
        case.lines()
            .find_map(|line| line.strip_prefix(&format!("// {name} ")).map(str::trim))
    };
    let moment = |name: &str| setting(name).and_then(throughline_apl::datetime::parse);
    Context {
        dataset: setting("no").is_none().then(|| "traces".to_owned()),
        now_nanos: NOW_NANOS,
        start_nanos: moment("start"),
        end_nanos: moment("end"),
        row_limit: setting("rows")
            .and_then(|rows| rows.parse().ok())
            .unwrap_or(1000),
        variables: variables(case),
    }
}

/// The values of `// variable name value` lines.
fn variables(case: &str) -> BTreeMap<String, String> {
    let values = case.lines().filter_map(|line| {
        let (name, value) = line.strip_prefix("// variable ")?.split_once(' ')?;
        Some((name.to_owned(), value.to_owned()))
    });
    values.collect()
}
