//! Words that do not belong in the source: skipped tests, tests that wish for a panic, leftovers of
//! the work.

use anyhow::Result;

use super::source;
use super::tree::{SourceFile, Tree};
use super::{Finding, unwanted};

const UNWANTED: [(&str, &str); 6] = [
    (
        "#[ignore",
        "a test that does not run proves nothing: mend it or delete it",
    ),
    (
        "should_panic",
        "check the error instead: any panic would pass this test",
    ),
    ("todo!(", "what is not built is absent"),
    ("unimplemented!(", "what is not built is absent"),
    ("dbg!(", "a leftover: delete it"),
    (
        "thread_rng(",
        "chance comes in by one door: take it as a parameter",
    ),
];

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let findings = |file: &SourceFile| unwanted(&file.path, &source::bare(&file.text), &UNWANTED);
    Ok(tree.rust().flat_map(findings).collect())
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    #[test]
    fn words_are_found_in_code_only() {
        let text = "//! Says todo!() and \"dbg!(x)\".\nfn f() {\n    todo!()\n}\n";
        let findings = check(&Tree::of("a.rs", text)).unwrap();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].place, "a.rs:3");
    }
}
