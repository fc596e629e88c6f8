//! Which of the model's columns a batch has, and where. Batches are small and many: a search by name for each
//! column of each would cost more than the columns.

use crate::Error;
use arrow::array::{Array, RecordBatch};
use model::span;

/// For each of the model's columns: where it is in the batch, which has them in the model's order.
///
/// # Errors
/// `Internal` for a column that the model has not, not there, or not of that type.
pub(crate) fn places(batch: &RecordBatch) -> Result<Vec<Option<usize>>, Error> {
    let schema = span::buffered_schema();
    let mut found = batch.schema_ref().fields().iter().enumerate().peekable();
    let mut places = Vec::with_capacity(schema.fields().len());
    for known in schema.fields() {
        let next = found.next_if(|(_, field)| field.name() == known.name());
        if let Some((_, field)) = next.filter(|(_, field)| field.data_type() != known.data_type()) {
            let (name, found) = (field.name(), field.data_type());
            let reason = format!("{name} is {found}, not {}", known.data_type());
            return Err(Error::Batch(reason));
        }
        places.push(next.map(|(place, _)| place));
    }
    match found.next() {
        Some((_, field)) => Err(Error::Batch(format!(
            "there is no column {} in this place",
            field.name()
        ))),
        None => Ok(places),
    }
}

/// Columns of the model with the types that they have in the buffer, and all that are not nullable.
pub(crate) fn check(batch: &RecordBatch) -> Result<(), Error> {
    let places = places(batch)?;
    let required = span::columns().iter().zip(places);
    for (column, place) in required.filter(|(column, _)| !column.nullable) {
        if place.is_none_or(|place| batch.column(place).null_count() > 0) {
            return Err(Error::Batch(format!("{} has no value", column.name)));
        }
    }
    Ok(())
}
