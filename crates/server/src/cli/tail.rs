//! `throughline tail`: rows as they arrive at a running server.
//!
//! What is new is told by `_sysTime`, the time at which a request arrived: all rows of a request have the same one, and
//! appear at once, when it is in the log. Requests that arrive side by side may appear in another order than they came
//! in, so each look goes back a while and leaves out what was shown. Rows are durable before they appear: a server
//! that is started again still has them, and the next look finds what came meanwhile.

use super::remote::{self, Connection, Failure, Remote};
use super::{ended, terminal};
use clap::{Args, ValueEnum};
use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::time::Duration;

/// Which requests are new, and their rows.
mod arrivals;
/// A row on one line.
mod line;

use arrivals::{Arrivals, Filter};
use line::Look;

pub(super) const EXAMPLES: &str = "\
Examples:
  throughline tail
      the last ten spans, and all that arrive from now on
  throughline tail error
      those that failed; a filter is a condition, or operators of APL that begin with |
  throughline tail \"['service.name'] == 'api' and duration > 100ms\" -n 0
  throughline tail \"| where ['http.status_code'] >= 500\" | jq -r .trace_id
      written to a pipe or a file, rows are lines of JSON with all their fields
  throughline tail --dataset orders --format ndjson

A line has the start of the span, its service, its name, how long it took, its HTTP status or \
`ok` or `error`, and its trace, cut where the terminal has less than 100 columns.
Each row is shown once; a server that goes away is waited for, and what arrived meanwhile is shown.
Exit codes: 0 ended by Ctrl-C or because nobody reads on, 1 the server refused or failed, \
64 the command line is wrong, 65 the filter has a mistake, 69 no Throughline answered at the address \
when it was first asked.";

/// Between two looks at the server.
const PAUSE: Duration = Duration::from_millis(500);

/// What to follow, where, and how to show it.
#[derive(Debug, Args)]
pub(super) struct Settings {
    /// Which rows: a condition, or operators such as "| where ... | extend ..." [default: all]
    filter: Option<String>,
    #[command(flatten)]
    remote: Remote,
    /// What to follow
    #[arg(long, value_name = "NAME", default_value = "traces")]
    dataset: String,
    /// How many rows that are there already to show first
    #[arg(short = 'n', long = "lines", value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(0..=1000))]
    lines: u16,
    /// How to show a row [default: line in a terminal, else ndjson]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// No colours
    #[arg(long, env = "NO_COLOR", value_parser = clap::builder::FalseyValueParser::new())]
    no_color: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for people
    Line,
    /// One object a line
    Ndjson,
}

/// Why it ends.
#[derive(Debug)]
enum End {
    Failed(Failure),
    /// Nobody reads on.
    Output(io::Error),
}

impl From<Failure> for End {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<io::Error> for End {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

pub(super) fn run(settings: &Settings) -> ExitCode {
    remote::run(async {
        let connection = settings.remote.connect()?;
        tokio::select! {
            end = follow(settings, &connection) => match end {
                End::Failed(failure) => Err(failure),
                End::Output(error) => Ok(ended(Err(error))),
            },
            _ = tokio::signal::ctrl_c() => Ok(ExitCode::SUCCESS),
        }
    })
}

async fn follow(settings: &Settings, connection: &Connection<'_>) -> End {
    let look = look(settings);
    let filter = match Filter::new(settings.filter.as_deref(), &settings.dataset) {
        Ok(filter) => filter,
        Err(failure) => return failure.into(),
    };
    let begun = Arrivals::begin(connection, &filter, settings.lines.into(), look).await;
    let mut arrivals = match begun {
        Ok(arrivals) => arrivals,
        Err(end) => return end,
    };
    let mut is_away = false;
    loop {
        tokio::time::sleep(PAUSE).await;
        match arrivals.show_new(connection, &filter).await {
            Ok(()) if is_away => {
                is_away = false;
                terminal::complain("the server answers again");
            }
            Ok(()) => {}
            Err(End::Failed(failure)) if failure.may_pass() => {
                if !is_away {
                    is_away = true;
                    let what = failure.message;
                    terminal::complain(&format!("{what}; waiting for it, nothing is lost"));
                }
            }
            Err(end) => return end,
        }
    }
}

fn look(settings: &Settings) -> Look {
    let is_terminal = io::stdout().is_terminal();
    let usual = if is_terminal {
        Format::Line
    } else {
        Format::Ndjson
    };
    match settings.format.unwrap_or(usual) {
        Format::Line => Look::Line {
            is_coloured: is_terminal && !settings.no_color,
        },
        Format::Ndjson => Look::Ndjson,
    }
}
