//! Refunds: promised in a transaction, then carried out at the provider.

use serde::Serialize;
use sqlx::{SqliteConnection, SqliteExecutor};

use super::Db;
use crate::clock::Moment;
use crate::domain::Money;

#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub(crate) struct Refund {
    /// Our id, and the idempotency key at the provider.
    pub(crate) id: String,
    pub(crate) booking_id: String,
    pub(crate) charge_id: String,
    pub(crate) amount_cents: Money,
    pub(crate) status: String,
    pub(crate) created_at: Moment,
}

pub(crate) struct New<'a> {
    pub(crate) id: &'a str,
    pub(crate) booking_id: &'a str,
    pub(crate) charge_id: &'a str,
    /// A repeated request finds its refund by this.
    pub(crate) request_key: &'a str,
    pub(crate) amount: Money,
}

pub(crate) async fn insert(
    db: &Db,
    on: &mut SqliteConnection,
    new: &New<'_>,
    now: Moment,
) -> Result<Refund, sqlx::Error> {
    let insert = sqlx::query_as(
        "INSERT INTO refunds (id, booking_id, charge_id, request_key, amount_cents, status, created_at)
         VALUES (?, ?, ?, ?, ?, 'pending', ?) RETURNING id, booking_id, charge_id, amount_cents, status, created_at",
    )
    .bind(new.id)
    .bind(new.booking_id)
    .bind(new.charge_id)
    .bind(new.request_key)
    .bind(new.amount)
    .bind(now);
    db.query("INSERT refunds", insert.fetch_one(on)).await
}

pub(crate) async fn by_key(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    booking_id: &str,
    request_key: &str,
) -> Result<Option<Refund>, sqlx::Error> {
    let select = sqlx::query_as(
        "SELECT id, booking_id, charge_id, amount_cents, status, created_at FROM refunds
         WHERE booking_id = ? AND request_key = ?",
    );
    db.query(
        "SELECT refunds",
        select.bind(booking_id).bind(request_key).fetch_optional(on),
    )
    .await
}

/// Oldest first.
pub(crate) async fn of_booking(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    booking_id: &str,
) -> Result<Vec<Refund>, sqlx::Error> {
    let select = sqlx::query_as(
        "SELECT id, booking_id, charge_id, amount_cents, status, created_at FROM refunds
         WHERE booking_id = ? ORDER BY created_at, id",
    );
    db.query("SELECT refunds", select.bind(booking_id).fetch_all(on))
        .await
}

/// Promised before `before` and not carried out yet.
pub(crate) async fn overdue(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    before: Moment,
    limit: i64,
) -> Result<Vec<Refund>, sqlx::Error> {
    let select = sqlx::query_as(
        "SELECT id, booking_id, charge_id, amount_cents, status, created_at FROM refunds
         WHERE status = 'pending' AND created_at <= ? ORDER BY created_at LIMIT ?",
    );
    db.query(
        "SELECT refunds",
        select.bind(before).bind(limit).fetch_all(on),
    )
    .await
}

/// `done`, or `failed`: refused by the provider for good, still owed.
pub(crate) async fn close(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    id: &str,
    status: &'static str,
) -> Result<(), sqlx::Error> {
    let update = sqlx::query("UPDATE refunds SET status = ? WHERE id = ? AND status = 'pending'");
    db.query("UPDATE refunds", update.bind(status).bind(id).execute(on))
        .await?;
    Ok(())
}
