//! Our client of the payment provider. It asks twice at most, under the same idempotency key, and says
//! plainly when the outcome is not known.

use std::time::Duration;

use reqwest::{RequestBuilder, Response, StatusCode};
use serde::Deserialize;
use serde_json::json;

use crate::domain::Money;
use crate::error::{Error, Result};
use crate::upstream::Upstream;

const ANSWER_TIME_MAX: Duration = Duration::from_secs(4);
const ATTEMPTS_MAX: u32 = 2;
const IDEMPOTENCY_KEY: &str = "idempotency-key";

#[derive(Clone, Debug)]
pub(crate) struct Provider {
    upstream: Upstream,
}

/// Why a charge has no captured id.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// By the card's bank, with its code.
    Declined(String),
    /// The key was closed: its booking is over.
    Voided,
    /// The key was used with another card or amount.
    KeyInUse,
    /// Nobody knows: the money may have been taken.
    Unknown(Error),
}

/// What became of a refund.
#[derive(Debug)]
pub(crate) enum Refunded {
    Done,
    /// For good, with this status: asking again changes nothing.
    Refused(StatusCode),
}

#[derive(Deserialize)]
struct Captured {
    id: String,
}

#[derive(Deserialize)]
struct Problem {
    error: Cause,
}

#[derive(Deserialize)]
struct Cause {
    code: String,
}

impl Provider {
    /// It is the one party outside that we have agreed to trace requests with.
    pub(crate) fn new(url: &str) -> anyhow::Result<Self> {
        let upstream = Upstream::new("payments", url, ANSWER_TIME_MAX)?;
        Ok(Self { upstream })
    }

    /// Takes `amount` from the card and returns the provider's id of the charge.
    pub(crate) async fn charge(
        &self,
        key: &str,
        amount: Money,
        card_token: &str,
        booking_id: &str,
    ) -> std::result::Result<String, Refusal> {
        let body = json!({ "amount_cents": amount, "currency": "EUR", "card_token": card_token, "reference": booking_id });
        let response = self
            .send("/v1/charges", |http| {
                http.header(IDEMPOTENCY_KEY, key).json(&body)
            })
            .await
            .map_err(Refusal::Unknown)?;
        let status = response.status();
        let answer = response
            .bytes()
            .await
            .map_err(|e| Refusal::Unknown(unreachable(e)))?;
        let unknown = |e: serde_json::Error| Refusal::Unknown(garbled(status).because(e));
        if status == StatusCode::CREATED {
            return Ok(serde_json::from_slice::<Captured>(&answer)
                .map_err(unknown)?
                .id);
        }
        let code = serde_json::from_slice::<Problem>(&answer)
            .map_err(unknown)?
            .error
            .code;
        Err(match (status, code.as_str()) {
            (StatusCode::PAYMENT_REQUIRED, _) => Refusal::Declined(code),
            (StatusCode::CONFLICT, "voided") => Refusal::Voided,
            (StatusCode::CONFLICT, _) => Refusal::KeyInUse,
            _ => Refusal::Unknown(garbled(status)),
        })
    }

    /// Gives back `amount` of the charge made under `charge_key`.
    pub(crate) async fn refund(
        &self,
        key: &str,
        charge_key: &str,
        amount: Money,
    ) -> Result<Refunded> {
        let body = json!({ "charge_key": charge_key, "amount_cents": amount });
        let response = self
            .send("/v1/refunds", |http| {
                http.header(IDEMPOTENCY_KEY, key).json(&body)
            })
            .await?;
        let status = response.status();
        // these two say that it is a matter of time
        let later = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
        if status.is_client_error() && !later.contains(&status) {
            return Ok(Refunded::Refused(status));
        }
        succeeded(&response).map(|()| Refunded::Done)
    }

    /// Undoes the charge made under `charge_key`, or prevents it if it was not made yet.
    pub(crate) async fn void(&self, charge_key: &str) -> Result<()> {
        let body = json!({ "charge_key": charge_key });
        let response = self.send("/v1/voids", |http| http.json(&body)).await?;
        succeeded(&response)
    }

    /// Asks; once more when there was no answer or a 5xx. Safe since every request has its key.
    async fn send(
        &self,
        path: &'static str,
        build: impl Fn(RequestBuilder) -> RequestBuilder,
    ) -> Result<Response> {
        let mut attempt = 1;
        loop {
            let Upstream { client, url } = &self.upstream;
            let request = build(client.post(format!("{url}{path}")));
            let failure = match client.send(request, path).await {
                Ok(response) if response.status().is_server_error() => garbled(response.status()),
                Ok(response) => return Ok(response),
                Err(error) => unreachable(error),
            };
            if attempt == ATTEMPTS_MAX {
                return Err(failure);
            }
            attempt += 1;
        }
    }
}

fn succeeded(response: &Response) -> Result<()> {
    if response.status().is_success() {
        Ok(())
    } else {
        Err(garbled(response.status()))
    }
}

fn unreachable(error: reqwest::Error) -> Error {
    // the URL says nothing that the span does not
    Error::unavailable(
        "payment_unavailable",
        "could not reach the payment provider",
    )
    .because(error.without_url())
}

fn garbled(status: StatusCode) -> Error {
    Error::unavailable(
        "payment_unavailable",
        format!("could not use the payment provider's answer {status}"),
    )
}
