//! Take the money, then confirm. The order in which things may fail decides how this is written:
//!
//! 1. the charge is written down as pending, with the id that is its idempotency key at the provider;
//! 2. the provider is asked;
//! 3. one transaction captures the charge, confirms the booking and enqueues what follows.
//!
//! A crash or a lost answer after 1 leaves a pending charge: paying again asks with the same key and is
//! never charged twice, and when the hold ends instead, `reconcile` voids it. If the booking is closed
//! by the time 3 comes, the charge is voided at once.

use crate::db::charges::Charge;
use crate::db::{bookings, charges};
use crate::domain::{Booking, Status, id};
use crate::error::{Error, ErrorKind, Result};
use crate::jobs::Work;
use crate::market::{Market, hold, reconcile};
use crate::provider::Refusal;
use crate::queue::{self, When};

/// Pays a held booking with a card. Paying a confirmed one changes nothing and returns it.
#[tracing::instrument(name = "process payment", skip_all, fields(booking.id = booking_id, payment.outcome))]
pub(crate) async fn pay(market: &Market, booking_id: &str, card_token: &str) -> Result<Booking> {
    let result = charge_and_confirm(market, booking_id, card_token).await;
    let outcome = match &result {
        Ok(_) => "confirmed",
        Err(error) => error.code,
    };
    tracing::Span::current().record("payment.outcome", outcome);
    result
}

async fn charge_and_confirm(
    market: &Market,
    booking_id: &str,
    card_token: &str,
) -> Result<Booking> {
    let (booking, charge) = match open_charge(market, booking_id).await? {
        Opened::Paid(booking) => return Ok(booking),
        Opened::Charge(booking, charge) => (booking, charge),
    };
    match market
        .provider
        .charge(&charge.id, charge.amount_cents, card_token, &booking.id)
        .await
    {
        Ok(provider_id) => confirm(market, booking, &charge, &provider_id).await,
        Err(Refusal::Declined(code)) => {
            charges::close(&market.db, market.db.writer(), &charge.id, "declined").await?;
            let message = format!(
                "the card was declined ({code}); the slot is kept until {}",
                booking.hold_until.rfc3339()
            );
            Err(Error::new(ErrorKind::Declined, "card_declined", message))
        }
        // whoever closed the booking meanwhile has voided its charge
        Err(Refusal::Voided) => paid_or_closed(current(market, &booking.id).await?),
        Err(Refusal::KeyInUse) => Err(Error::conflict(
            "payment_in_progress",
            "another payment of this booking is under way",
        )),
        Err(Refusal::Unknown(source)) => Err(Error::unavailable(
            "payment_unavailable",
            "the payment provider did not answer; try again, you will not be charged twice",
        )
        .because(source)),
    }
}

enum Opened {
    Paid(Booking),
    Charge(Booking, Charge),
}

/// Step 1: under the write lock, so that the hold cannot end between the check and the charge's row.
async fn open_charge(market: &Market, booking_id: &str) -> Result<Opened> {
    let db = &market.db;
    let now = market.clock.now();
    let mut write = db.begin().await?;
    let booking = bookings::find(db, &mut *write, booking_id)
        .await?
        .ok_or_else(|| Error::not_found("booking_not_found", "booking", booking_id))?;
    match booking.status {
        Status::Confirmed => return Ok(Opened::Paid(booking)),
        // also when an earlier version made the hold outlast the lesson's beginning
        Status::Hold if booking.starts_at <= now => return Err(hold::slot_past()),
        Status::Hold if booking.hold_until <= now => return Err(closed(Status::Expired)),
        Status::Hold => {}
        status => return Err(closed(status)),
    }
    let charge = charges::open(
        db,
        &mut write,
        &id::charge(),
        &booking.id,
        booking.price_cents,
        now,
    )
    .await?;
    write.commit().await?;
    Ok(Opened::Charge(booking, charge))
}

/// Step 3.
async fn confirm(
    market: &Market,
    booking: Booking,
    charge: &Charge,
    provider_id: &str,
) -> Result<Booking> {
    let db = &market.db;
    let now = market.clock.now();
    let mut write = db.begin().await?;
    if bookings::confirm(db, &mut *write, &booking.id).await? {
        charges::capture(db, &mut *write, &charge.id, provider_id).await?;
        for work in [
            Work::SendConfirmation {
                booking_id: booking.id.clone(),
            },
            Work::PayInstructor {
                booking_id: booking.id.clone(),
            },
        ] {
            let key = format!("{}:{}", work.name(), booking.id);
            queue::enqueue(
                db,
                &mut write,
                &work,
                When {
                    key: Some(key),
                    now,
                    run_at: now,
                },
            )
            .await?;
        }
        write.commit().await?;
        return Ok(Booking {
            status: Status::Confirmed,
            ..booking
        });
    }
    drop(write);
    // Not a hold any more: either the same payment, sent twice, was confirmed by its twin …
    let current = current(market, &booking.id).await?;
    // … or the student is too late. The pending charge is an orphan now; if this fails, `reconcile`
    // comes again.
    if current.status != Status::Confirmed
        && let Err(error) = reconcile::void(market, &charge.id).await
    {
        tracing::warn!(
            charge.id,
            error = error.chain(),
            "could not void the charge of a closed booking yet"
        );
    }
    paid_or_closed(current)
}

/// The booking as it is by now: while the provider was asked, others went on.
async fn current(market: &Market, booking_id: &str) -> Result<Booking> {
    bookings::find(&market.db, market.db.reader(), booking_id)
        .await?
        .ok_or_else(|| Error::not_found("booking_not_found", "booking", booking_id))
}

fn paid_or_closed(booking: Booking) -> Result<Booking> {
    match booking.status {
        Status::Confirmed => Ok(booking),
        status => Err(closed(status)),
    }
}

fn closed(status: Status) -> Error {
    match status {
        Status::Expired => {
            Error::conflict("hold_expired", "the hold has ended; nothing was charged")
        }
        status => Error::conflict(
            "booking_closed",
            format!("the booking is {}", status.as_str()),
        ),
    }
}
