//! The fields of datasets: `/v1/datasets/_fields`, `/v2/datasets/{id}/fields`. Of spans they are always the same; what
//! a service says beyond them lies in the two maps. Virtual fields come last.

use super::Api;
use super::datasets::{look_into, may_look_into};
use super::error::{Body, Error};
use axum::extract::{Path, State};
use axum::{Extension, Json};
use control::{Caller, Record, RecordKind};
use model::ErrorKind;
use model::span::{self, ColumnType};
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;
use utoipa::ToSchema;

/// A field of a dataset.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DatasetField)]
pub(super) struct Field {
    name: String,
    /// string, integer, float, boolean, datetime, timespan, map or array.
    #[serde(rename = "type")]
    kind: Cow<'static, str>,
    unit: String,
    hidden: bool,
    description: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldsOfDataset)]
#[serde(rename_all = "camelCase")]
pub(super) struct OfDataset {
    dataset_name: String,
    fields: Vec<Field>,
}

impl Field {
    fn new(name: &str, kind: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            kind: kind.into(),
            unit: String::new(),
            hidden: false,
            description: String::new(),
        }
    }

    /// A virtual one, as it was described; `None` of another dataset.
    fn described(record: &Record, dataset: &str) -> Option<Self> {
        let text = |key: &str| record.body.get(key).and_then(Value::as_str);
        (text("dataset") == Some(dataset)).then_some(())?;
        let owned = |key: &str| text(key).unwrap_or_default().to_owned();
        let kind = text("type").filter(|kind| !kind.is_empty());
        Some(Self {
            kind: kind.map_or("unknown".into(), |kind| kind.to_owned().into()),
            unit: owned("unit"),
            description: owned("description"),
            ..Self::new(text("name")?, "")
        })
    }
}

/// The fields of one dataset, with its virtual ones.
pub(super) async fn of(api: &Api, dataset: &str) -> Result<Vec<Field>, Error> {
    let described = api.control.records(RecordKind::VirtualField).await?;
    Ok(with(own(api, dataset), &described, dataset))
}

/// A field of the dataset hides a virtual one.
fn with(mut fields: Vec<Field>, described: &[Record], dataset: &str) -> Vec<Field> {
    let found = described.iter();
    for field in found.filter_map(|record| Field::described(record, dataset)) {
        if fields.iter().all(|known| known.name != field.name) {
            fields.push(field);
        }
    }
    fields
}

/// Whether the rows of a dataset have a field of this name.
pub(super) fn has(api: &Api, dataset: &str, name: &str) -> bool {
    own(api, dataset).iter().any(|field| field.name == name)
}

/// What the rows of a dataset have.
fn own(api: &Api, dataset: &str) -> Vec<Field> {
    let Some(fields) = api.control.event_fields(dataset) else {
        let columns = span::columns().iter();
        return columns
            .map(|column| Field::new(&column.name, wire_name(column.kind)))
            .collect();
    };
    let times = [span::TIME, span::SYS_TIME].map(|name| Field::new(name, "datetime"));
    let own = fields
        .iter()
        .map(|(name, kind)| Field::new(name, kind.name()));
    times.into_iter().chain(own).collect()
}

fn wire_name(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::Text => "string",
        ColumnType::Integer => "integer",
        ColumnType::Float => "float",
        ColumnType::Boolean => "boolean",
        ColumnType::Datetime => "datetime",
        ColumnType::Timespan => "timespan",
        ColumnType::Map => "map",
        ColumnType::Events | ColumnType::Links => "array",
    }
}

/// The fields of all datasets that the token may look into.
#[utoipa::path(
    get,
    path = "/v1/datasets/_fields",
    operation_id = "fieldsOfAllDatasets",
    tag = "datasets",
    responses((status = 200, description = "By dataset.", body = Vec<OfDataset>)),
)]
pub(super) async fn of_all(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Vec<OfDataset>>, Error> {
    let described = api.control.records(RecordKind::VirtualField).await?;
    let all = api.sight(caller.clone()).all().await?.into_iter();
    let seen = all.filter(|known| may_look_into(&caller, &known.name));
    let fields = seen.map(|known| OfDataset {
        fields: with(own(&api, &known.name), &described, &known.name),
        dataset_name: known.name,
    });
    Ok(Json(fields.collect()))
}

/// The fields of a dataset.
#[utoipa::path(
    get,
    path = "/v2/datasets/{name}/fields",
    operation_id = "listFields",
    tag = "datasets",
    params(("name" = String, Path, description = "Of the dataset.")),
    responses(
        (status = 200, description = "Its fields.", body = Vec<Field>),
        (status = 404, description = "There is no such dataset.", body = Body),
    ),
)]
pub(super) async fn of_one(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(name): Path<String>,
) -> Result<Json<Vec<Field>>, Error> {
    let known = look_into(&api, &caller, &name).await?;
    of(&api, &known.name).await.map(Json)
}

/// One field of a dataset.
#[utoipa::path(
    get,
    path = "/v2/datasets/{name}/fields/{field}",
    operation_id = "getField",
    tag = "datasets",
    params(
        ("name" = String, Path, description = "Of the dataset."),
        ("field" = String, Path, description = "Of the field."),
    ),
    responses(
        (status = 200, description = "The field.", body = Field),
        (status = 404, description = "There is no such dataset, or no such field in it.", body = Body),
    ),
)]
pub(super) async fn one(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path((name, field)): Path<(String, String)>,
) -> Result<Json<Field>, Error> {
    let known = look_into(&api, &caller, &name).await?;
    let found = of(&api, &known.name)
        .await?
        .into_iter()
        .find(|known| known.name == field);
    found.map(Json).ok_or_else(|| {
        let message = format!("there is no field {field} in dataset {name}");
        Error::of(ErrorKind::NotFound, message)
    })
}

/// The names of fields that are maps.
#[utoipa::path(
    get,
    path = "/v2/datasets/{name}/mapfields",
    operation_id = "listMapFields",
    tag = "datasets",
    params(("name" = String, Path, description = "Of the dataset.")),
    responses(
        (status = 200, description = "Their names.", body = Vec<String>),
        (status = 404, description = "There is no such dataset.", body = Body),
    ),
)]
pub(super) async fn maps(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(name): Path<String>,
) -> Result<Json<Vec<String>>, Error> {
    let known = look_into(&api, &caller, &name).await?;
    let fields = own(&api, &known.name).into_iter();
    let maps = fields.filter(|field| field.kind == "map");
    Ok(Json(maps.map(|field| field.name).collect()))
}
