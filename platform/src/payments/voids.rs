//! Voids: whatever was taken under a key is given back, and nothing can be taken under it again. A void
//! may overtake its charge; the charge is then refused.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::{Failure, Provider};

#[derive(Deserialize)]
pub(super) struct NewVoid {
    charge_key: String,
}

pub(super) async fn create(
    State(provider): State<Provider>,
    Json(new): Json<NewVoid>,
) -> Result<Response, Failure> {
    sqlx::query(
        "INSERT INTO charges (key, id, amount_cents, card_token, reference, status) VALUES (?, '', 0, '', '', 'voided')
         ON CONFLICT (key) DO UPDATE SET status = 'voided',
           refunded_cents = CASE status WHEN 'captured' THEN amount_cents ELSE refunded_cents END
         WHERE status <> 'voided'",
    )
    .bind(&new.charge_key)
    .execute(&provider.pool)
    .await?;
    Ok(Json(json!({ "charge_key": new.charge_key, "status": "voided" })).into_response())
}
