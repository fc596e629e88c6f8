//! Every Rust file opens with `//!`: what it is, what it is not.

use anyhow::Result;

use super::Finding;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let headless = tree.rust().filter(|file| !file.text.starts_with("//! "));
    let findings = headless.map(|file| Finding {
        place: file.path.clone(),
        fault: "open it with a line `//! …` that says what it is and what it is not".to_owned(),
    });
    Ok(findings.collect())
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    #[test]
    fn a_file_without_a_head_is_found() {
        assert!(check(&Tree::of("a.rs", "//! A.\n")).unwrap().is_empty());
        assert_eq!(check(&Tree::of("a.rs", "use b;\n")).unwrap().len(), 1);
        assert!(check(&Tree::of("a.ts", "import b\n")).unwrap().is_empty());
    }
}
