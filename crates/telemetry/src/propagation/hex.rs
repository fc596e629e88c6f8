//! Lower-case hex digits, read and written without allocating. `from_str_radix` would also take `+` and
//! capitals, which no header here allows.

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// At most 16 digits; None when one of them is not a lower-case hex digit, or there is none.
pub(super) fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 16 {
        return None;
    }
    digits.iter().try_fold(0, |number: u64, digit| {
        Some(number << 4 | u64::from(value(*digit)?))
    })
}

/// 17 to 32 digits.
pub(super) fn long_number(digits: &[u8]) -> Option<u128> {
    let (high, low) = digits.split_at_checked(digits.len().checked_sub(16)?)?;
    Some(u128::from(number(high)?) << 64 | u128::from(number(low)?))
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// Two digits for each of `bytes`; `text` has room for exactly them.
pub(super) fn write(text: &mut [u8], bytes: &[u8]) {
    for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
}
