//! The browser of the end-to-end tests: Chromium from the system's packages, never a download of
//! the test tool's own.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::shell;
use crate::stop::Stop;

/// What Chromium is called on the systems that package it.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// The browser's program file. Where it is missing, root on a Debian gets it installed; everybody
/// else is told what to install.
pub(crate) fn require(stop: &Stop) -> Result<PathBuf> {
    if let Some(program) = find() {
        return Ok(program);
    }
    if !shell::may_install() {
        bail!(
            "the end-to-end tests need Chromium: install it (on Debian or Ubuntu \
             `sudo apt-get install chromium`) and try again"
        );
    }
    println!("Chromium is not installed; installing Debian's");
    shell::apt_install("chromium", stop)?;
    find().context("Chromium was installed but is not on the PATH")
}

fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| NAMES.map(|name| folder.join(name)))
        .find(|program| program.is_file())
}
