//! The simulated payment provider: a third party with its own database and no telemetry. It keeps the
//! promises that a real one makes: every charge and refund has an idempotency key, a key answers the same
//! way for ever, and a void closes a key whether or not its charge came through.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;
use sqlx::SqlitePool;

/// Money taken from a card.
mod charges;
/// Money given back.
mod refunds;
/// A key closed for ever.
mod voids;

/// Now and then a bank takes its time: this share of requests, this much longer than the longest.
const SLOW_SHARE: f64 = 0.04;
const SLOW_FACTOR: u64 = 8;

/// How the provider behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite://…` or a path.
    pub database: String,
    /// 0 to 1: how many cards are declined. The token `tok_declined` always is.
    pub decline_rate: f64,
    /// 0 to 1: how many requests fail with 503 before anything happens.
    pub fault_rate: f64,
    /// A request takes up to this long, chosen evenly.
    pub latency_ms_max: u64,
    /// The same seed makes the same choices.
    pub seed: u64,
}

/// One provider; clones are the same.
#[derive(Clone)]
struct Provider {
    pool: SqlitePool,
    settings: Arc<Settings>,
    chance: Arc<Mutex<StdRng>>,
}

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS charges (
        key TEXT PRIMARY KEY,
        id TEXT NOT NULL,
        amount_cents INTEGER NOT NULL,
        card_token TEXT NOT NULL,
        reference TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('captured', 'declined', 'voided')),
        refunded_cents INTEGER NOT NULL DEFAULT 0 CHECK (refunded_cents BETWEEN 0 AND amount_cents)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS refunds (
        key TEXT PRIMARY KEY,
        charge_key TEXT NOT NULL REFERENCES charges (key),
        amount_cents INTEGER NOT NULL CHECK (amount_cents > 0)
    ) STRICT;";

pub async fn router(settings: Settings) -> anyhow::Result<Router> {
    for rate in [settings.decline_rate, settings.fault_rate] {
        anyhow::ensure!(
            (0.0..=1.0).contains(&rate),
            "a rate is between 0 and 1, not {rate}"
        );
    }
    let pool = crate::db::open_plain(&settings.database).await?;
    sqlx::raw_sql(SCHEMA).execute(&pool).await?;
    let chance = Arc::new(Mutex::new(StdRng::seed_from_u64(settings.seed)));
    let provider = Provider {
        pool,
        settings: Arc::new(settings),
        chance,
    };
    Ok(Router::new()
        .route("/v1/charges", post(charges::create))
        .route("/v1/charges/{key}", get(charges::show))
        .route("/v1/refunds", post(refunds::create))
        .route("/v1/voids", post(voids::create))
        .layer(from_fn_with_state(provider.clone(), behave))
        .route("/health", get(async || "ok"))
        .with_state(provider))
}

/// Takes its time, and fails now and then.
async fn behave(
    State(provider): State<Provider>,
    request: Request<axum::body::Body>,
    next: Next,
) -> Response {
    let latency = provider.choose(|chance, settings| {
        let usual = chance.random_range(0..=settings.latency_ms_max);
        let slow = chance.random_bool(SLOW_SHARE);
        Duration::from_millis(if slow {
            settings.latency_ms_max * SLOW_FACTOR
        } else {
            usual
        })
    });
    tokio::time::sleep(latency).await;
    if provider.choose(|chance, s| chance.random_bool(s.fault_rate)) {
        return refuse(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "try again");
    }
    next.run(request).await
}

impl Provider {
    fn choose<T>(&self, choice: impl FnOnce(&mut StdRng, &Settings) -> T) -> T {
        choice(
            &mut self.chance.lock().unwrap_or_else(PoisonError::into_inner),
            &self.settings,
        )
    }
}

fn refuse(status: StatusCode, code: &str, message: &str) -> Response {
    (
        status,
        Json(json!({ "error": { "code": code, "message": message } })),
    )
        .into_response()
}

/// The key that makes a request safe to repeat.
fn idempotency_key(headers: &HeaderMap) -> Result<&str, Failure> {
    let key = headers
        .get("idempotency-key")
        .and_then(|value| value.to_str().ok());
    key.filter(|key| !key.is_empty()).ok_or(Failure {
        status: StatusCode::BAD_REQUEST,
        code: "no_key",
        message: "send an Idempotency-Key",
    })
}

/// A refusal on its way out through `?`.
struct Failure {
    status: StatusCode,
    code: &'static str,
    message: &'static str,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        refuse(self.status, self.code, self.message)
    }
}

impl From<sqlx::Error> for Failure {
    fn from(_: sqlx::Error) -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: "internal",
            message: "the provider's database failed",
        }
    }
}
