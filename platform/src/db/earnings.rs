//! What instructors have earned: a ledger that is only added to.

use sqlx::{SqliteConnection, SqliteExecutor};

use super::Db;
use crate::clock::Moment;
use crate::domain::{Booking, Money};

/// What was charged for a booking and not promised back.
pub(crate) async fn kept(
    db: &Db,
    on: &mut SqliteConnection,
    booking_id: &str,
) -> Result<Money, sqlx::Error> {
    let select = sqlx::query_scalar(
        "SELECT (SELECT coalesce(sum(amount_cents), 0) FROM charges WHERE booking_id = ?1 AND status = 'captured')
              - (SELECT coalesce(sum(amount_cents), 0) FROM refunds WHERE booking_id = ?1)",
    );
    db.query("SELECT charges", select.bind(booking_id).fetch_one(on))
        .await
}

pub(crate) async fn of_booking(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    booking_id: &str,
) -> Result<Money, sqlx::Error> {
    let select = sqlx::query_scalar(
        "SELECT coalesce(sum(amount_cents), 0) FROM earnings WHERE booking_id = ?",
    );
    db.query("SELECT earnings", select.bind(booking_id).fetch_one(on))
        .await
}

pub(crate) async fn insert(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    id: &str,
    booking: &Booking,
    amount: Money,
    now: Moment,
) -> Result<(), sqlx::Error> {
    let insert = sqlx::query(
        "INSERT INTO earnings (id, instructor_id, booking_id, amount_cents, created_at) VALUES (?, ?, ?, ?, ?)",
    );
    let insert = insert
        .bind(id)
        .bind(&booking.instructor_id)
        .bind(&booking.id)
        .bind(amount)
        .bind(now);
    db.query("INSERT earnings", insert.execute(on)).await?;
    Ok(())
}
