//! Lessons: free text search.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::extract::{Params, limit};
use crate::db::lessons;
use crate::domain::search;
use crate::error::Result;
use crate::market::Market;

#[derive(Deserialize)]
pub(super) struct Query {
    #[serde(default)]
    q: String,
    limit: Option<i64>,
}

pub(super) async fn search(
    State(market): State<Market>,
    Params(query): Params<Query>,
) -> Result<Json<Value>> {
    let search = search::parse(&query.q);
    let found = lessons::search(
        &market.db,
        market.db.reader(),
        &search,
        limit(query.limit, 20),
    )
    .await?;
    Ok(Json(json!({ "lessons": found })))
}
