//! `#[instrument]` records every argument unless it is told not to, and with `err` or `ret` the text of an
//! error or a result: personal data, sooner or later.

use anyhow::Result;

use super::Finding;
use super::source;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        let bare = source::bare(&file.text);
        for (at, _) in bare.match_indices("#[") {
            let Some(fault) = fault(attribute(&bare[at..])) else {
                continue;
            };
            let line = bare[..at].matches('\n').count() + 1;
            findings.push(Finding {
                place: format!("{}:{line}", file.path),
                fault: fault.to_owned(),
            });
        }
    }
    Ok(findings)
}

/// The attribute that `text` begins with.
fn attribute(text: &str) -> &str {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' if depth == 1 => return &text[..=at],
            ']' => depth -= 1,
            _ => {}
        }
    }
    text
}

fn fault(attribute: &str) -> Option<&'static str> {
    let words: Vec<&str> = attribute
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .collect();
    if !words.contains(&"instrument") {
        return None;
    }
    if !words.contains(&"skip_all") {
        return Some("`instrument` records every argument: add `skip_all`, name `fields` to keep");
    }
    let prints = words.iter().any(|word| ["err", "ret"].contains(word));
    prints.then_some("`err` and `ret` record messages and values: mark the span by its kind")
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    #[test]
    fn arguments_are_skipped() {
        for good in [
            "#[instrument(skip_all)]",
            "#[tracing::instrument(name = \"a [b\", skip_all, fields(booking.id = ids[0]))]",
            "#[tracing::instrument(\n    skip_all,\n)]",
            "// #[instrument]",
            "#[derive(Debug)] fn f() { x.instrument(span) }",
            "#[test] fn f() { let err = 1; }",
        ] {
            assert_eq!(check(&Tree::of("a.rs", good)).unwrap(), [], "{good}");
        }
        for bad in [
            "#[instrument]",
            "#[tracing::instrument(name = \"skip_all\")]",
            "#[instrument(skip(password))]",
            "#[cfg_attr(feature = \"x\", tracing::instrument)]",
            "#[instrument(skip_all, err)]",
            "#[instrument(skip_all, ret(level = \"debug\"))]",
        ] {
            let findings = check(&Tree::of("a.rs", &format!("\n{bad}\nfn f() {{}}"))).unwrap();
            assert_eq!(findings.len(), 1, "{bad}");
            assert_eq!(findings[0].place, "a.rs:2");
        }
    }
}
