//! `throughline query`: sends a query to a running server and shows its rows.

use super::answer::{self, Answer, Table};
use super::remote::{self, Failure, Remote};
use super::{ended, lines, table, terminal, waiting};
use crate::query::time_range;
use clap::{Args, ValueEnum};
use model::Clock;
use serde_json::json;
use std::process::ExitCode;

pub(super) const EXAMPLES: &str = "\
Examples:
  throughline query \"| summarize count() by ['service.name']\"
  throughline query \"| where duration > 100ms | sort by duration desc | limit 20\" --start now-1h
  throughline query \"| where ['http.status_code'] >= 500\" --format csv > errors.csv

A query that starts with | runs over --dataset. Ctrl-C ends it, at the server, too.
In a terminal a table is cut to its width;
written to a file or a pipe it is as wide as it needs to be.
Exit codes: 0 answered, 1 the server refused or failed, 64 the command line is wrong,
65 the query has a mistake, 69 no Throughline answered at the address, 130 ended by Ctrl-C.";

/// What to ask, whom, and how to show it.
#[derive(Debug, Args)]
pub(super) struct Settings {
    /// The query, in APL
    apl: String,
    #[command(flatten)]
    remote: Remote,
    /// What a query that starts with | runs over
    #[arg(long, value_name = "NAME", default_value = "traces")]
    dataset: String,
    /// Leave out spans before this: now-1h, or 2026-11-22T10:00:00Z [default: none]
    #[arg(long, value_name = "TIME")]
    start: Option<String>,
    /// Leave out spans from this on [default: none]
    #[arg(long, value_name = "TIME")]
    end: Option<String>,
    /// How to show the rows
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Columns for people
    Table,
    /// One array of objects
    Json,
    /// One object a line
    Ndjson,
    /// Comma-separated values with a head line
    Csv,
}

pub(super) fn run(settings: &Settings) -> ExitCode {
    remote::run(async {
        check(settings)?;
        let connection = settings.remote.connect()?;
        let request = json!({
            "apl": settings.apl,
            "dataset": settings.dataset,
            "startTime": settings.start,
            "endTime": settings.end,
        });
        let answer = waiting::until(answer::ask(&connection, &request)).await?;
        show(settings.format, &answer)
    })
}

/// What the server would refuse, said of the flag that it comes from.
fn check(settings: &Settings) -> Result<(), Failure> {
    if settings.apl.trim().is_empty() {
        return Err(Failure::usage(
            "the query is empty; write one such as \"| take 10\"",
        ));
    }
    let now_nanos = Clock::System.now_nanos();
    for (flag, time) in [("--start", &settings.start), ("--end", &settings.end)] {
        if let Some(time) = time {
            time_range::parse(time, now_nanos)
                .map_err(|problem| Failure::usage(format!("{flag}: {problem}")))?;
        }
    }
    Ok(())
}

fn show(format: Format, answer: &Answer) -> Result<ExitCode, Failure> {
    let Some(table) = answer.tables.first() else {
        return Err(Failure::new(1, "the server sent no table"));
    };
    for message in &answer.status.messages {
        terminal::complain(&terminal::plain(&message.msg));
    }
    Ok(ended(terminal::write(&format.draw(table))))
}

impl Format {
    pub(super) fn draw(self, table: &Table) -> String {
        match self {
            Self::Table => table::draw(table, terminal::width()),
            Self::Json => lines::json(table),
            Self::Ndjson => lines::ndjson(table),
            Self::Csv => lines::csv(table),
        }
    }
}
