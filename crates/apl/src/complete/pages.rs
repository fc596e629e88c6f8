//! What `docs/apl/` says of each name: the pages are written from the heads of the files of operators, aggregations
//! and functions, and `cargo xtask tidy` checks that they are as the heads are.

use std::collections::HashMap;
use std::sync::LazyLock;

const INDEX: &str = include_str!("../../../../docs/apl/README.md");
const OPERATORS: &str = include_str!("../../../../docs/apl/operators.md");

/// A part of the language, by its title in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Operators,
    Aggregations,
    Functions,
}

/// The first sentence on a name; empty when there is no page.
pub(super) fn sentence(part: Part, name: &str) -> &'static str {
    static SENTENCES: LazyLock<HashMap<(Part, &str), &str>> = LazyLock::new(sentences);
    SENTENCES.get(&(part, name)).copied().unwrap_or_default()
}

/// How an operator is written, without the rows before it.
pub(super) fn usage(operator: &str) -> &'static str {
    static USAGES: LazyLock<HashMap<&str, &str>> = LazyLock::new(usages);
    USAGES.get(operator).copied().unwrap_or_default()
}

fn sentences() -> HashMap<(Part, &'static str), &'static str> {
    let mut found = HashMap::new();
    let mut part = Part::Operators;
    for line in INDEX.lines() {
        match line {
            "## Operators" => part = Part::Operators,
            "## Aggregations" => part = Part::Aggregations,
            "## Functions" => part = Part::Functions,
            _ => {}
        }
        let entry = line.strip_prefix("- [").and_then(|it| it.split_once("]("));
        let Some((names, (_, sentence))) =
            entry.and_then(|(names, rest)| Some((names, rest.split_once("): ")?)))
        else {
            continue;
        };
        found.extend(names.split(", ").map(|name| ((part, name), sentence)));
    }
    found
}

fn usages() -> HashMap<&'static str, &'static str> {
    let mut found = HashMap::new();
    for section in OPERATORS.split("\n## ").skip(1) {
        let (names, body) = section.split_once('\n').unwrap_or((section, ""));
        let block = body.split("```apl\n").nth(1).unwrap_or_default();
        let line = block.lines().next().unwrap_or_default();
        let written = line.split_once("| ").map_or(line, |(_, written)| written);
        found.extend(names.split(", ").map(|name| (name, written)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Part, sentence, usage};

    #[test]
    fn every_name_has_its_sentence() {
        for word in crate::operators::words() {
            assert_ne!(sentence(Part::Operators, word), "", "{word}");
            assert_ne!(usage(word), "", "{word}");
        }
        for name in crate::aggregations::names() {
            assert_ne!(sentence(Part::Aggregations, name), "", "{name}");
        }
        for name in crate::functions::all().flat_map(|function| function.names) {
            assert_ne!(sentence(Part::Functions, name), "", "{name}");
        }
    }
}
