//! Other programs, run to their end: their output goes to the person's terminal or into a string.

use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::stop::Stop;

/// How often a running program is looked at.
const POLL: Duration = Duration::from_millis(50);

/// What no proxy stands before.
const LOOPBACK: &str = "127.0.0.1,localhost";

/// A cargo that does not inherit what `cargo run` told this program about itself: some build scripts
/// watch those variables and would be run again, and with them half of the dependencies.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command
        .current_dir(crate::workspace::root())
        .args(arguments);
    for (name, _) in std::env::vars_os() {
        let told = name.to_string_lossy();
        if told.starts_with("CARGO_PKG_") || told.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Has `command` reach this machine's own addresses directly. On a machine behind a proxy the programs
/// would ask the proxy for 127.0.0.1, which there is another machine.
pub(crate) fn past_the_proxy(command: &mut Command) {
    // Some programs read the one spelling, some the other.
    let set = |name| std::env::var(name).ok();
    let exceptions = with_loopback(set("NO_PROXY").or_else(|| set("no_proxy")));
    command.env("NO_PROXY", &exceptions);
    command.env("no_proxy", &exceptions);
}

/// The person's own exceptions and the loopback addresses.
fn with_loopback(exceptions: Option<String>) -> String {
    let own = exceptions.filter(|list| !list.trim().is_empty());
    own.into_iter()
        .chain([LOOPBACK.to_owned()])
        .collect::<Vec<_>>()
        .join(",")
}

/// Runs `command` with the terminal's own input and output; an error unless it succeeds.
pub(crate) fn run(command: &mut Command, stop: &Stop) -> Result<()> {
    stop.check()?;
    let line = line(command);
    let mut child = command
        .spawn()
        .with_context(|| format!("could not start `{line}`"))?;
    let status = wait(&mut child, stop).with_context(|| format!("could not wait for `{line}`"))?;
    stop.check()?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// What `command` prints to its standard output; an error, with what it printed to the other, unless
/// it succeeds.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let line = line(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("could not start `{line}`"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{line}` failed ({}): {}", output.status, said.trim());
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{line}` printed no UTF-8"))
}

/// Whether packages of the system can be installed: by root on a Debian.
pub(crate) fn may_install() -> bool {
    let root = read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    root && read(Command::new("apt-get").arg("--version")).is_ok()
}

/// Installs one of Debian's packages.
pub(crate) fn apt_install(package: &str, stop: &Stop) -> Result<()> {
    run(Command::new("apt-get").arg("update"), stop)?;
    let mut install = Command::new("apt-get");
    install.args(["install", "-y", "--no-install-recommends", package]);
    run(install.env("DEBIAN_FRONTEND", "noninteractive"), stop)
}

/// Sends SIGTERM to each of the processes. The shell's own `kill` is there on every machine, and
/// takes a dead process for done.
pub(crate) fn terminate(pids: &[u32]) {
    if pids.is_empty() {
        return;
    }
    let mut kill = Command::new("sh");
    kill.args(["-c", r#"kill -TERM "$@" 2>/dev/null"#, "kill"]);
    kill.args(pids.iter().map(u32::to_string));
    // A process that ended by itself in between is what was wanted.
    let _ = kill.status();
}

fn wait(child: &mut Child, stop: &Stop) -> Result<ExitStatus> {
    let mut told = false;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if stop.asked() && !told {
            terminate(&[child.id()]);
            told = true;
        }
        if stop.insisted() {
            child.kill()?;
        }
        thread::sleep(POLL);
    }
}

/// The command as a person would type it.
fn line(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{past_the_proxy, with_loopback};

    #[test]
    fn the_persons_own_exceptions_are_kept() {
        let of = |list: Option<&str>| with_loopback(list.map(str::to_owned));
        assert_eq!(of(None), "127.0.0.1,localhost");
        assert_eq!(of(Some(" ")), "127.0.0.1,localhost");
        assert_eq!(
            of(Some("intra.example")),
            "intra.example,127.0.0.1,localhost"
        );
    }

    #[test]
    fn both_spellings_are_set() {
        let mut command = Command::new("true");
        past_the_proxy(&mut command);
        for spelling in ["NO_PROXY", "no_proxy"] {
            let value = command.get_envs().find(|(name, _)| *name == spelling);
            let value = value.and_then(|(_, value)| value).unwrap();
            assert!(value.to_string_lossy().ends_with("127.0.0.1,localhost"));
        }
    }
}
