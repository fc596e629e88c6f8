//! `throughline query`: sends a query to a running server, and shows its rows or what it would do.

use super::{EXIT_USAGE, Secret, ended, lines, mistake, table, terminal};
use crate::query::time_range;
use clap::{Args, ValueEnum};
use http::StatusCode;
use model::Clock;
use reqwest::blocking::{Client, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::Duration;

pub(super) const EXAMPLES: &str = "\
Examples:
  throughline query \"| summarize count() by ['service.name']\"
  throughline query \"| where duration > 100ms | sort by duration desc | limit 20\" --start now-1h
  throughline query \"| where ['http.status_code'] >= 500\" --format csv > errors.csv
  throughline query --sql 'SELECT \"service.name\", count(*), percentile(duration, 95) FROM traces GROUP BY 1'
      the same fields in SQL: a name with a dot or a dash in double quotes, a text in single ones
  throughline query --explain \"| where duration > 100ms | summarize count() by name\"
      says what the query would do, step by step, and which files and columns it would read; runs nothing

A query that starts with | runs over --dataset. In a terminal a table is cut to its width;
written to a file or a pipe, a table is as wide as it needs to be.
Exit codes: 0 answered, 1 the server refused or failed, 64 the command line is wrong,
65 the query has a mistake, 69 no Throughline answered at the address.";

/// `EX_DATAERR` and `EX_UNAVAILABLE` of BSD's sysexits.
const EXIT_MISTAKE: u8 = 65;
const EXIT_NO_SERVER: u8 = 69;
/// Longer than the server lets a query run.
const ANSWER_MAX: Duration = Duration::from_secs(60);

/// What to ask, whom, and how to show it.
#[derive(Debug, Args)]
pub(super) struct Settings {
    /// The query, in APL unless told
    #[arg(value_name = "QUERY")]
    text: String,
    /// The query is in SQL
    #[arg(long)]
    sql: bool,
    /// Say what the query would do, and do not run it
    #[arg(long)]
    explain: bool,
    /// The server
    #[arg(
        long,
        value_name = "URL",
        env = "THROUGHLINE_URL",
        default_value = "http://127.0.0.1:4321"
    )]
    url: String,
    /// The token that the server asks for, if it does; better in the variable, where `ps` does not show it
    #[arg(
        long,
        value_name = "TOKEN",
        env = "THROUGHLINE_TOKEN",
        hide_env_values = true,
        value_parser = Secret::read
    )]
    token: Option<Secret>,
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
enum Format {
    /// Columns for people
    Table,
    /// One array of objects
    Json,
    /// One object a line
    Ndjson,
    /// Comma-separated values with a head line
    Csv,
}

/// The part of the server's answer that is shown.
#[derive(Debug, Deserialize)]
struct Answer {
    tables: Vec<Table>,
    status: Status,
}

#[derive(Debug, Deserialize)]
struct Status {
    #[serde(default)]
    messages: Vec<Message>,
}

#[derive(Debug, Deserialize)]
struct Message {
    msg: String,
}

/// A result, column by column.
#[derive(Debug, Deserialize)]
pub(super) struct Table {
    pub(super) fields: Vec<Field>,
    pub(super) columns: Vec<Vec<Value>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Field {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
}

impl Table {
    pub(super) fn rows(&self) -> usize {
        self.columns.first().map_or(0, Vec::len)
    }
}

/// Why there are no rows to show.
#[derive(Debug)]
struct Failure {
    message: String,
    code: u8,
}

/// The server's answer to `--explain`.
#[derive(Debug, Deserialize)]
struct Explained {
    plan: String,
}

pub(super) fn run(settings: &Settings) -> ExitCode {
    let shown = match settings.explain {
        true => ask(settings).map(|Explained { plan }| explained(&plan)),
        false => ask(settings).map(|answer| show(settings.format, &answer)),
    };
    match shown {
        Ok(code) => code,
        Err(failure) => {
            terminal::complain(&failure.message);
            ExitCode::from(failure.code)
        }
    }
}

/// Where a query is sent, and how.
fn request(settings: &Settings) -> (&'static str, Value) {
    let language = if settings.sql { "sql" } else { "apl" };
    let mut request = json!({
        language: settings.text,
        "startTime": settings.start,
        "endTime": settings.end,
    });
    if !settings.sql {
        request["dataset"] = json!(settings.dataset);
    }
    let path = match (settings.explain, settings.sql) {
        (true, _) => "/api/v1/explain",
        (false, true) => "/api/v1/sql",
        (false, false) => "/v1/datasets/_apl?format=tabular",
    };
    (path, request)
}

fn ask<T: DeserializeOwned>(settings: &Settings) -> Result<T, Failure> {
    let base = settings.url.trim_end_matches('/');
    let (path, request) = request(settings);
    let url = format!("{base}{path}");
    let failure = |code, message| Failure { message, code };
    check(settings).map_err(|message| failure(EXIT_USAGE, message))?;
    let client = Client::builder()
        .timeout(ANSWER_MAX)
        .build()
        .map_err(|error| failure(1, format!("could not make a connection: {error}")))?;
    let body = request.to_string();
    let mut sending = client
        .post(&url)
        .header("content-type", "application/json")
        .body(body);
    if let Some(token) = &settings.token {
        sending = sending.bearer_auth(&token.0);
    }
    let response = sending.send().map_err(|error| {
        if error.is_builder() {
            failure(
                EXIT_USAGE,
                format!("--url {base} is no address of a server, such as http://127.0.0.1:4321"),
            )
        } else {
            let remedy = "start one with `throughline serve`, or name another with --url";
            failure(
                EXIT_NO_SERVER,
                format!("no server answers at {base}; {remedy}"),
            )
        }
    })?;
    if matches!(response.status().as_u16(), 404 | 405) {
        let remedy = "name the address of the console and the API with --url";
        return Err(failure(
            EXIT_NO_SERVER,
            format!("what answers at {base} is no API of Throughline; {remedy}"),
        ));
    }
    if !response.status().is_success() {
        return Err(refused(&settings.text, response));
    }
    response
        .json()
        .map_err(|error| failure(1, format!("could not read the answer of {base}: {error}")))
}

/// What the server would refuse, said of the flag that it comes from.
fn check(settings: &Settings) -> Result<(), String> {
    if settings.text.trim().is_empty() {
        return Err("the query is empty; write one such as \"| take 10\"".to_owned());
    }
    let now_nanos = Clock::System.now_nanos();
    for (flag, time) in [("--start", &settings.start), ("--end", &settings.end)] {
        if let Some(time) = time {
            time_range::parse(time, now_nanos).map_err(|problem| format!("{flag}: {problem}"))?;
        }
    }
    Ok(())
}

/// What the server said, with its mistakes drawn under the query.
fn refused(query: &str, response: Response) -> Failure {
    let status = response.status();
    let body: Value = response.json().unwrap_or_default();
    let mistakes = mistake::read(&body);
    if mistakes.is_empty() {
        let said = body["message"]
            .as_str()
            .unwrap_or_else(|| status.canonical_reason().unwrap_or("no reason"));
        let remedy = match status {
            StatusCode::UNAUTHORIZED => "; give one with --token or THROUGHLINE_TOKEN",
            _ => "",
        };
        let message = format!(
            "the server refused ({}): {}{remedy}",
            status.as_u16(),
            terminal::plain(said)
        );
        return Failure { message, code: 1 };
    }
    let mut message = String::from("the query has a mistake");
    for mistake in &mistakes {
        let _ = write!(message, "\n{}", mistake::draw(query, mistake));
    }
    Failure {
        message,
        code: EXIT_MISTAKE,
    }
}

/// A plan, line by line.
fn explained(plan: &str) -> ExitCode {
    let lines = plan.lines().map(terminal::plain);
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    ended(terminal::write(&text))
}

fn show(format: Format, answer: &Answer) -> ExitCode {
    let Some(table) = answer.tables.first() else {
        terminal::complain("the server sent no table");
        return ExitCode::FAILURE;
    };
    for message in &answer.status.messages {
        terminal::complain(&terminal::plain(&message.msg));
    }
    let text = match format {
        Format::Table => table::draw(table, width()),
        Format::Json => lines::json(table),
        Format::Ndjson => lines::ndjson(table),
        Format::Csv => lines::csv(table),
    };
    ended(terminal::write(&text))
}

/// The width of the terminal; none where there is no terminal to fit.
fn width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size()?;
    std::io::stdout()
        .is_terminal()
        .then_some(usize::from(width.0))
}
