//! Instructors: who they are, when they are free, how they do.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::extract::{Params, limit};
use crate::db::{instructors, slots as stored};
use crate::error::{Error, Result};
use crate::market::Market;

pub(super) async fn show(
    State(market): State<Market>,
    Path(id): Path<String>,
) -> Result<Json<instructors::Instructor>> {
    let found = instructors::find(&market.db, market.db.reader(), &id).await?;
    found.map(Json).ok_or_else(|| unknown(&id))
}

#[derive(Deserialize)]
pub(super) struct Page {
    limit: Option<i64>,
}

pub(super) async fn slots(
    State(market): State<Market>,
    Path(id): Path<String>,
    Params(page): Params<Page>,
) -> Result<Json<Value>> {
    let now = market.clock.now();
    let free = stored::free(
        &market.db,
        market.db.reader(),
        &id,
        now,
        limit(page.limit, 20),
    )
    .await?;
    Ok(Json(json!({ "slots": free })))
}

pub(super) async fn stats(
    State(market): State<Market>,
    Path(id): Path<String>,
) -> Result<Json<instructors::Stats>> {
    let found = instructors::stats(&market.db, market.db.reader(), &id).await?;
    found.map(Json).ok_or_else(|| unknown(&id))
}

fn unknown(id: &str) -> Error {
    Error::not_found("instructor_not_found", "instructor", id)
}
