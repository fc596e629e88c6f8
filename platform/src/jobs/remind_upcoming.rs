//! Sends reminders for the lessons that come next: one job each, so that one that fails holds up none.

use std::time::Duration;

use crate::db::bookings;
use crate::error::Result;
use crate::jobs::Work;
use crate::market::Market;
use crate::queue::{self, When};

/// A student is reminded that long before the lesson.
const AHEAD: Duration = Duration::from_secs(60 * 60);
const BATCH_MAX: i64 = 50;

pub(super) async fn run(market: &Market) -> Result<()> {
    let db = &market.db;
    let now = market.clock.now();
    let upcoming = bookings::unreminded(db, db.reader(), now, now.after(AHEAD), BATCH_MAX).await?;
    if upcoming.is_empty() {
        return Ok(());
    }
    let mut write = db.begin().await?;
    for booking_id in upcoming {
        let work = Work::SendReminder {
            booking_id: booking_id.clone(),
        };
        let key = format!("{}:{booking_id}", work.name());
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
    Ok(())
}
