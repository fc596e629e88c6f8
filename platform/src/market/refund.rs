//! Give money back: promised in a transaction, carried out at the provider under the refund's own
//! idempotency key, and carried out later by `reconcile` when the provider cannot be reached.

use crate::clock::Moment;
use crate::db::refunds::{self, New, Refund};
use crate::db::{Write, bookings, charges};
use crate::domain::{Money, Status, id};
use crate::error::{Error, Result};
use crate::jobs::Work;
use crate::market::Market;
use crate::provider::Refunded;
use crate::queue::{self, When};

/// What is asked for.
pub(crate) struct Request<'a> {
    pub(crate) booking_id: &'a str,
    /// Everything that is left when absent.
    pub(crate) amount: Option<Money>,
    /// The same key again finds the same refund.
    pub(crate) key: Option<&'a str>,
}

/// Refunds part or all of a booking's charge. Giving all of it back before the lesson cancels the booking.
#[tracing::instrument(name = "refund booking", skip_all, fields(booking.id = request.booking_id))]
pub(crate) async fn refund(market: &Market, request: &Request<'_>) -> Result<Refund> {
    let db = &market.db;
    let now = market.clock.now();
    let booking_id = request.booking_id;
    let mut write = db.begin().await?;
    let booking = bookings::find(db, &mut *write, booking_id)
        .await?
        .ok_or_else(|| Error::not_found("booking_not_found", "booking", booking_id))?;
    let key = request
        .key
        .map_or_else(|| unkeyed(request.amount), |key| format!("request:{key}"));
    if let Some(refund) = refunds::by_key(db, &mut *write, booking_id, &key).await? {
        drop(write);
        return settle(market, refund).await;
    }
    let charge = charges::captured(db, &mut *write, booking_id)
        .await?
        .ok_or_else(|| Error::conflict("not_charged", "nothing was charged for this booking"))?;
    let earlier = refunds::of_booking(db, &mut *write, booking_id).await?;
    let left = charge.amount_cents - earlier.iter().map(|r| r.amount_cents).sum();
    let amount = request.amount.unwrap_or(left);
    if !left.is_positive() {
        return Err(Error::conflict(
            "already_refunded",
            "everything was given back already",
        ));
    }
    if !amount.is_positive() || amount > left {
        let message = format!("a refund must be between 0.01 and {left}, the rest of the charge");
        return Err(Error::invalid("refund_amount", message));
    }
    let new = New {
        id: &id::refund(),
        booking_id,
        charge_id: &charge.id,
        request_key: &key,
        amount,
    };
    if amount == left && booking.status == Status::Confirmed && booking.starts_at > now {
        bookings::cancel(db, &mut *write, booking_id, now).await?;
    }
    let refund = promise(market, &mut write, &new, now).await?;
    write.commit().await?;
    settle(market, refund).await
}

/// Without a key, "all that is left" is the same request however often it is sent; an amount is not.
fn unkeyed(amount: Option<Money>) -> String {
    match amount {
        None => "rest".to_owned(),
        Some(_) => format!("once:{}", id::refund()),
    }
}

/// Writes the refund down and has the instructor's earnings follow it.
pub(crate) async fn promise(
    market: &Market,
    write: &mut Write,
    new: &New<'_>,
    now: Moment,
) -> Result<Refund> {
    let refund = refunds::insert(&market.db, write, new, now).await?;
    let work = Work::PayInstructor {
        booking_id: new.booking_id.to_owned(),
    };
    let key = format!("{}:{}", work.name(), new.id);
    queue::enqueue(
        &market.db,
        write,
        &work,
        When {
            key: Some(key),
            now,
            run_at: now,
        },
    )
    .await?;
    Ok(refund)
}

/// Carries a promised refund out; again, if need be: the provider knows it by its id. A provider that
/// cannot be reached leaves it pending.
async fn settle(market: &Market, refund: Refund) -> Result<Refund> {
    if refund.status != "pending" {
        return Ok(refund);
    }
    match carry_out(market, &refund).await {
        Ok(status) => Ok(Refund {
            status: status.to_owned(),
            ..refund
        }),
        Err(error) => {
            tracing::warn!(
                refund.id,
                error = error.chain(),
                "could not carry the refund out yet"
            );
            Ok(refund)
        }
    }
}

pub(crate) async fn settle_soon(market: &Market, refund: Refund) {
    // a failure is logged and stays pending
    let _ = settle(market, refund).await;
}

/// Asks the provider and notes what became of it: `done`, or `failed` when it is refused for good. A failed
/// refund is still owed: it counts as given back, and how it is made good is for an operator to say.
pub(crate) async fn carry_out(market: &Market, refund: &Refund) -> Result<&'static str> {
    let asked = market
        .provider
        .refund(&refund.id, &refund.charge_id, refund.amount_cents)
        .await?;
    let status = match asked {
        Refunded::Done => "done",
        Refunded::Refused(status) => {
            tracing::error!(
                refund.id,
                booking.id = refund.booking_id,
                provider.status = status.as_u16(),
                "the payment provider refuses a refund for good; an operator has to settle it"
            );
            "failed"
        }
    };
    refunds::close(&market.db, market.db.writer(), &refund.id, status).await?;
    Ok(status)
}
