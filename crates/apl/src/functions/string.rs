//! Texts. Other scalars are taken as their text.

use super::Function;
use crate::kernels::{regex, rows::Row};
use datafusion::common::Result;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value as Json;
use std::borrow::Cow;

/// Numbers of bytes with a unit.
mod sizes;

/// The bytes that base64 stands for.
mod base64_decode_toarray;
/// The text that base64 stands for.
mod base64_decode_tostring;
/// Bytes in base64.
mod base64_encode_fromarray;
/// A text in base64.
mod base64_encode_tostring;
/// How often a text is found in another, one find after the end of the other.
mod countof;
/// How often a regular expression matches in a text.
mod countof_regex;
/// What a group of a regular expression matched first.
mod extract;
/// What a regular expression matches, all of it.
mod extract_all;
/// A number of bytes with a unit, the largest that leaves a number of at least 1 unless told.
mod format_bytes;
/// An address made of a map of its parts.
mod format_url;
/// The name of the kind of a value, of a dynamic value by what it holds.
mod gettype;
/// At which letter a text is found in another, counted from 0.
mod indexof;
/// At which letter a regular expression first matches, counted from 0.
mod indexof_regex;
/// Whether a text has letters of ASCII only.
mod isascii;
/// The bytes of a size such as `1.5 MB`.
mod parse_bytes;
/// The fields of one line of comma-separated values.
mod parse_csv;
/// The parts of a path, a file address or an address.
mod parse_path;
/// The parts of an address.
mod parse_url;
/// The parameters of the query of an address, as a map.
mod parse_urlquery;
/// A text in double quotes, with what is special in it escaped.
mod quote;
/// A text of which a regular expression matches itself and nothing else.
mod regex_quote;
/// A text with every match of a regular expression replaced.
mod replace_regex;
/// A text with every occurrence of another replaced.
mod replace_string;
/// The letters from last to first.
mod reverse;
/// The parts of a text between the delimiters.
mod split;
/// All texts one after the other.
mod strcat;
/// All texts one after the other, with a delimiter between them.
mod strcat_delim;
/// -1, 0 or 1, as a text comes before, is equal to, or comes after another.
mod strcmp;
/// The bytes of a text in UTF-8.
mod string_size;
/// A text without the sequences that colour a terminal.
mod strip_ansi_escapes;
/// How many letters a text has.
mod strlen;
/// A text repeated, 1 to 1024 times, with a delimiter between if one is given.
mod strrep;
/// The letters from a place on, the first being 0.
mod substring;
/// A text in small letters.
mod tolower;
/// A text whose first letter is a capital.
mod totitle;
/// A text in capital letters.
mod toupper;
/// A text with each letter of the first list replaced by the letter at the same place of the second.
mod translate;
/// A text without the letters of a set at both ends.
mod trim;
/// A text without the letters of a set at its end.
mod trim_end;
/// A text without one match of a regular expression at its end.
mod trim_end_regex;
/// A text without one match of a regular expression at both ends.
mod trim_regex;
/// A text without white space at both ends.
mod trim_space;
/// A text without the letters of a set at its start.
mod trim_start;
/// A text without one match of a regular expression at its start.
mod trim_start_regex;
/// The numbers that Unicode gives to the letters of a text.
mod unicode_codepoints_from_string;
/// The text of the letters to which Unicode gives these numbers.
mod unicode_codepoints_to_string;
/// The text that is escaped in a part of an address.
mod url_decode;
/// A text as a part of an address.
mod url_encode;

pub(super) const FUNCTIONS: &[Function] = &[
    base64_decode_toarray::FUNCTION,
    base64_decode_tostring::FUNCTION,
    base64_encode_fromarray::FUNCTION,
    base64_encode_tostring::FUNCTION,
    countof::FUNCTION,
    countof_regex::FUNCTION,
    extract::FUNCTION,
    extract_all::FUNCTION,
    format_bytes::FUNCTION,
    format_url::FUNCTION,
    gettype::FUNCTION,
    indexof::FUNCTION,
    indexof_regex::FUNCTION,
    isascii::FUNCTION,
    parse_bytes::FUNCTION,
    parse_csv::FUNCTION,
    parse_path::FUNCTION,
    parse_url::FUNCTION,
    parse_urlquery::FUNCTION,
    quote::FUNCTION,
    regex_quote::FUNCTION,
    replace_regex::FUNCTION,
    replace_string::FUNCTION,
    reverse::FUNCTION,
    split::FUNCTION,
    strcat::FUNCTION,
    strcat_delim::FUNCTION,
    strcmp::FUNCTION,
    string_size::FUNCTION,
    strip_ansi_escapes::FUNCTION,
    strlen::FUNCTION,
    strrep::FUNCTION,
    substring::FUNCTION,
    tolower::FUNCTION,
    totitle::FUNCTION,
    toupper::FUNCTION,
    translate::FUNCTION,
    trim::FUNCTION,
    trim_end::FUNCTION,
    trim_end_regex::FUNCTION,
    trim_regex::FUNCTION,
    trim_space::FUNCTION,
    trim_start::FUNCTION,
    trim_start_regex::FUNCTION,
    unicode_codepoints_from_string::FUNCTION,
    unicode_codepoints_to_string::FUNCTION,
    url_decode::FUNCTION,
    url_encode::FUNCTION,
];

/// A text as a part of an address.
fn escaped(text: &str) -> String {
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~');
    utf8_percent_encode(text, KEPT).to_string()
}

/// The parameters of the query of an address.
fn query(text: &str) -> Json {
    let entries = url::form_urlencoded::parse(text.as_bytes());
    let entry = |(key, value): (Cow<'_, str>, Cow<'_, str>)| (key.into_owned(), value.into());
    Json::Object(entries.map(entry).collect())
}

/// A part of a text to search in, and how many letters come before it.
struct Window<'t> {
    text: &'t str,
    before: usize,
}

impl Window<'_> {
    /// The letter of the whole text that begins at a byte of the window.
    fn letter(&self, at: usize) -> i64 {
        (self.before + self.text[..at].chars().count()) as i64
    }
}

/// From a letter on (a negative one counts from the end), so many letters; without a limit if that is
/// negative or not given.
fn window(text: &str, start: Option<i64>, length: Option<i64>) -> Option<Window<'_>> {
    let start = start.unwrap_or(0);
    let before = match usize::try_from(start) {
        Ok(before) => before,
        Err(_) => text
            .chars()
            .count()
            .saturating_sub(usize::try_from(start.unsigned_abs()).ok()?),
    };
    let at = |text: &str, letter: usize| {
        text.char_indices()
            .nth(letter)
            .map_or(text.len(), |found| found.0)
    };
    let rest = &text[at(text, before)..];
    let kept = match usize::try_from(length.unwrap_or(-1)) {
        Ok(length) => &rest[..at(rest, length)],
        Err(_) => rest,
    };
    Some(Window { text: kept, before })
}

/// A text without one match of a pattern at its start, and one at its end.
fn trimmed(row: Row<'_>, at_start: bool, at_end: bool) -> Result<Option<String>> {
    let (Some(pattern), Some(mut kept)) = (row.pattern(0), row.text(1)) else {
        return Ok(None);
    };
    if at_start && let Some(found) = pattern.find(kept).filter(|found| found.start() == 0) {
        kept = &kept[found.end()..];
    }
    if at_end {
        for found in regex::matches(pattern, kept, row.searches()) {
            let found = found?;
            if found.end() == kept.len() {
                kept = &kept[..found.start()];
                break;
            }
        }
    }
    Ok(Some(kept.to_owned()))
}
