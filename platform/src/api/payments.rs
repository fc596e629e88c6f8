//! Money: paying a hold, and giving money back.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde::Deserialize;

use super::extract::Body;
use crate::db::refunds::Refund;
use crate::domain::{Booking, Money};
use crate::error::Result;
use crate::market::{self, Market};

const IDEMPOTENCY_KEY: &str = "idempotency-key";

#[derive(Deserialize)]
pub(super) struct Payment {
    card_token: String,
}

pub(super) async fn pay(
    State(market): State<Market>,
    Path(id): Path<String>,
    Body(payment): Body<Payment>,
) -> Result<Json<Booking>> {
    Ok(Json(
        market::pay::pay(&market, &id, &payment.card_token).await?,
    ))
}

#[derive(Deserialize)]
pub(super) struct RefundRequest {
    /// All that is left when absent.
    amount_cents: Option<Money>,
}

/// Operators only. The same `Idempotency-Key` again finds the same refund.
pub(super) async fn refund(
    State(market): State<Market>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(request): Body<RefundRequest>,
) -> Result<Json<Refund>> {
    let key = headers
        .get(IDEMPOTENCY_KEY)
        .and_then(|value| value.to_str().ok());
    let request = market::refund::Request {
        booking_id: &id,
        amount: request.amount_cents,
        key,
    };
    Ok(Json(market::refund::refund(&market, &request).await?))
}
