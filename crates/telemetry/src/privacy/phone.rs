//! Phone numbers.
//!
//! * International: `+`, no word or digit before it, then 8 to 15 digits of which the first is not 0, with
//!   or without separators.
//! * With an area code in brackets: `(415) 555-0100`, `(030) 123456`, `(11) 98765-4321`.
//! * National, with separators: 3-3-4 digits from 2 to 9 on (and a `1` before), 3-4-4 from 1, 2-5-4, 5-5 from
//!   6 to 9, 3-3-3 with hyphens from 6 to 9; or a leading 0 and 9 to 12 digits in two groups or more, unless
//!   they are a date, a decimal or an IPv4 address.
//!
//! Digits without a `+` and without a separator are not a phone number: they are an id, a port or a time.
//! Neither are those that a word, a `-`, `.` or `_`, or `digit:` runs into.

use super::number::{Group, Groups, bounded, part_of_id};

/// The end of the number behind the `+` at `plus`.
pub(super) fn international_end(text: &[u8], plus: usize, floor: usize) -> Option<usize> {
    let bracket = usize::from(text.get(plus + 1) == Some(&b'('));
    let start = plus + 1 + bracket;
    (matches!(text.get(start), Some(b'1'..=b'9')) && bounded(text, plus, floor)).then_some(())?;
    let groups = Groups::at(text, start);
    let mut digits = 0;
    let fits = |group: &&Group| {
        digits += group.len();
        digits <= 15 && group.before != b'+'
    };
    let taken: Vec<&Group> = groups.items().iter().take_while(fits).collect();
    let count: usize = taken.iter().map(|group| group.len()).sum();
    taken.last().filter(|_| count >= 8).map(|group| group.end)
}

/// The end of the number whose area code is in the bracket at `open`.
pub(super) fn bracketed_end(text: &[u8], open: usize, floor: usize) -> Option<usize> {
    let bare = text.get(open + 1)?.is_ascii_digit() && bounded(text, open, floor);
    let groups = bare.then(|| Groups::at(text, open + 1))?;
    let items = groups.items();
    let (area, next) = (items.first()?, items.get(1)?);
    ((2..=5).contains(&area.len()) && next.before == b')').then_some(())?;
    let trunk = text.get(area.start) == Some(&b'0');
    let seven = area.len() == 3 && next.len() == 7;
    let count = longest(items, 8..=12)?;
    let last = items.get(count - 1)?;
    let fine = (trunk || seven || count > 2) && free_after(text, last.end);
    fine.then_some(last.end)
}

/// The end of the national number that begins with the first group.
pub(super) fn national_end(text: &[u8], groups: &Groups, floor: usize) -> Option<usize> {
    let items = groups.items();
    let first = items.first()?;
    if items.len() < 2 || !free_before(text, first.start, floor) {
        return None;
    }
    let one = first.digits(text) == b"1";
    let numbers = if one { items.get(1..)? } else { items };
    let count = shaped(text, numbers).or_else(|| trunk(text, items));
    let last = numbers.get(count?.checked_sub(1)?)?;
    let fine = free_after(text, last.end) && !part_of_id(text, first.start, last.end);
    fine.then_some(last.end)
}

/// The end of a social security number, `123-45-6789`.
pub(super) fn ssn_end(text: &[u8], groups: &Groups, floor: usize) -> Option<usize> {
    let [area, group, serial, ..] = groups.items() else {
        return None;
    };
    let shape = [area, group, serial].map(Group::len) == [3, 2, 4];
    let hyphens = group.before == b'-' && serial.before == b'-';
    let given = !matches!(area.digits(text), b"000" | b"666" | [b'9', ..]);
    let alone = free_before(text, area.start, floor) && free_after(text, serial.end);
    (shape && hyphens && given && alone).then_some(serial.end)
}

/// How many groups a number of a known shape takes.
fn shaped(text: &[u8], items: &[Group]) -> Option<usize> {
    let length = |at: usize| items.get(at).map_or(0, Group::len);
    let hyphen = |at: usize| items.get(at).is_some_and(|group| group.before == b'-');
    let second = items.get(1)?.before;
    let first = *text.get(items.first()?.start)?;
    let fits = match (length(0), length(1), length(2)) {
        (3, 3, 4) => (b'2'..=b'9').contains(&first),
        (3, 4, 4) => first == b'1',
        (2, 5, 4) => hyphen(2),
        (3, 3, 3) => (b'6'..=b'9').contains(&first) && hyphen(1) && hyphen(2),
        (5, 5, _) if (b'6'..=b'9').contains(&first) && matches!(second, b' ' | b'-') => {
            return Some(2);
        }
        _ => false,
    };
    fits.then_some(3)
}

/// How many groups a number with a leading 0 takes.
fn trunk(text: &[u8], items: &[Group]) -> Option<usize> {
    let first = items.first()?;
    let digits = match first.digits(text) {
        [b'0', b'0', ..] => 11..=15,
        [b'0', ..] => 9..=12,
        _ => return None,
    };
    if !(2..=5).contains(&first.len()) || is_date(text, items) {
        return None;
    }
    let count = longest(items, digits)?;
    let points = items
        .iter()
        .take(count)
        .skip(1)
        .all(|group| group.before == b'.');
    let address = count == 4 && items.iter().take(4).all(|group| group.len() == 3);
    let decimal = count == 2 || address;
    (!(points && decimal)).then_some(count)
}

/// The most groups, two at least and none of a single digit, that have that many digits together.
fn longest(items: &[Group], digits: std::ops::RangeInclusive<usize>) -> Option<usize> {
    let (mut sum, mut count) = (0, None);
    for (at, group) in items.iter().enumerate() {
        sum += group.len();
        if sum > *digits.end() || group.len() < 2 || group.before == b'+' {
            break;
        }
        if at > 0 && digits.contains(&sum) {
            count = Some(at + 1);
        }
    }
    count
}

/// `01.02.2026 …`, `01/02/26 …`.
fn is_date(text: &[u8], items: &[Group]) -> bool {
    let [day, month, year, ..] = items else {
        return false;
    };
    let marked = |group: &Group| b"-./".contains(&group.before);
    let year_first = matches!(year.digits(text), [b'1', b'9', ..] | [b'2', b'0', ..]);
    let long = year.len() == 4 && year_first;
    let short = year.len() == 2 && items.get(3).is_none_or(|group| group.before == b' ');
    day.len() == 2 && month.len() == 2 && marked(month) && marked(year) && (long || short)
}

fn free_before(text: &[u8], at: usize, floor: usize) -> bool {
    let Some(last) = at.checked_sub(1).filter(|_| at != floor) else {
        return true;
    };
    let digit_before = || {
        let at = last.checked_sub(1);
        at.and_then(|at| text.get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    match text.get(last) {
        Some(b'-' | b'.' | b'_' | b'#' | b'$' | b'+') => false,
        Some(b':' | b'/' | b',') => !digit_before(),
        _ => bounded(text, at, floor),
    }
}

fn free_after(text: &[u8], end: usize) -> bool {
    let next_is_digit = text.get(end + 1).is_some_and(u8::is_ascii_digit);
    match text.get(end) {
        Some(b'x' | b'X') => true,
        Some(b'-' | b'.' | b'/' | b':' | b'_' | b'+') => !next_is_digit,
        Some(byte) => !byte.is_ascii_alphanumeric(),
        None => true,
    }
}
