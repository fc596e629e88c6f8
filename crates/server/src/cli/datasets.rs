//! `throughline datasets`: the datasets of a running server: listed, made, described, deleted.

use super::answer::{Field, Table};
use super::progress::bytes;
use super::query::Format;
use super::remote::{self, Connection, Failure, Remote};
use super::{EXIT_USAGE, ended, terminal};
use clap::{Args, Subcommand, ValueEnum};
use http::{Method, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{self, BufRead, IsTerminal};
use std::process::ExitCode;

pub(super) const EXAMPLES: &str = "\
Examples:
  throughline datasets
      what there is: name, kind, rows, fields, size on disk, newest row, how long rows are kept;
      what arrived in the last minutes is in memory and in the log, and takes no room there yet
  throughline datasets --format json | jq -r '.[].name'
  throughline datasets create orders --kind events --text \"What was booked\"
      what is sent to a name that there is none of makes one, too
  throughline datasets describe orders
      shows one with its fields
  throughline datasets describe orders --text \"What was booked and paid\"
      changes what it is said to be
  throughline datasets delete orders
      with all its rows, for good; asks for the name once more, unless there is --yes

Where tokens are asked for, what changes datasets needs one that may: `token create NAME --can manage`.
Exit codes: 0 done, 1 the server refused or failed, or it was not confirmed, 64 the command line is wrong,
69 no Throughline answered at the address.";

/// What to do with datasets.
#[derive(Debug, Args)]
pub(super) struct Settings {
    #[command(subcommand)]
    command: Option<Command>,
    /// How to show the list; but for the table, sizes are bytes and times are whole [default: table]
    #[arg(long, value_enum, global = true)]
    format: Option<Format>,
    #[command(flatten)]
    remote: Remote,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List them, as without a word
    List,
    /// Make one
    Create(Create),
    /// Show one with its fields, or change what it is said to be
    Describe(Describe),
    /// Delete one with all its rows, for good
    Delete(Delete),
}

#[derive(Debug, Args)]
struct Create {
    /// What to call it
    name: String,
    /// What it is to hold
    #[arg(long, value_enum, default_value_t = Kind::Events)]
    kind: Kind,
    /// What it is, for people
    #[arg(long)]
    text: Option<String>,
}

#[derive(Debug, Args)]
struct Describe {
    /// Which
    name: String,
    /// What it is, for people, from now on
    #[arg(long)]
    text: Option<String>,
}

#[derive(Debug, Args)]
struct Delete {
    /// Which
    name: String,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

/// What a dataset holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Spans, by OTLP
    Traces,
    /// Log records, by OTLP
    Logs,
    /// Rows of any fields
    Events,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Traces, Self::Logs, Self::Events];

    /// Axiom's name.
    fn name(self) -> &'static str {
        match self {
            Self::Traces => control::Kind::Traces.name(),
            Self::Logs => control::Kind::Logs.name(),
            Self::Events => control::Kind::Events.name(),
        }
    }

    fn word(name: &str) -> String {
        let named = Self::ALL.into_iter().find(|kind| kind.name() == name);
        let value = named.and_then(|kind| kind.to_possible_value());
        value.map_or_else(|| name.to_owned(), |value| value.get_name().to_owned())
    }
}

/// As the server lists it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dataset {
    name: String,
    kind: String,
    description: String,
    retention_days: u64,
    /// Not for a token that may only send to it.
    rows: Option<u64>,
    bytes: Option<u64>,
}

/// What it says of one besides.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    num_fields: u64,
    min_time: Option<String>,
    max_time: Option<String>,
    created: String,
    fields: Vec<OneField>,
}

#[derive(Debug, Deserialize)]
struct OneField {
    name: String,
    #[serde(rename = "type")]
    kind: String,
}

pub(super) fn run(settings: &Settings) -> ExitCode {
    remote::run(async {
        let connection = settings.remote.connect()?;
        let command = settings.command.as_ref().unwrap_or(&Command::List);
        if settings.format.is_some() && !matches!(command, Command::List) {
            return Err(Failure::usage("--format is of the list: leave it out"));
        }
        match command {
            Command::List => list(&connection, settings.format.unwrap_or(Format::Table)).await,
            Command::Create(wanted) => create(&connection, wanted).await,
            Command::Describe(wanted) => describe(&connection, wanted).await,
            Command::Delete(wanted) => delete(&connection, wanted).await,
        }
    })
}

fn path(version: &str, name: &str, end: &str) -> String {
    let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
    format!("/{version}/datasets/{name}{end}")
}

async fn details(connection: &Connection<'_>, name: &str) -> Result<Details, Failure> {
    connection
        .ask(Method::GET, &path("v1", name, "/info"), None)
        .await
}

/// One that has to be there; a name that is nearly one's is taken for misspelt.
async fn the_one(connection: &Connection<'_>, name: &str) -> Result<Dataset, Failure> {
    let asked = connection
        .ask(Method::GET, &path("v2", name, ""), None)
        .await;
    let mut failure = match asked {
        Err(failure) if failure.status == Some(StatusCode::NOT_FOUND) => failure,
        asked => return asked,
    };
    let all: Vec<Dataset> = connection.ask(Method::GET, "/v2/datasets", None).await?;
    let names = all.iter().map(|it| it.name.as_str());
    if let Some(meant) = apl::diagnostic::nearest(name, names) {
        failure.message += &format!("; did you mean {meant}?");
    }
    Err(failure)
}

async fn list(connection: &Connection<'_>, format: Format) -> Result<ExitCode, Failure> {
    let all: Vec<Dataset> = connection.ask(Method::GET, "/v2/datasets", None).await?;
    if all.is_empty() && format == Format::Table {
        terminal::complain(
            "there is no dataset yet, or none that this token may see; what is sent makes them",
        );
        return Ok(ExitCode::SUCCESS);
    }
    let mut rows = Vec::with_capacity(all.len());
    for dataset in all {
        match details(connection, &dataset.name).await {
            Ok(details) => rows.push((dataset, Some(details))),
            // The token may only send to it.
            Err(failure) if failure.status == Some(StatusCode::FORBIDDEN) => {
                rows.push((dataset, None));
            }
            // Deleted since it was listed.
            Err(failure) if failure.status == Some(StatusCode::NOT_FOUND) => {}
            Err(failure) => return Err(failure),
        }
    }
    let table = table(&rows, format == Format::Table);
    Ok(ended(terminal::write(&format.draw(&table))))
}

type Row = (Dataset, Option<Details>);

/// For people, or for programs.
fn table(rows: &[Row], is_for_people: bool) -> Table {
    let newest = |(_, details): &Row| match details.as_ref().and_then(|it| it.max_time.as_ref()) {
        Some(time) if is_for_people => json!(to_the_second(time)),
        time => json!(time),
    };
    let size = |(dataset, _): &Row| match is_for_people {
        true => json!(dataset.bytes.map(bytes)),
        false => json!(dataset.bytes),
    };
    let kept = |(dataset, _): &Row| match is_for_people {
        true => json!(days(dataset.retention_days)),
        false => json!(dataset.retention_days),
    };
    type Cell<'a> = &'a dyn Fn(&Row) -> Value;
    let columns: [(&str, &str, Cell<'_>); 8] = [
        ("name", "string", &|(dataset, _)| json!(dataset.name)),
        ("kind", "string", &|(dataset, _)| {
            json!(Kind::word(&dataset.kind))
        }),
        ("rows", "integer", &|(dataset, _)| json!(dataset.rows)),
        ("fields", "integer", &|(_, details)| {
            json!(details.as_ref().map(|it| it.num_fields))
        }),
        (
            if is_for_people { "on disk" } else { "bytes" },
            "integer",
            &size,
        ),
        ("newest", "datetime", &newest),
        (
            if is_for_people {
                "kept"
            } else {
                "retention_days"
            },
            "integer",
            &kept,
        ),
        ("description", "string", &|(dataset, _)| {
            json!(dataset.description)
        }),
    ];
    let field = |(name, kind, _): &(&str, &str, Cell<'_>)| Field {
        name: (*name).to_owned(),
        kind: (*kind).to_owned(),
    };
    Table {
        fields: columns.iter().map(field).collect(),
        columns: columns
            .iter()
            .map(|(_, _, cell)| rows.iter().map(cell).collect())
            .collect(),
        range: Default::default(),
    }
}

pub(super) fn to_the_second(time: &str) -> String {
    match time.split_once('.') {
        Some((seconds, _)) => format!("{seconds}Z"),
        None => time.to_owned(),
    }
}

fn days(days: u64) -> String {
    match days {
        0 => "< 1 day".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

async fn create(connection: &Connection<'_>, wanted: &Create) -> Result<ExitCode, Failure> {
    let body =
        json!({ "name": wanted.name, "kind": wanted.kind.name(), "description": wanted.text });
    let made = connection
        .ask(Method::POST, "/v2/datasets", Some(&body))
        .await;
    let made: Dataset = made.map_err(typed_anew)?;
    let said = format!(
        "dataset {} is made; it is to hold {}\n",
        made.name,
        Kind::word(&made.kind)
    );
    Ok(ended(terminal::write(&said)))
}

/// What the server cannot do with what was typed.
fn typed_anew(mut failure: Failure) -> Failure {
    if failure.status == Some(StatusCode::BAD_REQUEST) {
        failure.code = EXIT_USAGE;
    }
    failure
}

async fn describe(connection: &Connection<'_>, wanted: &Describe) -> Result<ExitCode, Failure> {
    let one = path("v2", &wanted.name, "");
    if let Some(text) = &wanted.text {
        let body = json!({ "description": text });
        the_one(connection, &wanted.name).await?;
        let changed = connection.ask(Method::PUT, &one, Some(&body)).await;
        let changed: Dataset = changed.map_err(typed_anew)?;
        let said = format!("dataset {} is described\n", changed.name);
        return Ok(ended(terminal::write(&said)));
    }
    let dataset = the_one(connection, &wanted.name).await?;
    let details = details(connection, &wanted.name).await?;
    Ok(ended(terminal::write(&page(&dataset, &details))))
}

fn page(dataset: &Dataset, details: &Details) -> String {
    let none = || "-".to_owned();
    let lines = [
        ("name", dataset.name.clone()),
        (
            "description",
            terminal::plain(&dataset.description).into_owned(),
        ),
        ("kind", Kind::word(&dataset.kind)),
        ("created", to_the_second(&details.created)),
        (
            "rows",
            dataset.rows.map_or_else(none, |rows| rows.to_string()),
        ),
        ("on disk", dataset.bytes.map_or_else(none, bytes)),
        (
            "oldest",
            details.min_time.as_deref().map_or_else(none, to_the_second),
        ),
        (
            "newest",
            details.max_time.as_deref().map_or_else(none, to_the_second),
        ),
        ("kept", days(dataset.retention_days)),
    ];
    let mut text: String = lines
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name:<12} {value}\n"))
        .collect();
    text.push('\n');
    let column = |of: fn(&OneField) -> &String| {
        details
            .fields
            .iter()
            .map(|field| json!(of(field)))
            .collect()
    };
    let fields = Table {
        fields: ["field", "type"]
            .map(|name| Field {
                name: name.to_owned(),
                kind: "string".to_owned(),
            })
            .into(),
        columns: vec![column(|field| &field.name), column(|field| &field.kind)],
        range: Default::default(),
    };
    text + &Format::Table.draw(&fields)
}

async fn delete(connection: &Connection<'_>, wanted: &Delete) -> Result<ExitCode, Failure> {
    let name = &wanted.name;
    let one = path("v2", name, "");
    let dataset = the_one(connection, name).await?;
    if !wanted.yes {
        confirm(&dataset)?;
    }
    connection.ask::<()>(Method::DELETE, &one, None).await?;
    let rows = dataset.rows.map(|rows| format!(", with {rows} rows"));
    let said = format!("dataset {name} is deleted{}\n", rows.unwrap_or_default());
    Ok(ended(terminal::write(&said)))
}

/// How much goes with a dataset; nothing where the token may not know.
fn held(dataset: &Dataset) -> String {
    let (rows, size) = (dataset.rows, dataset.bytes.map(bytes));
    rows.zip(size).map_or_else(String::new, |(rows, size)| {
        format!(" with {rows} rows ({size})")
    })
}

fn confirm(dataset: &Dataset) -> Result<(), Failure> {
    let (name, held) = (&dataset.name, held(dataset));
    if !io::stdin().is_terminal() {
        return Err(Failure::usage(format!(
            "nobody is there to confirm that dataset {name}{held} is to be deleted: add --yes"
        )));
    }
    terminal::complain(&format!(
        "dataset {name}{held} will be gone for good; type its name to delete it:"
    ));
    let mut typed = String::new();
    let read = io::stdin().lock().read_line(&mut typed);
    match read {
        Ok(_) if typed.trim() == name.as_str() => Ok(()),
        _ => Err(Failure::new(1, format!("dataset {name} is not deleted"))),
    }
}
