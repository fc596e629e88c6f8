//! `throughline query`: sends a query to a running server, and shows its rows or what it would do.

use super::answer::{self, Answer, Table};
use super::remote::{self, Failure, Remote};
use super::{ended, lines, table, terminal, waiting};
use crate::query::time_range;
use clap::{Args, ValueEnum};
use model::Clock;
use serde::Deserialize;
use serde_json::{Value, json};
use std::ffi::OsString;
use std::io::{self, Read as _};
use std::process::ExitCode;

pub(super) const EXAMPLES: &str = "\
Examples:
  throughline query \"| summarize count() by ['service.name']\"
  throughline query \"| where duration > 100ms | sort by duration desc | limit 20\" --start now-1h
  throughline query \"| where ['http.status_code'] >= 500\" --format csv > errors.csv
  throughline query --sql 'SELECT \"service.name\", percentile(duration, 95) FROM traces GROUP BY 1'
      the same fields in SQL: a name with a dot or a dash in double quotes, a text in single ones
  throughline query --explain \"| where duration > 100ms | summarize count() by name\"
      says what the query would do, step by step, and which files and columns it would read; \
      runs nothing
  throughline query --sql - < errors-by-route.sql
      reads the query from a file, or from what is typed until Ctrl-D

A query that starts with | runs over --dataset. Ctrl-C ends it, at the server, too. \
In a terminal a table is cut to its width; written to a file or a pipe it is as wide as it needs to be.
Exit codes: 0 answered, 1 the server refused or failed, 64 the command line is wrong, \
65 the query has a mistake, 69 no Throughline answered at the address, 130 ended by Ctrl-C.";

/// More than a server takes of a query, which says how much that is.
const READ_BYTES_MAX: u64 = 256 << 10;

/// What to ask, whom, and how to show it.
#[derive(Debug, Args)]
pub(super) struct Settings {
    /// The query, in APL unless told; one text, in quotes; - reads it from the standard input
    #[arg(value_name = "QUERY", required = true)]
    text: Vec<String>,
    /// The query is in SQL
    #[arg(long)]
    sql: bool,
    /// Say what the query would do, and do not run it
    #[arg(long)]
    explain: bool,
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
    /// How to show the rows; of no meaning to --explain
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

impl Settings {
    fn text(&self) -> &str {
        self.text.first().map_or("", String::as_str)
    }
}

/// The server's answer to `--explain`.
#[derive(Debug, Deserialize)]
struct Explained {
    plan: String,
}

/// The arguments of the program, in which a query that starts with a comment of SQL, `-- errors by route`, is no option.
pub(super) fn arguments(all: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let all: Vec<OsString> = all.collect();
    let is_text = |argument: &OsString| {
        let rest = argument.to_str().and_then(|it| it.strip_prefix("--"));
        let name = rest.map(|rest| rest.split('=').next().unwrap_or_default());
        name.is_some_and(|name| name.contains(char::is_whitespace))
    };
    if all.iter().any(|argument| argument == "--") || !all.iter().any(is_text) {
        return all;
    }
    let (texts, mut options): (Vec<_>, Vec<_>) = all.into_iter().partition(is_text);
    options.push("--".into());
    options.extend(texts);
    options
}

/// The query, if it is to be read from elsewhere.
fn read(mut settings: Settings) -> Result<Settings, Failure> {
    if settings.text == ["-"] {
        // What has no end is not waited for.
        let mut input = io::stdin().take(READ_BYTES_MAX + 1);
        let mut bytes = Vec::new();
        let read = input.read_to_end(&mut bytes);
        read.map_err(|error| Failure::usage(format!("could not read the query: {error}")))?;
        if bytes.len() as u64 > READ_BYTES_MAX {
            let most = READ_BYTES_MAX >> 10;
            return Err(Failure::usage(format!(
                "the query is too long: expected at most {most} KiB on the standard input"
            )));
        }
        let text = String::from_utf8(bytes).map_err(|_| {
            Failure::usage("could not read the query: expected text in UTF-8 on the standard input")
        })?;
        settings.text = vec![text];
    }
    Ok(settings)
}

pub(super) fn run(settings: Settings) -> ExitCode {
    remote::run(async {
        let settings = &read(settings)?;
        check(settings)?;
        let connection = settings.remote.connect()?;
        let (path, request) = request(settings);
        let text = settings.text();
        if settings.explain {
            let asked = answer::ask(&connection, path, text, &request);
            let explained = waiting::until(asked).await;
            let Explained { plan } = explained.map_err(|failure| hinted(settings, failure))?;
            return Ok(shown(&plan));
        }
        let asked = answer::ask(&connection, path, text, &request);
        let answer = waiting::until(asked).await;
        let answer = answer.map_err(|failure| hinted(settings, failure))?;
        show(settings.format, &answer)
    })
}

/// Where a query is sent, and how.
fn request(settings: &Settings) -> (&'static str, Value) {
    let language = if settings.sql { "sql" } else { "apl" };
    let mut request = json!({
        language: settings.text(),
        "startTime": settings.start,
        "endTime": settings.end,
    });
    if !settings.sql {
        request["dataset"] = json!(settings.dataset);
    }
    let path = match (settings.explain, settings.sql) {
        (true, _) => "/api/v1/explain",
        (false, true) => "/api/v1/sql",
        (false, false) => answer::APL,
    };
    (path, request)
}

/// What the server would refuse, said of the flag that it comes from.
fn check(settings: &Settings) -> Result<(), Failure> {
    if settings.text.len() > 1 {
        return Err(Failure::usage(
            "the query is one text: put it in quotes, as in throughline query \"| take 10\"",
        ));
    }
    if settings.text().trim().is_empty() {
        return Err(Failure::usage(match settings.sql {
            true => "the query is empty; write one such as \"SELECT * FROM traces LIMIT 10\"",
            false => "the query is empty; write one such as \"| take 10\"",
        }));
    }
    let now_nanos = Clock::System.now_nanos();
    let moment = |flag: &str, time: &Option<String>| match time {
        None => Ok(None),
        Some(time) => time_range::parse(time, now_nanos)
            .map(Some)
            .map_err(|problem| Failure::usage(format!("{flag}: {problem}"))),
    };
    let (start, end) = (
        moment("--start", &settings.start)?,
        moment("--end", &settings.end)?,
    );
    match start.zip(end) {
        Some((start, end)) if start >= end => Err(Failure::usage(
            "--start is not before --end: nothing lies between",
        )),
        _ => Ok(()),
    }
}

/// APL that is sent as SQL is told as such; the server tells of the reverse.
fn hinted(settings: &Settings, mut failure: Failure) -> Failure {
    let source = settings.text().split_once('|').map(|(source, _)| source);
    let is_apl = source.is_some_and(|source| source.split_whitespace().count() <= 1);
    if failure.code == answer::EXIT_MISTAKE && settings.sql && is_apl {
        let hint = "\nit looks like APL: leave out --sql";
        failure.message.push_str(hint);
    }
    failure
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

/// A plan, line by line.
fn shown(plan: &str) -> ExitCode {
    let lines = plan.lines().map(terminal::plain);
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    ended(terminal::write(&text))
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
