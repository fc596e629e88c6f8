//! Files that fit the head: at most 500 lines a file, 70 a function.

use anyhow::Result;

use super::Finding;
use super::source;
use super::tree::{SourceFile, Tree};

const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;
const CODE: [&str; 5] = ["rs", "ts", "js", "svelte", "css"];

/// What may be longer, each with its reason: a `file`, or a `file:function`.
pub(super) const EXCUSED: [(&str, &str); 6] = [
    (
        "crates/apl/tests/it/spans.rs:spans",
        "data: the spans that every query of the corpus runs over",
    ),
    (
        "crates/telemetry/tests/it/doctor/http.rs:every_answer_has_its_words",
        "data: answers and what the doctor says of them",
    ),
    (
        "crates/telemetry/tests/it/privacy/survives.rs:texts",
        "data: texts that the privacy guard must leave alone",
    ),
    (
        "crates/telemetry/tests/it/privacy/survives.rs:attributes_of_the_conventions",
        "data: attributes that the privacy guard must leave alone",
    ),
    (
        "crates/telemetry/tests/it/testing/differences.rs:the_first_difference_in_words",
        "data: traces, patterns and what the difference is called",
    ),
    (
        "crates/telemetry/tests/it/testing/language.rs:what_cannot_be_read_is_said_with_its_line",
        "data: patterns and what is wrong with them",
    ),
];

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let mut long = Vec::new();
    for file in tree.files().filter(|file| CODE.contains(&file.extension())) {
        long.extend(long_file(file));
        if file.extension() == "rs" {
            long.extend(long_functions(file));
        }
    }
    let is_excused = |long: &Long| EXCUSED.iter().any(|(name, _)| *name == long.name);
    Ok(long
        .into_iter()
        .filter(|long| !is_excused(long))
        .map(|long| long.finding)
        .collect())
}

/// What is too long, by the name under which it could be excused.
struct Long {
    name: String,
    finding: Finding,
}

fn long_file(file: &SourceFile) -> Option<Long> {
    let lines = file.text.lines().count();
    let fault =
        format!("{lines} lines are more than {FILE_LINES_MAX}: make it two files with a verb each");
    let place = file.path.clone();
    (lines > FILE_LINES_MAX).then(|| Long {
        name: place.clone(),
        finding: Finding { place, fault },
    })
}

fn long_functions(file: &SourceFile) -> Vec<Long> {
    let bare = source::bare(&file.text);
    let mut long = functions(&bare);
    long.retain(|function| function.lines > FUNCTION_LINES_MAX);
    let named = long.into_iter().map(|Function { name, line, lines }| Long {
        name: format!("{}:{name}", file.path),
        finding: Finding {
            place: format!("{}:{line}", file.path),
            fault: format!(
                "`{name}` has {lines} lines, more than {FUNCTION_LINES_MAX}: give its parts names of their own"
            ),
        },
    });
    named.collect()
}

/// A function with a body.
#[derive(Debug, PartialEq, Eq)]
struct Function<'a> {
    name: &'a str,
    /// The line of its `fn`, from 1.
    line: usize,
    lines: usize,
}

/// All functions with a body in source that has lost its comments and literals.
fn functions(bare: &str) -> Vec<Function<'_>> {
    let mut found = Vec::new();
    for (at, _) in bare.match_indices("fn ") {
        if bare[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let signature = &bare[at + 3..];
        let name_end = signature
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(0);
        let Some(length) = (name_end > 0).then(|| body_end(signature)).flatten() else {
            continue;
        };
        found.push(Function {
            name: &signature[..name_end],
            line: bare[..at].matches('\n').count() + 1,
            lines: signature[..length].matches('\n').count() + 1,
        });
    }
    found
}

/// Where the body that belongs to `signature` ends; none where a `;` comes instead of a body.
fn body_end(signature: &str) -> Option<usize> {
    let (mut brackets, mut braces) = (0_i32, 0_i32);
    for (at, c) in signature.char_indices() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets -= 1,
            ';' if brackets == 0 && braces == 0 => return None,
            '{' => braces += 1,
            '}' => {
                braces -= 1;
                if braces == 0 && brackets == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Function, Tree, check, functions};

    #[test]
    fn functions_are_measured_from_their_fn_to_their_brace() {
        let text = "trait T {\n    fn a(x: [u8; 4]);\n    fn b() {}\n}\nasync fn c(\n) {\n    if x {\n    }\n}\n";
        let expected = vec![
            Function {
                name: "b",
                line: 3,
                lines: 1,
            },
            Function {
                name: "c",
                line: 5,
                lines: 5,
            },
        ];
        assert_eq!(functions(text), expected);
    }

    #[test]
    fn long_files_and_functions_are_found() {
        let short = format!("fn a() {{\n{}}}\n", "x();\n".repeat(68));
        assert!(check(&Tree::of("a.rs", &short)).unwrap().is_empty());
        let long = format!("fn a() {{\n{}}}\n", "x();\n".repeat(69));
        assert_eq!(check(&Tree::of("a.rs", &long)).unwrap().len(), 1);
        let file = "x\n".repeat(501);
        assert_eq!(check(&Tree::of("a.ts", &file)).unwrap().len(), 1);
    }
}
