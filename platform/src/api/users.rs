//! Students: signing up, and their own bookings.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::extract::{Body, Params, limit};
use crate::db::{bookings as stored, users};
use crate::domain::id;
use crate::error::{Error, Result};
use crate::market::Market;

const TEXT_CHARS_MAX: usize = 200;

#[derive(Deserialize)]
pub(super) struct SignUp {
    name: String,
    email: String,
}

pub(super) async fn sign_up(
    State(market): State<Market>,
    Body(sign_up): Body<SignUp>,
) -> Result<(StatusCode, Json<Value>)> {
    let name = sign_up.name.trim();
    let email = sign_up.email.trim();
    if name.is_empty() || name.chars().count() > TEXT_CHARS_MAX {
        return Err(Error::invalid(
            "name",
            format!("a name has 1 to {TEXT_CHARS_MAX} characters"),
        ));
    }
    let addressed = email
        .split_once('@')
        .is_some_and(|(local, host)| !local.is_empty() && host.contains('.'));
    if !addressed || email.len() > TEXT_CHARS_MAX {
        return Err(Error::invalid("email", "this is no e-mail address"));
    }
    let id = id::user();
    if !users::insert(
        &market.db,
        market.db.writer(),
        &id,
        name,
        email,
        market.clock.now(),
    )
    .await?
    {
        return Err(Error::conflict(
            "email_taken",
            "somebody has signed up with this e-mail address",
        ));
    }
    Ok((StatusCode::CREATED, Json(json!({ "id": id }))))
}

#[derive(Deserialize)]
pub(super) struct Page {
    limit: Option<i64>,
}

pub(super) async fn bookings(
    State(market): State<Market>,
    Path(id): Path<String>,
    Params(page): Params<Page>,
) -> Result<Json<Value>> {
    let filter = stored::Filter {
        user_id: Some(id),
        ..Default::default()
    };
    let bookings = stored::list(
        &market.db,
        market.db.reader(),
        &filter,
        limit(page.limit, 20),
    )
    .await?;
    Ok(Json(json!({ "bookings": bookings })))
}
