//! The running system: the store, the payment provider, the nine services and the load, every one a
//! process of its own. The demo and the end-to-end tests start the same stack; what differs is ports
//! and folders.
//!
//! Config → start → watch → end. A stack that is dropped ends as well, so that no error path leaves
//! processes behind; the keeper does the same when xtask itself is killed.

/// Ends the processes when xtask itself is killed.
mod keeper;
/// What the processes print about themselves.
pub(crate) mod lines;
/// The nine services, and the command line of each process.
pub(crate) mod plan;
/// Are the well-known ports free?
pub(crate) mod ports;
/// One started program and its log.
pub(crate) mod process;

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::programs::Programs;
use crate::shell;
use crate::stop::Stop;
use keeper::Keeper;
use plan::{Addresses, Tokens};
use process::{Process, Spec};

/// A process that is not ready after this long never will be.
const READY_MAX: Duration = Duration::from_secs(30);
/// A process that has not ended this long after SIGTERM is killed.
const END_MAX: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(50);

/// Where the stack runs.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) programs: Programs,
    /// Everything is written below this folder: logs, the store, the platform's databases.
    pub(crate) data: PathBuf,
    /// The store's ports: the well-known ones, or whichever are free.
    pub(crate) well_known_ports: bool,
    /// How much the load is to do; it has a measure of its own.
    pub(crate) spans_per_minute: Option<u32>,
    pub(crate) tokens: Tokens,
}

impl Config {
    /// Where each process's output goes: `<name>.log`.
    pub(crate) fn logs(&self) -> PathBuf {
        self.data.join("logs")
    }
}

/// The order of starting; the end goes backwards, so that the store hears everybody's last spans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wave {
    Store,
    Payments,
    Apis,
    Others,
    Load,
}

const WAVES: [Wave; 5] = [
    Wave::Store,
    Wave::Payments,
    Wave::Apis,
    Wave::Others,
    Wave::Load,
];

/// All processes, in the order in which they were started.
#[derive(Debug)]
pub(crate) struct Stack {
    pub(crate) config: Config,
    pub(crate) addresses: Addresses,
    processes: Vec<(Wave, Process)>,
    keeper: Keeper,
}

impl Stack {
    /// Starts everything and waits until everything is ready.
    pub(crate) fn start(config: Config, stop: &Stop) -> Result<Self> {
        let logs = config.logs();
        fs::create_dir_all(&logs)
            .with_context(|| format!("could not create {}", logs.display()))?;
        let mut stack = Self {
            config,
            addresses: Addresses::default(),
            processes: Vec::new(),
            keeper: Keeper::start()?,
        };
        for wave in WAVES {
            stack.start_wave(wave, stop)?;
        }
        Ok(stack)
    }

    /// Starts one wave's processes side by side, then waits for each.
    fn start_wave(&mut self, wave: Wave, stop: &Stop) -> Result<()> {
        let first = self.processes.len();
        for spec in self.specs(wave) {
            stop.check()?;
            let process = Process::start(&spec, &self.config.logs())?;
            self.keeper.keep(process.pid())?;
            self.processes.push((wave, process));
        }
        for (_, process) in &mut self.processes[first..] {
            let addresses = if wave == Wave::Store { 3 } else { 1 };
            let found = |output: &str| lines::ready(addresses, output);
            let urls = process.wait_for("that it is ready", READY_MAX, stop, found)?;
            process.url = urls.first().cloned();
            self.addresses.learn(&process.name, urls);
        }
        Ok(())
    }

    fn specs(&self, wave: Wave) -> Vec<Spec> {
        let (config, addresses) = (&self.config, &self.addresses);
        match wave {
            Wave::Store => vec![plan::store(config)],
            Wave::Payments => vec![plan::payments(config)],
            Wave::Apis => plan::apis(config, addresses),
            Wave::Others => plan::others(config, addresses),
            Wave::Load => vec![plan::load(config, addresses)],
        }
    }

    /// Name, address and process id of each of the nine services, in the order of the plan.
    pub(crate) fn services(&self) -> impl Iterator<Item = (&str, Option<&str>, u32)> {
        plan::SERVICES.iter().filter_map(|service| {
            let (_, process) = self
                .processes
                .iter()
                .find(|(_, process)| process.name == service.name)?;
            Some((service.name, process.url.as_deref(), process.pid()))
        })
    }

    /// Where the load's output goes.
    pub(crate) fn load_log(&self) -> PathBuf {
        self.config.logs().join(format!("{}.log", plan::LOAD))
    }

    /// Waits for a line of the load's output.
    pub(crate) fn wait_for_load<T>(
        &mut self,
        what: &str,
        within: Duration,
        stop: &Stop,
        found: impl Fn(&str) -> Option<T>,
    ) -> Result<T> {
        let load = self
            .processes
            .iter_mut()
            .find(|(wave, _)| *wave == Wave::Load);
        let (_, load) = load.context("there is no load")?;
        load.wait_for(what, within, stop, found)
    }

    /// Returns when the person asks for the end; an error when a process ends by itself.
    pub(crate) fn watch(&mut self, stop: &Stop) -> Result<()> {
        while !stop.asked() {
            self.require_alive()?;
            thread::sleep(POLL);
        }
        Ok(())
    }

    /// An error, with the end of its log, if any process ended by itself.
    pub(crate) fn require_alive(&mut self) -> Result<()> {
        self.processes
            .iter_mut()
            .try_for_each(|(_, process)| process.require_alive())
    }

    /// Ends everything, last wave first. Whoever asks a second time gets it at once.
    pub(crate) fn end(mut self, stop: &Stop) {
        self.end_in_order(Some(stop));
    }

    fn end_in_order(&mut self, stop: Option<&Stop>) {
        for wave in WAVES.iter().rev() {
            let members = self.processes.iter_mut().filter(|(of, _)| of == wave);
            end(members.map(|(_, process)| process).collect(), stop);
        }
        self.processes.clear();
        self.keeper.dismiss();
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        self.end_in_order(None);
    }
}

/// SIGTERM to all, a while to end, SIGKILL to who is left.
fn end(mut processes: Vec<&mut Process>, stop: Option<&Stop>) {
    processes.retain_mut(|process| process.ended().is_none());
    shell::terminate(
        &processes
            .iter()
            .map(|process| process.pid())
            .collect::<Vec<_>>(),
    );
    let begun = Instant::now();
    while begun.elapsed() < END_MAX && !stop.is_some_and(Stop::insisted) {
        processes.retain_mut(|process| process.ended().is_none());
        if processes.is_empty() {
            return;
        }
        thread::sleep(POLL);
    }
    for process in processes {
        eprintln!("{} did not end when asked to; it was killed", process.name);
        process.kill();
    }
}
