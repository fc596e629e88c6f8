//! Whether the process lives, and whether it can work. Neither is traced.

use axum::extract::State;

use crate::error::Result;
use crate::market::Market;

pub(super) async fn alive() -> &'static str {
    "ok"
}

pub(super) async fn ready(State(market): State<Market>) -> Result<&'static str> {
    sqlx::query("SELECT 1").execute(market.db.reader()).await?;
    Ok("ready")
}
