//! Rows as JSON, lines of JSON, or CSV.

use super::answer::Table;
use super::terminal::plain;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;
use std::fmt::Write as _;

/// One array of objects, an object a line.
pub(super) fn json(table: &Table) -> String {
    let rows: Vec<String> = (0..table.rows()).map(|row| object(table, row)).collect();
    if rows.is_empty() {
        "[]\n".to_owned()
    } else {
        format!("[\n{}\n]\n", rows.join(",\n"))
    }
}

/// One object a line.
pub(super) fn ndjson(table: &Table) -> String {
    (0..table.rows())
        .map(|row| object(table, row) + "\n")
        .collect()
}

/// One row, its members in the order of the columns.
struct Row<'a> {
    table: &'a Table,
    row: usize,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.table.fields.len()))?;
        for (field, column) in self.table.fields.iter().zip(&self.table.columns) {
            object.serialize_entry(&field.name, &column[self.row])?;
        }
        object.end()
    }
}

/// JSON escapes control characters below space; the others (DEL, C1) are escaped here.
pub(super) fn object(table: &Table, row: usize) -> String {
    let json = serde_json::to_string(&Row { table, row }).unwrap_or_default();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_control() {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// RFC 4180 with a head line. Text that a spreadsheet would take for a formula gets an apostrophe.
pub(super) fn csv(table: &Table) -> String {
    let names = table
        .fields
        .iter()
        .map(|field| quoted(&harmless(&field.name)));
    let mut out = names.collect::<Vec<_>>().join(",") + "\r\n";
    for row in 0..table.rows() {
        let cells = table.columns.iter().map(|column| match &column[row] {
            Value::Null => String::new(),
            Value::String(text) => quoted(&harmless(text)),
            other => quoted(&plain(&other.to_string())),
        });
        out.push_str(&cells.collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    }
    out
}

/// A negative timespan (`-5ms`) is no formula.
fn harmless(text: &str) -> String {
    let is_formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r']) && apl::timespan::parse(text).is_none();
    let text = plain(text);
    if is_formula {
        format!("'{text}")
    } else {
        text.into_owned()
    }
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
