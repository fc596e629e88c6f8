//! Phrases of texts: runs of words that no sign beside a space and no word of every text parts.

use arrow::array::{ArrayRef, StringViewBuilder};
use std::sync::Arc;

/// Words of one phrase; a longer run is several.
const WORDS_MAX: usize = 8;

/// Words that say nothing of what a text is about.
const STOP_WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has",
    "have", "if", "in", "into", "is", "it", "its", "not", "of", "on", "or", "so", "than", "that",
    "the", "their", "then", "there", "these", "they", "this", "to", "was", "we", "were", "which",
    "will", "with", "you",
];

/// The phrases of all texts, one after the other, and for each the group of its text.
pub(super) fn of_all<'t>(texts: impl Iterator<Item = (&'t str, usize)>) -> (ArrayRef, Vec<usize>) {
    let (mut phrases, mut groups) = (StringViewBuilder::new(), Vec::new());
    for (text, group) in texts {
        for phrase in of(text) {
            phrases.append_value(phrase);
            groups.push(group);
        }
    }
    (Arc::new(phrases.finish()), groups)
}

fn of(text: &str) -> Vec<String> {
    let (mut phrases, mut run, mut words) = (Vec::new(), Vec::new(), 0);
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let before = &rest[..start];
        let after = &rest[start..];
        let end = after.find(|c: char| !c.is_alphanumeric());
        let (word, behind) = after.split_at(end.unwrap_or(after.len()));
        let gap = if words == 0 { "" } else { before };
        if parts(gap) || run.len() == WORDS_MAX {
            keep(&mut run, &mut phrases);
        }
        let word = word.to_lowercase();
        match STOP_WORDS.binary_search(&word.as_str()) {
            Ok(_) => keep(&mut run, &mut phrases),
            Err(_) => run.push(word),
        }
        words += 1;
        rest = behind;
    }
    if words == 1 {
        return run;
    }
    keep(&mut run, &mut phrases);
    phrases
}

/// Whether what is between two words parts them: a new line, or a sign beside a space.
fn parts(gap: &str) -> bool {
    let is_space = |c: char| c.is_whitespace();
    gap.contains(['\n', '\r']) || gap.contains(is_space) && gap.contains(|c| !is_space(c))
}

/// Ends a run; one word is no phrase.
fn keep(run: &mut Vec<String>, phrases: &mut Vec<String>) {
    if run.len() > 1 {
        phrases.push(run.join(" "));
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::{STOP_WORDS, of};

    #[test]
    fn runs_of_words() {
        let cases: [(&str, &[&str]); 9] = [
            ("", &[]),
            ("POST", &["post"]),
            ("the", &[]),
            ("GET /api/v1/users", &["api v1 users"]),
            ("Payment declined: card was expired", &["payment declined"]),
            ("List of the open orders, by day", &["open orders"]),
            ("one two\nthree four", &["one two", "three four"]),
            ("1 2 3 4 5 6 7 8 9 10", &["1 2 3 4 5 6 7 8", "9 10"]),
            ("Größe über alles", &["größe über alles"]),
        ];
        for (text, phrases) in cases {
            assert_eq!(of(text), phrases, "{text}");
        }
    }

    #[test]
    fn stop_words_are_in_order() {
        assert!(STOP_WORDS.is_sorted());
    }
}
