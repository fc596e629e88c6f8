//! `docs/telemetry.md` says what is so: its program is the example, and its table has every variable that is read.

use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn guide() -> String {
    fs::read_to_string(folder().join("../../docs/telemetry.md")).unwrap()
}

#[test]
fn its_program_is_the_example() {
    let example = fs::read_to_string(folder().join("examples/five_minutes.rs")).unwrap();
    let fenced = format!("```rust\n{example}```");
    assert!(guide().contains(&fenced), "the guide's program is another");
}

#[test]
fn its_table_has_every_variable() {
    let guide = guide();
    let mut names = Vec::new();
    for file in fs::read_dir(folder().join("src/config")).unwrap() {
        collect(&file.unwrap().path(), &mut names);
    }
    collect(&folder().join("src/config.rs"), &mut names);
    names.sort();
    names.dedup();
    assert!(names.len() > 30, "{names:?}");
    let missing: Vec<&String> = names
        .iter()
        .filter(|name| !guide.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "not in the guide: {missing:?}");
}

/// The variables that are named in string literals of a file.
fn collect(file: &Path, names: &mut Vec<String>) {
    let text = fs::read_to_string(file).unwrap();
    let literals = text.split('"').skip(1).step_by(2);
    let is_name = |text: &&str| {
        let upper = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        let prefixed = [
            "OTEL_",
            "KIT_",
            "RUST_LOG",
            "ENABLE_",
            "DEPLOYMENT_",
            "ENVIRONMENT",
        ];
        text.bytes().all(upper) && prefixed.iter().any(|prefix| text.starts_with(prefix))
    };
    names.extend(literals.filter(is_name).map(str::to_owned));
}
