//! OTLP's log records, by either door. They are events to the store, in a dataset of their own kind.

use super::admission::Reservation;
use super::events::Target;
use super::http::Door;
use super::{Accepted, Refusal, headers};
use control::Kind;
use http::HeaderMap;
use otlp::events::Events;
use otlp::{Body, Rejection};

/// Where records go that name no dataset.
pub(super) const DATASET: &str = "logs";

/// Who may send records to a dataset, and whether it takes them: asked before the body is read.
pub(super) fn admit(door: &Door, headers: &HeaderMap, dataset: &str) -> Result<(), Refusal> {
    headers::admit(&door.control, headers, dataset)?;
    target(door, dataset.to_owned()).known().map(drop)
}

fn target(door: &Door, dataset: String) -> Target<'_> {
    Target {
        control: &door.control,
        dataset,
        kind: Kind::Logs,
    }
}

/// Takes the records of a request to the store.
pub(super) async fn keep(
    door: &Door,
    dataset: String,
    body: Body,
    room: Reservation,
) -> Result<Accepted, Refusal> {
    let encoding = body.encoding;
    let arrival_nanos = door.ingest.clock.now_nanos();
    let read = move |bytes: &[u8], incarnation: &str, limits: &otlp::Limits| {
        Events::read_logs(encoding, bytes, incarnation, arrival_nanos, limits)
    };
    let kept = door
        .ingest
        .keep_events(target(door, dataset), body, room, read)
        .await?;
    let rejected = Rejection {
        reason: "nested too deep",
        count: kept.failed,
        first: "resourceLogs".to_owned(),
    };
    Ok(Accepted {
        rejected: Vec::from_iter((kept.failed > 0).then_some(rejected)),
    })
}
