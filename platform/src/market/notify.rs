//! Write to the student. The outbox keeps one message of a kind a booking, so that a job that runs twice
//! writes once.

use crate::db::bookings;
use crate::db::outbox::{self, Message};
use crate::domain::{Status, id};
use crate::error::{Error, Result};
use crate::market::Market;

#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Confirmation,
    Reminder,
}

/// Writes the message, unless the booking was given up meanwhile.
pub(crate) async fn notify(market: &Market, booking_id: &str, kind: Kind) -> Result<()> {
    let db = &market.db;
    let booking = bookings::find(db, db.reader(), booking_id)
        .await?
        .ok_or_else(|| Error::not_found("booking_not_found", "booking", booking_id))?;
    if booking.status != Status::Confirmed {
        tracing::info!(
            booking.status = booking.status.as_str(),
            "no message: the booking is not confirmed any more"
        );
        return Ok(());
    }
    let starts_at = booking.starts_at.rfc3339();
    let (kind, body) = match kind {
        Kind::Confirmation => (
            "confirmation",
            format!(
                "Your lesson at {starts_at} is booked and paid ({}).",
                booking.price_cents
            ),
        ),
        Kind::Reminder => ("reminder", format!("Your lesson begins at {starts_at}.")),
    };
    let message = Message {
        id: id::message(),
        kind: kind.to_owned(),
        body,
        created_at: market.clock.now(),
    };
    outbox::insert(db, db.writer(), &booking, &message).await?;
    Ok(())
}
