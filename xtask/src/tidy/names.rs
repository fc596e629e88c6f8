//! A file is named after what is in it: `foo.rs` beside `foo/`, never `mod.rs`, and no name that
//! would fit any file.

use anyhow::Result;

use super::Finding;
use super::tree::Tree;

const EMPTY_WORDS: [&str; 10] = [
    "utils", "util", "common", "helpers", "helper", "types", "misc", "shared", "stuff", "lib2",
];
const CODE: [&str; 4] = ["rs", "ts", "js", "svelte"];

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let code = tree.files().filter(|file| CODE.contains(&file.extension()));
    let findings = code.filter_map(|file| {
        fault(&file.path).map(|fault| Finding {
            place: file.path.clone(),
            fault,
        })
    });
    Ok(findings.collect())
}

fn fault(path: &str) -> Option<String> {
    if path == "mod.rs" || path.ends_with("/mod.rs") {
        return Some("write `foo.rs` beside the folder `foo/` instead of `foo/mod.rs`".to_owned());
    }
    let words = path
        .split('/')
        .map(|part| part.split('.').next().unwrap_or(part));
    let empty = words.into_iter().find(|word| EMPTY_WORDS.contains(word))?;
    Some(format!(
        "`{empty}` says nothing: name it after what is in it"
    ))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn names_that_say_nothing_are_found() {
        for bad in ["a/mod.rs", "a/utils.rs", "helpers/a.ts", "a/types.test.ts"] {
            assert!(fault(bad).is_some(), "{bad}");
        }
        for good in ["a/model.rs", "operators/summarize.rs", "span.ts"] {
            assert_eq!(fault(good), None, "{good}");
        }
    }
}
