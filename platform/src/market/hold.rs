//! Keep a slot for a student until it is paid, or until the hold ends, which it does at the latest when the
//! lesson begins. The unique index on living
//! bookings decides who was first; nothing is checked and then done.

use crate::db::{bookings, slots, users};
use crate::domain::{Booking, Status, id};
use crate::error::{Error, Result};
use crate::market::Market;

#[tracing::instrument(name = "hold slot", skip_all)]
pub(crate) async fn hold(market: &Market, user_id: &str, slot_id: &str) -> Result<Booking> {
    let db = &market.db;
    let now = market.clock.now();
    let mut write = db.begin().await?;
    if !users::exists(db, &mut *write, user_id).await? {
        return Err(Error::not_found("user_not_found", "user", user_id));
    }
    let slot = slots::find(db, &mut *write, slot_id)
        .await?
        .ok_or_else(|| Error::not_found("slot_not_found", "slot", slot_id))?;
    if slot.starts_at <= now {
        return Err(slot_past());
    }
    let booking = Booking {
        id: id::booking(),
        user_id: user_id.to_owned(),
        slot_id: slot.id,
        lesson_id: slot.lesson_id,
        instructor_id: slot.instructor_id,
        starts_at: slot.starts_at,
        ends_at: slot.ends_at,
        price_cents: slot.price_cents,
        status: Status::Hold,
        hold_until: now.after(market.hold).min(slot.starts_at),
        created_at: now,
        closed_at: None,
    };
    if !bookings::insert(db, &mut *write, &booking).await? {
        return Err(Error::conflict(
            "slot_taken",
            "somebody else has booked this slot",
        ));
    }
    write.commit().await?;
    Ok(booking)
}

/// Nobody books, or pays for, a lesson that has begun.
pub(crate) fn slot_past() -> Error {
    Error::conflict("slot_past", "this lesson has begun already")
}
