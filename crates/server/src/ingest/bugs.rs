//! Bugs that the judge plants into the way of a request (`model::planted`). The program that is shipped
//! has none of them: each function gives back what it was given.

use arrow::array::RecordBatch;
use model::planted::bug;
use model::span::STATUS_MESSAGE;
use otlp::Message;

/// The rows that are stored of those that were decoded.
pub(super) fn batch(mut batch: RecordBatch) -> RecordBatch {
    if bug("server_loses_a_span") && batch.num_rows() > 10 {
        return batch.slice(0, batch.num_rows() - 1);
    }
    if bug("server_loses_a_column")
        && let Ok(column) = batch.schema().index_of(STATUS_MESSAGE)
    {
        batch.remove_column(column);
    }
    batch
}

/// By what a request is recognised when it is sent again.
pub(super) fn digest(message: &Message, dataset: &str) -> u128 {
    match () {
        () if bug("server_resend_ignores_dataset") => message.digest(""),
        () if bug("server_resend_short_digest") => message.digest(dataset) & 0xff,
        () => message.digest(dataset),
    }
}
