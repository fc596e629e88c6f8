//! Messages to send: one of a kind a booking.

use serde::Serialize;
use sqlx::SqliteExecutor;

use super::Db;
use crate::clock::Moment;
use crate::domain::Booking;

#[derive(Debug, Serialize, sqlx::FromRow)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) body: String,
    pub(crate) created_at: Moment,
}

/// Writes the message unless the booking has one of this kind.
pub(crate) async fn insert(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    booking: &Booking,
    message: &Message,
) -> Result<bool, sqlx::Error> {
    let insert = sqlx::query(
        "INSERT INTO outbox (id, user_id, booking_id, kind, body, created_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (booking_id, kind) DO NOTHING",
    )
    .bind(&message.id)
    .bind(&booking.user_id)
    .bind(&booking.id)
    .bind(&message.kind)
    .bind(&message.body)
    .bind(message.created_at);
    Ok(db
        .query("INSERT outbox", insert.execute(on))
        .await?
        .rows_affected()
        == 1)
}

pub(crate) async fn of_booking(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    booking_id: &str,
) -> Result<Vec<Message>, sqlx::Error> {
    let select = sqlx::query_as(
        "SELECT id, kind, body, created_at FROM outbox WHERE booking_id = ? ORDER BY created_at, id",
    );
    db.query("SELECT outbox", select.bind(booking_id).fetch_all(on))
        .await
}
