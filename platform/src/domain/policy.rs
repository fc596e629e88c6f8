//! Who gets how much. The marketplace keeps a fee of what a student pays in the end; what a student gets
//! back on cancelling depends on how soon the lesson begins.

use std::time::Duration;

use super::Money;
use crate::clock::Moment;

const FEE_PERCENT: u8 = 15;
const FULL_REFUND_BEFORE: Duration = Duration::from_secs(24 * 60 * 60);
const HALF_REFUND_BEFORE: Duration = Duration::from_secs(2 * 60 * 60);

/// What the instructor earns of `kept`, the money charged and not given back. The fraction of a cent
/// goes to the instructor.
pub(crate) fn instructor_share(kept: Money) -> Money {
    kept - kept.percent_floor(FEE_PERCENT)
}

/// What a student who cancels at `now` gets back of `paid`: all of it a day ahead, half of it two hours
/// ahead, nothing after that.
pub(crate) fn cancellation_refund(paid: Money, now: Moment, starts_at: Moment) -> Money {
    let ahead = starts_at.since(now);
    if ahead >= FULL_REFUND_BEFORE {
        paid
    } else if ahead >= HALF_REFUND_BEFORE {
        paid.percent_floor(50)
    } else {
        Money::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fee_and_the_share_are_the_whole() {
        assert_eq!(instructor_share(Money::cents(4_200)), Money::cents(3_570));
        assert_eq!(instructor_share(Money::cents(2_101)), Money::cents(1_786));
        assert_eq!(instructor_share(Money::ZERO), Money::ZERO);
    }

    #[test]
    fn the_refund_shrinks_as_the_lesson_nears() {
        let now = Moment::from_millis(1_000_000);
        let refund = |minutes: u64| {
            let starts_at = now.after(Duration::from_secs(minutes * 60));
            cancellation_refund(Money::cents(2_101), now, starts_at).as_cents()
        };
        assert_eq!(refund(24 * 60), 2_101);
        assert_eq!(refund(24 * 60 - 1), 1_050);
        assert_eq!(refund(120), 1_050);
        assert_eq!(refund(119), 0);
        assert_eq!(refund(0), 0);
    }
}
