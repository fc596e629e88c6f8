//! Integer cents of one currency. No floats, no silent rounding: whoever divides says which way.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type,
)]
#[serde(transparent)]
#[sqlx(transparent)]
pub(crate) struct Money(i64);

impl Money {
    pub(crate) const ZERO: Self = Self(0);

    pub(crate) const fn cents(cents: i64) -> Self {
        Self(cents)
    }

    pub(crate) const fn as_cents(self) -> i64 {
        self.0
    }

    /// `percent` hundredths of it, fractions of a cent dropped.
    pub(crate) const fn percent_floor(self, percent: u8) -> Self {
        Self(self.0 * percent as i64 / 100)
    }

    pub(crate) const fn is_positive(self) -> bool {
        self.0 > 0
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", cents / 100, cents % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::Money;

    #[test]
    fn a_percentage_never_makes_money() {
        for cents in [0, 1, 99, 101, 4_999] {
            let whole = Money::cents(cents);
            for percent in [0, 15, 50, 85, 100] {
                let part = whole.percent_floor(percent);
                let rest = whole - part;
                assert_eq!(part + rest, whole);
                assert!(
                    part >= Money::ZERO && rest >= Money::ZERO,
                    "{percent} % of {whole}"
                );
            }
        }
    }

    #[test]
    fn shows_two_places() {
        assert_eq!(Money::cents(4_205).to_string(), "42.05");
        assert_eq!(Money::cents(-7).to_string(), "-0.07");
    }
}
