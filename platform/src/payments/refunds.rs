//! Refunds: part or all of a charge, given back.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::{Failure, Provider, charges, idempotency_key, refuse};

#[derive(Deserialize)]
pub(super) struct NewRefund {
    charge_key: String,
    amount_cents: i64,
}

pub(super) async fn create(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Json(new): Json<NewRefund>,
) -> Result<Response, Failure> {
    let key = idempotency_key(&headers)?;
    let mut transaction = provider.pool.begin_with("BEGIN IMMEDIATE").await?;
    let known: Option<(String, i64)> =
        sqlx::query_as("SELECT charge_key, amount_cents FROM refunds WHERE key = ?")
            .bind(key)
            .fetch_optional(&mut *transaction)
            .await?;
    if let Some(known) = known {
        let same = known == (new.charge_key, new.amount_cents);
        return Ok(if same {
            answer(key)
        } else {
            refuse(
                StatusCode::CONFLICT,
                "key_in_use",
                "another refund has this key",
            )
        });
    }
    let Some(charge) = charges::find(&mut *transaction, &new.charge_key)
        .await?
        .filter(|c| c.status == "captured")
    else {
        return Ok(refuse(
            StatusCode::NOT_FOUND,
            "not_found",
            "no captured charge has this key",
        ));
    };
    if new.amount_cents <= 0 || new.amount_cents > charge.amount_cents - charge.refunded_cents {
        return Ok(refuse(
            StatusCode::CONFLICT,
            "too_much",
            "less than that is left of the charge",
        ));
    }
    sqlx::query("INSERT INTO refunds (key, charge_key, amount_cents) VALUES (?, ?, ?)")
        .bind(key)
        .bind(&new.charge_key)
        .bind(new.amount_cents)
        .execute(&mut *transaction)
        .await?;
    sqlx::query("UPDATE charges SET refunded_cents = refunded_cents + ? WHERE key = ?")
        .bind(new.amount_cents)
        .bind(&new.charge_key)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(answer(key))
}

fn answer(key: &str) -> Response {
    (
        StatusCode::CREATED,
        Json(json!({ "key": key, "status": "refunded" })),
    )
        .into_response()
}
