//! Payment cards: 13 to 19 digits with the first digits and the length of an issuer, and Luhn's sum. Of
//! random numbers of 16 digits one in about forty is taken for a card; ids and times do not begin so.

use super::number::{Groups, part_of_id};

const DIGITS_MIN: usize = 13;
const DIGITS_MAX: usize = 19;

/// Where the card that begins with the first group ends.
pub(super) fn end(text: &[u8], groups: &Groups) -> Option<usize> {
    let first = groups.items().first()?;
    let (mut digits, mut count) = ([0; DIGITS_MAX], 0);
    for group in groups.items() {
        let glued = matches!(group.before, 0 | b' ' | b'-' | b'+');
        if !glued && group.start != first.start || group.len() == 1 {
            return None;
        }
        for digit in group.digits(text) {
            *digits.get_mut(count)? = digit - b'0';
            count += 1;
        }
        let number = digits.get(..count)?;
        if is_card(number) && !part_of_id(text, first.start, group.end) {
            return Some(group.end);
        }
    }
    None
}

/// Whether a number attribute is one: a card stored as an integer.
pub(super) fn is_number(number: i64) -> bool {
    let (mut digits, mut count) = ([0; DIGITS_MAX], 0);
    let mut rest = number;
    while rest > 0 {
        let Some(digit) = digits.get_mut(count) else {
            return false;
        };
        *digit = u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
        count += 1;
    }
    let Some(number) = digits.get_mut(..count) else {
        return false;
    };
    number.reverse();
    is_card(number)
}

fn is_card(digits: &[u8]) -> bool {
    digits.len() >= DIGITS_MIN && is_issued(digits) && luhn(digits)
}

/// ISO/IEC 7812 issuers, by their first four digits.
fn is_issued(digits: &[u8]) -> bool {
    let prefix = digits
        .iter()
        .take(4)
        .fold(0, |sum, digit| sum * 10 + u32::from(*digit));
    let sixteen_to_nineteen = matches!(
        prefix,
        2200..=2204 | 3528..=3589 | 6000..=6099 | 6200..=6299 | 6440..=6599 | 8100..=8299
    );
    let any_length = matches!(
        prefix,
        5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763
    );
    let fixed = matches!(
        (prefix, digits.len()),
        (4000..=4999, 13 | 16 | 19)
            | (5100..=5599 | 2221..=2720, 16)
            | (3400..=3499 | 3700..=3799, 15)
            | (3000..=3059 | 3095 | 3600..=3699 | 3800..=3999, 14)
    );
    fixed || any_length || sixteen_to_nineteen && digits.len() >= 16
}

fn luhn(digits: &[u8]) -> bool {
    let add = |sum: u32, (at, digit): (usize, &u8)| {
        let doubled = u32::from(*digit) << (at % 2);
        sum + if doubled > 9 { doubled - 9 } else { doubled }
    };
    digits.iter().rev().enumerate().fold(0, add) % 10 == 0
}
