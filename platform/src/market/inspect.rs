//! Everything known of one booking: for the student who asks and the copilot who helps.

use serde::Serialize;

use crate::db::{bookings, charges, earnings, outbox, refunds};
use crate::domain::{Booking, Money};
use crate::error::{Error, Result};
use crate::market::Market;

#[derive(Debug, Serialize)]
pub(crate) struct Inspection {
    #[serde(flatten)]
    booking: Booking,
    charges: Vec<charges::Charge>,
    refunds: Vec<refunds::Refund>,
    messages: Vec<outbox::Message>,
    instructor_earned_cents: Money,
}

pub(crate) async fn inspect(market: &Market, booking_id: &str) -> Result<Inspection> {
    let db = &market.db;
    let booking = bookings::find(db, db.reader(), booking_id)
        .await?
        .ok_or_else(|| Error::not_found("booking_not_found", "booking", booking_id))?;
    Ok(Inspection {
        charges: charges::of_booking(db, db.reader(), booking_id).await?,
        refunds: refunds::of_booking(db, db.reader(), booking_id).await?,
        messages: outbox::of_booking(db, db.reader(), booking_id).await?,
        instructor_earned_cents: earnings::of_booking(db, db.reader(), booking_id).await?,
        booking,
    })
}
