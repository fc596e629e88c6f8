//! `/v2/annotations`, `/v2/vfields`, `/v2/apl-starred-queries`: JSON objects that clients make, list, change and
//! delete. They are kept as they were sent.

use super::Api;
use super::error::Error;
use super::json::Sent;
use apl::datetime;
use axum::Extension;
use axum::Json;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use control::{Caller, Record, RecordKind};
use http::StatusCode;
use model::ErrorKind;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// How the three are described.
mod described;
/// What is asked of a virtual field besides.
mod virtual_field;

pub(super) use described::describe;

type Object = Map<String, Value>;

/// What the three have in their own way.
struct Shape {
    kind: RecordKind,
    /// As messages call one.
    one: &'static str,
    /// Must be there, and not empty.
    required: &'static [&'static str],
    /// Whether a caller may do this with it.
    may: fn(&Caller, &Object, &str) -> bool,
}

const ANNOTATIONS: Shape = Shape {
    kind: RecordKind::Annotation,
    one: "an annotation",
    required: &["type", "datasets"],
    may: |caller, _, action| caller.may("annotations", action),
};
const VIRTUAL_FIELDS: Shape = Shape {
    kind: RecordKind::VirtualField,
    one: "a virtual field",
    required: &["dataset", "name", "expression"],
    may: |caller, body, action| of_dataset(caller, body, "virtualFields", action),
};
const SAVED_QUERIES: Shape = Shape {
    kind: RecordKind::SavedQuery,
    one: "a saved query",
    required: &["name", "query"],
    may: |caller, body, action| of_dataset(caller, body, "starredQueries", action),
};

/// Who may query a dataset may read what is kept of it.
fn of_dataset(caller: &Caller, body: &Object, resource: &str, action: &str) -> bool {
    let dataset = body.get("dataset").and_then(Value::as_str).unwrap_or("*");
    caller.may_use(dataset, resource, action) || (action == "read" && caller.may_query(dataset))
}

/// The routes of all three.
pub(super) fn routes() -> Router<Api> {
    Router::new()
        .nest("/v2/annotations", of(&ANNOTATIONS))
        .nest("/v2/vfields", of(&VIRTUAL_FIELDS))
        .nest("/v2/apl-starred-queries", of(&SAVED_QUERIES))
}

fn of(shape: &'static Shape) -> Router<Api> {
    let list = move |State(api): State<Api>,
                     Extension(caller): Extension<Caller>,
                     Query(wanted): Query<HashMap<String, String>>| async move {
        list(&api, shape, &caller, &wanted).await
    };
    let create =
        move |State(api): State<Api>,
              Extension(caller): Extension<Caller>,
              Sent(body): Sent<Object>| async move { create(&api, shape, &caller, body).await };
    let show = move |State(api): State<Api>,
                     Extension(caller): Extension<Caller>,
                     Path(id): Path<String>| async move {
        let record = find(&api, shape, &caller, &id, "read").await?;
        Ok::<_, Error>(Json(shown(record)))
    };
    let update = move |State(api): State<Api>,
                       Extension(caller): Extension<Caller>,
                       Path(id): Path<String>,
                       Sent(body): Sent<Object>| async move {
        update(&api, shape, &caller, &id, body).await
    };
    let delete = move |State(api): State<Api>,
                       Extension(caller): Extension<Caller>,
                       Path(id): Path<String>| async move {
        find(&api, shape, &caller, &id, "delete").await?;
        api.control.delete_record(shape.kind, &id).await?;
        Ok::<_, Error>(StatusCode::NO_CONTENT)
    };
    Router::new()
        .route("/", get(list).post(create))
        .route("/{id}", get(show).put(update).delete(delete))
}

fn shown(record: Record) -> Value {
    let mut body = record.body;
    body["id"] = json!(record.id);
    body["created"] = json!(datetime::format(record.created_nanos));
    body["updatedAt"] = json!(datetime::format(record.updated_nanos));
    body
}

fn check(shape: &Shape, caller: &Caller, body: &Object, action: &str) -> Result<(), Error> {
    if (shape.may)(caller, body, action) {
        return Ok(());
    }
    Err(Error::denied(&format!("{action} {}", shape.one)))
}

async fn find(
    api: &Api,
    shape: &Shape,
    caller: &Caller,
    id: &str,
    action: &str,
) -> Result<Record, Error> {
    let record = api.control.record(shape.kind, id).await?;
    let nothing = Object::new();
    check(
        shape,
        caller,
        record.body.as_object().unwrap_or(&nothing),
        action,
    )?;
    Ok(record)
}

async fn list(
    api: &Api,
    shape: &Shape,
    caller: &Caller,
    wanted: &HashMap<String, String>,
) -> Result<Json<Vec<Value>>, Error> {
    let records = api.control.records(shape.kind).await?.into_iter();
    let nothing = Object::new();
    let seen = records.filter(|record| {
        let body = record.body.as_object().unwrap_or(&nothing);
        (shape.may)(caller, body, "read") && is_wanted(body, wanted)
    });
    Ok(Json(seen.map(shown).collect()))
}

/// By `dataset` or `datasets` (with commas), and by `start` and `end`, where the body says what it is of.
fn is_wanted(body: &Object, wanted: &HashMap<String, String>) -> bool {
    let names = wanted.get("datasets").or_else(|| wanted.get("dataset"));
    let of_dataset = names.filter(|names| !names.is_empty()).is_none_or(|names| {
        let own = match body.get("datasets") {
            Some(Value::Array(own)) => own.iter().filter_map(Value::as_str).collect(),
            _ => Vec::from_iter(body.get("dataset").and_then(Value::as_str)),
        };
        own.is_empty() || names.split(',').any(|name| own.contains(&name))
    });
    let time = |name: &str| datetime::parse(body.get(name)?.as_str()?);
    let bound = |name: &str| datetime::parse(wanted.get(name)?);
    let begin = time("time");
    let end = time("endTime").or(begin);
    of_dataset
        && bound("start")
            .zip(end)
            .is_none_or(|(start, end)| end >= start)
        && bound("end")
            .zip(begin)
            .is_none_or(|(end, begin)| begin <= end)
}

async fn create(
    api: &Api,
    shape: &Shape,
    caller: &Caller,
    body: Object,
) -> Result<Json<Value>, Error> {
    check(shape, caller, &body, "create")?;
    let body = checked(api, shape, caller, body, None).await?;
    let record = api.control.create_record(shape.kind, body).await?;
    Ok(Json(shown(record)))
}

/// What is not sent, or null, stays as it was.
async fn update(
    api: &Api,
    shape: &Shape,
    caller: &Caller,
    id: &str,
    body: Object,
) -> Result<Json<Value>, Error> {
    let record = find(api, shape, caller, id, "update").await?;
    let mut merged = record.body.as_object().cloned().unwrap_or_default();
    merged.extend(body.into_iter().filter(|(_, value)| !value.is_null()));
    check(shape, caller, &merged, "update")?;
    let merged = checked(api, shape, caller, merged, Some(&record.body)).await?;
    let record = api.control.update_record(shape.kind, id, merged).await?;
    Ok(Json(shown(record)))
}

/// `before` is what it was so far.
async fn checked(
    api: &Api,
    shape: &Shape,
    caller: &Caller,
    mut body: Object,
    before: Option<&Value>,
) -> Result<Value, Error> {
    body.retain(|name, value| {
        !value.is_null() && !["id", "created", "updatedAt"].contains(&name.as_str())
    });
    for name in shape.required {
        let is_empty = match body.get(*name) {
            None => true,
            Some(Value::String(text)) => text.is_empty(),
            Some(Value::Array(items)) => items.is_empty(),
            Some(_) => false,
        };
        if is_empty {
            let message = format!("{} needs {name:?}", shape.one);
            return Err(Error::of(ErrorKind::Invalid, message));
        }
    }
    if shape.kind == RecordKind::VirtualField {
        virtual_field::check(api, caller, &body, before).await?;
    }
    if shape.kind == RecordKind::Annotation {
        let now = || json!(datetime::format(api.clock.now_nanos()));
        body.entry("time").or_insert_with(now);
        for name in ["time", "endTime"] {
            let text = body.get(name).map(|text| text.as_str().unwrap_or_default());
            if text.is_some_and(|text| datetime::parse(text).is_none()) {
                return Err(Error::invalid(format!(
                    "{name:?} is no time such as 2027-01-31T00:00:00Z"
                )));
            }
        }
    }
    if shape.kind == RecordKind::SavedQuery {
        body.entry("kind").or_insert(json!("apl"));
        body.entry("metadata").or_insert(json!({}));
        body.entry("who").or_insert(json!(""));
    }
    Ok(Value::Object(body))
}
