//! Which things fit what was typed, and how well: the whole, its start, the start of a word in it, a part, letters in
//! this order. Case is ignored.

use super::item::Item;

/// How well something fits; the smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    tier: u8,
    /// What kinds of thing are likelier at this place.
    class: u8,
    /// Without anything typed things keep their order; else the shorter one is nearer.
    length: usize,
    order: usize,
}

/// The things that fit.
#[derive(Debug)]
pub(super) struct Matches<'a> {
    /// In lower case.
    typed: String,
    found: Vec<(Rank, Item<'a>)>,
}

impl<'a> Matches<'a> {
    pub(super) fn new(typed: &str) -> Self {
        Self {
            typed: typed.to_ascii_lowercase(),
            found: Vec::new(),
        }
    }

    /// What was typed, in lower case.
    pub(super) fn typed(&self) -> &str {
        &self.typed
    }

    pub(super) fn count(&self) -> usize {
        self.found.len()
    }

    /// Takes `item`, which is called `label`, if it fits.
    pub(super) fn add(&mut self, label: &str, class: u8, item: Item<'a>) {
        let Some(tier) = tier(self.typed.as_bytes(), label.as_bytes()) else {
            return;
        };
        // Of those that begin as typed, those that are used most come first, as they were added.
        let length = match tier {
            ..=1 => 0,
            _ => label.len(),
        };
        let rank = Rank {
            tier,
            class,
            length,
            order: self.found.len(),
        };
        self.found.push((rank, item));
    }

    /// All, the likeliest first.
    pub(super) fn sorted(mut self) -> impl Iterator<Item = Item<'a>> {
        self.found.sort_unstable_by_key(|(rank, _)| *rank);
        self.found.into_iter().map(|(_, item)| item)
    }
}

/// `None` if it does not fit. What was typed is in lower case.
fn tier(typed: &[u8], label: &[u8]) -> Option<u8> {
    let Some(first) = typed.first() else {
        return Some(1);
    };
    if typed.len() > label.len() {
        return None;
    }
    if label.len() == typed.len() {
        return label.eq_ignore_ascii_case(typed).then_some(0);
    }
    if starts(label, typed) {
        return Some(1);
    }
    let mut is_inside = false;
    for (at, letter) in label.iter().enumerate().skip(1) {
        if letter.eq_ignore_ascii_case(first) && starts(&label[at..], typed) {
            if is_word_start(label, at) {
                return Some(2);
            }
            is_inside = true;
        }
    }
    if words_in_order(typed, label) {
        return Some(3);
    }
    if is_inside {
        return Some(4);
    }
    is_subsequence(typed, label).then_some(5)
}

fn starts(label: &[u8], typed: &[u8]) -> bool {
    label.len() >= typed.len() && label[..typed.len()].eq_ignore_ascii_case(typed)
}

fn is_separator(letter: u8) -> bool {
    matches!(letter, b'.' | b'_' | b'-' | b'/' | b' ' | b':')
}

fn is_word_start(label: &[u8], at: usize) -> bool {
    let before = label[at - 1];
    is_separator(before) || (before.is_ascii_lowercase() && label[at].is_ascii_uppercase())
}

/// Whether the words typed begin words of the label, in order: `http.status` and `http.response.status_code`.
fn words_in_order(typed: &[u8], label: &[u8]) -> bool {
    fn split(text: &[u8]) -> impl Iterator<Item = &[u8]> {
        let words = text.split(|letter| is_separator(*letter));
        words.filter(|word| !word.is_empty())
    }
    let (mut wanted, mut words) = (split(typed).peekable(), split(label));
    wanted.peek().is_some() && wanted.all(|wanted| words.any(|word| starts(word, wanted)))
}

/// Whether the letters typed are in the label in this order. The first begins a word, so that not everything fits.
fn is_subsequence(typed: &[u8], label: &[u8]) -> bool {
    let first = typed[0];
    let begins = |at: &usize| {
        label[*at].eq_ignore_ascii_case(&first) && (*at == 0 || is_word_start(label, *at))
    };
    let Some(at) = (0..label.len()).find(begins) else {
        return false;
    };
    let mut letters = label[at..].iter();
    typed
        .iter()
        .all(|wanted| letters.any(|letter| letter.eq_ignore_ascii_case(wanted)))
}

#[cfg(test)]
mod tests {
    use super::tier;

    #[test]
    fn the_nearer_fit_is_the_smaller_number() {
        for (typed, label, expected) in [
            ("", "duration", Some(1)),
            ("name", "name", Some(0)),
            ("na", "Name", Some(1)),
            ("status", "http.response.status_code", Some(2)),
            ("code", "statusCode", Some(2)),
            ("http.status", "http.response.status_code", Some(3)),
            ("sponse", "http.response", Some(4)),
            ("hrsc", "http.response.status_code", Some(5)),
            ("svcname", "service.name", Some(5)),
            ("vcname", "service.name", None),
            ("name", "nam", None),
            ("ü", "über", Some(1)),
        ] {
            assert_eq!(
                tier(typed.as_bytes(), label.as_bytes()),
                expected,
                "{typed} {label}"
            );
        }
    }
}
