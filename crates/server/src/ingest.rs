//! The doors for OTLP, and what lies between a door and the store: room, decoding, the log, the answer.
//!
//! A request is answered "yes" only after the store has it in its log, synced. Everything else costs the
//! request and nothing more: no input ends the process, and over capacity it says so before it works.

use crate::config::Limits;
use crate::message;
use crate::status::Reason;
use arrow::array::RecordBatch;
use control::Control;
use model::{Clock, ErrorKind, planted};
use otlp::{Body, Message};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use store::Store;
use tokio::sync::Semaphore;

/// Room for what is being received and stored, in bytes.
pub(crate) mod admission;
/// What came in and what became of it, counted.
pub(crate) mod books;
/// Bugs that the judge plants.
mod bugs;
/// A body's way through the decoder.
mod decode;
/// OTLP over HTTP, described.
pub(crate) mod described;
/// Events: made into OTLP.
pub(crate) mod events;
/// OTLP over gRPC.
pub(crate) mod grpc;
/// What the two doors read from headers alike.
pub(crate) mod headers;
/// OTLP over HTTP.
pub(crate) mod http;
/// How a sender writes times.
pub(crate) mod layout;
/// Log records.
mod logs;
/// Bodies that a bug of ours met: not for ever "again, later".
mod poison;
/// Requests out of the log, after a restart.
pub(crate) mod replay;
/// When a refused client is to come back.
mod retry;
/// How much a packed body is likely to unfold to.
mod unfold;
/// Where the disk ends.
pub(crate) mod watermarks;

use admission::{Admission, Reservation};
use books::{Balance, Books, Outcome};
use decode::Unpacked;
use watermarks::Watermarks;

/// Told when nobody knows how far a request came. OTLP prefers a span twice to a span lost.
const MAYBE_KEPT: &str =
    "could not store the request: it may have been kept; the same request may be sent again";
const SHUTTING_DOWN: &str = "the server is shutting down";
const NO_ROOM: &str = "too much is being received at the moment";

/// What a test may put in the place of the real thing.
#[derive(Clone, Copy, Debug)]
pub struct Seams {
    pub decode: Decode,
    pub replay: Replay,
    pub probe: watermarks::Probe,
}

/// As [`otlp::Message::decode`].
pub(crate) type Decode = fn(&Message, i64, &otlp::Limits) -> Result<otlp::Decoded, otlp::Error>;

/// As [`replay::decode`].
pub(crate) type Replay = fn(&store::Request) -> Result<Option<RecordBatch>, String>;

impl Default for Seams {
    fn default() -> Self {
        Self {
            decode: Message::decode,
            replay: replay::decode,
            probe: watermarks::space,
        }
    }
}

/// The way of a request into the store.
#[derive(Debug)]
pub(crate) struct Ingest {
    store: Arc<Store>,
    clock: Clock,
    limits: otlp::Limits,
    seams: Seams,
    admission: Arc<Admission>,
    watermarks: Watermarks,
    retry: retry::Retry,
    /// One for each processor: more would be no faster, and each holds what a body unfolds to.
    decoders: Semaphore,
    queues: Queues,
    poison: poison::Seen,
    books: Books,
}

/// Requests at each stage, now.
#[derive(Debug, Default)]
pub(crate) struct Queues {
    /// Waiting to be decoded, or in the decoder.
    pub(crate) decode: AtomicUsize,
    /// Waiting for the log, or for the disk under it.
    pub(crate) store: AtomicUsize,
}

/// A request, read from its door.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) dataset: String,
    pub(crate) body: Body,
    /// Held until the request is stored or refused.
    pub(crate) room: Reservation,
    /// Of spans: asked once more, before they are stored, whether the dataset takes them. Events have noted theirs.
    pub(crate) spans_by: Option<Arc<Control>>,
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
    pub(crate) fn new(store: Arc<Store>, clock: Clock, limits: &Limits, seams: Seams) -> Arc<Self> {
        let cpus = std::thread::available_parallelism().map_or(2, usize::from);
        Arc::new(Self {
            store,
            clock,
            limits: otlp::Limits::default(),
            seams,
            admission: Admission::new(limits.in_flight_bytes_max, limits.room_wait_max),
            watermarks: Watermarks::new(limits),
            retry: retry::Retry::default(),
            decoders: Semaphore::new(cpus),
            queues: Queues::default(),
            poison: poison::Seen::default(),
            books: Books::default(),
        })
    }

    pub(crate) fn admission(&self) -> &Arc<Admission> {
        &self.admission
    }

    pub(crate) fn books(&self) -> &Books {
        &self.books
    }

    pub(crate) fn balance(&self) -> Balance {
        self.books.balance(&self.store.stats())
    }

    pub(crate) fn queues(&self) -> &Queues {
        &self.queues
    }

    pub(crate) fn watermarks(&self) -> &Watermarks {
        &self.watermarks
    }

    /// Looks at the disk and at the log, and takes in what it sees.
    pub(crate) async fn look(&self, data: &Path) {
        let (probe, data) = (self.seams.probe, data.to_owned());
        // A file system on a network may take its time.
        let space = tokio::task::spawn_blocking(move || probe(&data)).await;
        let space = space.ok().and_then(Result::ok);
        let stats = self.store.stats();
        self.watermarks
            .look(space, stats.log_bytes, stats.buffered_rows);
        let came = stats.appended_rows + stats.replayed_rows;
        self.watermarks
            .drained(came.saturating_sub(stats.buffered_rows));
    }

    /// Whether a request may come in at all: asked before its body is read.
    pub(crate) fn check_open(&self) -> Result<(), Refusal> {
        if !self.admission.open() {
            return Err(Refusal::new(Reason::ShuttingDown, SHUTTING_DOWN));
        }
        match self.watermarks.level().refuses() {
            Some((reason, message)) if !planted::bug("doors_full_disk_accepted") => {
                Err(Refusal::new(reason, message))
            }
            _ => Ok(()),
        }
    }

    /// When to come back after a refusal.
    pub(crate) fn retry_after(&self, reason: Reason) -> Duration {
        self.retry.after(reason, self.watermarks.backlog_seconds())
    }

    /// Takes a request to the store. It goes on when the caller is dropped, as it is when a client hangs
    /// up: half a request must not be left behind.
    pub(crate) async fn accept(self: &Arc<Self>, received: Received) -> Result<Accepted, Refusal> {
        let ingest = Arc::clone(self);
        tokio::spawn(async move { ingest.store_it(received).await })
            .await
            .unwrap_or_else(|_| Err(Refusal::new(Reason::NotStored, MAYBE_KEPT)))
    }

    async fn store_it(&self, received: Received) -> Result<Accepted, Refusal> {
        let Received {
            dataset,
            body,
            room,
            spans_by,
        } = received;
        self.check_open()?;
        self.books.read(body.bytes.len());
        let arrival_nanos = self.clock.now_nanos();
        let decode::Decoded {
            body,
            unpacked: Unpacked { decoded, digest },
            room: unfolded,
        } = self.decode(body, &dataset, arrival_nanos, &room).await?;
        let rejected: u64 = decoded
            .rejected
            .iter()
            .map(|rejection| rejection.count)
            .sum();
        let outcome = Outcome {
            received: decoded.spans + rejected,
            rejected: &decoded.rejected,
        };
        if let Some(batch) = decoded.batch {
            if let Some(control) = spans_by {
                headers::takes_spans(&control, &dataset).await?;
            }
            let request = store::Request {
                dataset,
                arrival_nanos,
                tag: replay::tag(body.encoding, body.compression),
                digest: Some(digest),
                body: body.bytes,
            };
            let _queued = Queued::enter(&self.queues.store);
            match self.store.append(request, bugs::batch(batch)).await {
                Err(_) if planted::bug("doors_failure_acknowledged") => {}
                appended => drop(appended.map_err(|error| not_stored(&error))?),
            }
        }
        if planted::bug("server_refuses_what_it_keeps") && decoded.spans % 8 == 7 {
            return Err(Refusal::new(Reason::Malformed, "a planted bug"));
        }
        drop(unfolded);
        self.books.settled(&outcome);
        if planted::bug("doors_room_not_given_back") {
            std::mem::forget(room);
        } else {
            drop(room);
        }
        if planted::bug("server_hides_rejections") {
            return Ok(Accepted {
                rejected: Vec::new(),
            });
        }
        Ok(Accepted {
            rejected: decoded.rejected,
        })
    }
}

/// One request at a stage; it leaves when this is dropped.
struct Queued<'a>(&'a AtomicUsize);

impl<'a> Queued<'a> {
    fn enter(queue: &'a AtomicUsize) -> Self {
        queue.fetch_add(1, Ordering::Relaxed);
        Self(queue)
    }
}

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// An impossible dataset is the request's fault, as is a size that no waiting makes room for; any other
/// error is the store's, and the exporter is to send the request again.
fn not_stored(error: &store::Error) -> Refusal {
    const NOTHING_KEPT: &str =
        "could not store the request; nothing of it was kept, send it again later";
    match (error.kind(), error) {
        // A name too many is a wrong name, until somebody who decides on datasets makes room.
        (ErrorKind::Invalid | ErrorKind::NotFound | ErrorKind::Conflict, _)
        | (_, store::Error::TooManyDatasets { .. }) => {
            Refusal::new(Reason::Malformed, message::whole(error))
        }
        (ErrorKind::Exhausted, _) => Refusal::new(Reason::TooLarge, message::whole(error)),
        (_, store::Error::BufferFull { .. }) => Refusal::new(Reason::BufferFull, NOTHING_KEPT),
        (_, store::Error::Closed) => Refusal::new(Reason::ShuttingDown, NOTHING_KEPT),
        (kind, _) => {
            let error = message::whole(error);
            tracing::warn!(error, ?kind, "could not store a request");
            Refusal::new(Reason::NotStored, MAYBE_KEPT)
        }
    }
}
