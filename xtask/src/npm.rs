//! Node.js and npm: are they there, and what they run.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell;
use crate::stop::Stop;

/// The oldest Node that the console's and the end-to-end tests' tools run on.
const NODE_MIN: (u32, u32) = (20, 19);
/// A copy of the lock file that the installed packages come from lies beside them under this name.
const INSTALLED: &str = ".installed-lock.json";

/// Why Node cannot be used on this machine, if it cannot.
pub(crate) fn missing() -> Option<String> {
    let (major, minor) = NODE_MIN;
    let Ok(printed) = shell::read(Command::new("node").arg("--version")) else {
        return Some(format!(
            "Node.js is not installed ({major}.{minor} or newer is needed)"
        ));
    };
    let printed = printed.trim();
    if version(printed).is_none_or(|found| found < NODE_MIN) {
        return Some(format!(
            "Node.js {printed} is too old ({major}.{minor} or newer is needed)"
        ));
    }
    if shell::read(Command::new("npm").arg("--version")).is_err() {
        return Some("npm is not installed".to_owned());
    }
    None
}

/// Like [`missing`], where there is no way to go on without.
pub(crate) fn require() -> Result<()> {
    match missing() {
        None => Ok(()),
        Some(reason) => {
            bail!("{reason}: install it from nodejs.org or your system's packages, and try again")
        }
    }
}

/// Installs a folder's packages, unless those of this very lock file are installed.
pub(crate) fn install(folder: &Path, stop: &Stop) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("could not read {}", lock.display()))?;
    let stamp = folder.join("node_modules").join(INSTALLED);
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let mut install = Command::new("npm");
    install
        .current_dir(folder)
        .args(["ci", "--no-audit", "--no-fund"]);
    // Without a network npm would try for minutes before it says so.
    install.args([
        "--fetch-retry-mintimeout=1000",
        "--fetch-retry-maxtimeout=5000",
    ]);
    shell::run(&mut install, stop)?;
    fs::write(&stamp, wanted).with_context(|| format!("could not write {}", stamp.display()))
}

/// Runs one of a folder's scripts: `npm run <name>`.
pub(crate) fn script(folder: &Path, name: &str, stop: &Stop) -> Result<()> {
    shell::run(
        Command::new("npm").current_dir(folder).args(["run", name]),
        stop,
    )
}

/// `v20.20.2` is version 20.20.
fn version(printed: &str) -> Option<(u32, u32)> {
    let mut numbers = printed.strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn the_version_is_read() {
        assert_eq!(version("v20.20.2"), Some((20, 20)));
        assert_eq!(version("nonsense"), None);
    }
}
