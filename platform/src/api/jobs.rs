//! Jobs, for operators: what waits, what runs, what died; and another try for the dead.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::extract::{Params, limit};
use crate::error::{Error, Result};
use crate::market::Market;
use crate::queue::{self, Job, Status};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Filter {
    status: Option<Status>,
    name: Option<String>,
    limit: Option<i64>,
}

pub(super) async fn list(
    State(market): State<Market>,
    Params(filter): Params<Filter>,
) -> Result<Json<Value>> {
    let limit = limit(filter.limit, 20);
    let jobs = queue::list(&market.db, filter.status, filter.name.as_deref(), limit).await?;
    Ok(Json(json!({ "jobs": jobs })))
}

pub(super) async fn retry(
    State(market): State<Market>,
    Path(id): Path<String>,
) -> Result<Json<Job>> {
    let retried = queue::retry(&market.db, &id, market.clock.now()).await?;
    let job = queue::find(&market.db, market.db.reader(), &id)
        .await?
        .ok_or_else(|| Error::not_found("job_not_found", "job", &id))?;
    if retried {
        Ok(Json(job))
    } else {
        Err(Error::conflict(
            "job_not_dead",
            "only a dead job can be retried",
        ))
    }
}
