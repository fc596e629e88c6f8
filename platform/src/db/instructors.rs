//! Instructors and what is known of them.

use serde::Serialize;
use sqlx::SqliteExecutor;

use super::Db;
use crate::domain::Money;

#[derive(Debug, Serialize, sqlx::FromRow)]
pub(crate) struct Instructor {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) city: String,
    pub(crate) headline: String,
    pub(crate) reviews: i64,
    /// Null without reviews.
    pub(crate) rating: Option<f64>,
}

#[derive(Debug, Serialize, sqlx::FromRow)]
pub(crate) struct Stats {
    pub(crate) instructor_id: String,
    pub(crate) confirmed: i64,
    pub(crate) cancelled: i64,
    pub(crate) expired: i64,
    pub(crate) on_hold: i64,
    pub(crate) earned_cents: Money,
    pub(crate) reviews: i64,
    pub(crate) rating: Option<f64>,
}

pub(crate) async fn find(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    id: &str,
) -> Result<Option<Instructor>, sqlx::Error> {
    let select = sqlx::query_as(
        "SELECT i.id, i.name, i.city, i.headline, count(r.rating) AS reviews, avg(r.rating) AS rating
         FROM instructors i LEFT JOIN reviews r ON r.instructor_id = i.id WHERE i.id = ? GROUP BY i.id",
    );
    db.query("SELECT instructors", select.bind(id).fetch_optional(on))
        .await
}

pub(crate) async fn stats(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    id: &str,
) -> Result<Option<Stats>, sqlx::Error> {
    let select = sqlx::query_as(
        "SELECT i.id AS instructor_id,
           (SELECT count(*) FROM bookings b WHERE b.instructor_id = i.id AND b.status = 'confirmed') AS confirmed,
           (SELECT count(*) FROM bookings b WHERE b.instructor_id = i.id AND b.status = 'cancelled') AS cancelled,
           (SELECT count(*) FROM bookings b WHERE b.instructor_id = i.id AND b.status = 'expired') AS expired,
           (SELECT count(*) FROM bookings b WHERE b.instructor_id = i.id AND b.status = 'hold') AS on_hold,
           (SELECT coalesce(sum(e.amount_cents), 0) FROM earnings e WHERE e.instructor_id = i.id) AS earned_cents,
           (SELECT count(*) FROM reviews r WHERE r.instructor_id = i.id) AS reviews,
           (SELECT avg(r.rating) FROM reviews r WHERE r.instructor_id = i.id) AS rating
         FROM instructors i WHERE i.id = ?",
    );
    db.query(
        "SELECT instructor stats",
        select.bind(id).fetch_optional(on),
    )
    .await
}
