//! `cargo xtask demo`: from a clone to the running system, with progress all the way, until Ctrl-C.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::stack::plan::Tokens;
use crate::stack::{Config, Stack, lines, ports};
use crate::stop::Stop;
use crate::{console, http, npm, programs, workspace};

/// The first booking is announced by the load, and found in the store, within this time.
const FIRST_TRACE_MAX: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(100);
/// A file of this name marks a data folder as the demo's own, to be emptied by the next.
const MARK: &str = ".throughline-demo";

/// Run the store, the platform's nine services and a gentle load on this machine
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store's ports: 4321, 4318 and 4317, or whichever are free
    #[arg(long, value_enum, default_value_t = Ports::Default)]
    ports: Ports,
    /// Where everything is written: data, databases, logs [default: demo-data in the repository]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Leave the web console as it is: neither Node nor npm is needed
    #[arg(long)]
    no_web: bool,
    /// How much the load does, in spans that the services make of it [default: a gentle 310]
    #[arg(long, value_name = "SPANS")]
    spans_per_minute: Option<u32>,
    /// Go on with the last demo's data instead of beginning anew
    #[arg(long)]
    keep: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Ports {
    Default,
    Auto,
}

pub(crate) fn run(args: &Args, stop: &Stop) -> Result<()> {
    let well_known_ports = args.ports == Ports::Default;
    if well_known_ports {
        ports::require_free(&ports::DEFAULT)?;
    }
    let data = args
        .data
        .clone()
        .unwrap_or_else(|| workspace::root().join("demo-data"));
    let data = prepare(&data, args.keep)?;
    build_console(args.no_web, stop)?;
    say("building the programs with cargo");
    let programs = programs::build(stop)?;

    say("starting the store, nine services and the load");
    let tokens = Tokens::new();
    let config = Config {
        programs,
        data,
        well_known_ports,
        spans_per_minute: args.spans_per_minute,
        tokens,
    };
    let mut stack = Stack::start(config, stop)?;
    say("waiting for the first booking");
    let trace = first_trace(&mut stack, stop)?;
    announce(&stack, &trace);

    let watched = stack.watch(stop);
    println!("\nstopping");
    stack.end(stop);
    if watched.is_ok() {
        println!("everything has ended");
    }
    watched
}

fn say(what: &str) {
    println!("▸ {what}");
}

/// The demo's own folder, emptied unless its data is to be kept. A folder that some earlier demo did
/// not make is never touched.
fn prepare(data: &Path, keep: bool) -> Result<PathBuf> {
    let mark = data.join(MARK);
    let is_empty = fs::read_dir(data).map_or(true, |mut entries| entries.next().is_none());
    if !is_empty && !mark.is_file() {
        bail!(
            "{} is not empty and not a demo's: choose another folder with `--data DIR`",
            data.display()
        );
    }
    if !is_empty && !keep {
        fs::remove_dir_all(data).with_context(|| format!("could not empty {}", data.display()))?;
    }
    fs::create_dir_all(data).with_context(|| format!("could not create {}", data.display()))?;
    fs::write(&mark, "").with_context(|| format!("could not write {}", mark.display()))?;
    data.canonicalize()
        .with_context(|| format!("could not find {}", data.display()))
}

/// Builds the console if Node is there; says what follows if it is not.
fn build_console(no_web: bool, stop: &Stop) -> Result<()> {
    if no_web {
        return Ok(());
    }
    if let Some(reason) = npm::missing() {
        say(&format!(
            "{reason}: the demo runs without the web console, unless one was built before"
        ));
        return Ok(());
    }
    say("building the console with npm");
    console::install(stop).context(
        "could not install the console's packages (is there a network?); \
         `cargo xtask demo --no-web` runs without the web console",
    )?;
    console::build(stop).context("could not build the console")
}

/// A booking's trace that the load announced and the store has.
fn first_trace(stack: &mut Stack, stop: &Stop) -> Result<String> {
    let what = "a booking's trace";
    let trace = stack.wait_for_load(what, FIRST_TRACE_MAX, stop, lines::announced_trace)?;
    let url = format!("{}/api/v1/traces/{trace}", stack.addresses.console);
    let begun = Instant::now();
    while begun.elapsed() < FIRST_TRACE_MAX {
        stack.require_alive()?;
        stop.check()?;
        if http::get(&url).is_ok_and(|(status, _)| status == 200) {
            return Ok(trace);
        }
        thread::sleep(POLL);
    }
    bail!("the store never had the load's first trace, {trace}; {url} does not answer 200")
}

fn announce(stack: &Stack, trace: &str) {
    let addresses = &stack.addresses;
    println!("\nThroughline is running.\n");
    println!("  console    {}", addresses.console);
    println!("  one trace  {}/trace/{trace}", addresses.console);
    println!("  OTLP       {} (HTTP)", addresses.otlp_http);
    println!("             {} (gRPC)", addresses.otlp_grpc);
    println!(
        "  copilots   POST /mcp, Authorization: Bearer {}",
        stack.config.tokens.copilot
    );
    println!("  logs       {}\n", workspace::shown(&stack.config.logs()));
    for (name, url, pid) in stack.services() {
        println!("  {name:<28} {:<24} process {pid}", url.unwrap_or(""));
    }
    let program = stack.config.programs.throughline.display();
    println!("\nAsk it from here:");
    println!(
        "  {program} query --url {} \"| where duration > 100ms | limit 20\"",
        addresses.console
    );
    println!("\nCtrl-C stops everything.");
}
