//! Rows as a table that fits the terminal: wide columns are cut first, then columns are left out from the right, those
//! that a span is known by last, and the last line says how many. No number is cut: it would be another one.

use super::answer::{Field, Table};
use super::terminal::plain;
use model::span;
use serde_json::Value;
use std::fmt::Write as _;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Between two columns.
const GAP: &str = "  ";
/// Text is not cut below this.
const NARROW: usize = 14;
/// Nor a time below this: `2026-11-22T10:00:00.002…`.
const NARROW_TIME: usize = 24;

/// What a span is known by, the most important first: left out last, and from the end.
const KNOWN_BY: [&str; 6] = [
    span::TIME,
    span::NAME,
    span::DURATION,
    span::SERVICE_NAME,
    span::TRACE_ID,
    span::ERROR,
];

/// Stands for a rule as wide as its column; cells hold no control character.
const RULE: &str = "\u{0}";

/// A column, ready to be written.
struct Column {
    name: String,
    cells: Vec<String>,
    width: usize,
    /// The least that it is cut to.
    narrow: usize,
    /// Numbers stand at the right.
    right: bool,
}

/// The table; `width` is the terminal's, or none for as wide as it needs to be.
pub(super) fn draw(table: &Table, width: Option<usize>) -> String {
    let mut columns: Vec<Column> = table
        .fields
        .iter()
        .zip(&table.columns)
        .map(column)
        .collect();
    let left_out = width.map_or(0, |width| fit(&mut columns, width));
    let mut out = String::new();
    line(
        &mut out,
        columns.iter().map(|column| (column, column.name.as_str())),
    );
    line(&mut out, columns.iter().map(|column| (column, RULE)));
    for row in 0..table.rows() {
        line(
            &mut out,
            columns
                .iter()
                .map(|column| (column, column.cells[row].as_str())),
        );
    }
    let rows = table.rows();
    let _ = write!(out, "({rows} {}", if rows == 1 { "row" } else { "rows" });
    if left_out > 0 {
        let _ = write!(
            out,
            "; {left_out} more {} in --format json",
            if left_out == 1 {
                "column is"
            } else {
                "columns are"
            }
        );
    }
    out.push_str(")\n");
    out
}

fn column((field, values): (&Field, &Vec<Value>)) -> Column {
    let name = plain(&field.name).into_owned();
    let cells: Vec<String> = values.iter().map(cell).collect();
    let width = cells
        .iter()
        .map(|cell| cell.width())
        .fold(name.width(), usize::max);
    let right = matches!(field.kind.as_str(), "integer" | "float" | "timespan");
    let narrow = match field.kind.as_str() {
        _ if right => width,
        "datetime" => width.min(NARROW_TIME),
        _ => width.min(NARROW),
    };
    Column {
        name,
        cells,
        width,
        narrow,
        right,
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => plain(text).into_owned(),
        other => plain(&other.to_string()).into_owned(),
    }
}

/// Makes the columns fit into `width`; returns how many were left out.
fn fit(columns: &mut Vec<Column>, width: usize) -> usize {
    let all = columns.len();
    let total = |columns: &[Column], cut: usize| -> usize {
        let widths: usize = columns.iter().map(|column| column.cut_to(cut)).sum();
        widths + GAP.len() * columns.len().saturating_sub(1)
    };
    while columns.len() > 1 && total(columns, 0) > width {
        let rank = |column: &Column| KNOWN_BY.iter().position(|name| *name == column.name);
        let ranks = columns
            .iter()
            .map(|column| rank(column).unwrap_or(usize::MAX));
        // Of those of one rank the last is at the right.
        if let Some((least, _)) = ranks.enumerate().max_by_key(|(_, rank)| *rank) {
            columns.remove(least);
        }
    }
    if let [alone] = columns.as_mut_slice()
        && !alone.right
    {
        alone.narrow = alone.narrow.min(width).max(1);
    }
    let widest = columns.iter().map(|column| column.width).max().unwrap_or(0);
    let cut = (0..=widest)
        .rev()
        .find(|cut| total(columns, *cut) <= width)
        .unwrap_or(0);
    for column in columns.iter_mut() {
        column.width = column.cut_to(cut);
    }
    all - columns.len()
}

impl Column {
    fn cut_to(&self, cut: usize) -> usize {
        self.width.min(cut.max(self.narrow))
    }
}

fn line<'a>(out: &mut String, cells: impl Iterator<Item = (&'a Column, &'a str)>) {
    let mut written = String::new();
    for (index, (column, text)) in cells.enumerate() {
        if index > 0 {
            written.push_str(GAP);
        }
        if text == RULE {
            written.extend(std::iter::repeat_n('─', column.width));
            continue;
        }
        let text = cut(text, column.width);
        let padding = " ".repeat(column.width.saturating_sub(text.width()));
        if column.right {
            written.push_str(&padding);
        }
        written.push_str(&text);
        if !column.right {
            written.push_str(&padding);
        }
    }
    out.push_str(written.trim_end());
    out.push('\n');
}

/// `text` in at most `width` cells of a terminal, with `…` where something is missing.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}
