//! How long rows are at least, once they are written as an answer: texts as they are, and two bytes for
//! any other value. A null is nothing: most columns of whole spans are null throughout and not shown.

use arrow::array::{Array, ArrayRef, AsArray, OffsetSizeTrait, RecordBatch};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::DataType;

/// A digit and a comma.
const VALUE_BYTES: usize = 2;

/// How many of a batch's first rows fit into `bytes_max`, and how long those are.
pub(super) fn fit(batch: &RecordBatch, bytes_max: usize) -> (usize, usize) {
    let whole = of_rows(batch);
    if whole <= bytes_max {
        return (batch.num_rows(), whole);
    }
    let mut bytes = 0;
    for row in 0..batch.num_rows() {
        let more = of_rows(&batch.slice(row, 1));
        if bytes + more > bytes_max {
            return (row, bytes);
        }
        bytes += more;
    }
    (batch.num_rows(), bytes)
}

fn of_rows(batch: &RecordBatch) -> usize {
    batch.columns().iter().map(of).sum()
}

fn of(array: &ArrayRef) -> usize {
    let values = array.len() - array.logical_null_count();
    if values == 0 {
        return 0;
    }
    match array.data_type() {
        DataType::Utf8View => texts(array.as_string_view().iter()),
        DataType::Utf8 => texts(array.as_string::<i32>().iter()),
        DataType::LargeUtf8 => texts(array.as_string::<i64>().iter()),
        DataType::List(_) => {
            let list = array.as_list::<i32>();
            of(&between(list.values(), list.offsets()))
        }
        DataType::LargeList(_) => {
            let list = array.as_list::<i64>();
            of(&between(list.values(), list.offsets()))
        }
        DataType::Map(..) => {
            let map = array.as_map();
            let parts = map.entries().columns().iter();
            parts.map(|part| of(&between(part, map.offsets()))).sum()
        }
        DataType::Struct(_) => array.as_struct().columns().iter().map(of).sum(),
        _ => values * VALUE_BYTES,
    }
}

/// The entries between the first and the last offset: those of the rows at hand.
fn between<T: OffsetSizeTrait>(entries: &ArrayRef, offsets: &OffsetBuffer<T>) -> ArrayRef {
    let end = |offset: Option<&T>| offset.map_or(0, |offset| offset.as_usize());
    let first = end(offsets.first());
    entries.slice(first, end(offsets.last()).saturating_sub(first))
}

fn texts<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> usize {
    texts.flatten().map(|text| text.len() + VALUE_BYTES).sum()
}
