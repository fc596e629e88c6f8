//! Regular expressions: compiled within limits, and replacement that stops when a text grows too long.

use super::bounded;
use datafusion::common::Result;
use regex::{Captures, Regex, RegexBuilder};

/// A compiled expression. The time that a match can take is bounded by its size times that of the text.
const COMPILED_BYTES_MAX: usize = 1 << 18;

/// The cache of its automaton.
const CACHE_BYTES_MAX: usize = 1 << 20;

/// `None` when it is no regular expression, or too large.
pub(crate) fn compile(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern)
        .size_limit(COMPILED_BYTES_MAX)
        .dfa_size_limit(CACHE_BYTES_MAX)
        .build()
        .ok()
}

/// Every match replaced by `rewrite`, in which `$1` and `\1` stand for the first group and `$0` for the match.
pub(crate) fn replaced(pattern: &Regex, rewrite: &str, text: &str) -> Result<String> {
    let rewrite = braced(rewrite);
    let mut made = String::with_capacity(text.len());
    let mut from = 0;
    for found in pattern.captures_iter(text) {
        let whole = whole(&found);
        made.push_str(&text[from..whole.start]);
        found.expand(&rewrite, &mut made);
        bounded::check_value(made.len())?;
        from = whole.end;
    }
    made.push_str(&text[from..]);
    Ok(made)
}

fn whole(found: &Captures<'_>) -> std::ops::Range<usize> {
    found.get(0).map_or(0..0, |whole| whole.range())
}

/// `$1` and `\1` as `${1}`, so that letters after it are letters.
fn braced(rewrite: &str) -> String {
    let mut made = String::with_capacity(rewrite.len());
    let mut letters = rewrite.chars().peekable();
    while let Some(letter) = letters.next() {
        let opens = matches!(letter, '$' | '\\');
        if !opens || !letters.peek().is_some_and(char::is_ascii_digit) {
            made.push(letter);
            continue;
        }
        made.push_str("${");
        while let Some(digit) = letters.next_if(char::is_ascii_digit) {
            made.push(digit);
        }
        made.push('}');
    }
    made
}
