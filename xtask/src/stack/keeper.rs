//! The keeper ends the stack's processes when xtask itself is killed and can no longer do it.
//!
//! It is a shell that reads process ids from a pipe. xtask holds the pipe's only other end; when xtask
//! is gone, however it went, the pipe closes and the keeper sends SIGTERM to what it was told of. An
//! orderly end says `done` first.

use std::io::Write;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

const SCRIPT: &str = r#"
pids=
while read -r line; do
  [ "$line" = done ] && exit 0
  pids="$pids $line"
done
kill -TERM $pids 2>/dev/null
"#;

#[derive(Debug)]
pub(crate) struct Keeper(Child);

impl Keeper {
    pub(crate) fn start() -> Result<Self> {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", SCRIPT])
            .stdin(Stdio::piped())
            .stdout(Stdio::null());
        // Not in the terminal's group: Ctrl-C must not end the keeper before it has read `done`.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut shell, 0);
        shell.spawn().map(Self).context("could not start a shell")
    }

    /// From now on this process is ended when xtask is gone.
    pub(crate) fn keep(&mut self, pid: u32) -> Result<()> {
        self.say(&pid.to_string())
            .context("could not tell the keeper of a process")
    }

    /// Everything ended in order: nothing is left to be kept.
    pub(crate) fn dismiss(&mut self) {
        if self.say("done").is_ok() {
            let _ = self.0.wait();
        }
    }

    fn say(&mut self, line: &str) -> std::io::Result<()> {
        match &mut self.0.stdin {
            Some(pipe) => writeln!(pipe, "{line}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::Keeper;

    #[test]
    fn what_is_kept_ends_when_the_pipe_closes() {
        let mut sleeper = Command::new("sleep").arg("600").spawn().unwrap();
        let mut keeper = Keeper::start().unwrap();
        keeper.keep(sleeper.id()).unwrap();
        drop(keeper.0.stdin.take());
        assert!(!sleeper.wait().unwrap().success());
    }

    #[test]
    fn an_orderly_end_leaves_the_others_alone() {
        let mut sleeper = Command::new("sleep").arg("600").spawn().unwrap();
        let mut keeper = Keeper::start().unwrap();
        keeper.keep(sleeper.id()).unwrap();
        keeper.dismiss();
        assert!(sleeper.try_wait().unwrap().is_none());
        sleeper.kill().unwrap();
        sleeper.wait().unwrap();
    }
}
