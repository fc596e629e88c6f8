//! Groups of digits, and what may stand between and around them. Cards, phone numbers and social
//! security numbers are shapes over these.

/// More groups than any number has.
const GROUPS_MAX: usize = 12;

/// No card, phone number or social security number in digits alone is shorter.
const DIGITS_MIN: usize = 9;
/// Separators are looked through so far.
const REGION_BYTES_MAX: usize = 64;

/// A run of digits, and what separates it from the one before: the separator's telling character, or 0.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) before: u8,
}

impl Group {
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }

    pub(super) fn digits<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// The groups from one position on, up to the first thing that is neither digit nor separator.
#[derive(Debug, Default)]
pub(super) struct Groups {
    items: [Group; GROUPS_MAX],
    count: usize,
}

impl Groups {
    pub(super) fn at(text: &[u8], start: usize) -> Self {
        let mut groups = Self::default();
        let (mut at, mut before) = (start, 0);
        while let Some(slot) = groups.items.get_mut(groups.count) {
            let end = digits_end(text, at);
            *slot = Group {
                start: at,
                end,
                before,
            };
            groups.count += 1;
            let Some((bytes, sign)) = separator(text, end) else {
                break;
            };
            (at, before) = (end + bytes, sign);
        }
        groups
    }

    pub(super) fn items(&self) -> &[Group] {
        self.items.get(..self.count).unwrap_or_default()
    }
}

/// Where the digits and separators from `start` on end, when they hold too few digits to be anything. Most
/// do; this is the cheap way to see it.
pub(super) fn too_few(text: &[u8], start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let near = rest.get(..REGION_BYTES_MAX);
    let mut digits = 0;
    for (at, byte) in near.unwrap_or(rest).iter().enumerate() {
        match byte {
            b'0'..=b'9' if digits + 1 == DIGITS_MIN => return None,
            b'0'..=b'9' => digits += 1,
            b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'+' | 0x80.. => {}
            _ => return Some(start + at),
        }
    }
    // Cut off, what is there may be the beginning of a number.
    near.is_none().then_some(text.len())
}

fn digits_end(text: &[u8], start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// One separator with a digit behind it: its bytes, and the character that it counts as.
fn separator(text: &[u8], at: usize) -> Option<(usize, u8)> {
    let rest = text.get(at..)?;
    let found = match rest {
        [b')', b' ' | b'-' | b'.' | b'/', ..] => (2, b')'),
        [b' ' | b'-', b'(', ..] => (2, b'('),
        [b' ', b'-' | b'/', b' ', ..] => (3, b'-'),
        [sign @ (b' ' | b'-' | b'.' | b'/' | b'+' | b')' | b'('), ..] => (1, *sign),
        [0xc2, 0xa0, ..] => (2, b' '),
        [0xe2, 0x80, 0xaf, ..] => (3, b' '),
        [0xe2, 0x80, 0x90..=0x93, ..] => (3, b'-'),
        _ => return None,
    };
    rest.get(found.0)?.is_ascii_digit().then_some(found)
}

/// Whether nothing runs into `at` from the left. What was found ends at `floor`; `\n` as the two
/// characters that `Debug` writes is not a word.
pub(super) fn bounded(text: &[u8], at: usize, floor: usize) -> bool {
    let Some(last) = at.checked_sub(1).filter(|_| at != floor) else {
        return true;
    };
    let escape = || at > 1 && text.get(at - 2) == Some(&b'\\');
    match text.get(last) {
        Some(b'n' | b'r' | b't') => escape(),
        Some(byte) => !byte.is_ascii_alphanumeric(),
        None => true,
    }
}

/// Whether the digits are part of a hexadecimal id, a UUID or a decimal fraction.
pub(super) fn part_of_id(text: &[u8], start: usize, end: usize) -> bool {
    in_fraction(text, start, end) || in_hex_word(text, start, end) || in_uuid(text, start)
}

fn in_fraction(text: &[u8], start: usize, end: usize) -> bool {
    let digit = |at: Option<usize>| {
        at.and_then(|at| text.get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    let point = |at: Option<usize>| at.and_then(|at| text.get(at)) == Some(&b'.');
    point(start.checked_sub(1)) && digit(start.checked_sub(2))
        || point(Some(end)) && digit(Some(end + 1))
}

/// A word of 64 bytes at most, hexadecimal, with a letter.
fn in_hex_word(text: &[u8], start: usize, end: usize) -> bool {
    let back = text.get(..start).unwrap_or_default().iter().rev().take(64);
    let on = text.get(end..).unwrap_or_default().iter().take(64);
    let before = back.take_while(|byte| byte.is_ascii_alphanumeric());
    let after = on.take_while(|byte| byte.is_ascii_alphanumeric());
    let mut letters = before.chain(after).peekable();
    letters.peek().is_some() && letters.all(u8::is_ascii_hexdigit)
}

fn in_uuid(text: &[u8], at: usize) -> bool {
    const LENGTH: usize = 36;
    let is_uuid = |start: usize| {
        let bytes = text.get(start..start + LENGTH).unwrap_or_default();
        let fits = |(at, byte): (usize, &u8)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        };
        bytes.len() == LENGTH && bytes.iter().enumerate().all(fits)
    };
    (at.saturating_sub(LENGTH - 1)..=at).any(is_uuid)
}
