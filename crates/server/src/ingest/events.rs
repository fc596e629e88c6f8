//! Events and log records on their way to the store: unfolded and made into an OTLP message within the room there is,
//! and from there on a request like any other.

use super::admission::Reservation;
use super::{Ingest, NO_ROOM, Queued, Received, Refusal, SHUTTING_DOWN, decode, unfold};
use crate::message;
use crate::query::DATASET_DEFAULT;
use crate::status::Reason;
use control::{Control, Kind};
use otlp::events::Events;
use otlp::{Body, Compression, Encoding, Limits, Message};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What became of the events of a request.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) stored: u64,
    pub(crate) failed: u64,
    /// Why, of the first hundred.
    pub(crate) failures: Vec<String>,
    /// Of the body, unfolded.
    pub(crate) bytes: usize,
}

impl Ingest {
    /// The dataset, made if there is none: since when it is the one that it is, which tells it from a deleted one of
    /// the same name. Spans and events do not mix.
    pub(crate) async fn open_dataset(
        &self,
        control: &Control,
        dataset: &str,
        kind: Kind,
    ) -> Result<String, Refusal> {
        let holds_spans = || {
            let message = format!(
                "dataset {dataset} holds spans: send those by OTLP to /v1/traces, and events to another dataset"
            );
            Refusal::new(Reason::Malformed, message)
        };
        let found = |known: control::Dataset| match known.kind {
            _ if known.name != dataset => {
                let name = known.name;
                let message = format!("there is a dataset {name}: names differ by more than case");
                Err(Refusal::new(Reason::Malformed, message))
            }
            Kind::Traces => Err(holds_spans()),
            Kind::Events | Kind::Logs => Ok(format!("{dataset}/{}", known.created_nanos)),
        };
        if let Some(known) = control.dataset(dataset) {
            return found(known);
        }
        store::check_name(dataset)
            .map_err(|error| Refusal::new(Reason::Malformed, error.to_string()))?;
        let not_now =
            |error: &dyn std::error::Error| Refusal::new(Reason::NotStored, message::whole(error));
        let stored = self.store.datasets().await;
        let stored = stored.map_err(|error| not_now(&error))?;
        let mut same = stored
            .iter()
            .filter(|stored| stored.name.eq_ignore_ascii_case(dataset));
        let is_there = same.any(|stored| stored.rows > 0 || !control.is_deleted(dataset));
        if dataset == DATASET_DEFAULT || is_there {
            return Err(holds_spans());
        }
        match control.create_dataset(dataset, "", kind).await {
            Ok(made) => found(made),
            // Another request was quicker.
            Err(control::Error::Exists { .. }) => {
                control.dataset(dataset).map_or(Err(holds_spans()), found)
            }
            Err(error) => Err(not_now(&error)),
        }
    }

    /// Takes the events that `read` finds in a body to the store, after what their fields are is written down.
    pub(crate) async fn keep_events<R>(
        self: &Arc<Self>,
        control: &Control,
        dataset: String,
        body: Body,
        room: Reservation,
        read: R,
    ) -> Result<Kept, Refusal>
    where
        R: Fn(&[u8], &Limits) -> Result<Events, otlp::Error> + Clone + Send + 'static,
    {
        let (events, bytes, unfolded) = self.read_events(body, &room, read).await?;
        let fields: BTreeMap<_, _> = events
            .fields
            .into_iter()
            .map(|(name, kind)| (name, kind.into()))
            .collect();
        let noted = control.note_fields(&dataset, &fields).await;
        noted.map_err(|error| not_noted(&error))?;
        let body = Body {
            encoding: Encoding::Protobuf,
            compression: Compression::Identity,
            bytes: events.message.into(),
        };
        let received = Received {
            dataset,
            body,
            room,
        };
        let rejected = self.accept(received).await?.rejected;
        drop(unfolded);
        let count: u64 = rejected.iter().map(|rejection| rejection.count).sum();
        let mut failures = events.failures;
        failures.extend(rejected.iter().map(|rejection| rejection.reason.to_owned()));
        Ok(Kept {
            stored: events.count - count,
            failed: events.failed + count,
            failures,
            bytes,
        })
    }

    /// Reads the events on a thread of its own, in turn and with room for what the body unfolds to.
    async fn read_events<R>(
        &self,
        body: Body,
        room: &Reservation,
        read: R,
    ) -> Result<(Events, usize, Reservation), Refusal>
    where
        R: Fn(&[u8], &Limits) -> Result<Events, otlp::Error> + Clone + Send + 'static,
    {
        let _queued = Queued::enter(&self.queues.decode);
        let most = self.limits.body_bytes_max;
        let mut bytes_max = unfold::estimate(&body, most);
        loop {
            let unfolded = room.unfold(bytes_max.max(body.bytes.len())).await;
            let unfolded = unfolded.ok_or_else(|| Refusal::new(Reason::NoRoom, NO_ROOM))?;
            let Ok(turn) = self.decoders.acquire().await else {
                return Err(Refusal::new(Reason::ShuttingDown, SHUTTING_DOWN));
            };
            let limits = Limits {
                body_bytes_max: bytes_max,
                ..self.limits.clone()
            };
            let (body, read) = (body.clone(), read.clone());
            let reading = tokio::task::spawn_blocking(move || {
                let message = Message::inflate(&body, &limits)?;
                let bytes = message.as_bytes();
                read(bytes, &limits).map(|events| (events, bytes.len()))
            });
            let outcome = reading.await;
            drop(turn);
            match outcome {
                Ok(Err(otlp::Error::TooLarge { what: "bytes", .. })) if bytes_max < most => {
                    bytes_max = unfold::next(bytes_max, most);
                }
                Ok(Err(error)) => return Err(decode::refused(&error)),
                Ok(Ok((events, bytes))) => return Ok((events, bytes, unfolded)),
                Err(_) => return Err(Refusal::new(Reason::Fault, "could not read the events")),
            }
        }
    }
}

fn not_noted(error: &control::Error) -> Refusal {
    let reason = match error.kind() {
        model::ErrorKind::Invalid => Reason::Malformed,
        _ => Reason::NotStored,
    };
    Refusal::new(reason, message::whole(error))
}
