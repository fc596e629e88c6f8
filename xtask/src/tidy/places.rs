//! No file names a machine's folders or a package registry's host: both are one machine's settings.

use anyhow::Result;

use super::tree::{SourceFile, Tree};
use super::{Finding, unwanted};

/// Each is written in two halves, so that this file does not find itself.
const UNWANTED: [(&str, &str, &str); 7] = [
    (
        "/wo",
        "rk/",
        "a path of one machine: make it relative to the repository",
    ),
    (
        "/ro",
        "ot/",
        "a path of one machine: make it relative, or use the home folder's variable",
    ),
    (
        "registry.npm",
        "js.org",
        "a registry is each machine's setting",
    ),
    (
        "registry.yarn",
        "pkg.com",
        "a registry is each machine's setting",
    ),
    (
        "index.cra",
        "tes.io",
        "a registry is each machine's setting",
    ),
    (
        "static.cra",
        "tes.io",
        "a registry is each machine's setting",
    ),
    ("pypi", ".org", "a registry is each machine's setting"),
];

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let words = UNWANTED.map(|(half, other, remedy)| (format!("{half}{other}"), remedy));
    let findings = |file: &SourceFile| unwanted(&file.path, &file.text, &words);
    Ok(tree.files().flat_map(findings).collect())
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    #[test]
    fn a_machines_path_is_found() {
        let text = format!("a\ncd {}{}\n", "/ro", "ot/x");
        let findings = check(&Tree::of("README.md", &text)).unwrap();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].place, "README.md:2");
    }
}
