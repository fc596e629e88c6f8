//! Where things lie in this repository.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The repository's own folder.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// `path` as seen from the repository, for people to read.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// Cargo's folder of built things. This very program lies in it, wherever `CARGO_TARGET_DIR` or a
/// configuration put it.
pub(crate) fn target() -> Result<PathBuf> {
    let own = std::env::current_exe().context("could not find this program's own file")?;
    let target = own.parent().and_then(Path::parent);
    Ok(target
        .context("could not find cargo's target folder")?
        .to_path_buf())
}
