//! The case files: `query`, a line `----`, what must come out; cases are parted by lines `====`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Runs every case of a folder through `run` and compares, or rewrites the files when asked to.
pub(crate) async fn check(folder: &str, run: impl AsyncFn(&str) -> String) {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut failures = String::new();
    let mut cases = 0;
    for path in files(folder) {
        let content = std::fs::read_to_string(&path).unwrap();
        let mut rewritten = Vec::new();
        for block in content.trim_end().split("\n====\n") {
            let (query, expected) = block.split_once("\n----").unwrap_or((block, ""));
            let found = run(query).await;
            let found = found.trim_end();
            cases += 1;
            if found != expected.trim() {
                let name = path.file_name().unwrap().to_string_lossy();
                write!(
                    failures,
                    "== {name}\n{query}\n-- expected\n{}\n-- found\n{found}\n\n",
                    expected.trim()
                )
                .unwrap();
            }
            rewritten.push(format!("{query}\n----\n{found}"));
        }
        if update {
            std::fs::write(&path, rewritten.join("\n====\n") + "\n").unwrap();
        }
    }
    assert!(cases > 0, "no cases in {folder}");
    assert!(update || failures.is_empty(), "{failures}");
}

/// The queries of a folder, each with the name of its file.
pub(crate) fn queries(folder: &str) -> Vec<(String, String)> {
    let mut queries = Vec::new();
    for path in files(folder) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let content = std::fs::read_to_string(&path).unwrap();
        for block in content.trim_end().split("\n====\n") {
            let (query, _) = block.split_once("\n----").unwrap_or((block, ""));
            queries.push((name.clone(), query.to_owned()));
        }
    }
    queries
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}
