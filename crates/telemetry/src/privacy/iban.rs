//! Bank accounts: a country with the length of its IBANs, and the checksum of ISO 7064 (mod 97).

use super::number::bounded;

/// The length for each country, from the registry of SWIFT.
#[rustfmt::skip]
const LENGTHS: &[(&[u8; 2], usize)] = &[
    (b"AD", 24), (b"AE", 23), (b"AL", 28), (b"AT", 20), (b"AZ", 28), (b"BA", 20), (b"BE", 16),
    (b"BG", 22), (b"BH", 22), (b"BI", 27), (b"BR", 29), (b"BY", 28), (b"CH", 21), (b"CR", 22),
    (b"CY", 28), (b"CZ", 24), (b"DE", 22), (b"DJ", 27), (b"DK", 18), (b"DO", 28), (b"EE", 20),
    (b"EG", 29), (b"ES", 24), (b"FI", 18), (b"FK", 18), (b"FO", 18), (b"FR", 27), (b"GB", 22),
    (b"GE", 22), (b"GI", 23), (b"GL", 18), (b"GR", 27), (b"GT", 28), (b"HR", 21), (b"HU", 28),
    (b"IE", 22), (b"IL", 23), (b"IQ", 23), (b"IS", 26), (b"IT", 27), (b"JO", 30), (b"KW", 30),
    (b"KZ", 20), (b"LB", 28), (b"LC", 32), (b"LI", 21), (b"LT", 20), (b"LU", 20), (b"LV", 21),
    (b"LY", 25), (b"MC", 27), (b"MD", 24), (b"ME", 22), (b"MK", 19), (b"MN", 20), (b"MR", 27),
    (b"MT", 31), (b"MU", 30), (b"NI", 28), (b"NL", 18), (b"NO", 15), (b"OM", 23), (b"PK", 24),
    (b"PL", 28), (b"PS", 29), (b"PT", 25), (b"QA", 29), (b"RO", 24), (b"RS", 22), (b"RU", 33),
    (b"SA", 24), (b"SC", 31), (b"SD", 18), (b"SE", 24), (b"SI", 19), (b"SK", 24), (b"SM", 27),
    (b"SO", 23), (b"ST", 25), (b"SV", 28), (b"TL", 23), (b"TN", 24), (b"TR", 26), (b"UA", 29),
    (b"VA", 22), (b"VG", 24), (b"XK", 20), (b"YE", 30),
];

/// The account whose check digits begin at `digits`: where it begins and ends.
pub(super) fn around(text: &[u8], digits: usize, floor: usize) -> Option<(usize, usize)> {
    let start = digits.checked_sub(2).filter(|start| *start >= floor)?;
    let country = [*text.get(start)?, *text.get(start + 1)?].map(|byte| byte.to_ascii_uppercase());
    let letters = country.iter().all(u8::is_ascii_uppercase);
    (letters && text.get(digits + 1)?.is_ascii_digit()).then_some(())?;
    let (_, length) = LENGTHS.iter().find(|(known, _)| **known == country)?;
    bounded(text, start, floor).then_some(())?;
    let end = end(text, start, *length)?;
    (!is_hex_id(text.get(start..end)?)).then_some((start, end))
}

/// Reads `length` letters and digits, alone or in fours, and checks their sum.
fn end(text: &[u8], start: usize, length: usize) -> Option<usize> {
    let spaced = !text.get(start + 4)?.is_ascii_alphanumeric();
    let mut at = start;
    let mut body = 0;
    for position in 0..length {
        if spaced && position > 0 && position % 4 == 0 {
            at += separator(text, at)?;
        }
        let byte = *text.get(at)?;
        at += 1;
        if position >= 4 {
            body = appended(body, byte)?;
        }
    }
    let whole = text.get(start..at)?;
    let glued = text.get(at).is_some_and(u8::is_ascii_alphanumeric);
    // The first four characters count as the last.
    let mut head = whole.get(..4)?.iter();
    let sum = head.try_fold(body, |sum, byte| appended(sum, *byte));
    (!glued && sum == Some(1)).then_some(at)
}

fn appended(sum: u32, byte: u8) -> Option<u32> {
    match byte {
        b'0'..=b'9' => Some((sum * 10 + u32::from(byte - b'0')) % 97),
        b'A'..=b'Z' => Some((sum * 100 + u32::from(byte - b'A') + 10) % 97),
        b'a'..=b'z' => Some((sum * 100 + u32::from(byte - b'a') + 10) % 97),
        _ => None,
    }
}

fn separator(text: &[u8], at: usize) -> Option<usize> {
    match text.get(at..)? {
        [b' ' | b'-' | b'+', ..] => Some(1),
        [0xc2, 0xa0, ..] => Some(2),
        _ => None,
    }
}

/// Span ids and the object ids of one database are hexadecimal in lower case, 16 and 24 long.
fn is_hex_id(text: &[u8]) -> bool {
    let lower = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
    matches!(text.len(), 16 | 24) && text.iter().all(lower)
}
