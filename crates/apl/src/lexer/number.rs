//! Numbers, and the timespans they become with a unit: `42`, `1.5`, `1e9`, `0x1f`, `100ms`, `1.5h`.

use super::Shape;
use crate::diagnostic::Report;
use crate::timespan;

/// The number at the start of `rest` and its length. A number that does not fit is reported.
pub(super) fn number(rest: &str, at: usize, report: &mut Report<'_>) -> (Shape, usize) {
    if let Some(hexadecimal) = rest.strip_prefix("0x") {
        let digits = run(hexadecimal, |c| c.is_ascii_hexdigit());
        let length = 2 + digits;
        if let Ok(value) = i64::from_str_radix(&hexadecimal[..digits], 16) {
            return (Shape::Integer(value), length);
        }
    }
    let mut length = run(rest, |c| c.is_ascii_digit());
    let mut fractional = false;
    if let Some(fraction) = rest[length..].strip_prefix('.') {
        let digits = run(fraction, |c| c.is_ascii_digit());
        // `1..5` is a range of integers, not a number and a stray dot.
        if digits > 0 {
            length += 1 + digits;
            fractional = true;
        }
    }
    if let Some(exponent) = exponent(&rest[length..]) {
        length += exponent;
        fractional = true;
    }
    let unit_length = run(&rest[length..], |c| c.is_alphanumeric() || c == '_');
    if unit_length > 0 {
        return with_unit(rest, length, unit_length, at, report);
    }
    let number = &rest[..length];
    let shape = match (fractional, number.parse::<i64>(), number.parse::<f64>()) {
        (false, Ok(integer), _) => Shape::Integer(integer),
        (true, _, Ok(float)) if float.is_finite() => Shape::Float(float),
        _ => {
            report.error(&(at..at + length), format!("number {number} is too large"));
            Shape::Integer(0)
        }
    };
    (shape, length)
}

fn with_unit(
    rest: &str,
    length: usize,
    unit_length: usize,
    at: usize,
    report: &mut Report<'_>,
) -> (Shape, usize) {
    let (number, name) = (&rest[..length], &rest[length..length + unit_length]);
    let end = length + unit_length;
    let range = at..at + end;
    let Some(unit) = timespan::unit(name) else {
        let expected = "expected ns, us, ms, s, m, h, d or w";
        let meant = meant_unit(name).map(|unit| format!("{number}{unit}"));
        let message = format!("unknown unit '{name}' after {number}: {expected}");
        report.suggest(&range, message, meant);
        return (Shape::Timespan(0), end);
    };
    let nanos = timespan::scaled(number, unit).unwrap_or_else(|| {
        report.error(
            &range,
            format!("timespan {number}{name} is too large: the most is 292 years"),
        );
        0
    });
    (Shape::Timespan(nanos), end)
}

/// The unit that a longer word means.
fn meant_unit(name: &str) -> Option<&'static str> {
    let words = [
        ("nano", "ns"),
        ("micro", "us"),
        ("mil", "ms"),
        ("mse", "ms"),
        ("sec", "s"),
        ("min", "m"),
        ("h", "h"),
        ("da", "d"),
        ("w", "w"),
    ];
    let lower = name.to_ascii_lowercase();
    let (_, unit) = words.iter().find(|(start, _)| lower.starts_with(start))?;
    Some(unit)
}

/// The length of `e9`, `E-3`, if that is what follows.
fn exponent(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix(['e', 'E'])?;
    let unsigned = after.strip_prefix(['+', '-']).unwrap_or(after);
    let digits = run(unsigned, |c| c.is_ascii_digit());
    (digits > 0).then(|| rest.len() - unsigned.len() + digits)
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}
