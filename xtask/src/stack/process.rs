//! One program of the running system: started with its output going to a log file, watched through
//! that file.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::stop::Stop;
use crate::{shell, workspace};

/// How often a log is looked at for what is waited for.
const POLL: Duration = Duration::from_millis(20);
/// So much of a log's end is shown when its process died.
const TAIL_LINES: usize = 20;

/// What to start.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    /// Its name in logs and messages: the service's, where it is one.
    pub(crate) name: String,
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<String>,
    pub(crate) environment: Vec<(String, String)>,
}

/// A started process. It does not die with its owner: see [`super::Stack`] and [`super::keeper`].
#[derive(Debug)]
pub(crate) struct Process {
    pub(crate) name: String,
    /// Where it listens, once it said so.
    pub(crate) url: Option<String>,
    log: PathBuf,
    child: Child,
}

impl Process {
    /// Starts `spec` in a process group of its own, so that Ctrl-C in the terminal reaches only us
    /// and the order of the end is ours to choose.
    pub(crate) fn start(spec: &Spec, logs: &Path) -> Result<Self> {
        let log = logs.join(format!("{}.log", spec.name));
        let context = || format!("could not write {}", log.display());
        let output = File::create(&log).with_context(context)?;
        let errors = output.try_clone().with_context(context)?;
        let mut command = Command::new(&spec.program);
        for (name, _) in std::env::vars_os() {
            // The person's own telemetry settings are not those of the stack.
            if name.to_string_lossy().starts_with("OTEL_") || name == "ENABLE_OTEL" {
                command.env_remove(&name);
            }
        }
        command.args(&spec.arguments);
        shell::past_the_proxy(&mut command);
        command.envs(spec.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(output).stderr(errors);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child = command.spawn().with_context(|| {
            format!("could not start {} ({})", spec.name, spec.program.display())
        })?;
        Ok(Self {
            name: spec.name.clone(),
            url: None,
            log,
            child,
        })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, if it did.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// An error, with the end of its log, if it ended.
    pub(crate) fn require_alive(&mut self) -> Result<()> {
        let Some(status) = self.ended() else {
            return Ok(());
        };
        let log = self.output();
        let lines: Vec<&str> = log.lines().collect();
        let tail = lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n    ");
        bail!(
            "{} ended by itself ({status}); the end of {}:\n    {tail}",
            self.name,
            workspace::shown(&self.log)
        )
    }

    /// Waits until `found` finds what it looks for in the process's output.
    pub(crate) fn wait_for<T>(
        &mut self,
        what: &str,
        within: Duration,
        stop: &Stop,
        found: impl Fn(&str) -> Option<T>,
    ) -> Result<T> {
        let begun = Instant::now();
        loop {
            if let Some(value) = found(&self.output()) {
                return Ok(value);
            }
            self.require_alive()?;
            stop.check()?;
            if begun.elapsed() > within {
                bail!(
                    "{} has not printed {what} within {} s; its log is {}",
                    self.name,
                    within.as_secs(),
                    workspace::shown(&self.log)
                );
            }
            thread::sleep(POLL);
        }
    }

    /// Kills it, if it still lives, and waits for its end.
    pub(crate) fn kill(&mut self) {
        if self.ended().is_none() {
            // It may have ended just now: then there is nothing to kill, and that is fine.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    /// All that it printed so far.
    fn output(&self) -> String {
        fs::read(&self.log)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }
}
