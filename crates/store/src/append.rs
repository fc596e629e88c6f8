//! A request on its way in: admitted, logged, buffered.

use crate::buffer::{self, Entry, Inserted};
use crate::store::Shared;
use crate::{Error, Request, Store, layout, name};
use arrow::array::RecordBatch;
use model::{ErrorKind, planted};
use std::sync::Arc;

/// What became of a request that was acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appended {
    /// It is on disk. While the log is being replayed after a start it is not known yet whether it was
    /// there before; if it was, its rows are left out then and counted as a duplicate's.
    Stored,
    /// An identical request arrived within the last ten minutes: its rows are there already.
    Duplicate,
}

impl Store {
    /// Makes a request durable and its rows visible, unless an identical one did; `batch` is what `decode`
    /// makes of the request. When this returns, every later query sees the rows, and a crash does not
    /// take them.
    ///
    /// # Errors
    /// `Unavailable` while the buffer is full, after close and when the log could not be read back,
    /// `Invalid`, `Conflict` or `Exhausted` for the dataset's name. An error of the log leaves nothing
    /// behind unless the store has [failed](Store::failed): then the rows may yet appear on the next open.
    pub async fn append(&self, request: Request, batch: RecordBatch) -> Result<Appended, Error> {
        name::check(&request.dataset)?;
        layout::check(&batch)?;
        if batch.num_rows() == 0 {
            return Ok(Appended::Stored);
        }
        let open = Arc::clone(&self.shared.is_open).read_owned().await;
        if !*open {
            return Err(Error::Closed);
        }
        self.shared.check_replay()?;
        let (bytes, arrival_nanos) = (buffer::batch_bytes(&batch), request.arrival_nanos);
        let now_nanos = self.shared.clock.now_nanos();
        let is_duplicate = request.digest.is_some_and(|it| {
            self.shared
                .buffer
                .is_duplicate(it, arrival_nanos, now_nanos)
        });
        if is_duplicate {
            self.shared.count(Appended::Duplicate, batch.num_rows());
            return Ok(Appended::Duplicate);
        }
        self.admit(&request.dataset, bytes, arrival_nanos).await?;
        let shared = Arc::clone(&self.shared);
        // A caller that goes away must not leave a number of the log without its rows: flushes would
        // wait for it until the next open. So this part runs on by itself.
        let append = async move {
            let _open = open;
            append_admitted(&shared, request, batch, bytes).await
        };
        let append = tokio::spawn(append);
        if planted::bug("store_ack_before_log") {
            return Ok(Appended::Stored);
        }
        append.await?
    }

    /// Takes room in the buffer. Where there is none, a flush is about to make some: it is worth a moment.
    async fn admit(&self, dataset: &str, bytes: usize, arrival_nanos: i64) -> Result<(), Error> {
        let Shared {
            buffer,
            config,
            counters,
            wake,
            ..
        } = &*self.shared;
        let waiting = tokio::time::sleep(config.buffer_wait_max);
        tokio::pin!(waiting);
        loop {
            // Before the look: what is discarded after it is not missed.
            let room = buffer.room();
            match buffer.admit(dataset, bytes, arrival_nanos, config) {
                Err(full @ Error::BufferFull { .. }) if full.kind() == ErrorKind::Unavailable => {
                    wake.notify_one();
                    tokio::select! {
                        () = room => {}
                        () = &mut waiting => {
                            counters.refused_requests.add(1);
                            return Err(full);
                        }
                    }
                }
                admitted => return admitted,
            }
        }
    }
}

async fn append_admitted(
    shared: &Shared,
    request: Request,
    batch: RecordBatch,
    bytes: usize,
) -> Result<Appended, Error> {
    let parts = [request.head(), request.body.clone()];
    let seq = match shared.log.append(parts).await {
        Ok(seq) => seq,
        Err(error) => {
            shared.buffer.give_back(bytes);
            return Err(error);
        }
    };
    let (rows, now_nanos) = (batch.num_rows(), shared.clock.now_nanos());
    // Where the digest is looked at again: an identical request may have been on its way, too.
    let entry = Entry::new(seq, request, batch, now_nanos);
    shared.counters.astray_rows.add(entry.astray_rows);
    let Inserted::Now(appended) = shared.buffer.insert(entry) else {
        return Ok(Appended::Stored);
    };
    shared.count(appended, rows);
    if shared.buffer.is_due(now_nanos, &shared.config) {
        shared.wake.notify_one();
    }
    Ok(appended)
}
