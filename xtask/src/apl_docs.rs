//! `cargo xtask apl-docs`: writes `docs/apl/` from the heads of the files of APL's functions, aggregations and
//! operators. A head that begins with `# ` is the page of what its file holds; `tidy` checks that the pages are
//! as the heads are, the tests of the crate that the examples are true. The page of bad queries is made of the
//! cases in `tests/mistakes/`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workspace;

/// The page of bad queries.
mod errors;

/// Where the heads are.
pub(crate) const SOURCES: &str = "crates/apl/src/";
/// Bad queries with what a user sees of each, and the mended ones.
pub(crate) const MISTAKES: &str = "crates/apl/tests/mistakes/";
/// Where the pages go.
pub(crate) const PAGES: &str = "docs/apl/";

const NOTE: &str =
    "<!-- Written by `cargo xtask apl-docs` from the heads of the files in crates/apl/src. -->\n";

/// The parts of the language whose files have such heads, in the order of the index.
const PARTS: [(&str, &str); 3] = [
    ("operators", "Operators"),
    ("aggregations", "Aggregations"),
    ("functions", "Functions"),
];

/// One function, aggregation or operator.
struct Entry<'a> {
    /// Its name, and others that mean the same.
    names: &'a str,
    /// All lines after the title.
    body: String,
}

pub(crate) fn run() -> Result<()> {
    let mut files = Vec::new();
    for folder in [SOURCES, MISTAKES] {
        read(&workspace::root().join(folder), &mut files)?;
    }
    let texts = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    for (path, text) in pages(texts) {
        let file = workspace::root().join(&path);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).context("could not make docs/apl")?;
        }
        std::fs::write(&file, text).with_context(|| format!("could not write {path}"))?;
        println!("wrote {path}");
    }
    Ok(())
}

fn read(folder: &Path, files: &mut Vec<(String, String)>) -> Result<()> {
    let entries = std::fs::read_dir(folder);
    for entry in entries.with_context(|| format!("could not read {}", workspace::shown(folder)))? {
        let path = entry.context("could not read a folder")?.path();
        if path.is_dir() {
            read(&path, files)?;
        } else {
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("could not read {}", workspace::shown(&path)))?;
            files.push((workspace::shown(&path), text));
        }
    }
    Ok(())
}

/// The pages by their path, of files by theirs.
pub(crate) fn pages<'a>(
    files: impl Iterator<Item = (&'a str, &'a str)>,
) -> BTreeMap<String, String> {
    let (mut chapters, mut about) = (BTreeMap::new(), BTreeMap::new());
    let mut mistakes = BTreeMap::new();
    for (path, text) in files {
        if path.starts_with(MISTAKES) {
            mistakes.insert(path, text);
        }
        let Some(inner) = path
            .strip_prefix(SOURCES)
            .and_then(|path| path.strip_suffix(".rs"))
        else {
            continue;
        };
        let head = head(text);
        let Some((names, body)) = head
            .strip_prefix("# ")
            .and_then(|head| head.split_once('\n'))
        else {
            about.insert(inner.to_owned(), head);
            continue;
        };
        let Some((chapter, _)) = inner.rsplit_once('/') else {
            continue;
        };
        let entry = (names.to_owned(), body.trim().to_owned());
        chapters
            .entry(chapter.to_owned())
            .or_insert_with(BTreeMap::new)
            .insert(entry.0, entry.1);
    }
    let mut pages = BTreeMap::new();
    let mut index = format!(
        "{NOTE}# APL, name by name\n\nHow the language works is told in [../apl.md](../apl.md).\n"
    );
    for (part, title) in PARTS {
        let of_part: Vec<(&String, &BTreeMap<String, String>)> = chapters
            .iter()
            .filter(|(chapter, _)| chapter.split('/').next() == Some(part))
            .collect();
        if !of_part.is_empty() {
            let _ = write!(index, "\n## {title}\n");
        }
        for (chapter, entries) in of_part {
            let name = chapter.rsplit('/').next().unwrap_or(chapter);
            let entries: Vec<Entry<'_>> = entries
                .iter()
                .map(|(names, body)| Entry {
                    names,
                    body: body.clone(),
                })
                .collect();
            let about = about.get(chapter).map_or("", String::as_str);
            list(&mut index, name, &entries);
            pages.insert(format!("{PAGES}{name}.md"), page(name, about, &entries));
        }
    }
    index.push_str("\n## Mistakes\n\n[errors](errors.md): bad queries, what is said of them, and how they are mended\n");
    pages.insert(format!("{PAGES}README.md"), index);
    pages.insert(format!("{PAGES}errors.md"), errors::page(&mistakes));
    pages
}

/// The lines of a file's head.
fn head(text: &str) -> String {
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    let lines: Vec<&str> = lines
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    lines.join("\n")
}

fn page(name: &str, about: &str, entries: &[Entry<'_>]) -> String {
    let mut page = format!("{NOTE}# {name}\n\n{}\n", about.trim());
    for entry in entries {
        let body = entry.body.replace("\n## Example", "\n### Example");
        let _ = write!(page, "\n## {}\n\n{body}\n", entry.names);
    }
    page
}

/// The entries in the index, each with its first sentence.
fn list(index: &mut String, chapter: &str, entries: &[Entry<'_>]) {
    let _ = write!(index, "\n**[{chapter}]({chapter}.md)**\n\n");
    for entry in entries {
        let anchor: String = entry
            .names
            .chars()
            .filter_map(|letter| match letter {
                ' ' => Some('-'),
                ',' => None,
                letter => Some(letter),
            })
            .collect();
        let paragraph = entry
            .body
            .split("\n\n")
            .next()
            .unwrap_or_default()
            .replace('\n', " ");
        let first = paragraph
            .split_inclusive(['.', ';', ':'])
            .next()
            .unwrap_or_default();
        let first = first.trim_end_matches(['.', ';', ':']);
        let _ = writeln!(index, "- [{}]({chapter}.md#{anchor}): {first}", entry.names);
    }
}

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn a_head_becomes_a_section_and_a_line_of_the_index() {
        let file = "//! # abs\n//!\n//! The size. No sign.\n//!\n//! ```apl\n//! abs(number)\n//! ```\n//!\n//! ## Example\n\nuse x;\n";
        let files = [
            ("crates/apl/src/functions/math/abs.rs", file),
            (
                "crates/apl/src/functions/math.rs",
                "//! Numbers.\n\nmod abs;\n",
            ),
            ("crates/apl/src/lexer.rs", "//! Text to tokens.\n"),
        ];
        let pages = pages(files.into_iter());
        let page = &pages["docs/apl/math.md"];
        assert!(
            page.contains("# math\n\nNumbers.\n\n## abs\n\nThe size. No sign."),
            "{page}"
        );
        assert!(page.contains("### Example"), "{page}");
        let index = &pages["docs/apl/README.md"];
        assert!(
            index.contains("- [abs](math.md#abs): The size\n"),
            "{index}"
        );
        assert_eq!(pages.len(), 3);
    }
}
