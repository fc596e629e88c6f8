//! Bookings. Each change names the state it leaves, so that a race has one winner.

use serde::Deserialize;
use sqlx::SqliteExecutor;

use super::Db;
use crate::clock::Moment;
use crate::domain::{Booking, Status};

/// Which bookings to list; absent means any.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Filter {
    pub(crate) user_id: Option<String>,
    pub(crate) instructor_id: Option<String>,
    pub(crate) status: Option<Status>,
    pub(crate) limit: Option<i64>,
}

/// False when the slot has a living booking already.
pub(crate) async fn insert(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    booking: &Booking,
) -> Result<bool, sqlx::Error> {
    let insert = sqlx::query(
        "INSERT INTO bookings (id, user_id, slot_id, lesson_id, instructor_id, starts_at, ends_at, price_cents,
                               status, hold_until, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(&booking.id)
    .bind(&booking.user_id)
    .bind(&booking.slot_id)
    .bind(&booking.lesson_id)
    .bind(&booking.instructor_id)
    .bind(booking.starts_at)
    .bind(booking.ends_at)
    .bind(booking.price_cents)
    .bind(booking.status)
    .bind(booking.hold_until)
    .bind(booking.created_at);
    Ok(db
        .query("INSERT bookings", insert.execute(on))
        .await?
        .rows_affected()
        == 1)
}

pub(crate) async fn find(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    id: &str,
) -> Result<Option<Booking>, sqlx::Error> {
    let select = sqlx::query_as("SELECT * FROM bookings WHERE id = ?");
    db.query("SELECT bookings", select.bind(id).fetch_optional(on))
        .await
}

/// Newest first.
pub(crate) async fn list(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Booking>, sqlx::Error> {
    let select = sqlx::query_as(
        "SELECT * FROM bookings
         WHERE (?1 IS NULL OR user_id = ?1) AND (?2 IS NULL OR instructor_id = ?2) AND (?3 IS NULL OR status = ?3)
         ORDER BY created_at DESC, id DESC LIMIT ?4",
    )
    .bind(&filter.user_id)
    .bind(&filter.instructor_id)
    .bind(filter.status)
    .bind(limit);
    db.query("SELECT bookings", select.fetch_all(on)).await
}

/// False when it was no hold any more.
pub(crate) async fn confirm(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    id: &str,
) -> Result<bool, sqlx::Error> {
    let update =
        sqlx::query("UPDATE bookings SET status = 'confirmed' WHERE id = ? AND status = 'hold'");
    Ok(db
        .query("UPDATE bookings", update.bind(id).execute(on))
        .await?
        .rows_affected()
        == 1)
}

/// False when it was neither a hold nor confirmed.
pub(crate) async fn cancel(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    id: &str,
    now: Moment,
) -> Result<bool, sqlx::Error> {
    let update = sqlx::query(
        "UPDATE bookings SET status = 'cancelled', closed_at = ? WHERE id = ? AND status IN ('hold', 'confirmed')",
    );
    Ok(db
        .query("UPDATE bookings", update.bind(now).bind(id).execute(on))
        .await?
        .rows_affected()
        == 1)
}

/// Lets every hold go whose time is over.
pub(crate) async fn expire(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    now: Moment,
) -> Result<u64, sqlx::Error> {
    let update = sqlx::query(
        "UPDATE bookings SET status = 'expired', closed_at = ?1 WHERE status = 'hold' AND hold_until <= ?1",
    );
    Ok(db
        .query("UPDATE bookings", update.bind(now).execute(on))
        .await?
        .rows_affected())
}

/// Confirmed bookings that begin in (`now`, `until`] and have had no reminder, soonest first.
pub(crate) async fn unreminded(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    now: Moment,
    until: Moment,
    limit: i64,
) -> Result<Vec<String>, sqlx::Error> {
    let select = sqlx::query_scalar(
        "SELECT b.id FROM bookings b WHERE b.status = 'confirmed' AND b.starts_at > ? AND b.starts_at <= ?
           AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.booking_id = b.id AND o.kind = 'reminder')
         ORDER BY b.starts_at LIMIT ?",
    );
    db.query(
        "SELECT bookings",
        select.bind(now).bind(until).bind(limit).fetch_all(on),
    )
    .await
}
