//! The files that are checked: what git tracks, and what it would track.

use std::fs;

use anyhow::{Context, Result};

use crate::{shell, workspace};

/// The repository's text files.
#[derive(Debug, Default)]
pub(super) struct Tree {
    files: Vec<SourceFile>,
}

/// One text file.
#[derive(Debug)]
pub(super) struct SourceFile {
    /// From the repository's root, with `/`.
    pub(super) path: String,
    pub(super) text: String,
}

impl Tree {
    pub(super) fn of_repository() -> Result<Self> {
        let mut git = std::process::Command::new("git");
        git.current_dir(workspace::root());
        git.args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]);
        let listing = shell::read(&mut git).context("could not list the repository's files")?;
        let mut tree = Self::default();
        for path in listing.split_terminator('\0') {
            let Ok(bytes) = fs::read(workspace::root().join(path)) else {
                continue; // deleted, but still in the index
            };
            // Pictures and the like hold no text to check.
            if let Ok(text) = String::from_utf8(bytes) {
                tree.files.push(SourceFile {
                    path: path.to_owned(),
                    text,
                });
            }
        }
        Ok(tree)
    }

    /// A tree of one file, for a check's own test.
    #[cfg(test)]
    pub(super) fn of(path: &str, text: &str) -> Self {
        Self {
            files: vec![SourceFile {
                path: path.to_owned(),
                text: text.to_owned(),
            }],
        }
    }

    pub(super) fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    pub(super) fn rust(&self) -> impl Iterator<Item = &SourceFile> {
        self.files().filter(|file| file.extension() == "rs")
    }
}

impl SourceFile {
    pub(super) fn extension(&self) -> &str {
        self.name()
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension)
    }

    pub(super) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}
