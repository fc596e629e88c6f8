//! Events on their way to the store: unfolded and made into an OTLP message within the room there is, and from there
//! on a request like any other.

use super::admission::Reservation;
use super::{Ingest, NO_ROOM, Queued, Refusal, SHUTTING_DOWN, decode, unfold};
use crate::status::Reason;
use otlp::events::{Events, Form, Request};
use otlp::{Body, Message};
use serde_json::{Map, Value};

/// How a sender's events are to be read.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) form: Form,
    pub(crate) time_field: String,
    /// How times are written, in the words of Go; RFC 3339 and its cousins without it.
    pub(crate) layout: Option<super::layout::Layout>,
    pub(crate) labels: Map<String, Value>,
    /// As of [`Request::dataset`].
    pub(crate) dataset: String,
    pub(crate) arrival_nanos: i64,
}

/// The reading of one body, and how many bytes it was when unfolded.
#[derive(Debug)]
pub(crate) struct Unfolded {
    pub(crate) events: Events,
    pub(crate) bytes: usize,
    /// Held until the store has the events.
    pub(crate) room: Reservation,
}

impl Ingest {
    /// Reads the events of a body on a thread of its own, in turn and with room for what it unfolds to.
    pub(crate) async fn read_events(
        &self,
        body: Body,
        reading: Reading,
        room: &Reservation,
    ) -> Result<Unfolded, Refusal> {
        let _queued = Queued::enter(&self.queues.decode);
        let most = self.limits.body_bytes_max;
        let mut bytes_max = unfold::estimate(&body, most);
        loop {
            let unfolded = room.unfold(bytes_max.max(body.bytes.len())).await;
            let unfolded = unfolded.ok_or_else(|| Refusal::new(Reason::NoRoom, NO_ROOM))?;
            let Ok(turn) = self.decoders.acquire().await else {
                return Err(Refusal::new(Reason::ShuttingDown, SHUTTING_DOWN));
            };
            let limits = otlp::Limits {
                body_bytes_max: bytes_max,
                ..self.limits.clone()
            };
            let (body, reading) = (body.clone(), reading.clone());
            let read = tokio::task::spawn_blocking(move || {
                let message = Message::inflate(&body, &limits)?;
                let bytes = message.as_bytes();
                read(bytes, &reading, &limits).map(|events| (events, bytes.len()))
            });
            let read = read.await;
            drop(turn);
            match read {
                Ok(Err(otlp::Error::TooLarge { what: "bytes", .. })) if bytes_max < most => {
                    bytes_max = unfold::next(bytes_max, most);
                }
                Ok(Err(error)) => return Err(decode::refused(&error)),
                Ok(Ok((events, bytes))) => {
                    return Ok(Unfolded {
                        events,
                        bytes,
                        room: unfolded,
                    });
                }
                Err(_) => return Err(Refusal::new(Reason::Fault, "could not read the events")),
            }
        }
    }
}

fn read(body: &[u8], reading: &Reading, limits: &otlp::Limits) -> Result<Events, otlp::Error> {
    let parse_time = |text: &str| match &reading.layout {
        Some(layout) => layout.parse(text),
        None => apl::datetime::parse(text),
    };
    let request = Request {
        form: reading.form.clone(),
        time_field: &reading.time_field,
        parse_time: &parse_time,
        labels: &reading.labels,
        dataset: &reading.dataset,
        arrival_nanos: reading.arrival_nanos,
    };
    Events::read(body, &request, limits)
}
