//! npm's lock files record what was chosen, not where one machine got it from.

use anyhow::Result;

use super::Finding;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let locks = tree
        .files()
        .filter(|file| file.name() == "package-lock.json");
    let located = locks.filter(|file| file.text.contains("\"resolved\": \"http"));
    let findings = located.map(|file| Finding {
        place: file.path.clone(),
        fault: "it records download addresses: put `omit-lockfile-registry-resolved=true` into \
                .npmrc beside it and write it anew"
            .to_owned(),
    });
    Ok(findings.collect())
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    #[test]
    fn an_address_is_found() {
        let with = Tree::of("a/package-lock.json", r#"{"resolved": "http://x/y.tgz"}"#);
        assert_eq!(check(&with).unwrap().len(), 1);
        let without = Tree::of("a/package-lock.json", r#"{"integrity": "sha512-x"}"#);
        assert!(check(&without).unwrap().is_empty());
    }
}
