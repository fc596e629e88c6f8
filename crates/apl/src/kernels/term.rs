//! Whole terms in a text. A term is a longest run of letters and digits: `_`, `-`, `.` and spaces part
//! them, so "GET /cart" has the terms GET and cart.

use super::{call, texts};
use arrow::array::{ArrayRef, BooleanArray};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::Expr;
use std::sync::Arc;

/// Which ends of the needle must be ends of terms.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ends {
    Both,
    Start,
    End,
}

/// Whether `text` holds `needle` at term boundaries. Null when either is null.
pub(crate) fn holds(text: Expr, needle: Expr, ends: Ends, ignore_case: bool) -> Expr {
    let (name, run): (_, super::Run) = match (ends, ignore_case) {
        (Ends::Both, true) => ("has_term", |columns| search(columns, true, true, true)),
        (Ends::Both, false) => ("has_term_cs", |columns| search(columns, true, true, false)),
        (Ends::Start, true) => ("has_prefix", |columns| search(columns, true, false, true)),
        (Ends::Start, false) => ("has_prefix_cs", |columns| {
            search(columns, true, false, false)
        }),
        (Ends::End, true) => ("has_suffix", |columns| search(columns, false, true, true)),
        (Ends::End, false) => ("has_suffix_cs", |columns| {
            search(columns, false, true, false)
        }),
    };
    call(name, DataType::Boolean, run, vec![text, needle])
}

fn search(columns: &[ArrayRef], start: bool, end: bool, ignore_case: bool) -> Result<ArrayRef> {
    let (haystacks, needles) = (texts(&columns[0])?, texts(&columns[1])?);
    let found = haystacks.iter().zip(needles).map(|(text, needle)| {
        let (text, needle) = (text?, needle?);
        if !ignore_case {
            return Some(has_term(text, needle, start, end));
        }
        Some(has_term(
            &text.to_lowercase(),
            &needle.to_lowercase(),
            start,
            end,
        ))
    });
    Ok(Arc::new(BooleanArray::from_iter(found)))
}

pub(super) fn has_term(text: &str, needle: &str, start: bool, end: bool) -> bool {
    let mut from = 0;
    while let Some(found) = text[from..].find(needle) {
        let (first, last) = (from + found, from + found + needle.len());
        let starts = !start || parts(text[..first].chars().next_back(), needle.chars().next());
        let ends = !end || parts(needle.chars().next_back(), text[last..].chars().next());
        if starts && ends {
            return true;
        }
        match text[first..].chars().next() {
            Some(letter) => from = first + letter.len_utf8(),
            None => return false,
        }
    }
    false
}

/// Whether a term ends between two neighbours: unless both belong to one.
fn parts(before: Option<char>, after: Option<char>) -> bool {
    !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric))
}
