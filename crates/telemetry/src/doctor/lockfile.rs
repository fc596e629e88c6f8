//! Two versions of OpenTelemetry in one program: each has its own globals, and what was compiled against the other one
//! records nothing, without an error. Only the lock file shows it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Finding;

const ONCE: [&str; 3] = [
    "opentelemetry",
    "opentelemetry_sdk",
    "tracing-opentelemetry",
];
const KIT: &str = env!("CARGO_PKG_NAME");
const NAME: &str = "Cargo.lock";

/// A `[[package]]` of the lock file.
#[derive(Default)]
struct Package<'a> {
    name: &'a str,
    version: &'a str,
    /// `name`, or `name version` where there are several.
    dependencies: Vec<&'a str>,
}

/// What the lock file at or above `near` says.
pub(super) fn finding(near: &Path) -> Finding {
    let Some(path) = nearest(near) else {
        return Finding::note(format!(
            "there is no {NAME} at or above {}: whether the build has two versions of OpenTelemetry is not known",
            near.display()
        ));
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            return Finding::warning(
                format!("could not read {}: {error}", path.display()),
                "give the path of a Cargo.lock",
            );
        }
    };
    judged(&packages(&text), &path)
}

fn nearest(near: &Path) -> Option<PathBuf> {
    if near.is_file() {
        return Some(near.to_owned());
    }
    let near = near.canonicalize().ok()?;
    let mut files = near.ancestors().map(|directory| directory.join(NAME));
    files.find(|path| path.is_file())
}

fn judged(packages: &[Package], path: &Path) -> Finding {
    let mut seen = Vec::new();
    let mut doubled = Vec::new();
    let mut remedies = Vec::new();
    for name in ONCE {
        let versions = versions(packages, name);
        match versions.keys().copied().collect::<Vec<_>>()[..] {
            [] => {}
            [version] => seen.push(format!("{name} {version}")),
            _ => {
                let ours = ours(packages, name);
                let of_others = versions.keys().filter(|version| Some(**version) != ours);
                remedies.extend(of_others.map(|version| format!("cargo tree -i {name}@{version}")));
                doubled.push(described(name, &versions));
            }
        }
    }
    if !doubled.is_empty() {
        return Finding::problem(
            format!(
                "{} has two versions of OpenTelemetry, and what uses the other one records nothing: {}",
                path.display(),
                doubled.join("; ")
            ),
            format!(
                "bring those packages to one version, or take them out; {} shows the way to them",
                remedies.join(" and ")
            ),
        );
    }
    if seen.is_empty() {
        return Finding::note(format!("{} has no OpenTelemetry", path.display()));
    }
    Finding::ok(format!(
        "{} has one version of each: {}",
        path.display(),
        seen.join(", ")
    ))
}

fn described(name: &str, versions: &BTreeMap<&str, Vec<String>>) -> String {
    let one = |(version, users): (&&str, &Vec<String>)| {
        if users.is_empty() {
            (*version).to_owned()
        } else {
            format!("{version} (for {})", users.join(", "))
        }
    };
    let all: Vec<String> = versions.iter().map(one).collect();
    format!("{name} {}", all.join(" and "))
}

/// The versions of `name`, each with the packages that use it.
fn versions<'a>(packages: &[Package<'a>], name: &str) -> BTreeMap<&'a str, Vec<String>> {
    let mut versions = BTreeMap::new();
    for package in packages.iter().filter(|package| package.name == name) {
        let wanted = format!("{name} {}", package.version);
        let uses = |other: &&Package| {
            let mut dependencies = other.dependencies.iter();
            dependencies.any(|dependency| *dependency == wanted)
        };
        let users = packages.iter().filter(uses);
        let users = users.map(|user| format!("{} {}", user.name, user.version));
        versions.insert(package.version, users.collect());
    }
    versions
}

/// The version that this kit uses.
fn ours<'a>(packages: &[Package<'a>], name: &str) -> Option<&'a str> {
    let kit = packages.iter().find(|package| package.name == KIT)?;
    let mut dependencies = kit.dependencies.iter();
    dependencies.find_map(|dependency| dependency.strip_prefix(name)?.strip_prefix(' '))
}

/// Cargo writes one value or one dependency to a line.
fn packages(text: &str) -> Vec<Package<'_>> {
    let mut packages: Vec<Package> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line == "[[package]]" {
            packages.push(Package::default());
        }
        let Some(package) = packages.last_mut() else {
            continue;
        };
        if let Some(name) = line.strip_prefix("name = ") {
            package.name = name.trim_matches('"');
        } else if let Some(version) = line.strip_prefix("version = ") {
            package.version = version.trim_matches('"');
        } else if let Some(dependency) = line.strip_prefix('"') {
            // Of `name version (source)` the first two.
            let dependency = dependency.trim_end_matches(['"', ',']);
            let end = dependency.find(" (").unwrap_or(dependency.len());
            package.dependencies.push(&dependency[..end]);
        }
    }
    packages
}
