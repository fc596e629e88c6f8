//! Each question, timed: warm, the median of seven after one that does not count; and cold, once, by a server
//! that was just started and with nothing of the files in memory.

use super::args::Args;
use super::bed::Bed;
use super::questions::{self, Question, Scale};
use super::table::{Bar, Line, Table};
use crate::http::Connection;
use crate::load::part_of;
use crate::machine;
use crate::process::{Memory, Server};
use anyhow::{Context, Result};
use std::fs;
use std::process::Command;

pub(crate) const RUNS: usize = 7;
/// Of Linux: 3 forgets what it holds of files and of directories.
const DROP_CACHES: &str = "/proc/sys/vm/drop_caches";

/// The questions with their times.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) questions: Vec<Question>,
    /// Milliseconds; none where the answer was wrong or there was none.
    pub(crate) warm: Vec<Option<f64>>,
    pub(crate) cold: Vec<Option<f64>>,
    /// What went wrong.
    pub(crate) faults: Vec<String>,
    pub(crate) memory: Memory,
}

/// Prints the table; whether all answers are right, and every bar is met if that is asked for.
pub(crate) async fn run(args: &Args) -> Result<bool> {
    let bed = Bed::make(args).await?;
    let asked = ask_all(&bed, args).await?;
    let mut table = Table::new("queries", bed.set_up(), &["cold ms", "best peer at 2M"]);
    asked.lines(scale(&bed), &mut table);
    memory_lines(&asked.memory, &mut table);
    let met = table.print(&machine::line(&bed.directory), args.json);
    Ok(asked.is_right() && (met || !args.bar))
}

pub(crate) fn scale(bed: &Bed) -> Scale {
    if bed.days > 100 {
        Scale::Year
    } else if bed.spans <= 2_000_000 {
        Scale::Baseline
    } else {
        Scale::TenMillion
    }
}

pub(crate) async fn ask_all(bed: &Bed, args: &Args) -> Result<Asked> {
    let mut asked = Asked {
        questions: questions::all(bed),
        warm: Vec::new(),
        cold: Vec::new(),
        faults: Vec::new(),
        memory: Memory::default(),
    };
    let server = bed.serve()?;
    let mut api = open(&server).await?;
    for question in &asked.questions {
        let timed = warm(&mut api, question).await;
        asked.warm.push(noted(timed, question, &mut asked.faults));
        if asked.warm.last().is_some_and(Option::is_none) {
            // What is left of an answer belongs to no later question.
            api = open(&server).await?;
        }
    }
    asked.memory = server.memory()?;
    drop(api);
    server.end()?;
    for question in &asked.questions {
        if args.warm_only {
            asked.cold.push(None);
            continue;
        }
        let timed = cold(bed, question).await;
        asked.cold.push(noted(timed, question, &mut asked.faults));
    }
    Ok(asked)
}

async fn warm(api: &mut Connection, question: &Question) -> Result<f64> {
    let mut times = Vec::new();
    for _ in 0..=RUNS {
        times.push(once(api, question).await?);
    }
    times.remove(0);
    times.sort_by(f64::total_cmp);
    part_of(&times, 500).context("no run was timed")
}

/// One time in milliseconds, of an answer that is right.
async fn once(api: &mut Connection, question: &Question) -> Result<f64> {
    let (took, rows) = question.request.send(api).await?;
    question.truth.check(&rows)?;
    Ok(took.as_secs_f64() * 1e3)
}

async fn cold(bed: &Bed, question: &Question) -> Result<f64> {
    forget_files()?;
    let server = bed.serve()?;
    let mut api = open(&server).await?;
    let took = once(&mut api, question).await;
    drop(api);
    server.end()?;
    took
}

/// Only root may; for others a cold run is one of a server that was just started.
fn forget_files() -> Result<()> {
    Command::new("sync").status()?;
    if let Err(error) = fs::write(DROP_CACHES, "3") {
        eprintln!("could not write {DROP_CACHES} ({error}): the files stay in memory");
    }
    Ok(())
}

fn noted(timed: Result<f64>, question: &Question, faults: &mut Vec<String>) -> Option<f64> {
    timed
        .inspect_err(|error| faults.push(format!("{}: {error:#}", question.key)))
        .ok()
}

pub(crate) async fn open(server: &Server) -> Result<Connection> {
    let api = server.addresses.api.as_deref();
    Connection::open(api.context("the API has no address")?).await
}

pub(crate) fn memory_lines(memory: &Memory, table: &mut Table) {
    let mebibytes = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    let now = mebibytes(memory.resident_bytes);
    table.add(Line::new("server's memory after the warm runs", now, "MiB"));
    let peak = mebibytes(memory.peak_bytes);
    table.add(Line::new("the same, peak", peak, "MiB"));
}

impl Asked {
    pub(crate) fn lines(&self, scale: Scale, table: &mut Table) {
        for (at, question) in self.questions.iter().enumerate() {
            let warm = self.warm[at].unwrap_or(f64::NAN);
            let mut line = Line::new(question.what, warm, "ms");
            line.bar = question.bar(scale).map(Bar::AtMost);
            line.beside = vec![self.cold[at], question.best_peer];
            table.add(line);
        }
    }

    /// Says what was wrong.
    pub(crate) fn is_right(&self) -> bool {
        for fault in &self.faults {
            eprintln!("WRONG {fault}");
        }
        self.faults.is_empty()
    }
}
