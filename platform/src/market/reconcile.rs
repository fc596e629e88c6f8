//! Find money that was taken for nothing, and refunds that were promised but not made. This is what makes
//! the order of failures in `pay` and `refund` safe: whatever they could not finish is finished here.

use std::time::Duration;

use crate::db::{charges, refunds};
use crate::error::Result;
use crate::market::{Market, refund};

/// Whoever promised a refund carries it out itself, unless it died: leave it that long.
const PROMISE_AGE_MIN: Duration = Duration::from_secs(30);
const BATCH_MAX: i64 = 100;

/// One round: everything is tried, since the oldest failure would keep the rest waiting for ever. The first
/// error makes the job's next attempt, which goes on with what is left.
pub(crate) async fn reconcile(market: &Market) -> Result<()> {
    let db = &market.db;
    let mut outcome = Ok(());
    for charge_id in charges::orphans(db, db.reader(), BATCH_MAX).await? {
        outcome = outcome.and(void(market, &charge_id).await);
    }
    let before = market.clock.now().before(PROMISE_AGE_MIN);
    for overdue in refunds::overdue(db, db.reader(), before, BATCH_MAX).await? {
        let carried_out = refund::carry_out(market, &overdue).await;
        outcome = outcome.and(carried_out.map(drop));
    }
    outcome
}

/// Gives back whatever was taken under the charge's key and closes the key for ever, so that a request
/// still on its way cannot take it later.
pub(crate) async fn void(market: &Market, charge_id: &str) -> Result<()> {
    market.provider.void(charge_id).await?;
    charges::close(&market.db, market.db.writer(), charge_id, "voided").await?;
    Ok(())
}

/// Voids what is pending for a booking that was just closed, if anything; a failure waits for the next
/// round.
pub(crate) async fn void_soon(market: &Market, booking_id: &str) {
    let voided = async {
        if let Some(charge_id) =
            charges::pending(&market.db, market.db.reader(), booking_id).await?
        {
            void(market, &charge_id).await?;
        }
        Result::Ok(())
    };
    if let Err(error) = voided.await {
        tracing::warn!(
            booking.id = booking_id,
            error = error.chain(),
            "could not void a charge yet"
        );
    }
}
