//! `POST /v1/datasets/{name}/ingest` and `POST /v1/ingest/{name}`: events in JSON, by lines or in CSV. The answer comes
//! when they are in the log, as of spans.

use super::Api;
use super::error::{self, Error};
use crate::ingest::books::Transport;
use crate::ingest::events::Target;
use crate::ingest::http::read;
use crate::ingest::layout::Layout;
use crate::ingest::{Refusal, headers};
use crate::net::body;
use crate::status::Reason;
use apl::datetime;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::{Extension, Json};
use control::{Caller, Kind};
use http::{HeaderMap, header};
use otlp::events::{Events, Form, Request};
use otlp::{Compression, Encoding};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

const LABELS: &str = "x-axiom-event-labels";
const CSV_FIELDS: &str = "x-axiom-csv-fields";
/// The field that has an event's time, when the sender names no other.
const TIME_FIELD: &str = "_time";
/// What we do not unpack; anything else that is no compression of ours is taken for none, as Axiom does.
const OTHER_COMPRESSIONS: [&str; 3] = ["br", "deflate", "compress"];

/// What stands in the address.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Options {
    /// The field that has an event's time; `_time` when it is not said.
    timestamp_field: Option<String>,
    /// How that is written, as Go has it: 2006-01-02 15:04:05.
    timestamp_format: Option<String>,
    /// One character, or `\t` for a tab; a comma when it is not said.
    csv_delimiter: Option<String>,
}

/// What became of the events.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = IngestStatus)]
#[serde(rename_all = "camelCase")]
pub(super) struct Status {
    ingested: u64,
    failed: u64,
    failures: Vec<Failure>,
    processed_bytes: usize,
    /// Axiom's; there are none here.
    blocks_created: u32,
    wal_length: u32,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = IngestFailure)]
struct Failure {
    timestamp: String,
    error: String,
}

/// Takes events. The answer comes when they are in the log.
#[utoipa::path(
    post,
    path = "/v1/ingest/{name}",
    operation_id = "ingest",
    tag = "events",
    params(
        ("name" = String, Path, description = "Of the dataset; it is made when there is none."),
        Options,
        ("Content-Encoding" = Option<String>, Header, description = "gzip or zstd."),
        ("X-Axiom-CSV-Fields" = Option<String>, Header, description = "The columns of a CSV without a head line, with commas."),
        ("X-Axiom-Event-Labels" = Option<String>, Header, description = "A JSON object whose members every event gets."),
    ),
    request_body(description = "Events.", content(
        (Vec<Object> = "application/json", example = json!([{ "_time": "2026-11-22T10:00:00Z", "order": 7, "total": 12.5 }])),
        (String = "application/x-ndjson"),
        (String = "text/csv"),
    )),
    responses(
        (status = 200, description = "What became of them.", body = Status),
        (status = 400, description = "This cannot be read.", body = error::Body),
        (status = 413, description = "Too large.", body = error::Body),
        (status = 503, description = "Events are not taken now; send them again.", body = error::Body),
    ),
)]
pub(super) async fn run(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
    Path(dataset): Path<String>,
    Query(options): Query<Options>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Status>, Error> {
    let entry = api.otlp.ingest.books().received(Transport::Http);
    if !caller.may_ingest(&dataset) {
        entry.refused(Reason::Forbidden);
        return Err(Error::denied(&format!("write to dataset {dataset}")));
    }
    match take(&api, dataset, &options, &headers, body).await {
        Ok(status) => {
            entry.accepted();
            Ok(Json(status))
        }
        Err(refusal) => {
            entry.refused(refusal.reason);
            Err(refusal.into())
        }
    }
}

async fn take(
    api: &Api,
    dataset: String,
    options: &Options,
    headers: &HeaderMap,
    body: Body,
) -> Result<Status, Refusal> {
    let ingest = &api.otlp.ingest;
    let target = Target {
        control: &api.control,
        dataset,
        kind: Kind::Events,
    };
    target.known()?;
    let arrival_nanos = api.clock.now_nanos();
    let form = form(options, headers)?;
    let time_field = named(options.timestamp_field.as_ref()).unwrap_or_else(|| TIME_FIELD.into());
    let layout = layout(options)?;
    let labels = labels(headers)?;
    let compression = compression(headers)?;
    let times = body::Times::from(&*api.limits);
    let (bytes, room) = read(&api.otlp, body, api.limits.body_wire_bytes_max, times).await?;
    let body = otlp::Body {
        // Nothing but its compression is looked at.
        encoding: Encoding::Json,
        compression,
        bytes,
    };
    let read = move |bytes: &[u8], incarnation: &str, limits: &otlp::Limits| {
        let parse_time = |text: &str| match &layout {
            Some(layout) => layout.parse(text),
            None => datetime::parse(text),
        };
        let request = Request {
            form: form.clone(),
            time_field: &time_field,
            parse_time: &parse_time,
            labels: &labels,
            dataset: incarnation,
            arrival_nanos,
        };
        Events::read(bytes, &request, limits)
    };
    let kept = ingest.keep_events(target, body, room, read).await?;
    let timestamp = datetime::format(arrival_nanos);
    let failures = kept.failures.into_iter().map(|error| Failure {
        timestamp: timestamp.clone(),
        error,
    });
    Ok(Status {
        ingested: kept.stored,
        failed: kept.failed,
        failures: failures.collect(),
        processed_bytes: kept.bytes,
        blocks_created: 0,
        wal_length: 0,
    })
}

fn named(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.is_empty()).cloned()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().trim()
}

fn malformed(message: String) -> Refusal {
    Refusal::new(Reason::Malformed, message)
}

fn form(options: &Options, headers: &HeaderMap) -> Result<Form, Refusal> {
    let media_type = text(headers, header::CONTENT_TYPE.as_str());
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    match media_type.to_ascii_lowercase().as_str() {
        "application/x-ndjson" | "application/nd-json" | "application/ndjson" => Ok(Form::Lines),
        "text/csv" => {
            let delimiter = match named(options.csv_delimiter.as_ref()).as_deref() {
                None => b',',
                Some("\\t") => b'\t',
                Some(text) => match text.as_bytes() {
                    [one] => *one,
                    _ => {
                        return Err(malformed(format!(
                            "csv-delimiter is one character, not {text:?}"
                        )));
                    }
                },
            };
            let columns = text(headers, CSV_FIELDS);
            let columns = columns.split(',').map(|name| name.trim().to_owned());
            let columns: Vec<String> = columns.filter(|name| !name.is_empty()).collect();
            Ok(Form::Csv {
                delimiter,
                columns: (!columns.is_empty()).then_some(columns),
            })
        }
        _ => Ok(Form::Json),
    }
}

fn layout(options: &Options) -> Result<Option<Layout>, Refusal> {
    let Some(layout) = named(options.timestamp_format.as_ref()) else {
        return Ok(None);
    };
    let expected =
        || malformed("timestamp-format is a layout as Go has it: 2006-01-02 15:04:05".into());
    Layout::new(&layout).map(Some).ok_or_else(expected)
}

fn labels(headers: &HeaderMap) -> Result<Map<String, Value>, Refusal> {
    match text(headers, LABELS) {
        "" => Ok(Map::new()),
        labels => serde_json::from_str(labels)
            .map_err(|error| malformed(format!("X-Axiom-Event-Labels is no JSON object: {error}"))),
    }
}

fn compression(headers: &HeaderMap) -> Result<Compression, Refusal> {
    let value = headers.get(header::CONTENT_ENCODING);
    match headers::compression(value) {
        Err(refusal) => {
            let named = text(headers, header::CONTENT_ENCODING.as_str()).to_ascii_lowercase();
            match OTHER_COMPRESSIONS.contains(&named.as_str()) {
                true => Err(refusal),
                false => Ok(Compression::Identity),
            }
        }
        known => known,
    }
}
