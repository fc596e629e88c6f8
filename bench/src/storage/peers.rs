//! The same questions, put to DuckDB and ClickHouse over the same data files, by `peers/peers.py`.

use super::args::Args;
use super::ask::{Rows, cell};
use super::bed::Bed;
use super::queries::{self, RUNS};
use super::questions::Question;
use super::table::Table;
use super::truth::{Ranges, SERVICE};
use crate::load::part_of;
use crate::machine;
use crate::spans::{self, SERVICES, SPANS_A_TRACE, Shape};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// Where the peers' questions are written.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/peers.py");
/// As the script calls them.
const ENGINES: [&str; 3] = ["duckdb parquet", "chdb parquet", "chdb mergetree"];

pub(crate) async fn run(args: &Args) -> Result<bool> {
    let bed = Bed::make(args).await?;
    let mut asked = queries::ask_all(&bed, args).await?;
    let scratch = tempfile::tempdir_in(bed.directory.parent().unwrap_or(&bed.directory))?;
    let order = json!({
        "do": "ask", "data": bed.directory, "scratch": scratch.path(), "runs": RUNS, "facts": facts(&bed),
    });
    let mut times = vec![[None; ENGINES.len()]; asked.questions.len()];
    tell(&args.python, &order, |line| {
        let (engine, key) = (cell(&line["engine"]), cell(&line["key"]));
        let place = ENGINES.iter().position(|name| *name == engine);
        let question = asked.questions.iter().position(|it| it.key == key);
        let (Some(place), Some(question)) = (place, question) else {
            anyhow::bail!("nobody asked for {key} of {engine}");
        };
        match heard(line, &asked.questions[question]) {
            Ok(millis) => times[question][place] = Some(millis),
            Err(error) => asked.faults.push(format!("{engine}, {key}: {error:#}")),
        }
        Ok(())
    })?;
    let columns: Vec<&str> = ["cold ms", "best peer at 2M"]
        .into_iter()
        .chain(ENGINES)
        .collect();
    let mut table = Table::new("peers", bed.set_up(), &columns);
    asked.lines(queries::scale(&bed), &mut table);
    table.beside_each(&times);
    let met = table.print(&machine::line(&bed.directory), args.json);
    Ok(asked.is_right() && (met || !args.bar))
}

/// The median of a peer's answers, which are right.
fn heard(line: &Value, question: &Question) -> Result<f64> {
    ensure!(line["error"].is_null(), "{}", cell(&line["error"]));
    let row = |row: &Value| row.as_array().map(|cells| cells.iter().map(cell).collect());
    let rows = line["rows"].as_array().context("no rows")?;
    let rows: Option<Rows> = rows.iter().map(row).collect();
    question.truth.check(&rows.context("a row is no list")?)?;
    let millis = line["millis"].as_array().context("no times")?;
    let mut millis: Vec<f64> = millis.iter().filter_map(Value::as_f64).collect();
    millis.sort_by(f64::total_cmp);
    part_of(&millis, 500).context("no run was timed")
}

/// What the questions have in them.
fn facts(bed: &Bed) -> Value {
    let trace = bed.spans / SPANS_A_TRACE / 2;
    let ranges = Ranges::of(bed);
    json!({
        "trace_id": spans::trace_name(trace), "service": SERVICES[SERVICE], "common": Shape::COMMON,
        "rare": Shape::RARE, "order": spans::order(trace),
        "day": [ranges.day.start, ranges.day.end], "hour": [ranges.hour.start, ranges.hour.end],
    })
}

/// Runs the script with an order on its input; each line that it prints is a report.
pub(crate) fn tell(
    python: &Path,
    order: &Value,
    mut take: impl FnMut(&Value) -> Result<()>,
) -> Result<()> {
    let mut child = Command::new(python)
        .arg(SCRIPT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start {}", python.display()))?;
    let mut input = child.stdin.take().context("could not take its input")?;
    input.write_all(order.to_string().as_bytes())?;
    drop(input);
    let output = child.stdout.take().context("could not take its output")?;
    for line in BufReader::new(output).lines() {
        let line = line?;
        let report = serde_json::from_str(&line);
        take(&report.with_context(|| format!("could not read the peers' report {line:?}"))?)?;
    }
    let status = child.wait()?;
    ensure!(status.success(), "the peers failed ({status})");
    Ok(())
}
