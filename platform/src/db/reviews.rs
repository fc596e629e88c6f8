//! Reviews: one a booking.

use serde::Serialize;
use sqlx::SqliteExecutor;

use super::Db;
use crate::clock::Moment;

#[derive(Debug, Serialize)]
pub(crate) struct Review {
    pub(crate) booking_id: String,
    pub(crate) user_id: String,
    pub(crate) instructor_id: String,
    pub(crate) rating: i64,
    pub(crate) comment: String,
    pub(crate) created_at: Moment,
}

/// False when the booking has a review.
pub(crate) async fn insert(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    review: &Review,
) -> Result<bool, sqlx::Error> {
    let insert = sqlx::query(
        "INSERT INTO reviews (booking_id, user_id, instructor_id, rating, comment, created_at)
         VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(&review.booking_id)
    .bind(&review.user_id)
    .bind(&review.instructor_id)
    .bind(review.rating)
    .bind(&review.comment)
    .bind(review.created_at);
    Ok(db
        .query("INSERT reviews", insert.execute(on))
        .await?
        .rows_affected()
        == 1)
}
