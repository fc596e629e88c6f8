//! Every name of Axiom's language, from `tests/names.txt`: it means something, or is refused by its name. None is
//! taken for a slip.

use crate::{compile, refusal};
use std::fmt::Write as _;

const NAMES: &str = include_str!("../names.txt");

#[test]
fn every_name_means_something_or_is_refused_by_name() {
    let arguments = vec!["null"; 1100].join(", ");
    let mut failures = String::new();
    let mut names = 0;
    for section in NAMES.split("# ").skip(1) {
        let (title, listed) = section.split_once('\n').unwrap();
        let (kind, is_refused) = match title.strip_suffix(" not yet") {
            Some(kind) => (kind, true),
            None => (title, false),
        };
        for name in listed.split_whitespace() {
            names += 1;
            let query = query(kind, name, &arguments);
            let found = match compile(&query) {
                Ok(_) => String::new(),
                Err(refused) => refused,
            };
            let is_right = match is_refused {
                true => found.contains(&format!("not supported yet: {name}")),
                false => is_meant(kind, &found),
            };
            if !is_right {
                writeln!(failures, "{title}: {name}: {found}").unwrap();
            }
        }
    }
    assert!(names > 350, "{names} names");
    assert!(failures.is_empty(), "{failures}");
}

fn query(kind: &str, name: &str, arguments: &str) -> String {
    match kind {
        "functions" => format!("| extend x = {name}({arguments})"),
        "aggregations" => format!("| summarize {name}({arguments})"),
        "operators" => format!("traces | {name}"),
        "sources" => format!("{name} (x:long) [1]"),
        "fields" => format!("| where isnotnull({name})"),
        "between values" => format!("| where name {name} (\"a\")"),
        other => panic!("unknown section {other}"),
    }
}

/// Whether a name is known, by what is wrong with how it was used.
fn is_meant(kind: &str, found: &str) -> bool {
    match kind {
        "functions" | "aggregations" => found.contains("found 1100 arguments"),
        "between values" => found.is_empty(),
        _ => !found.contains("unknown") && !found.contains("not supported yet"),
    }
}

#[test]
fn settings_before_a_query_are_refused_by_name() {
    let refused = refusal("set stricttypes; traces | count");
    assert!(refused.contains("not supported yet: set"), "{refused}");
}
