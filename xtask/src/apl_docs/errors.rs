//! `docs/apl/errors.md`: bad queries, each with what a user sees of it and the mended query. The files of
//! `crates/apl/tests/mistakes/` are its chapters; a case is a title, the bad query, the mended one, and, after
//! `----`, the diagnostics as `throughline query` draws them, which the crate's tests compare.

use std::collections::BTreeMap;
use std::fmt::Write as _;

const HEAD: &str = "<!-- Written by `cargo xtask apl-docs` from the cases in crates/apl/tests/mistakes. -->
# Mistakes

What `throughline query` prints for a bad query: line and column, what was expected, and the text at fault. All mistakes in
what can be read are told at once, or, when all of the query could be read, all in what its names and values mean. Over HTTP each is an object with the same message, `line`, `column`, and the range in bytes
(`start`, `end`); `suggestion` is what to write in its place.
";

/// The chapters by their files' names, in order.
const CHAPTERS: [(&str, &str); 3] = [
    ("1_reading", "What cannot be read"),
    ("2_names", "Names"),
    ("3_values", "Values"),
];

/// The page, of the files by their path.
pub(super) fn page(files: &BTreeMap<&str, &str>) -> String {
    let mut page = HEAD.to_owned();
    for (name, title) in CHAPTERS {
        let file = files
            .iter()
            .find(|(path, _)| path.ends_with(&format!("/{name}.apl")));
        let Some((_, cases)) = file else { continue };
        let _ = write!(page, "\n## {title}\n");
        for case in cases.trim_end().split("\n====\n") {
            section(&mut page, case);
        }
    }
    page
}

/// A title, what the user sees, and the mended query.
fn section(page: &mut String, case: &str) {
    let (query, seen) = case.split_once("\n----\n").unwrap_or((case, ""));
    let mut parts = query.split("\n++++\n");
    let mut part = || parts.next().unwrap_or_default();
    let (title, bad, mended) = (part(), part(), part());
    let _ = write!(
        page,
        "\n### {title}\n\n```apl\n{bad}\n```\n\n```text\n{seen}\n```\n\nMended:\n\n```apl\n{mended}\n```\n"
    );
}
