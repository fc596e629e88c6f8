//! The web console: its packages, its checks, its build. Cargo embeds what is built here, so this
//! comes before cargo.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::npm;
use crate::stop::Stop;
use crate::workspace;

/// What is in the console's folder without being a source of its build.
const NOT_SOURCES: [&str; 4] = ["node_modules", "dist", "test-results", "tests"];

fn folder() -> PathBuf {
    workspace::root().join("console")
}

/// Installs the packages, if they are not those of the lock file.
pub(crate) fn install(stop: &Stop) -> Result<()> {
    npm::install(&folder(), stop)
}

/// Types and templates.
pub(crate) fn check(stop: &Stop) -> Result<()> {
    npm::script(&folder(), "check", stop)
}

/// The unit tests.
pub(crate) fn test(stop: &Stop) -> Result<()> {
    npm::script(&folder(), "test", stop)
}

/// Builds `console/dist`, if it is older than any of its sources.
pub(crate) fn build(stop: &Stop) -> Result<()> {
    if is_fresh(&folder())? {
        return Ok(());
    }
    npm::script(&folder(), "build", stop)
}

fn is_fresh(folder: &Path) -> Result<bool> {
    let Ok(built) = fs::metadata(folder.join("dist/index.html")).and_then(|page| page.modified())
    else {
        return Ok(false);
    };
    Ok(newest(folder)? <= built)
}

/// When the newest source below `folder` was written. A folder's own time counts as well: that is
/// where a deleted file shows.
fn newest(folder: &Path) -> Result<SystemTime> {
    let context = || format!("could not list {}", folder.display());
    let mut newest = SystemTime::UNIX_EPOCH;
    for entry in fs::read_dir(folder).with_context(context)? {
        let entry = entry.with_context(context)?;
        if NOT_SOURCES.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        let metadata = entry.metadata().with_context(context)?;
        newest = newest.max(metadata.modified().with_context(context)?);
        if metadata.is_dir() {
            newest = newest.max(self::newest(&entry.path())?);
        }
    }
    Ok(newest)
}
