//! A request on its way in: admitted, logged, buffered.

use crate::buffer::{self, Entry};
use crate::store::Shared;
use crate::{Error, Request, Store, name};
use arrow::array::RecordBatch;
use model::span;
use std::sync::Arc;

impl Store {
    /// Makes a request durable and its rows visible; `batch` is what `decode` makes of the request. When
    /// this returns, every later query sees the rows, and a crash does not take them.
    ///
    /// # Errors
    /// `Unavailable` while the buffer is full and after close, `Invalid`, `Conflict` or `Exhausted` for
    /// the dataset's name. An error of the log leaves nothing behind unless the store has
    /// [failed](Store::failed): then the rows may yet appear on the next open.
    pub async fn append(&self, request: Request, batch: RecordBatch) -> Result<(), Error> {
        name::check(&request.dataset)?;
        check_batch(&batch)?;
        if batch.num_rows() == 0 {
            return Ok(());
        }
        let open = Arc::clone(&self.shared.is_open).read_owned().await;
        if !*open {
            return Err(Error::Closed);
        }
        let (bytes, arrival_nanos) = (buffer::batch_bytes(&batch), request.arrival_nanos);
        let admitted =
            self.shared
                .buffer
                .admit(&request.dataset, bytes, arrival_nanos, &self.shared.config);
        if matches!(admitted, Err(Error::BufferFull { .. })) {
            self.shared.counters.refused_requests.add(1);
            self.shared.wake.notify_one();
        }
        admitted?;
        let shared = Arc::clone(&self.shared);
        // A caller that goes away must not leave a number of the log without its rows: flushes would
        // wait for it until the next open. So this part runs on by itself.
        let append = async move {
            let _open = open;
            append_admitted(&shared, request, batch, bytes).await
        };
        tokio::spawn(append).await?
    }
}

async fn append_admitted(
    shared: &Shared,
    request: Request,
    batch: RecordBatch,
    bytes: usize,
) -> Result<(), Error> {
    let seq = match shared.log.append(request.encode()).await {
        Ok(seq) => seq,
        Err(error) => {
            shared.buffer.give_back(bytes);
            return Err(error.into());
        }
    };
    let (rows, now_nanos) = (batch.num_rows(), shared.clock.now_nanos());
    shared
        .buffer
        .insert(Entry::new(seq, request.dataset, batch, now_nanos));
    shared.counters.appended_requests.add(1);
    shared.counters.appended_rows.add(rows as u64);
    if shared.buffer.is_due(now_nanos, &shared.config) {
        shared.wake.notify_one();
    }
    Ok(())
}

/// Columns of the model with the types that they have in the buffer, and all that are not nullable.
fn check_batch(batch: &RecordBatch) -> Result<(), Error> {
    let schema = span::buffered_schema();
    for field in batch.schema_ref().fields() {
        match schema.field_with_name(field.name()) {
            Ok(known) if known.data_type() == field.data_type() => {}
            Ok(known) => {
                let (name, found) = (field.name(), field.data_type());
                return Err(Error::Batch(format!(
                    "{name} is {found}, not {}",
                    known.data_type()
                )));
            }
            Err(_) => return Err(Error::Batch(format!("there is no column {}", field.name()))),
        }
    }
    let required = schema.fields().iter().filter(|field| !field.is_nullable());
    for field in required {
        if batch
            .column_by_name(field.name())
            .is_none_or(|column| column.null_count() > 0)
        {
            return Err(Error::Batch(format!("{} has no value", field.name())));
        }
    }
    Ok(())
}
