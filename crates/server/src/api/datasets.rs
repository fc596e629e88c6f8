//! `/v1/datasets` and `/v2/datasets`: made, listed, described, trimmed and deleted, in Axiom's words and a few of ours.

use super::Api;
use super::error::{Body, Error};
use super::json::Sent;
use crate::query::Known;
use apl::{datetime, timespan};
use axum::extract::{Path, State};
use axum::{Extension, Json};
use control::{Caller, Kind};
use http::StatusCode;
use model::ErrorKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What Axiom calls the permission to make and change datasets.
pub(super) const RESOURCE: &str = "datasets";
const DESCRIPTION_BYTES_MAX: usize = 4096;

/// A named collection of spans, log records or events.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Dataset {
    /// Its name.
    id: String,
    name: String,
    description: String,
    /// otel:traces:v1, otel:logs:v1 or axiom:events:v1.
    kind: &'static str,
    created: String,
    updated_at: String,
    who: &'static str,
    /// Whether the token may send to it.
    can_write: bool,
    use_retention_period: bool,
    /// Whole days that rows are kept.
    retention_days: u64,
    #[schema(value_type = Vec<String>)]
    map_fields: [&'static str; 0],
    edge_deployment: Option<&'static str>,
    /// Ours: rows, and bytes of data files; not for a token that may only send to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
}

/// Numbers of a dataset, and its fields.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DatasetDetails)]
#[serde(rename_all = "camelCase")]
pub(super) struct Details {
    name: String,
    /// Rows.
    num_events: u64,
    num_fields: usize,
    /// Of data files, both.
    input_bytes: u64,
    compressed_bytes: u64,
    /// The earliest `_time` of its rows; null before there is one.
    min_time: Option<String>,
    max_time: Option<String>,
    created: String,
    fields: Vec<super::fields::Field>,
}

/// A dataset to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewDataset)]
pub(super) struct Wanted {
    name: String,
    description: Option<String>,
    /// otel:traces:v1, otel:logs:v1, or axiom:events:v1 when it is not said.
    kind: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = DatasetDescription)]
pub(super) struct Description {
    /// Null leaves it as it is.
    description: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Trim {
    /// An age: 30d, 720h. Older data files go.
    max_duration: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Trimmed {
    /// Ours: rows that are gone. Axiom's clients know the word.
    num_deleted: u64,
}

fn shown(api: &Api, caller: &Caller, known: Known) -> Dataset {
    const DAY_SECONDS: u64 = 86_400;
    let stored = known.stored.as_ref();
    let number = |of: fn(&store::Dataset) -> u64| {
        may_look_into(caller, &known.name).then(|| stored.map_or(0, of))
    };
    Dataset {
        id: known.name.clone(),
        kind: known.kind.name(),
        created: datetime::format(known.created_nanos),
        updated_at: datetime::format(known.updated_nanos),
        who: "",
        can_write: caller.may_ingest(&known.name),
        use_retention_period: true,
        retention_days: api.retention.of(&known.name).as_secs() / DAY_SECONDS,
        map_fields: [],
        edge_deployment: None,
        rows: number(|stored| stored.rows),
        bytes: number(|stored| stored.bytes),
        description: known.description,
        name: known.name,
    }
}

/// Whether a caller may know of a dataset.
fn may_see(caller: &Caller, name: &str) -> bool {
    may_look_into(caller, name) || caller.may_ingest(name)
}

/// Whether a caller may know how much is in a dataset, and which fields.
pub(super) fn may_look_into(caller: &Caller, name: &str) -> bool {
    caller.may(RESOURCE, "read") || caller.may_query(name)
}

fn check(caller: &Caller, action: &str) -> Result<(), Error> {
    if caller.may(RESOURCE, action) {
        return Ok(());
    }
    Err(Error::denied(&format!("{action} datasets")))
}

fn missing(name: &str) -> Error {
    Error::of(ErrorKind::NotFound, format!("there is no dataset {name}"))
}

/// A dataset that the caller may know of.
async fn find(api: &Api, caller: &Caller, name: &str) -> Result<Known, Error> {
    if !may_see(caller, name) {
        return Err(Error::denied(&format!("use dataset {name}")));
    }
    let found = api.sight(caller.clone()).one(name).await?;
    found.ok_or_else(|| missing(name))
}

/// A dataset that the caller may look into.
pub(super) async fn look_into(api: &Api, caller: &Caller, name: &str) -> Result<Known, Error> {
    if !may_look_into(caller, name) {
        return Err(Error::denied(&format!("read dataset {name}")));
    }
    find(api, caller, name).await
}

/// All datasets that the token may see.
#[utoipa::path(
    get,
    path = "/v2/datasets",
    operation_id = "listDatasets",
    tag = "datasets",
    responses((status = 200, description = "By name.", body = Vec<Dataset>)),
)]
pub(super) async fn list(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Vec<Dataset>>, Error> {
    let all = api.sight(caller.clone()).all().await?.into_iter();
    let seen = all.filter(|known| may_see(&caller, &known.name));
    Ok(Json(
        seen.map(|known| shown(&api, &caller, known)).collect(),
    ))
}

/// One dataset.
#[utoipa::path(
    get,
    path = "/v2/datasets/{name}",
    operation_id = "getDataset",
    tag = "datasets",
    params(("name" = String, Path, description = "Of the dataset.")),
    responses(
        (status = 200, description = "The dataset.", body = Dataset),
        (status = 404, description = "There is no such dataset.", body = Body),
    ),
)]
pub(super) async fn show(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(name): Path<String>,
) -> Result<Json<Dataset>, Error> {
    let known = find(&api, &caller, &name).await?;
    Ok(Json(shown(&api, &caller, known)))
}

/// The numbers and the fields of a dataset.
#[utoipa::path(
    get,
    path = "/v1/datasets/{name}/info",
    operation_id = "getDatasetInfo",
    tag = "datasets",
    params(("name" = String, Path, description = "Of the dataset.")),
    responses(
        (status = 200, description = "Its numbers.", body = Details),
        (status = 404, description = "There is no such dataset.", body = Body),
    ),
)]
pub(super) async fn details(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(name): Path<String>,
) -> Result<Json<Details>, Error> {
    let known = look_into(&api, &caller, &name).await?;
    let fields = super::fields::of(&api, &known.name).await?;
    let stored = known.stored.as_ref();
    let times = stored.and_then(|stored| stored.times);
    let bytes = stored.map_or(0, |stored| stored.bytes);
    Ok(Json(Details {
        num_events: stored.map_or(0, |stored| stored.rows),
        num_fields: fields.len(),
        input_bytes: bytes,
        compressed_bytes: bytes,
        min_time: times.map(|(first, _)| datetime::format(first)),
        max_time: times.map(|(_, last)| datetime::format(last)),
        created: datetime::format(known.created_nanos),
        name: known.name,
        fields,
    }))
}

/// Makes a dataset. What is sent to a name that there is none of makes one, too.
#[utoipa::path(
    post,
    path = "/v2/datasets",
    operation_id = "createDataset",
    tag = "datasets",
    request_body(content = Wanted, example = json!({ "name": "orders", "description": "What was booked", "kind": "axiom:events:v1" })),
    responses(
        (status = 200, description = "It is made.", body = Dataset),
        (status = 400, description = "The name or the kind cannot be.", body = Body),
        (status = 409, description = "There is one of that name.", body = Body),
    ),
)]
pub(super) async fn create(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Sent(wanted): Sent<Wanted>,
) -> Result<Json<Dataset>, Error> {
    check(&caller, "create")?;
    store::check_name(&wanted.name)?;
    let description = description(wanted.description)?;
    let kind = match wanted.kind.as_deref().filter(|kind| !kind.is_empty()) {
        None => Kind::Events,
        Some(name) => Kind::named(name).ok_or_else(|| {
            Error::invalid(format!(
                "kind {name} is not supported: expected otel:traces:v1, otel:logs:v1 or axiom:events:v1"
            ))
        })?,
    };
    let all = api.sight(caller.clone()).all().await?.into_iter();
    let mut same = all.filter(|known| known.name.eq_ignore_ascii_case(&wanted.name));
    if let Some(existing) = same.next() {
        let message = format!("there is a dataset {} already", existing.name);
        return Err(Error::of(ErrorKind::Conflict, message));
    }
    api.control
        .create_dataset(&wanted.name, &description, kind)
        .await?;
    show(State(api), Extension(caller), Path(wanted.name)).await
}

/// Changes the description of a dataset.
#[utoipa::path(
    put,
    path = "/v2/datasets/{name}",
    operation_id = "describeDataset",
    tag = "datasets",
    params(("name" = String, Path, description = "Of the dataset.")),
    request_body(content = Description, example = json!({ "description": "What was booked" })),
    responses(
        (status = 200, description = "It is changed.", body = Dataset),
        (status = 404, description = "There is no such dataset.", body = Body),
    ),
)]
pub(super) async fn update(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(name): Path<String>,
    Sent(wanted): Sent<Description>,
) -> Result<Json<Dataset>, Error> {
    check(&caller, "update")?;
    let known = find(&api, &caller, &name).await?;
    let description = match wanted.description {
        None => known.description,
        given => description(given)?,
    };
    api.control.describe_dataset(&name, &description).await?;
    show(State(api), Extension(caller), Path(name)).await
}

/// Deletes a dataset with its rows, for good.
#[utoipa::path(
    delete,
    path = "/v2/datasets/{name}",
    operation_id = "deleteDataset",
    tag = "datasets",
    params(("name" = String, Path, description = "Of the dataset.")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 404, description = "There is no such dataset.", body = Body),
    ),
)]
pub(super) async fn delete(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(name): Path<String>,
) -> Result<StatusCode, Error> {
    check(&caller, "delete")?;
    find(&api, &caller, &name).await?;
    // Rows first: without their dataset they would be shown as spans. Then those that came meanwhile.
    api.store.trim(&name, i64::MAX).await?;
    api.control.delete_dataset(&name).await?;
    api.store.trim(&name, i64::MAX).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes the data files whose rows are all older than an age.
#[utoipa::path(
    post,
    path = "/v2/datasets/{name}/trim",
    operation_id = "trimDataset",
    tag = "datasets",
    params(("name" = String, Path, description = "Of the dataset.")),
    request_body(content = Trim, example = json!({ "maxDuration": "30d" })),
    responses(
        (status = 200, description = "They are gone.", body = Trimmed),
        (status = 400, description = "This is no age.", body = Body),
        (status = 404, description = "There is no such dataset.", body = Body),
    ),
)]
pub(super) async fn trim(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(name): Path<String>,
    Sent(wanted): Sent<Trim>,
) -> Result<Json<Trimmed>, Error> {
    if !caller.may_use(&name, "trim", "update") && !caller.may_use(&name, "trim", "delete") {
        return Err(Error::denied(&format!("trim dataset {name}")));
    }
    find(&api, &caller, &name).await?;
    let age = timespan::parse(&wanted.max_duration)
        .filter(|age| *age >= 0)
        .ok_or_else(|| {
            let got = &wanted.max_duration;
            Error::invalid(format!("expected an age such as 30d or 720h, got {got:?}"))
        })?;
    let before_nanos = api.clock.now_nanos().saturating_sub(age);
    let num_deleted = api.store.trim(&name, before_nanos).await?;
    Ok(Json(Trimmed { num_deleted }))
}

fn description(text: Option<String>) -> Result<String, Error> {
    let text = text.unwrap_or_default();
    if text.len() > DESCRIPTION_BYTES_MAX {
        let message = format!("a description has at most {DESCRIPTION_BYTES_MAX} bytes");
        return Err(Error::invalid(message));
    }
    Ok(text)
}
