//! `cargo xtask tidy`: the proofs of what ARCHITECTURE.md and the style promise.
//!
//! One check, one file. A check looks at the tracked files, or at what cargo says of dependencies, and
//! returns its findings; each says the place, what is wrong there and what to do.

/// What each crate does not know.
mod absences;
/// The pages of APL's functions, aggregations and operators.
mod apl_docs;
/// Every Rust file opens with its purpose.
mod heads;
/// Spans of functions record no arguments.
mod instrument;
/// Lock files record no download addresses.
mod locks;
/// No `mod.rs`, and no file named after nothing in particular.
mod names;
/// No file names a machine's folders or a registry's host.
mod places;
/// Files and functions that fit the head.
mod sizes;
/// Rust source without its comments and literals.
mod source;
/// The files that are checked.
mod tree;
/// Words that do not belong in the source: skipped tests, leftovers.
mod words;

use anyhow::{Result, bail};

use tree::Tree;

/// One thing that is not as it should be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// A file, or `file:line`, or a crate.
    place: String,
    /// What is wrong there, and the remedy.
    fault: String,
}

type Check = fn(&Tree) -> Result<Vec<Finding>>;

const CHECKS: [(&str, Check); 9] = [
    ("every Rust file says what it is", heads::check),
    ("files are named after what is in them", names::check),
    ("files and functions fit the head", sizes::check),
    ("no leftovers, no skipped tests", words::check),
    ("spans of functions record no arguments", instrument::check),
    ("no machine's paths, no registry's hosts", places::check),
    ("lock files record no addresses", locks::check),
    ("docs/apl is what the files' heads say", apl_docs::check),
    ("crates do not know what they must not", absences::check),
];

pub(crate) fn run() -> Result<()> {
    let tree = Tree::of_repository()?;
    let mut count = 0;
    for (promise, check) in CHECKS {
        let findings = check(&tree)?;
        println!(
            "{}  {promise}",
            if findings.is_empty() { "  ok" } else { "FAIL" }
        );
        for finding in &findings {
            println!("      {}: {}", finding.place, finding.fault);
        }
        count += findings.len();
    }
    for (place, reason) in sizes::EXCUSED {
        println!("  but {place} is long ({reason})");
    }
    if count > 0 {
        bail!("{count} findings");
    }
    Ok(())
}
