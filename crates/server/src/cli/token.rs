//! `throughline token`: made, listed and revoked where the control data are, also while a server runs, which takes it in
//! within a second.

use super::{EXIT_USAGE, Parts, ended, terminal};
use crate::config::{LogPlace, Places, parse_age};
use crate::message::whole;
use crate::serve::Error;
use clap::{Args, Subcommand, ValueEnum};
use control::{Capabilities, Control, NewToken, Token};
use model::Clock;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

pub(super) const EXAMPLES: &str = "\
Examples:
  throughline token create shop --can ingest
      a token for services: OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Bearer xaat-...\"
  throughline token create grafana --can query --dataset traces --expires 90d
      a token that reads one dataset
  throughline token create admin --can ingest,query,manage
      a token that may also make datasets and tokens: of the whole server, never with --dataset
  throughline token list
  throughline token revoke 6f9619ff-8b86-4011-b42d-00c04fc964ff
  throughline token create shop --can ingest --catalog postgres://user@host/spans
      tokens are where the catalog is: say --data, --log-dir and --catalog as `serve` is told

A token is shown once. As soon as there is one, every door asks for one: OTLP, events, queries, the console.
Exit codes: 0 done, 1 could not, 64 the command line is wrong.";

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a token and show it, once
    Create(Create),
    /// Show the tokens there are, without their text
    List(Parts),
    /// Make a token worthless, for good
    Revoke(Revoke),
}

/// A token to be made.
#[derive(Debug, Args)]
pub(super) struct Create {
    /// What to call it, for people
    name: String,
    /// What it may do
    #[arg(long, value_enum, value_delimiter = ',', default_values = ["ingest", "query"])]
    can: Vec<Can>,
    /// In which datasets; repeatable [default: all]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    dataset: Vec<String>,
    /// For how long: 90d, 12h [default: until it is revoked]
    #[arg(long, value_name = "AGE", value_parser = parse_age)]
    expires: Option<Duration>,
    #[command(flatten)]
    parts: Parts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Can {
    /// Send spans and events
    Ingest,
    /// Ask queries
    Query,
    /// Make datasets, tokens, annotations; of the whole server
    Manage,
}

/// A token to be revoked.
#[derive(Debug, Args)]
pub(super) struct Revoke {
    /// Its id, as `token list` shows it
    id: String,
    #[command(flatten)]
    parts: Parts,
}

pub(super) fn run(command: Command) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return failed(&format!("could not start: {error}")),
    };
    runtime.block_on(async {
        match command {
            Command::Create(settings) => create(settings).await,
            Command::List(parts) => list(parts).await,
            Command::Revoke(settings) => revoke(settings).await,
        }
    })
}

async fn create(settings: Create) -> ExitCode {
    if !settings.dataset.is_empty() && settings.can.contains(&Can::Manage) {
        terminal::complain(
            "--can manage is of the whole server and cannot be narrowed: leave out --dataset, or manage",
        );
        return ExitCode::from(EXIT_USAGE);
    }
    let control = match open(settings.parts, true).await {
        Ok(control) => control,
        Err(code) => return code,
    };
    let can = |what| settings.can.contains(&what);
    let datasets = match settings.dataset.as_slice() {
        [] => vec!["*".to_owned()],
        named => named.to_vec(),
    };
    let after = |age: Duration| i64::try_from(age.as_nanos()).unwrap_or(i64::MAX);
    let new = NewToken {
        name: settings.name.clone(),
        description: String::new(),
        capabilities: Capabilities::simple(
            &datasets,
            can(Can::Ingest),
            can(Can::Query),
            can(Can::Manage),
        ),
        expires_nanos: settings
            .expires
            .map(|age| Clock::System.now_nanos().saturating_add(after(age))),
    };
    match control.create_token(new).await {
        Ok((token, secret)) => {
            terminal::complain(&format!(
                "token {} ({}) is made; it is shown this once:",
                token.id,
                terminal::plain(&token.name)
            ));
            ended(terminal::write(&format!("{}\n", secret.reveal())))
        }
        Err(error) => failed(&whole(&error)),
    }
}

async fn list(parts: Parts) -> ExitCode {
    let control = match look(parts).await {
        Ok(control) => control,
        Err(code) => return code,
    };
    let tokens = control.as_ref().map(Control::tokens).unwrap_or_default();
    if tokens.is_empty() {
        let message = match control.as_ref().is_none_or(Control::is_open) {
            true => "there is no token: the server is open to whoever reaches it",
            false => {
                "there is no token left, and the server stays closed: make one with `token create`"
            }
        };
        terminal::complain(message);
    }
    let mut text = String::new();
    for token in &tokens {
        let _ = writeln!(text, "{}", line(token));
    }
    ended(terminal::write(&text))
}

/// `id  name  traces: ingest, query  until 2027-01-01T00:00:00Z`
fn line(token: &Token) -> String {
    let mut line = format!("{}  {}", token.id, terminal::plain(&token.name));
    for (dataset, actions) in &token.capabilities.dataset_capabilities {
        let names: Vec<&str> = actions.keys().map(String::as_str).collect();
        let dataset = terminal::plain(dataset);
        let _ = write!(line, "  {dataset}: {}", terminal::plain(&names.join(", ")));
    }
    if !token.capabilities.org_capabilities.is_empty() {
        line.push_str("  manage");
    }
    if let Some(end) = token.expires_nanos {
        let _ = write!(line, "  until {}", apl::datetime::format(end));
    }
    line
}

async fn revoke(settings: Revoke) -> ExitCode {
    let control = match open(settings.parts, false).await {
        Ok(control) => control,
        Err(code) => return code,
    };
    match control.revoke_token(&settings.id).await {
        Ok(()) => ended(terminal::write("revoked\n")),
        Err(error) => failed(&format!(
            "{}; `throughline token list` shows those there are",
            whole(&error)
        )),
    }
}

/// In PostgreSQL, or in a directory: one that is not there is made when `is_first`.
async fn open(parts: Parts, is_first: bool) -> Result<Control, ExitCode> {
    let Places {
        directory, catalog, ..
    } = places(parts)?;
    if catalog.is_none() && is_first {
        let shown = directory.display();
        std::fs::create_dir_all(&directory)
            .map_err(|error| failed(&format!("could not create {shown}: {error}")))?;
    } else if catalog.is_none() && !directory.is_dir() {
        return Err(no_directory(&directory));
    }
    let opened = async {
        let Some(catalog) = &catalog else {
            return Ok(Control::open(&directory, Clock::System).await?);
        };
        let options = store::reach(catalog).await.map_err(Error::Store)?;
        let shown = catalog.shown();
        Ok(Control::join_postgres(options, &shown, &directory, Clock::System).await?)
    };
    opened.await.map_err(|error: Error| failed(&whole(&error)))
}

/// The same to look at: nothing is made.
async fn look(parts: Parts) -> Result<Option<Control>, ExitCode> {
    let Places {
        directory, catalog, ..
    } = places(parts)?;
    if catalog.is_none() && !directory.is_dir() {
        return Err(no_directory(&directory));
    }
    let looked = async {
        let tables = match &catalog {
            None => None,
            Some(url) => Some(store::reach(url).await.map_err(Error::Store)?),
        };
        Ok(Control::look(tables, &directory, Clock::System).await?)
    };
    looked.await.map_err(|error: Error| failed(&whole(&error)))
}

fn places(parts: Parts) -> Result<Places, ExitCode> {
    parts.places(LogPlace::Local).map_err(|error| {
        terminal::complain(&error.to_string());
        ExitCode::from(EXIT_USAGE)
    })
}

fn no_directory(directory: &Path) -> ExitCode {
    let shown = directory.display();
    terminal::complain(&format!(
        "{shown} is no data directory; name it with --data"
    ));
    ExitCode::from(EXIT_USAGE)
}

fn failed(message: &str) -> ExitCode {
    terminal::complain(message);
    ExitCode::FAILURE
}
