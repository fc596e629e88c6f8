//! A year in little: a tenth of the spans of 400 a minute, over a whole year's event times.

use super::args::Args;
use super::ask::Request;
use super::bed::Bed;
use super::queries::{self, memory_lines};
use super::run::filled_lines;
use super::table::{Bar, Line, Table};
use crate::load::part_of;
use crate::machine;
use crate::process::Memory;
use crate::spans::{self, SPANS_A_TRACE};
use anyhow::{Result, ensure};

const SPANS_A_MINUTE: u64 = 400;
/// For a year of 400 spans a minute, on disk but for the log.
const YEAR_BYTES_MAX: f64 = 8e9;
const TRACES: u64 = 1000;
const TRACE_P99_MILLIS_MAX: f64 = 50.0;

pub(crate) async fn run(args: &Args) -> Result<bool> {
    let bed = Bed::make(args).await?;
    let real = (bed.days * 24 * 60 * SPANS_A_MINUTE) as f64;
    let part = bed.spans as f64 / real;
    let what = format!(
        "{}: {part:.3} of what {SPANS_A_MINUTE} spans a minute make in that time",
        bed.set_up()
    );
    let mut table = Table::new("year", what, &["cold ms", "best peer at 2M"]);
    filled_lines(&bed, &mut table)?;
    let disk = bed.disk()?;
    let gigabytes = disk.kept_bytes() as f64 / 1e9;
    let bar = YEAR_BYTES_MAX / 1e9 * bed.spans as f64 / 210e6;
    let all = Line::new("on disk, all but the log", gigabytes, "GB");
    table.add(all.bar(Bar::AtMost(bar)));

    let asked = queries::ask_all(&bed, args).await?;
    asked.lines(queries::scale(&bed), &mut table);
    memory_lines(&asked.memory, &mut table);
    let (times, memory) = random_traces(&bed).await?;
    let at = |part| part_of(&times, part).unwrap_or(f64::NAN);
    let traces = format!("trace by id, {TRACES} chosen by chance");
    table.add(Line::new(format!("{traces}, p50"), at(500), "ms"));
    let p99 = Line::new(format!("{traces}, p99"), at(990), "ms");
    table.add(p99.bar(Bar::AtMost(TRACE_P99_MILLIS_MAX)));
    table.add(Line::new(format!("{traces}, longest"), at(1000), "ms"));
    let resident = memory.resident_bytes as f64 / f64::from(1 << 20);
    table.add(Line::new("server's memory after them", resident, "MiB"));
    let met = table.print(&machine::line(&bed.directory), args.json);
    Ok(asked.is_right() && (met || !args.bar))
}

/// Each asked for once, by a server that was just started: sorted milliseconds.
async fn random_traces(bed: &Bed) -> Result<(Vec<f64>, Memory)> {
    let traces = bed.spans / SPANS_A_TRACE;
    let server = bed.serve()?;
    let mut api = queries::open(&server).await?;
    let mut times = Vec::new();
    for turn in 0..TRACES {
        let trace = turn.wrapping_mul(0x9e37_79b9_7f4a_7c15) % traces;
        let request = Request::Trace(spans::trace_name(trace));
        let (took, rows) = request.send(&mut api).await?;
        let count = rows.len() as u64;
        ensure!(count == SPANS_A_TRACE, "trace {trace} has {count} spans");
        times.push(took.as_secs_f64() * 1e3);
    }
    let memory = server.memory()?;
    drop(api);
    server.end()?;
    times.sort_by(f64::total_cmp);
    Ok((times, memory))
}
