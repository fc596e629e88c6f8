//! The doors for OTLP, and what lies between a door and the store: room, decoding, the log, the answer.
//!
//! A request is answered "yes" only after the store has it in its log, synced. Everything else costs the
//! request and nothing more: no input ends the process, and over capacity it says so before it works.

use crate::config::Limits;
use crate::message;
use crate::status::Reason;
use model::{Clock, ErrorKind};
use otlp::Body;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use store::Store;
use tokio::sync::Semaphore;

/// Room for what is being received and stored, in bytes.
pub(crate) mod admission;
/// What came in and what became of it, counted.
pub(crate) mod books;
/// OTLP over gRPC.
pub(crate) mod grpc;
/// What the two doors read from headers alike.
mod headers;
/// OTLP over HTTP.
pub(crate) mod http;
/// Bodies that a bug of ours met: not for ever "again, later".
mod poison;
/// Requests out of the log, after a restart.
pub(crate) mod replay;

use admission::{Admission, Reservation};
use books::Books;

/// Told when nobody knows how far a request came. OTLP prefers a span twice to a span lost.
const MAYBE_KEPT: &str =
    "could not store the request: it may have been kept; the same request may be sent again";

/// The way of a request into the store.
#[derive(Debug)]
pub(crate) struct Ingest {
    store: Arc<Store>,
    clock: Clock,
    limits: otlp::Limits,
    admission: Admission,
    /// One for each processor: more would be no faster, and each holds what a body unfolds to.
    decoders: Semaphore,
    poison: poison::Seen,
    books: Books,
}

/// A request, read from its door.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) dataset: String,
    pub(crate) body: Body,
    /// Held until the request is stored or refused.
    pub(crate) room: Reservation,
}

/// What was stored.
#[derive(Debug)]
pub(crate) struct Accepted {
    /// Spans that will never be taken, with why; all others are durable.
    pub(crate) rejected: Vec<otlp::Rejection>,
}

/// Why a request is not acknowledged.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) reason: Reason,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self {
            reason,
            message: message.into(),
        }
    }
}

impl Ingest {
    pub(crate) fn new(store: Arc<Store>, clock: Clock, limits: &Limits) -> Arc<Self> {
        let cpus = std::thread::available_parallelism().map_or(2, usize::from);
        Arc::new(Self {
            store,
            clock,
            limits: otlp::Limits::default(),
            admission: Admission::new(limits.in_flight_bytes_max),
            decoders: Semaphore::new(cpus),
            poison: poison::Seen::default(),
            books: Books::default(),
        })
    }

    pub(crate) fn admission(&self) -> &Admission {
        &self.admission
    }

    pub(crate) fn books(&self) -> &Books {
        &self.books
    }

    /// Takes a request to the store. It goes on when the caller is dropped, as it is when a client hangs
    /// up: half a request must not be left behind.
    pub(crate) async fn accept(self: &Arc<Self>, received: Received) -> Result<Accepted, Refusal> {
        let ingest = Arc::clone(self);
        tokio::spawn(async move { ingest.store_it(received).await })
            .await
            .unwrap_or_else(|_| Err(Refusal::new(Reason::Busy, MAYBE_KEPT)))
    }

    async fn store_it(&self, received: Received) -> Result<Accepted, Refusal> {
        let Received {
            dataset,
            body,
            room,
        } = received;
        if !self.admission.open() {
            return Err(Refusal::new(Reason::Busy, "the server is shutting down"));
        }
        let arrival_nanos = self.clock.now_nanos();
        let (body, decoded) = self.decode(body, arrival_nanos).await?;
        let rejected: u64 = decoded
            .rejected
            .iter()
            .map(|rejection| rejection.count)
            .sum();
        if let Some(batch) = decoded.batch {
            let request = store::Request {
                dataset,
                arrival_nanos,
                tag: replay::tag(body.encoding, body.compression),
                digest: None,
                body: body.bytes,
            };
            self.store
                .append(request, batch)
                .await
                .map_err(|error| not_stored(&error))?;
        }
        drop(room);
        self.books.accepted(decoded.spans, rejected);
        Ok(Accepted {
            rejected: decoded.rejected,
        })
    }

    /// Decodes on a thread of its own: half a millisecond for a usual body, but a small one may unfold to
    /// 64 MiB. A panic in there is our bug and costs only this request.
    async fn decode(
        &self,
        body: Body,
        arrival_nanos: i64,
    ) -> Result<(Body, otlp::Decoded), Refusal> {
        if self.poison.is_known(&body.bytes) {
            return Err(Refusal::new(
                Reason::Malformed,
                "this request made the decoder fail before",
            ));
        }
        let Ok(_turn) = self.decoders.acquire().await else {
            return Err(Refusal::new(Reason::Busy, "the server is shutting down"));
        };
        let limits = self.limits.clone();
        let decoding = tokio::task::spawn_blocking(move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                otlp::decode(&body, arrival_nanos, &limits)
            }));
            (body, outcome)
        });
        match decoding.await {
            Ok((body, Ok(outcome))) => outcome
                .map(|decoded| (body, decoded))
                .map_err(|error| refused(&error)),
            Ok((body, Err(_panic))) => {
                tracing::error!(bytes = body.bytes.len(), "the decoder failed on a request");
                self.poison.remember(&body.bytes);
                Err(Refusal::new(
                    Reason::Busy,
                    "could not decode the request: a fault in the server",
                ))
            }
            Err(_) => Err(Refusal::new(Reason::Busy, "the server is shutting down")),
        }
    }
}

fn refused(error: &otlp::Error) -> Refusal {
    let reason = match error.kind() {
        ErrorKind::Exhausted => Reason::TooLarge,
        ErrorKind::Internal | ErrorKind::Unavailable | ErrorKind::Corrupt => Reason::Busy,
        _ => Reason::Malformed,
    };
    Refusal::new(reason, message::whole(error))
}

/// An impossible dataset is the request's fault, as is a size that no waiting makes room for; any other
/// error is the store's, and the exporter is to send the request again.
fn not_stored(error: &store::Error) -> Refusal {
    let reason = match (error.kind(), error) {
        // A name too many is a wrong name, until somebody who decides on datasets makes room.
        (ErrorKind::Invalid | ErrorKind::NotFound | ErrorKind::Conflict, _)
        | (_, store::Error::TooManyDatasets { .. }) => Reason::Malformed,
        (ErrorKind::Exhausted, _) => Reason::TooLarge,
        (kind, _) => {
            let error = message::whole(error);
            tracing::warn!(error, ?kind, "could not store a request");
            Reason::Busy
        }
    };
    match (reason, error) {
        (Reason::Busy, store::Error::BufferFull { .. } | store::Error::Closed) => Refusal::new(
            reason,
            "could not store the request; nothing of it was kept, send it again later",
        ),
        (Reason::Busy, _) => Refusal::new(reason, MAYBE_KEPT),
        _ => Refusal::new(reason, message::whole(error)),
    }
}
