//! `GET /v1/datasets`: the list of datasets, in Axiom's words and a few of ours.

use super::Api;
use super::error::Error;
use axum::Json;
use axum::extract::State;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(super) struct Dataset {
    id: String,
    name: String,
    description: &'static str,
    kind: &'static str,
    created: String,
    who: &'static str,
    /// Ours: rows, and bytes of data files.
    rows: u64,
    bytes: u64,
}

pub(super) async fn list(State(api): State<Api>) -> Result<Json<Vec<Dataset>>, Error> {
    let datasets = api
        .store
        .datasets()
        .await?
        .into_iter()
        .map(|dataset| Dataset {
            id: dataset.name.clone(),
            name: dataset.name,
            description: "",
            kind: "otel:traces:v1",
            created: apl::datetime::format(dataset.created_nanos),
            who: "",
            rows: dataset.rows,
            bytes: dataset.bytes,
        });
    Ok(Json(datasets.collect()))
}
