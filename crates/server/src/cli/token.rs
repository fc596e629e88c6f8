//! `throughline token`: made, listed and revoked where the control data are, also while a server runs, which takes it in
//! within a second.

use super::{EXIT_USAGE, Parts, ended, table, terminal};
use crate::config::parse_age;
use crate::message::whole;
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand, ValueEnum};
use control::{Capabilities, Control, NewToken};
use model::Clock;
use place::Place;
use std::process::ExitCode;
use std::time::Duration;

/// Tokens as rows.
mod listed;
/// Where tokens are, as the command line says it.
mod place;

/// In place of a dataset: all of them.
const EVERY_DATASET: &str = "*";

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

A token is shown once. It is made in ./throughline-data, or where --data says, which the \
message names. As soon as there is one, every door asks for one: OTLP, events, queries, the console.
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
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    name: String,
    /// What it may do
    #[arg(long, value_enum, value_delimiter = ',', default_values = ["ingest", "query"])]
    can: Vec<Can>,
    /// In which datasets; repeatable [default: all]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    dataset: Vec<String>,
    /// For how long: 90d, 12h [default: until it is revoked]
    #[arg(long, value_name = "AGE", value_parser = parse_life)]
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
    if let Some(error) = datasets_named(&settings).find_map(|name| store::check_name(name).err()) {
        terminal::complain(&format!("--dataset: {}", whole(&error)));
        return ExitCode::from(EXIT_USAGE);
    }
    let place = match Place::read(settings.parts.clone()) {
        Ok(place) => place,
        Err(code) => return code,
    };
    let control = match place.make().await {
        Ok(control) => control,
        Err(code) => return code,
    };
    for name in datasets_named(&settings) {
        place.remark_on(&control, name).await;
    }
    match control.create_token(wanted(&settings)).await {
        Ok((token, secret)) => {
            terminal::complain(&format!(
                "token {} ({}) is made in {}; it is shown this once:",
                token.id,
                terminal::plain(&token.name),
                place.shown()
            ));
            ended(terminal::write(&format!("{}\n", secret.reveal())))
        }
        Err(error) => failed(&whole(&error)),
    }
}

/// Those that are to be there: all others are none in particular.
fn datasets_named(settings: &Create) -> impl Iterator<Item = &String> {
    let named = settings.dataset.iter();
    named.filter(|name| *name != EVERY_DATASET)
}

fn wanted(settings: &Create) -> NewToken {
    let can = |what| settings.can.contains(&what);
    let datasets = match settings.dataset.as_slice() {
        [] => vec![EVERY_DATASET.to_owned()],
        named => named.to_vec(),
    };
    let after = |age: Duration| i64::try_from(age.as_nanos()).unwrap_or(i64::MAX);
    NewToken {
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
    }
}

/// Reads how long a token lasts.
fn parse_life(text: &str) -> Result<Duration, String> {
    match parse_age(text)? {
        Duration::ZERO => Err(
            "it would be worthless at once: say how long it is to last, as in 90d, or leave --expires out"
                .to_owned(),
        ),
        age => Ok(age),
    }
}

async fn list(parts: Parts) -> ExitCode {
    let looked = match Place::read(parts) {
        Ok(place) => place.look().await,
        Err(code) => return code,
    };
    let control = match looked {
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
    let text = match tokens.is_empty() {
        true => String::new(),
        // An id is of use only as a whole: nothing is cut to the terminal.
        false => table::draw(&listed::table(&tokens, Clock::System.now_nanos()), None),
    };
    ended(terminal::write(&text))
}

async fn revoke(settings: Revoke) -> ExitCode {
    let opened = match Place::read(settings.parts) {
        Ok(place) => place.open().await,
        Err(code) => return code,
    };
    let control = match opened {
        Ok(control) => control,
        Err(code) => return code,
    };
    match control.revoke_token(&settings.id).await {
        Ok(()) => ended(terminal::write("revoked\n")),
        Err(error) => {
            let remedy = match control.tokens().iter().find(|it| it.name == settings.id) {
                Some(token) => format!("that is a name, and its id is {}", token.id),
                None => "`throughline token list` shows those there are".to_owned(),
            };
            failed(&format!("{}; {remedy}", whole(&error)))
        }
    }
}

fn failed(message: &str) -> ExitCode {
    terminal::complain(message);
    ExitCode::FAILURE
}
