//! Regular expressions: compiled within limits, searched for within a budget, and replaced until a text grows too
//! long.

use super::bounded;
use datafusion::common::Result;
use regex::{Captures, Match, Regex, RegexBuilder};
use std::cell::{Cell, OnceCell};
use std::ops::Range;
use std::time::{Duration, Instant};

/// A compiled expression. The time that a match can take is bounded by its size times that of the text.
const COMPILED_BYTES_MAX: usize = 1 << 18;

/// The cache of its automaton.
const CACHE_BYTES_MAX: usize = 1 << 20;

/// What searches in a batch of rows may look at together without being timed.
const SEARCHED_BYTES_MAX: usize = 64 << 20;

/// How long they may go on after that.
const SEARCHED_FOR_MAX: Duration = Duration::from_secs(2);

/// How long they may take from the start, whatever they look at: some expressions read a mebibyte in a second.
const TIME_MAX: Duration = Duration::from_secs(10);

/// How much is looked at between two looks at the clock.
const LOOK_EVERY_BYTES: usize = 1 << 20;

/// `None` when it is no regular expression, or too large.
pub fn compile(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern)
        .size_limit(COMPILED_BYTES_MAX)
        .dfa_size_limit(CACHE_BYTES_MAX)
        .build()
        .ok()
}

/// What searches one after the other in a batch of rows may take. Each may look at all of the rest of its text, and
/// find a match at the start of it: then they take a time that grows with the square of the text.
#[derive(Debug)]
pub struct Budget {
    /// Bytes that were looked at.
    bytes: Cell<usize>,
    /// As many when the clock is looked at next.
    next_look: Cell<usize>,
    start: OnceCell<Instant>,
    /// Since they are more than may be looked at without being timed.
    since: OnceCell<Instant>,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            bytes: Cell::new(0),
            next_look: Cell::new(0),
            start: OnceCell::new(),
            since: OnceCell::new(),
        }
    }
}

impl Budget {
    fn spend(&self, bytes: usize) -> Result<()> {
        let bytes = self.bytes.get().saturating_add(bytes);
        self.bytes.set(bytes);
        if bytes < self.next_look.get() {
            return Ok(());
        }
        self.next_look.set(bytes.saturating_add(LOOK_EVERY_BYTES));
        let is_late = self.start.get_or_init(Instant::now).elapsed() > TIME_MAX;
        let is_much = bytes > SEARCHED_BYTES_MAX
            && self.since.get_or_init(Instant::now).elapsed() > SEARCHED_FOR_MAX;
        if !is_late && !is_much {
            return Ok(());
        }
        Err(bounded::refusal(
            "a regular expression searches the same texts again and again, which takes too long; make it match \
             less often, or shorten the texts"
                .to_owned(),
        ))
    }
}

/// Every match, within the budget.
pub fn matches<'t>(
    pattern: &Regex,
    text: &'t str,
    budget: &Budget,
) -> impl Iterator<Item = Result<Match<'t>>> {
    pattern.find_iter(text).map(|found| {
        budget.spend(text.len() - found.start())?;
        Ok(found)
    })
}

/// The groups of every match, within the budget.
pub(crate) fn captures<'t>(
    pattern: &Regex,
    text: &'t str,
    budget: &Budget,
) -> impl Iterator<Item = Result<Captures<'t>>> {
    pattern.captures_iter(text).map(|found| {
        budget.spend(text.len() - whole(&found).start)?;
        Ok(found)
    })
}

/// A replacement in pieces of one reference at most: in front of each the length of what is made is known.
#[derive(Clone, Debug)]
pub struct Rewrite(Vec<String>);

impl Rewrite {
    /// In which `$1` and `\1` stand for the first group, also before a letter, and `$0` for the match.
    pub fn new(rewrite: &str) -> Self {
        let (mut pieces, mut piece) = (Vec::new(), String::new());
        let mut letters = rewrite.chars().peekable();
        while let Some(letter) = letters.next() {
            let is_group = letters.peek().is_some_and(char::is_ascii_digit);
            if letter != '$' && !(letter == '\\' && is_group) {
                piece.push(letter);
                continue;
            }
            pieces.push(std::mem::take(&mut piece));
            if is_group {
                piece.push_str("${");
                while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                    piece.push(digit);
                }
                piece.push('}');
            } else {
                piece.push('$');
                // Two stand for one, which opens nothing.
                piece.extend(letters.next_if_eq(&'$'));
            }
        }
        pieces.push(piece);
        Self(pieces)
    }

    /// The first matches replaced, at most so many.
    ///
    /// # Errors
    /// When the text grows too long, or the search takes too long.
    pub fn replaced(
        &self,
        pattern: &Regex,
        text: &str,
        most: usize,
        budget: &Budget,
    ) -> Result<String> {
        let mut made = String::with_capacity(text.len());
        let mut from = 0;
        for found in captures(pattern, text, budget).take(most) {
            let found = found?;
            let whole = whole(&found);
            made.push_str(&text[from..whole.start]);
            for piece in &self.0 {
                found.expand(piece, &mut made);
                bounded::check_value(made.len())?;
            }
            from = whole.end;
        }
        made.push_str(&text[from..]);
        Ok(made)
    }
}

fn whole(found: &Captures<'_>) -> Range<usize> {
    found.get(0).map_or(0..0, |whole| whole.range())
}
