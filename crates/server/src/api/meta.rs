//! `GET /api/v1/meta`: what the console needs to know at its start.

use super::error::Error;
use super::{Api, check_whole};
use crate::ingest::books::Requests;
use axum::extract::State;
use axum::{Extension, Json};
use control::Caller;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The server, as its console needs to know it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Meta {
    version: &'static str,
    /// The start of the earliest span; null before there is one.
    first_span_at: Option<String>,
    /// Where services of this machine send spans.
    otlp_http: String,
    otlp_grpc: String,
    /// Those that the token may query and that have rows.
    datasets: Vec<String>,
    /// For a token that may see all datasets, or query them.
    #[serde(skip_serializing_if = "Option::is_none")]
    ingest: Option<Ingest>,
}

/// The books since the start of the process.
#[derive(Debug, Serialize, ToSchema)]
struct Ingest {
    requests_received: u64,
    /// Accepted.
    requests: u64,
    /// Asked to come again.
    requests_busy: u64,
    /// Refused for good.
    requests_refused: u64,
    /// Both of these, by reason.
    refusals: BTreeMap<&'static str, u64>,
    spans_stored: u64,
    /// Sent again, and recognised.
    spans_deduplicated: u64,
    spans_rejected: u64,
}

/// The version, the doors, the datasets, and what came in since the start.
#[utoipa::path(
    get,
    path = "/api/v1/meta",
    operation_id = "meta",
    tag = "server",
    responses((status = 200, description = "The server.", body = Meta)),
)]
pub(super) async fn show(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Meta>, Error> {
    let mut datasets = api.store.datasets().await?;
    datasets.retain(|dataset| caller.may_query(&dataset.name));
    Ok(Json(Meta {
        version: env!("CARGO_PKG_VERSION"),
        first_span_at: datasets
            .iter()
            .filter_map(|dataset| dataset.times)
            .map(|(first, _)| first)
            .min()
            .map(apl::datetime::format),
        otlp_http: format!("http://{}", api.otlp_http),
        otlp_grpc: format!("http://{}", api.otlp_grpc),
        datasets: datasets.into_iter().map(|dataset| dataset.name).collect(),
        ingest: check_whole(&caller).is_ok().then(|| ingest(&api)),
    }))
}

fn ingest(api: &Api) -> Ingest {
    let books = api.otlp.ingest.balance();
    Ingest {
        requests_received: books.doors.iter().map(|door| door.received).sum(),
        requests: books.doors.iter().map(|door| door.accepted).sum(),
        requests_busy: books.doors.iter().map(Requests::busy).sum(),
        requests_refused: books.doors.iter().map(Requests::refused_for_good).sum(),
        refusals: books
            .refusals()
            .iter()
            .map(|(reason, count)| (reason.name(), *count))
            .collect(),
        spans_stored: books.spans_stored,
        spans_deduplicated: books.spans_deduplicated,
        spans_rejected: books.rejected(),
    }
}
