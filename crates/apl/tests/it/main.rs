//! The language against its corpora: queries with the rows or the diagnostics they must give.
//!
//! The cases are the `.apl` files beside this folder; a new case needs no Rust. `UPDATE_EXPECT=1`
//! writes what came out into them, to be read before it is committed.

#![allow(clippy::unwrap_used, reason = "tests")]

/// What Axiom's language service is compared with.
mod agreement;
/// What is offered at a place.
mod complete;
/// The case files: reading, comparing, rewriting.
mod corpus;
/// The heads of the files of functions, aggregations and operators: their examples are run.
mod heads;
/// Queries no user would write: too long, too deep, too wide.
mod hostile;
/// Names of the language: each means something, or is refused by name.
mod names;
/// Order and exactness over many rows.
mod order;
/// Percentiles: exact, or within 1 %.
mod percentiles;
/// What reaches a table.
mod plans;
/// Queries made by chance: read and bound without a panic.
mod random;
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

use datafusion::catalog::TableProvider;
use std::collections::BTreeMap;
use std::sync::Arc;
use throughline_apl::{Context, Datasets, VirtualField};

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

/// `docs/apl/errors.md` is made of these: a title, a bad query, the mended one, and what a user sees.
#[tokio::test]
async fn mistakes_are_drawn_and_can_be_mended() {
    corpus::check("mistakes", async |case| {
        let parts: Vec<&str> = case.split("\n++++\n").collect();
        let [_, bad, mended] = parts[..] else {
            return format!("not a title, a query and the mended one: {case}");
        };
        if let Err(refused) = compile(mended) {
            return format!("the mended query is refused: {refused}");
        }
        match throughline_apl::compile(bad, &context(bad), &spans::Table) {
            Ok(_) => "not refused".to_owned(),
            Err(found) => render::drawn(bad, &found),
        }
    })
    .await;
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
    let datasets = Described {
        rows: datasets,
        virtual_fields: virtual_fields(case),
    };
    // A query that tells of a virtual field would name it.
    let lines = case.lines().filter(|line| !line.starts_with("// virtual "));
    let query = lines.collect::<Vec<_>>().join("\n");
    throughline_apl::compile(&query, &context(case), &datasets)
        .map_err(|diagnostics| render::diagnostics(&query, &diagnostics))
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
        default_order: setting("order").map_or_else(Vec::new, |keys| {
            let keys = keys.split(", ").filter_map(|key| key.split_once(' '));
            keys.map(|(name, way)| (name.to_owned(), way == "desc"))
                .collect()
        }),
        bins_max: setting("bins").and_then(|bins| bins.parse().ok()),
        variables: variables(case),
    }
}

/// Datasets with the virtual fields that a case gives them all.
#[derive(Debug)]
struct Described<'a, D: ?Sized> {
    rows: &'a D,
    virtual_fields: Vec<VirtualField>,
}

impl<D: Datasets + ?Sized> Datasets for Described<'_, D> {
    fn table(&self, name: &str) -> Option<Arc<dyn TableProvider>> {
        self.rows.table(name)
    }

    fn names(&self) -> Vec<String> {
        self.rows.names()
    }

    fn virtual_fields(&self, _: &str) -> Vec<VirtualField> {
        self.virtual_fields.clone()
    }
}

/// The fields of `// virtual name = expression` lines.
fn virtual_fields(case: &str) -> Vec<VirtualField> {
    let fields = case.lines().filter_map(|line| {
        let (name, expression) = line.strip_prefix("// virtual ")?.split_once(" = ")?;
        Some(VirtualField {
            name: name.to_owned(),
            expression: expression.to_owned(),
        })
    });
    fields.collect()
}

/// The values of `// variable name value` lines.
fn variables(case: &str) -> BTreeMap<String, String> {
    let values = case.lines().filter_map(|line| {
        let (name, value) = line.strip_prefix("// variable ")?.split_once(' ')?;
        Some((name.to_owned(), value.to_owned()))
    });
    values.collect()
}
