//! Lock files with one OpenTelemetry, two, and none.

use expect_test::{Expect, expect};
use throughline_telemetry::doctor;

fn package(name: &str, version: &str, dependencies: &[&str]) -> String {
    let list: String = dependencies
        .iter()
        .map(|dependency| format!(" \"{dependency}\",\n"))
        .collect();
    format!(
        "[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"registry\"\ndependencies = [\n{list}]\n\n"
    )
}

/// The report for a lock file two directories above.
fn check(packages: &[String], expected: &Expect) {
    let directory = tempfile::tempdir().unwrap();
    let deep = directory.path().join("crates/api");
    std::fs::create_dir_all(&deep).unwrap();
    let text = format!("version = 4\n\n{}", packages.concat());
    let path = directory.path().join("Cargo.lock");
    std::fs::write(&path, text).unwrap();
    let from_below = doctor::examine_lockfile(&deep);
    assert_eq!(
        from_below,
        doctor::examine_lockfile(&path.canonicalize().unwrap())
    );
    let root = directory.path().canonicalize().unwrap();
    expected.assert_eq(
        &from_below
            .to_string()
            .replace(root.to_str().unwrap(), "DIR"),
    );
}

#[test]
fn one_version() {
    check(
        &[
            package("opentelemetry", "0.33.1", &[]),
            package("opentelemetry_sdk", "0.33.1", &["opentelemetry"]),
            package(
                "tracing-opentelemetry",
                "0.34.0",
                &["opentelemetry", "opentelemetry_sdk"],
            ),
        ],
        &expect![[r#"
            ok       DIR/Cargo.lock has one version of each: opentelemetry 0.33.1, opentelemetry_sdk 0.33.1, tracing-opentelemetry 0.34.0

            healthy: 0 problems, 0 warnings"#]],
    );
}

#[test]
fn two_versions() {
    check(
        &[
            package("opentelemetry", "0.32.0", &[]),
            package("opentelemetry", "0.33.1", &[]),
            package("sqlx-otel", "0.5.0", &["opentelemetry 0.32.0", "sqlx"]),
            package(
                "throughline-telemetry",
                "0.1.0",
                &["opentelemetry 0.33.1 (registry+https://example)"],
            ),
        ],
        &expect![[r#"
            problem  DIR/Cargo.lock has two versions of OpenTelemetry, and what uses the other one records nothing: opentelemetry 0.32.0 (for sqlx-otel 0.5.0) and 0.33.1 (for throughline-telemetry 0.1.0)
                       -> bring those packages to one version, or take them out; cargo tree -i opentelemetry@0.32.0 shows the way to them

            unhealthy: 1 problem, 0 warnings"#]],
    );
}

#[test]
fn none() {
    check(
        &[package("serde", "1.0.0", &[])],
        &expect![[r#"
        note     DIR/Cargo.lock has no OpenTelemetry

        healthy: 0 problems, 0 warnings"#]],
    );
}

/// Ours.
#[test]
fn this_very_workspace() {
    let report = doctor::examine_lockfile(env!("CARGO_MANIFEST_DIR").as_ref());
    assert!(report.is_healthy(), "{report}");
}
