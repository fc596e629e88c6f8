//! The two programs, built by one call of cargo: `throughline` and `instainstru`.
//!
//! The call names the workspace and all features, not the packages: cargo then chooses the same features for
//! every dependency of the query engine as for the tests, and the engine is built once.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::stop::Stop;
use crate::{shell, workspace};

/// Where the programs lie.
#[derive(Clone, Debug)]
pub(crate) struct Programs {
    /// The store: `throughline`.
    pub(crate) throughline: PathBuf,
    /// The platform, the payment provider and the load: `instainstru`.
    pub(crate) instainstru: PathBuf,
}

/// Builds both, with cargo's own progress on the terminal.
pub(crate) fn build(stop: &Stop) -> Result<Programs> {
    let arguments = [
        "build",
        "--workspace",
        "--all-features",
        "--bin",
        "throughline",
        "--bin",
        "instainstru",
    ];
    shell::run(&mut shell::cargo(&arguments), stop).context("could not build the programs")?;
    let folder = workspace::target()?.join("debug");
    Ok(Programs {
        throughline: folder.join(format!("throughline{}", std::env::consts::EXE_SUFFIX)),
        instainstru: folder.join(format!("instainstru{}", std::env::consts::EXE_SUFFIX)),
    })
}
