//! Slots: the times at which a lesson can be had.

use serde::Serialize;
use sqlx::SqliteExecutor;

use super::Db;
use crate::clock::Moment;
use crate::domain::Money;

#[derive(Debug, Serialize, sqlx::FromRow)]
pub(crate) struct Slot {
    pub(crate) id: String,
    pub(crate) lesson_id: String,
    pub(crate) instructor_id: String,
    pub(crate) starts_at: Moment,
    pub(crate) ends_at: Moment,
    pub(crate) price_cents: Money,
}

pub(crate) async fn find(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    id: &str,
) -> Result<Option<Slot>, sqlx::Error> {
    let select = sqlx::query_as(
        "SELECT s.id, s.lesson_id, s.instructor_id, s.starts_at, s.ends_at, l.price_cents
         FROM slots s JOIN lessons l ON l.id = s.lesson_id WHERE s.id = ?",
    );
    db.query("SELECT slots", select.bind(id).fetch_optional(on))
        .await
}

/// The instructor's next slots that nobody has, soonest first.
pub(crate) async fn free(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    instructor_id: &str,
    now: Moment,
    limit: i64,
) -> Result<Vec<Slot>, sqlx::Error> {
    let select = sqlx::query_as(
        "SELECT s.id, s.lesson_id, s.instructor_id, s.starts_at, s.ends_at, l.price_cents
         FROM slots s JOIN lessons l ON l.id = s.lesson_id
         WHERE s.instructor_id = ? AND s.starts_at > ?
           AND NOT EXISTS (SELECT 1 FROM bookings b WHERE b.slot_id = s.id AND b.status IN ('hold', 'confirmed'))
         ORDER BY s.starts_at LIMIT ?",
    );
    db.query(
        "SELECT slots",
        select
            .bind(instructor_id)
            .bind(now)
            .bind(limit)
            .fetch_all(on),
    )
    .await
}

/// Lays every lesson's grid from `now` to as far ahead as it is offered. Slots that are there stay; their
/// ids come from lesson and time, so that it may run as often as it likes.
pub(crate) async fn refill(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    now: Moment,
) -> Result<u64, sqlx::Error> {
    let insert = sqlx::query(
        "WITH RECURSIVE grid (lesson_id, step, last, starts_at) AS (
           SELECT id, every_minutes * 60000, ?1 + ahead_minutes * 60000,
                  (?1 / (every_minutes * 60000) + 1) * (every_minutes * 60000) FROM lessons
           UNION ALL
           SELECT lesson_id, step, last, starts_at + step FROM grid WHERE starts_at + step <= last)
         INSERT INTO slots (id, lesson_id, instructor_id, starts_at, ends_at)
         SELECT 'slt_' || substr(l.id, 5) || '_' || (g.starts_at / 60000), l.id, l.instructor_id,
                g.starts_at, g.starts_at + l.minutes * 60000
         FROM grid g JOIN lessons l ON l.id = g.lesson_id
         WHERE g.starts_at / 3600000 % 24 >= l.opens_hour AND g.starts_at / 3600000 % 24 < l.closes_hour
         ON CONFLICT DO NOTHING",
    );
    Ok(db
        .query("INSERT slots", insert.bind(now).execute(on))
        .await?
        .rows_affected())
}

/// Forgets slots that passed before `before` without ever having been booked.
pub(crate) async fn prune(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    before: Moment,
) -> Result<u64, sqlx::Error> {
    let delete = sqlx::query(
        "DELETE FROM slots WHERE starts_at < ? AND NOT EXISTS (SELECT 1 FROM bookings b WHERE b.slot_id = slots.id)",
    );
    Ok(db
        .query("DELETE slots", delete.bind(before).execute(on))
        .await?
        .rows_affected())
}
