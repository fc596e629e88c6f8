//! What is wrong with a query, and where. Messages say what was expected.

use crate::limits::DIAGNOSTICS_MAX;
use std::fmt;
use std::ops::Range;

/// One mistake in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The text at fault, in bytes.
    pub range: Range<usize>,
    /// Line of its start, from 1.
    pub line: usize,
    /// Character of its start within the line, from 1.
    pub column: usize,
    /// What is wrong and what was expected, lower case, no final stop.
    pub message: String,
    /// What to write instead of the range.
    pub suggestion: Option<String>,
}

impl Diagnostic {
    /// A mistake in the text `range` of a query.
    pub fn new(
        query: &str,
        range: Range<usize>,
        message: impl Into<String>,
        suggestion: Option<String>,
    ) -> Self {
        let (line, column) = position(query, range.start);
        Self {
            range,
            line,
            column,
            message: message.into(),
            suggestion,
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.line, self.column, self.message)?;
        match &self.suggestion {
            Some(suggestion) => write!(out, "; did you mean '{suggestion}'?"),
            None => Ok(()),
        }
    }
}

/// The mark of a step that failed; what failed is in the [`Report`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failed;

/// Collects the diagnostics of one query.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    text: &'a str,
    found: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            found: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// What is written at `range`.
    pub(crate) fn text(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    pub(crate) fn is_clean(&self) -> bool {
        self.found.is_empty()
    }

    pub(crate) fn error(&mut self, range: &Range<usize>, message: impl Into<String>) -> Failed {
        self.suggest(range, message, None)
    }

    pub(crate) fn suggest(
        &mut self,
        range: &Range<usize>,
        message: impl Into<String>,
        suggestion: Option<String>,
    ) -> Failed {
        let repeated = self.found.iter().any(|earlier| earlier.range == *range);
        if self.found.len() < DIAGNOSTICS_MAX && !repeated {
            let diagnostic = self.diagnostic(range, message.into(), suggestion);
            self.found.push(diagnostic);
        }
        Failed
    }

    /// What is no mistake but may not be meant; said once.
    pub(crate) fn warn(&mut self, range: &Range<usize>, message: String, suggestion: String) {
        let repeated = self
            .warnings
            .iter()
            .any(|earlier| earlier.message == message);
        if self.warnings.len() < DIAGNOSTICS_MAX && !repeated {
            let diagnostic = self.diagnostic(range, message, Some(suggestion));
            self.warnings.push(diagnostic);
        }
    }

    /// What is wrong, in the order of the text; empty when nothing is.
    pub(crate) fn into_mistakes(self) -> Vec<Diagnostic> {
        match self.is_clean() {
            true => Vec::new(),
            false => self.finish(),
        }
    }

    pub(crate) fn warnings(&self) -> Vec<Diagnostic> {
        self.warnings.clone()
    }

    fn diagnostic(
        &self,
        range: &Range<usize>,
        message: String,
        suggestion: Option<String>,
    ) -> Diagnostic {
        Diagnostic::new(self.text, range.clone(), message, suggestion)
    }

    /// The diagnostics in the order of the text; never empty.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        if self.found.is_empty() {
            self.error(&(0..self.text.len()), "could not understand this query");
        }
        self.found
            .sort_by_key(|diagnostic| (diagnostic.range.start, diagnostic.range.end));
        self.found
    }
}

/// Line and column, both from 1, of a byte offset.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.matches('\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

/// The candidate nearest to a misspelt word, when it is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let letters = sorted(word);
    let is_near_in_length =
        |candidate: &&str| candidate.chars().count().abs_diff(letters.len()) <= 2;
    candidates
        .into_iter()
        .filter(is_near_in_length)
        .map(|candidate| (model::fields::edits(word, candidate), candidate))
        .filter(|(distance, candidate)| {
            // Two letters that changed places are two edits, and one slip.
            let is_swapped = || *distance == 2 && sorted(candidate) == letters;
            *distance <= 2 && (*distance * 2 < candidate.len() || is_swapped())
        })
        .min()
        .map(|(_, candidate)| candidate.to_owned())
}

/// The longest candidate that the word begins with, as `strlen` of `strlenght`.
pub(crate) fn longest_start<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let starts = candidates
        .into_iter()
        .filter(|candidate| candidate.len() >= 4 && word.starts_with(candidate));
    starts
        .max_by_key(|candidate| candidate.len())
        .map(str::to_owned)
}

fn sorted(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}
