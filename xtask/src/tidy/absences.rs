//! What each crate does not know: ARCHITECTURE.md writes the absence, `cargo tree` proves it.

use anyhow::Result;

use super::Finding;
use super::tree::Tree;
use crate::shell;

/// A crate, and the packages that it must not reach over any number of steps. A name that ends in
/// `*` stands for all that begin so.
const UNREACHABLE: [(&str, &[&str]); 12] = [
    (
        "throughline-bench",
        &["datafusion*", "arrow*", "parquet", "axum", "throughline-*"],
    ),
    (
        "throughline-model",
        &["datafusion*", "tokio", "prost", "axum", "throughline-*"],
    ),
    (
        "throughline-otlp",
        &[
            "datafusion*",
            "object_store",
            "axum",
            "hyper",
            "throughline-store",
        ],
    ),
    (
        "throughline-wal",
        &["datafusion*", "object_store", "axum", "hyper", "prost"],
    ),
    (
        "throughline-apl",
        &[
            "throughline-store",
            "throughline-wal",
            "throughline-otlp",
            "axum",
            "sqlx",
        ],
    ),
    (
        "throughline-sql",
        &[
            "throughline-store",
            "throughline-wal",
            "throughline-otlp",
            "axum",
            "sqlx",
        ],
    ),
    (
        "throughline-control",
        &[
            "datafusion*",
            "axum",
            "hyper",
            "prost",
            "throughline-store",
            "throughline-apl",
            "throughline-otlp",
        ],
    ),
    (
        "throughline-store",
        &[
            "throughline-apl",
            "throughline-otlp",
            "opentelemetry-proto",
            "axum",
        ],
    ),
    (
        "throughline-console",
        &["datafusion*", "tokio", "axum", "throughline-*"],
    ),
    (
        "throughline-telemetry",
        &["datafusion*", "arrow*", "parquet", "throughline-*"],
    ),
    (
        "instainstru",
        &["datafusion*", "arrow*", "parquet", "throughline-*"],
    ),
    // The judge trusts nothing of what it judges.
    ("throughline-storm", &["datafusion*", "throughline*"]),
];

/// What a crate may reach although a pattern above would forbid it.
const EXCEPT: [(&str, &str); 1] = [("instainstru", "throughline-telemetry")];

/// Packages that only these of our crates may name in their own manifest. The judge and the benchmark make
/// their requests with the protocol's own types, so that no decoder of ours stands on both sides.
const DIRECT_ONLY: [(&str, &[&str]); 1] = [(
    "opentelemetry-proto",
    &["throughline-otlp", "throughline-bench", "throughline-storm"],
)];

/// Packages of which one version is in the tree: two would not see each other's types.
const ONE_VERSION: [&str; 4] = [
    "opentelemetry",
    "tracing-opentelemetry",
    "arrow",
    "datafusion",
];

/// The crates that are not in `UNREACHABLE` but may break `DIRECT_ONLY` as well.
const OTHERS: [&str; 1] = ["throughline"];

pub(super) fn check(_: &Tree) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (name, absent) in UNREACHABLE {
        let reached = reached(&["--package", name])?;
        findings.extend(unwanted(name, absent, &reached));
        findings.extend(direct(name, &reached));
    }
    for name in OTHERS {
        findings.extend(direct(name, &reached(&["--package", name])?));
    }
    let all = reached(&["--workspace"])?;
    findings.extend(ONE_VERSION.iter().filter_map(|name| twice(name, &all)));
    Ok(findings)
}

/// One package that a crate reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Package {
    /// In how many steps; 0 is the crate itself.
    steps: usize,
    name: String,
    version: String,
}

/// What is built for the chosen crates: dependencies of tests and benchmarks do not count.
fn reached(chosen: &[&str]) -> Result<Vec<Package>> {
    let mut tree = shell::cargo(&["tree", "--edges", "normal,build", "--prefix", "depth"]);
    let listing = shell::read(tree.args(["--format", " {p}"]).args(chosen))?;
    Ok(listing.lines().filter_map(package).collect())
}

/// A line of the tree is `2 name v1.2.3 (…)`.
fn package(line: &str) -> Option<Package> {
    let mut words = line.split_whitespace();
    let steps = words.next()?.parse().ok()?;
    let name = words.next()?.to_owned();
    let version = words.next()?.to_owned();
    Some(Package {
        steps,
        name,
        version,
    })
}

fn unwanted(name: &str, absent: &[&str], reached: &[Package]) -> Vec<Finding> {
    let mut names: Vec<&str> = reached
        .iter()
        .filter(|package| package.steps > 0 && package.name != name)
        .map(|package| package.name.as_str())
        .filter(|package| absent.iter().any(|pattern| matches(pattern, package)))
        .filter(|package| !EXCEPT.contains(&(name, *package)))
        .collect();
    names.sort_unstable();
    names.dedup();
    let findings = names.into_iter().map(|package| Finding {
        place: name.to_owned(),
        fault: format!(
            "it must not know `{package}`; `cargo tree -p {name} -e normal,build -i {package}` shows how it does"
        ),
    });
    findings.collect()
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == pattern,
    }
}

fn direct(name: &str, reached: &[Package]) -> Vec<Finding> {
    let breaks = |(package, allowed): &(&str, &[&str])| {
        let has = reached
            .iter()
            .any(|found| found.steps == 1 && found.name == *package);
        (has && !allowed.contains(&name)).then(|| Finding {
            place: name.to_owned(),
            fault: format!("only {} may depend on `{package}`", allowed.join(", ")),
        })
    };
    DIRECT_ONLY.iter().filter_map(breaks).collect()
}

fn twice(name: &str, all: &[Package]) -> Option<Finding> {
    let mut versions: Vec<&str> = all
        .iter()
        .filter(|package| package.name == name)
        .map(|package| package.version.as_str())
        .collect();
    versions.sort_unstable();
    versions.dedup();
    (versions.len() > 1).then(|| Finding {
        place: "Cargo.lock".to_owned(),
        fault: format!(
            "`{name}` is there as {}: settle on one",
            versions.join(" and ")
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::{Package, direct, matches, package, twice, unwanted};

    fn reach(steps: usize, name: &str, version: &str) -> Package {
        Package {
            steps,
            name: name.to_owned(),
            version: version.to_owned(),
        }
    }

    #[test]
    fn a_line_of_the_tree_is_read() {
        assert_eq!(
            package("12 arrow v59.2.0"),
            Some(reach(12, "arrow", "v59.2.0"))
        );
        assert_eq!(
            package("0 xtask v0.1.0 (path) (*)"),
            Some(reach(0, "xtask", "v0.1.0"))
        );
        assert_eq!(package(""), None);
    }

    #[test]
    fn patterns_match_beginnings() {
        assert!(matches("arrow*", "arrow-array"));
        assert!(!matches("arrow", "arrow-array"));
    }

    #[test]
    fn what_must_be_absent_is_found_but_for_the_exception() {
        let tree = [
            reach(0, "instainstru", "v1"),
            reach(1, "throughline-telemetry", "v1"),
            reach(2, "arrow-array", "v59"),
        ];
        let findings = unwanted("instainstru", &["arrow*", "throughline-*"], &tree);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].fault.contains("`arrow-array`"));
    }

    #[test]
    fn a_direct_dependency_is_for_the_one_that_may() {
        let tree = [reach(1, "opentelemetry-proto", "v1")];
        assert_eq!(direct("throughline", &tree).len(), 1);
        assert!(direct("throughline-otlp", &tree).is_empty());
        assert!(direct("throughline", &[reach(2, "opentelemetry-proto", "v1")]).is_empty());
    }

    #[test]
    fn two_versions_are_found() {
        assert!(twice("a", &[reach(1, "a", "v1"), reach(2, "a", "v1")]).is_none());
        assert!(twice("a", &[reach(1, "a", "v1"), reach(2, "a", "v2")]).is_some());
    }
}
