//! A pattern's lines as a tree. Indentation is the structure; each line is read by `line`.

use super::glob::Glob;

/// What one line says.
mod line;

pub(super) use line::{Failure, Line, Wanted};

/// Why a pattern cannot be read. Lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("could not read line {line} of the pattern: expected {expected}, found {found}")]
#[non_exhaustive]
pub struct PatternError {
    /// Which line.
    pub line: usize,
    /// What may stand there.
    pub expected: String,
    /// What does, in backticks, or that the line ends.
    pub found: String,
}

/// Siblings.
#[derive(Debug, Default)]
pub(super) struct Level {
    pub(super) nodes: Vec<Node>,
    /// `...`: further ones are allowed.
    pub(super) open: bool,
    /// `~`: in any order.
    pub(super) unordered: bool,
}

/// An expected span and its children.
#[derive(Debug)]
pub(super) struct Node {
    /// Different for each node of a pattern.
    pub(super) id: usize,
    pub(super) line: Line,
    pub(super) below: Level,
}

impl Node {
    /// How many spans there are at least in one of it.
    pub(super) fn size(&self) -> u64 {
        let below = self.below.nodes.iter();
        let below = below.map(|node| node.size().saturating_mul(node.line.count.min));
        below.fold(1, u64::saturating_add)
    }
}

/// A line that counts: neither empty nor a comment.
struct Row<'t> {
    number: usize,
    indent: usize,
    text: &'t str,
}

impl Row<'_> {
    fn error(&self, expected: &str, found: &str) -> PatternError {
        PatternError {
            line: self.number,
            expected: expected.to_owned(),
            found: found.to_owned(),
        }
    }
}

pub(super) fn parse(text: &str) -> Result<Level, PatternError> {
    let rows = rows(text)?;
    let mut rest = rows.as_slice();
    let outer = rows.first().map_or(0, |row| row.indent);
    let level = level(&mut rest, outer, true)?;
    // Deeper rows became children, so that only a shallower one can be left.
    match rest.first() {
        None => Ok(level),
        Some(row) => Err(row.error(
            "an indentation that a line above it has",
            &format!("{} spaces", row.indent),
        )),
    }
}

fn rows(text: &str) -> Result<Vec<Row<'_>>, PatternError> {
    let mut rows = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let text = line.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let row = Row {
            number: at + 1,
            indent,
            text,
        };
        if line[..indent].contains(|c| c != ' ') {
            return Err(row.error("spaces to indent with", "another kind of space"));
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Reads the siblings at `indent`; stops at the first row that is less indented.
fn level(rest: &mut &[Row<'_>], indent: usize, outermost: bool) -> Result<Level, PatternError> {
    let mut level = Level::default();
    while let Some((row, after)) = rest.split_first().filter(|(row, _)| row.indent >= indent) {
        if row.indent > indent {
            return Err(row.error(
                "an indentation that a line above it has",
                &format!("{} spaces", row.indent),
            ));
        }
        *rest = after;
        let mark = match row.text {
            "..." => &mut level.open,
            "~" => &mut level.unordered,
            _ => {
                level.nodes.push(node(row, rest, outermost)?);
                continue;
            }
        };
        *mark = true;
        if rest.first().is_some_and(|next| next.indent > indent) {
            return Err(rest[0].error("no children of a mark", &format!("`{}`", rest[0].text)));
        }
    }
    Ok(level)
}

fn node(row: &Row<'_>, rest: &mut &[Row<'_>], outermost: bool) -> Result<Node, PatternError> {
    let line = Line::parse(row.text).map_err(|wrong| row.error(&wrong.expected, &wrong.found))?;
    if line.orphan && !outermost {
        return Err(row.error("`^` at outermost lines only", "it below another line"));
    }
    let below = match rest.first() {
        Some(child) if child.indent > row.indent => level(rest, child.indent, false)?,
        _ => Level::default(),
    };
    Ok(Node {
        id: row.number,
        line,
        below,
    })
}
