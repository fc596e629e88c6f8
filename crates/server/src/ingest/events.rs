//! Events and log records on their way to the store: unfolded and made into an OTLP message within the room there is,
//! and from there on a request like any other.

use super::admission::Reservation;
use super::{Ingest, Queued, Received, Refusal, SHUTTING_DOWN, decode, unfold};
use crate::message;
use crate::query::DATASET_DEFAULT;
use crate::status::Reason;
use control::{Control, Dataset, Kind};
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

/// Where events go.
#[derive(Debug)]
pub(crate) struct Target<'a> {
    pub(crate) control: &'a Arc<Control>,
    pub(crate) dataset: String,
    /// Of the dataset that is made if there is none.
    pub(crate) kind: Kind,
}

impl Target<'_> {
    /// The dataset, if there is one. Spans and events do not mix.
    pub(crate) fn known(&self) -> Result<Option<Dataset>, Refusal> {
        let dataset = self.dataset.as_str();
        match self.control.dataset(dataset) {
            Some(known) if known.name != dataset => {
                let name = known.name;
                let message = format!("there is a dataset {name}: names differ by more than case");
                Err(Refusal::new(Reason::Malformed, message))
            }
            Some(known) if known.kind == Kind::Traces => Err(self.holds_spans()),
            known => Ok(known),
        }
    }

    fn holds_spans(&self) -> Refusal {
        let dataset = &self.dataset;
        let message = format!(
            "dataset {dataset} holds spans: send those by OTLP to /v1/traces, and events to another dataset"
        );
        Refusal::new(Reason::Malformed, message)
    }
}

impl Ingest {
    /// The dataset, made if there is none.
    async fn open_dataset(&self, target: &Target<'_>) -> Result<Dataset, Refusal> {
        if let Some(known) = target.known()? {
            return Ok(known);
        }
        let (control, dataset) = (target.control, target.dataset.as_str());
        store::check_name(dataset)
            .map_err(|error| Refusal::new(Reason::Malformed, error.to_string()))?;
        let stored = self.store.datasets().await;
        let stored =
            stored.map_err(|error| Refusal::new(Reason::NotStored, message::whole(&error)))?;
        let mut same = stored
            .iter()
            .filter(|stored| stored.name.eq_ignore_ascii_case(dataset));
        let is_there = same.any(|stored| stored.rows > 0 || !control.is_deleted(dataset));
        if dataset == DATASET_DEFAULT || is_there {
            return Err(target.holds_spans());
        }
        match control.create_dataset(dataset, "", target.kind).await {
            // Another request was quicker.
            Err(control::Error::Exists { .. }) => {
                target.known()?.ok_or_else(|| target.holds_spans())
            }
            made => made.map_err(|error| not_noted(&error)),
        }
    }

    /// Takes the events that `read` finds in a body to the store, after what their fields are is written down.
    /// `read` is told what tells the dataset from others, also from a deleted one of the same name. A dataset is
    /// made when there are events for it, which are then read again.
    pub(crate) async fn keep_events<R>(
        self: &Arc<Self>,
        target: Target<'_>,
        body: Body,
        room: Reservation,
        read: R,
    ) -> Result<Kept, Refusal>
    where
        R: Fn(&[u8], &str, &Limits) -> Result<Events, otlp::Error> + Clone + Send + 'static,
    {
        let mut known = target.known()?;
        let (of, (events, bytes, unfolded)) = loop {
            let read = self.read_events(&body, &room, known.as_ref(), read.clone());
            let found = read.await?;
            if found.0.count == 0 {
                return Ok(Kept {
                    stored: 0,
                    failed: found.0.failed,
                    failures: found.0.failures,
                    bytes: found.1,
                });
            }
            let now = self.open_dataset(&target).await?;
            let is_it = |known: &Dataset| known.created_nanos == now.created_nanos;
            if known.as_ref().is_some_and(is_it) {
                break (now, found);
            }
            known = Some(now);
        };
        // What was set aside for the events is the room of their message.
        drop((body, room));
        let fields: BTreeMap<_, _> = events
            .fields
            .into_iter()
            .map(|(name, kind)| (name, kind.into()))
            .collect();
        let noted = target.control.note_fields(&of, &fields).await;
        noted.map_err(|error| not_noted(&error))?;
        let received = Received {
            dataset: target.dataset,
            body: Body {
                encoding: Encoding::Protobuf,
                compression: Compression::Identity,
                bytes: events.message.into(),
            },
            room: unfolded,
            spans_by: None,
        };
        let rejected = self.accept(received).await?.rejected;
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
        body: &Body,
        room: &Reservation,
        of: Option<&Dataset>,
        read: R,
    ) -> Result<(Events, usize, Reservation), Refusal>
    where
        R: Fn(&[u8], &str, &Limits) -> Result<Events, otlp::Error> + Clone + Send + 'static,
    {
        let _queued = Queued::enter(&self.queues.decode);
        let incarnation = of.map(|of| format!("{}/{}", of.name, of.created_nanos));
        let incarnation = incarnation.unwrap_or_default();
        let most = self.limits.body_bytes_max;
        let mut bytes_max = unfold::estimate(body, most);
        loop {
            let unfolded = self.unfold(room, body, bytes_max).await?;
            let Ok(turn) = self.decoders.acquire().await else {
                return Err(Refusal::new(Reason::ShuttingDown, SHUTTING_DOWN));
            };
            let limits = self.limits.clone();
            let within = Limits {
                body_bytes_max: bytes_max,
                ..limits.clone()
            };
            let (packed, incarnation, read) = (body.clone(), incarnation.clone(), read.clone());
            let reading = tokio::task::spawn_blocking(move || {
                let message = Message::inflate(&packed, &within)?;
                let bytes = message.as_bytes();
                read(bytes, &incarnation, &limits).map(|events| (events, bytes.len()))
            });
            let outcome = reading.await;
            drop(turn);
            match outcome {
                Ok(Err(otlp::Error::TooLarge { what: "bytes", .. })) if bytes_max < most => {
                    bytes_max = unfold::next(bytes_max, most);
                }
                Ok(Err(error)) => return Err(decode::refused(&error)),
                Ok(Ok((events, bytes))) => return Ok((events, bytes, unfolded)),
                Err(error) => {
                    let bytes = body.bytes.len();
                    tracing::error!(bytes, %error, "the reader of events failed on a request");
                    let message = "could not read the events: a fault in the server";
                    return Err(Refusal::new(Reason::Fault, message));
                }
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
