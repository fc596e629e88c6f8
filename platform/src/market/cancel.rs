//! Give up a booking. The slot is free at once; what the policy grants of the money is promised in the
//! same transaction and given back right after it.

use crate::db::{bookings, charges, refunds};
use crate::domain::{Booking, Money, Status, id, policy};
use crate::error::{Error, Result};
use crate::market::{Market, reconcile, refund};

/// A refund for this reason exists once a booking.
pub(crate) const REQUEST_KEY: &str = "cancellation";

/// Cancels a hold or a confirmed booking that has not begun. Cancelling twice changes nothing.
#[tracing::instrument(name = "cancel booking", skip_all, fields(booking.id = booking_id))]
pub(crate) async fn cancel(market: &Market, booking_id: &str) -> Result<Booking> {
    let db = &market.db;
    let now = market.clock.now();
    let mut write = db.begin().await?;
    let booking = bookings::find(db, &mut *write, booking_id)
        .await?
        .ok_or_else(|| Error::not_found("booking_not_found", "booking", booking_id))?;
    match booking.status {
        Status::Cancelled => return Ok(booking),
        Status::Expired => {
            return Err(Error::conflict("booking_closed", "the booking has expired"));
        }
        Status::Confirmed if booking.starts_at <= now => {
            return Err(Error::conflict(
                "lesson_begun",
                "this lesson has begun already",
            ));
        }
        Status::Hold | Status::Confirmed => {}
    }
    bookings::cancel(db, &mut *write, booking_id, now).await?;
    let mut promised = None;
    if let Some(charge) = charges::captured(db, &mut *write, booking_id).await? {
        let given: Money = refunds::of_booking(db, &mut *write, booking_id)
            .await?
            .iter()
            .map(|r| r.amount_cents)
            .sum();
        let back = policy::cancellation_refund(charge.amount_cents - given, now, booking.starts_at);
        if back.is_positive() {
            let new = refunds::New {
                id: &id::refund(),
                booking_id,
                charge_id: &charge.id,
                request_key: REQUEST_KEY,
                amount: back,
            };
            promised = Some(refund::promise(market, &mut write, &new, now).await?);
        }
    }
    write.commit().await?;
    match promised {
        Some(refund) => refund::settle_soon(market, refund).await,
        // a payment may be under way, or its answer lost
        None => reconcile::void_soon(market, booking_id).await,
    }
    Ok(Booking {
        status: Status::Cancelled,
        closed_at: Some(now),
        ..booking
    })
}
