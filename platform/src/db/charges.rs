//! Charges: what we asked the payment provider for, and what became of it.

use serde::Serialize;
use sqlx::SqliteExecutor;

use super::Db;
use crate::clock::Moment;
use crate::domain::Money;

#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub(crate) struct Charge {
    /// Our id, and the idempotency key at the provider.
    pub(crate) id: String,
    pub(crate) booking_id: String,
    pub(crate) amount_cents: Money,
    pub(crate) status: String,
    pub(crate) provider_id: Option<String>,
    pub(crate) created_at: Moment,
}

/// Writes a pending charge unless the booking has an open one, and returns the open one.
pub(crate) async fn open(
    db: &Db,
    on: &mut sqlx::SqliteConnection,
    id: &str,
    booking_id: &str,
    amount: Money,
    now: Moment,
) -> Result<Charge, sqlx::Error> {
    let insert = sqlx::query(
        "INSERT INTO charges (id, booking_id, amount_cents, status, created_at) VALUES (?, ?, ?, 'pending', ?)
         ON CONFLICT DO NOTHING",
    );
    let insert = insert.bind(id).bind(booking_id).bind(amount).bind(now);
    db.query("INSERT charges", insert.execute(&mut *on)).await?;
    let select = sqlx::query_as(
        "SELECT * FROM charges WHERE booking_id = ? AND status IN ('pending', 'captured')",
    );
    db.query("SELECT charges", select.bind(booking_id).fetch_one(on))
        .await
}

/// The provider has taken the money; also when a declined or voided charge was thought to be over.
pub(crate) async fn capture(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    id: &str,
    provider_id: &str,
) -> Result<(), sqlx::Error> {
    let update =
        sqlx::query("UPDATE charges SET status = 'captured', provider_id = ? WHERE id = ?");
    db.query(
        "UPDATE charges",
        update.bind(provider_id).bind(id).execute(on),
    )
    .await?;
    Ok(())
}

/// `declined` or `voided`: nothing is owed for it any more.
pub(crate) async fn close(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    id: &str,
    status: &'static str,
) -> Result<(), sqlx::Error> {
    let update = sqlx::query("UPDATE charges SET status = ? WHERE id = ? AND status = 'pending'");
    db.query("UPDATE charges", update.bind(status).bind(id).execute(on))
        .await?;
    Ok(())
}

pub(crate) async fn captured(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    booking_id: &str,
) -> Result<Option<Charge>, sqlx::Error> {
    let select =
        sqlx::query_as("SELECT * FROM charges WHERE booking_id = ? AND status = 'captured'");
    db.query("SELECT charges", select.bind(booking_id).fetch_optional(on))
        .await
}

/// Pending charges of bookings that are closed: money that may have been taken for nothing.
pub(crate) async fn orphans(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    limit: i64,
) -> Result<Vec<String>, sqlx::Error> {
    let select = sqlx::query_scalar(
        "SELECT c.id FROM charges c JOIN bookings b ON b.id = c.booking_id
         WHERE c.status = 'pending' AND b.status IN ('cancelled', 'expired') ORDER BY c.created_at LIMIT ?",
    );
    db.query("SELECT charges", select.bind(limit).fetch_all(on))
        .await
}

/// The booking's charge whose outcome is not known yet.
pub(crate) async fn pending(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    booking_id: &str,
) -> Result<Option<String>, sqlx::Error> {
    let select =
        sqlx::query_scalar("SELECT id FROM charges WHERE booking_id = ? AND status = 'pending'");
    db.query("SELECT charges", select.bind(booking_id).fetch_optional(on))
        .await
}

/// Every charge that was tried, oldest first.
pub(crate) async fn of_booking(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    booking_id: &str,
) -> Result<Vec<Charge>, sqlx::Error> {
    let select =
        sqlx::query_as("SELECT * FROM charges WHERE booking_id = ? ORDER BY created_at, id");
    db.query("SELECT charges", select.bind(booking_id).fetch_all(on))
        .await
}
