//! A body's way through the decoder: in turn, with room for what it unfolds to, and not twice when it made the
//! decoder fail.

use super::admission::Reservation;
use super::bugs;
use super::{Ingest, NO_ROOM, Queued, Refusal, SHUTTING_DOWN, unfold};
use crate::message;
use crate::status::Reason;
use model::ErrorKind;
use otlp::{Body, Compression, Message};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What unfolds to no more than this is decoded where it is received: half a millisecond, where another
/// thread would cost the small ones more than that.
const HERE_BYTES_MAX: usize = 1 << 20;

/// A body that was decoded.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) body: Body,
    pub(super) unpacked: Unpacked,
    /// For what it unfolded to: held until the buffer has taken the rows over.
    pub(super) room: Reservation,
}

/// A body, unfolded.
#[derive(Debug)]
pub(super) struct Unpacked {
    pub(super) decoded: otlp::Decoded,
    /// The same for an identical request to the same dataset.
    pub(super) digest: u128,
}

impl Ingest {
    /// Decodes at once what cannot unfold to much, and anything else on a thread of its own: a small body may
    /// unfold to 64 MiB. Room for that is taken here, in turn: as much as the body is likely to need, and if that
    /// is not enough, more of it from the start, up to what any body may.
    pub(super) async fn decode(
        &self,
        body: Body,
        dataset: &str,
        arrival_nanos: i64,
        room: &Reservation,
    ) -> Result<Decoded, Refusal> {
        if self.poison.is_known(&body.bytes) {
            return Err(Refusal::new(
                Reason::Malformed,
                "this request made the decoder fail before",
            ));
        }
        let _queued = Queued::enter(&self.queues.decode);
        let most = self.limits.body_bytes_max;
        let mut body = body;
        let mut bytes_max = unfold::estimate(&body, most);
        loop {
            // Room before a turn: who waits for room keeps nobody from the decoder.
            let unfolded = self.unfold(room, &body, bytes_max).await?;
            let Ok(turn) = self.decoders.acquire().await else {
                return Err(Refusal::new(Reason::ShuttingDown, SHUTTING_DOWN));
            };
            let (back, outcome) = self
                .run_decoder(body, dataset, arrival_nanos, bytes_max)
                .await?;
            body = back;
            drop(turn);
            match outcome {
                Err(otlp::Error::TooLarge { what: "bytes", .. }) if bytes_max < most => {
                    bytes_max = unfold::next(bytes_max, most);
                }
                outcome => {
                    let unpacked = outcome.map_err(|error| refused(&error))?;
                    return Ok(Decoded {
                        body,
                        unpacked,
                        room: unfolded,
                    });
                }
            }
        }
    }

    /// Room for what a body unfolds to, beside the room that it has for itself.
    pub(super) async fn unfold(
        &self,
        room: &Reservation,
        body: &Body,
        bytes: usize,
    ) -> Result<Reservation, Refusal> {
        // What is not packed has room for itself, and needs as much again for its columns.
        let bytes = match body.compression {
            Compression::Identity => body.bytes.len(),
            Compression::Gzip | Compression::Zstd => bytes,
        };
        let unfolded = room.unfold(bytes).await;
        let unfolded = unfolded.ok_or_else(|| Refusal::new(Reason::NoRoom, NO_ROOM))?;
        self.books.unfolded(bytes);
        Ok(unfolded)
    }

    /// A panic in there is our bug and costs only this request.
    async fn run_decoder(
        &self,
        body: Body,
        dataset: &str,
        arrival_nanos: i64,
        body_bytes_max: usize,
    ) -> Result<(Body, Result<Unpacked, otlp::Error>), Refusal> {
        let decode = self.seams.decode;
        let limits = otlp::Limits {
            body_bytes_max,
            ..self.limits.clone()
        };
        let dataset = dataset.to_owned();
        let unpack = move || {
            let unpack = || -> Result<Unpacked, otlp::Error> {
                let message = Message::inflate(&body, &limits)?;
                Ok(Unpacked {
                    digest: bugs::digest(&message, &dataset),
                    decoded: decode(&message, arrival_nanos, &limits)?,
                })
            };
            let outcome = catch_unwind(AssertUnwindSafe(unpack));
            (body, outcome)
        };
        let decoded = if body_bytes_max <= HERE_BYTES_MAX {
            Ok(unpack())
        } else {
            tokio::task::spawn_blocking(unpack).await
        };
        match decoded {
            Ok((body, Ok(outcome))) => Ok((body, outcome)),
            Ok((body, Err(_panic))) => {
                tracing::error!(bytes = body.bytes.len(), "the decoder failed on a request");
                self.poison.remember(&body.bytes);
                Err(Refusal::new(
                    Reason::Fault,
                    "could not decode the request: a fault in the server",
                ))
            }
            Err(_) => Err(Refusal::new(Reason::ShuttingDown, SHUTTING_DOWN)),
        }
    }
}

pub(super) fn refused(error: &otlp::Error) -> Refusal {
    let reason = match error.kind() {
        ErrorKind::Exhausted => Reason::TooLarge,
        ErrorKind::Internal | ErrorKind::Unavailable | ErrorKind::Corrupt => Reason::Fault,
        _ => Reason::Malformed,
    };
    Refusal::new(reason, message::whole(error))
}
