//! `cargo llvm-cov`, and the two programs of LLVM that it runs. What is missing is installed where that
//! needs nobody's leave: below the target folder, and by root on a Debian; anybody else is told what to do.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::stop::Stop;
use crate::{shell, workspace};

const COLLECTOR: &str = "cargo-llvm-cov";
const COLLECTOR_VERSION: &str = "0.9.1";
/// Where a person says which of LLVM's tools to take, and `cargo llvm-cov` looks.
const VARIABLES: [(&str, &str); 2] = [("LLVM_COV", "llvm-cov"), ("LLVM_PROFDATA", "llvm-profdata")];

/// Where the tools are.
#[derive(Debug)]
pub(super) struct Tools {
    /// The folder of `cargo-llvm-cov`, put before the others.
    collector: PathBuf,
    /// The folder of LLVM's programs; none when `cargo llvm-cov` finds them by itself.
    llvm: Option<PathBuf>,
}

impl Tools {
    /// Has `command`, a cargo, find them.
    pub(super) fn apply(&self, command: &mut Command) -> Result<()> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(self.collector.clone()).chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(folders)?);
        if let Some(llvm) = &self.llvm {
            for (variable, program) in VARIABLES {
                command.env(variable, llvm.join(program));
            }
        }
        Ok(())
    }
}

pub(super) fn provide(stop: &Stop) -> Result<Tools> {
    let tools = workspace::target()?.join("tools");
    let collector = tools.join("bin");
    let present = shell::read(&mut shell::cargo(&["llvm-cov", "--version"])).is_ok()
        || collector.join(COLLECTOR).exists();
    if !present {
        println!("installing {COLLECTOR} into {}", workspace::shown(&tools));
        let mut install = shell::cargo(&["install", COLLECTOR, "--locked"]);
        install.args(["--version", COLLECTOR_VERSION, "--root"]);
        shell::run(install.arg(&tools), stop).with_context(|| {
            format!("install it by hand: cargo install {COLLECTOR} --version {COLLECTOR_VERSION}")
        })?;
    }
    Ok(Tools {
        collector,
        llvm: llvm(stop)?,
    })
}

/// The tools of the compiler's own LLVM: counters of another version may not be readable.
fn llvm(stop: &Stop) -> Result<Option<PathBuf>> {
    let named = VARIABLES
        .iter()
        .all(|(variable, _)| std::env::var_os(variable).is_some());
    if named || has_component()? {
        return Ok(None);
    }
    let major = llvm_major()?;
    let package = format!("llvm-{major}");
    let folder = Path::new("/usr/lib").join(&package).join("bin");
    if has_programs(&folder) {
        return Ok(Some(folder));
    }
    let advice = format!(
        "rustc counts for LLVM {major}, whose llvm-cov and llvm-profdata are not here: run `rustup component \
         add llvm-tools`, or on Debian `sudo apt-get install {package}`, or name them in LLVM_COV and LLVM_PROFDATA"
    );
    if !shell::may_install() {
        bail!(advice);
    }
    println!("installing {package}");
    shell::apt_install(&package, stop).context(advice.clone())?;
    if !has_programs(&folder) {
        bail!(advice);
    }
    Ok(Some(folder))
}

fn has_programs(folder: &Path) -> bool {
    VARIABLES
        .iter()
        .all(|(_, program)| folder.join(program).exists())
}

/// Whether rustup's `llvm-tools` are there.
fn has_component() -> Result<bool> {
    let libraries = shell::read(Command::new("rustc").args(["--print", "target-libdir"]))?;
    let bin = Path::new(libraries.trim()).with_file_name("bin");
    Ok(has_programs(&bin))
}

/// The 22 in `LLVM version: 22.1.2`.
fn llvm_major() -> Result<u32> {
    let said = shell::read(Command::new("rustc").arg("-vV"))?;
    major(&said).context("rustc does not say which LLVM it has")
}

fn major(said: &str) -> Option<u32> {
    let version = said
        .lines()
        .find_map(|line| line.strip_prefix("LLVM version: "))?;
    version.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_compiler_says_which_llvm_it_has() {
        let said = "rustc 1.95.0\nhost: x86_64-unknown-linux-gnu\nLLVM version: 22.1.2\n";
        assert_eq!(major(said), Some(22));
        assert_eq!(major("rustc 1.95.0\n"), None);
    }
}
