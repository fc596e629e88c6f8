//! Bring an instructor's earnings from one booking to what they should be: the share of the money that
//! was kept. The ledger gets the difference, so that it may run after every payment and every refund, in
//! any order and any number of times.

use crate::db::{bookings, earnings};
use crate::domain::{id, policy};
use crate::error::{Error, Result};
use crate::market::Market;

#[tracing::instrument(name = "pay instructor", skip_all, fields(booking.id = booking_id, earned.change_cents))]
pub(crate) async fn pay_instructor(market: &Market, booking_id: &str) -> Result<()> {
    let db = &market.db;
    let now = market.clock.now();
    let mut write = db.begin().await?;
    let booking = bookings::find(db, &mut *write, booking_id)
        .await?
        .ok_or_else(|| Error::not_found("booking_not_found", "booking", booking_id))?;
    let due = policy::instructor_share(earnings::kept(db, &mut write, booking_id).await?);
    let change = due - earnings::of_booking(db, &mut *write, booking_id).await?;
    tracing::Span::current().record("earned.change_cents", change.as_cents());
    if change.as_cents() != 0 {
        earnings::insert(db, &mut *write, &id::earning(), &booking, change, now).await?;
    }
    write.commit().await?;
    Ok(())
}
