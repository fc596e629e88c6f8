//! The pages of `docs/apl/` are what the heads of APL's files and the cases of mistakes say.

use anyhow::Result;

use super::Finding;
use super::tree::Tree;
use crate::apl_docs::{PAGES, pages};

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let files = tree
        .files()
        .map(|file| (file.path.as_str(), file.text.as_str()));
    let wanted = pages(files);
    let mut findings: Vec<Finding> = Vec::new();
    for (path, text) in &wanted {
        let found = tree.files().find(|file| file.path == *path);
        if found.is_none_or(|file| file.text != *text) {
            findings.push(stale(path));
        }
    }
    let is_left = |path: &str| path.starts_with(PAGES) && !wanted.contains_key(path);
    findings.extend(
        tree.files()
            .filter(|file| is_left(&file.path))
            .map(|file| Finding {
                place: file.path.clone(),
                fault: "no head of a file in crates/apl/src makes this page: delete it".to_owned(),
            }),
    );
    Ok(findings)
}

fn stale(path: &str) -> Finding {
    Finding {
        place: path.to_owned(),
        fault: "it is not what the heads in crates/apl/src say: run `cargo xtask apl-docs`"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    #[test]
    fn a_page_that_is_not_written_is_found() {
        let head = "//! # abs\n//!\n//! The size.\n";
        let tree = Tree::of("crates/apl/src/functions/math/abs.rs", head);
        let findings = check(&tree).unwrap();
        assert_eq!(findings.len(), 3, "{findings:?}");
        let left = check(&Tree::of("docs/apl/old.md", "x")).unwrap();
        assert!(
            left.iter()
                .any(|finding| finding.fault.contains("delete it"))
        );
    }
}
