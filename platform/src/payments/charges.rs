//! Charges: money taken from a card, at once.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use rand::Rng;
use serde::{Deserialize, Serialize};
use sqlx::SqliteExecutor;

use super::{Failure, Provider, idempotency_key, refuse};

/// This card never pays.
const TOKEN_DECLINED: &str = "tok_declined";

#[derive(Deserialize)]
pub(super) struct NewCharge {
    amount_cents: i64,
    currency: String,
    card_token: String,
    reference: String,
}

#[derive(Serialize, sqlx::FromRow)]
pub(super) struct Charge {
    pub(super) id: String,
    pub(super) amount_cents: i64,
    #[serde(skip)]
    card_token: String,
    reference: String,
    pub(super) status: String,
    pub(super) refunded_cents: i64,
}

pub(super) async fn create(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Json(new): Json<NewCharge>,
) -> Result<Response, Failure> {
    let key = idempotency_key(&headers)?;
    if new.amount_cents <= 0 || new.currency != "EUR" {
        return Ok(refuse(
            StatusCode::BAD_REQUEST,
            "amount",
            "charges are positive amounts of EUR",
        ));
    }
    let mut transaction = provider.pool.begin_with("BEGIN IMMEDIATE").await?;
    if let Some(charge) = find(&mut *transaction, key).await? {
        let same = charge.amount_cents == new.amount_cents && charge.card_token == new.card_token;
        return Ok(if charge.status == "voided" {
            refuse(StatusCode::CONFLICT, "voided", "this key was voided")
        } else if same {
            answer(charge)
        } else {
            refuse(
                StatusCode::CONFLICT,
                "key_in_use",
                "this key was used for another charge",
            )
        });
    }
    let unlucky = provider.choose(|chance, settings| chance.random_bool(settings.decline_rate));
    let declined = unlucky || new.card_token == TOKEN_DECLINED;
    let charge = Charge {
        id: format!("ch_{}", uuid::Uuid::now_v7().simple()),
        amount_cents: new.amount_cents,
        card_token: new.card_token,
        reference: new.reference,
        status: if declined { "declined" } else { "captured" }.to_owned(),
        refunded_cents: 0,
    };
    sqlx::query("INSERT INTO charges (key, id, amount_cents, card_token, reference, status) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(key)
        .bind(&charge.id)
        .bind(charge.amount_cents)
        .bind(&charge.card_token)
        .bind(&charge.reference)
        .bind(&charge.status)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(answer(charge))
}

pub(super) async fn show(
    State(provider): State<Provider>,
    Path(key): Path<String>,
) -> Result<Response, Failure> {
    Ok(match find(&provider.pool, &key).await? {
        Some(charge) => Json(charge).into_response(),
        None => refuse(StatusCode::NOT_FOUND, "not_found", "no charge has this key"),
    })
}

pub(super) async fn find(
    on: impl SqliteExecutor<'_>,
    key: &str,
) -> Result<Option<Charge>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM charges WHERE key = ?")
        .bind(key)
        .fetch_optional(on)
        .await
}

fn answer(charge: Charge) -> Response {
    if charge.status == "declined" {
        return refuse(
            StatusCode::PAYMENT_REQUIRED,
            "card_declined",
            "the bank declined the card",
        );
    }
    (StatusCode::CREATED, Json(charge)).into_response()
}
