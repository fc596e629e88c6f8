//! From the log back into the buffer, at open.
//!
//! Every record above the catalog's position was acknowledged, so none is dropped: one that cannot be
//! decoded is kept as a file in `quarantine/` and counted, and numbers that the log misses are counted.

use crate::buffer::Entry;
use crate::directory;
use crate::flush::{self, Step};
use crate::store::Shared;
use crate::{Error, Request};
use arrow::array::RecordBatch;
use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use std::fmt::Display;
use std::sync::Arc;

/// Checks that log and catalog fit together, and makes the log give numbers that the catalog has not.
pub(crate) async fn reconcile(
    shared: &Shared,
    first_seq: u64,
    committed_seq: u64,
) -> Result<(), Error> {
    if first_seq > committed_seq + 1 {
        let reason = format!(
            "the catalog has the log's records up to {committed_seq}, but the log begins at {first_seq}; \
             the catalog is older than the log"
        );
        return Err(Error::Mismatch {
            path: shared.directory.catalog(),
            reason,
        });
    }
    // Behind the catalog the log can only be when its end was damaged or removed. A number that is given
    // twice would be taken for one that is committed, so the missing ones are used up.
    let missing = committed_seq.saturating_sub(shared.log.last_seq());
    futures::stream::iter(0..missing)
        .map(|_| shared.log.append(Bytes::new()))
        .buffer_unordered(1024)
        .try_collect::<Vec<u64>>()
        .await?;
    Ok(())
}

/// Brings the rows above `committed_seq` into the buffer; flushes on the way when they are many. Blocks
/// on disk: nothing is served before it is done.
pub(crate) async fn replay<E: Display>(
    shared: &Arc<Shared>,
    committed_seq: u64,
    decode: impl Fn(&Request) -> Result<Option<RecordBatch>, E>,
) -> Result<(), Error> {
    let through_seq = shared.log.last_seq();
    for item in shared.log.replay(committed_seq) {
        match item {
            Ok((seq, record)) => {
                shared.counters.replayed_records.add(1);
                accept(shared, seq, &record, &decode)?;
            }
            Err(wal::Error::Damaged(damage)) => {
                tracing::error!(%damage, "the log misses records");
                shared.counters.lost_records.add(damage.lost_records);
                shared
                    .buffer
                    .settle(damage.lost_from + damage.lost_records - 1);
            }
            Err(error) => return Err(error.into()),
        }
        let (rows, bytes) = shared.buffer.size();
        if rows >= shared.config.flush_rows_max || bytes >= shared.config.flush_bytes_max {
            flush::flush(shared, Step::Release).await?;
        }
    }
    shared.buffer.settle(through_seq);
    Ok(())
}

fn accept<E: Display>(
    shared: &Shared,
    seq: u64,
    record: &Bytes,
    decode: impl Fn(&Request) -> Result<Option<RecordBatch>, E>,
) -> Result<(), Error> {
    let decoded = Request::decode(record)
        .map_err(|error| error.to_string())
        .and_then(|request| match decode(&request) {
            Ok(batch) => Ok((request, batch)),
            Err(error) => Err(error.to_string()),
        });
    match decoded {
        Ok((request, Some(batch))) if batch.num_rows() > 0 => {
            shared.counters.replayed_rows.add(batch.num_rows() as u64);
            let entry = Entry::new(seq, request.dataset, batch, shared.clock.now_nanos());
            shared.buffer.insert_replayed(entry, request.arrival_nanos);
        }
        Ok(_) => shared.buffer.settle(seq),
        Err(error) => {
            tracing::error!(
                seq,
                error,
                "could not decode a record of the log; it is kept in quarantine"
            );
            quarantine(shared, seq, record)?;
            shared.counters.quarantined_records.add(1);
            shared.buffer.settle(seq);
        }
    }
    Ok(())
}

fn quarantine(shared: &Shared, seq: u64, record: &Bytes) -> Result<(), Error> {
    let place = shared.directory.quarantine();
    std::fs::create_dir_all(&place).map_err(Error::io("create", &place))?;
    place.parent().map_or(Ok(()), directory::sync)?;
    directory::write_whole(&place.join(format!("{seq:012}.record")), record)
}
