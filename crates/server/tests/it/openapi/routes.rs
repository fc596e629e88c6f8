//! The paths that the source gives to routers: literals behind `.route(` and `.nest(`. In a file with nests, its routes
//! are below each of them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// All of them.
pub(super) fn in_source() -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    of_folder(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut paths,
    );
    assert!(paths.len() > 20, "{paths:?}");
    paths
}

fn of_folder(folder: &Path, paths: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            of_folder(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let routes = literals(&text, ".route(", &path);
            let nests = literals(&text, ".nest(", &path);
            for route in routes {
                let below = nests
                    .iter()
                    .map(|nest| format!("{nest}{}", if route == "/" { "" } else { &route }));
                match nests.is_empty() {
                    true => paths.insert(route.clone()),
                    false => {
                        paths.extend(below);
                        true
                    }
                };
            }
        }
    }
}

fn literals(text: &str, call: &str, file: &Path) -> Vec<String> {
    let calls = text.split(call).skip(1);
    let literal = |after: &str| {
        let text = after
            .trim_start()
            .strip_prefix('"')
            .and_then(|text| text.split('"').next());
        text.map(str::to_owned).unwrap_or_else(|| {
            panic!(
                "{}: write the path behind {call} as a literal, for this test to see it",
                file.display()
            )
        })
    };
    calls.map(literal).collect()
}
