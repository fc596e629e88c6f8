//! Spans as trees: aggregates over the spans of each trace, grouped by its id. Parents are known by the ids that
//! spans name; what is in no trace, or has no id, is in no tree.

use super as kernels;
use arrow::array::{Array, ArrayRef, Int64Array, ListArray, StructArray};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Field, FieldRef, Fields};
use datafusion::common::cast::as_string_view_array;
use datafusion::common::{Result, exec_err};
use datafusion::logical_expr::{AggregateUDF, Expr};
use std::sync::Arc;

/// How these aggregates run.
mod by_trace;
/// What each operation contributes to the critical path of a trace.
mod contributions;
/// What is known of the spans of many traces, as it comes in.
mod grouped;
/// Ids of spans as numbers.
mod ids;
/// The critical path of one trace.
mod path;
/// What can be reached from some spans, from parent to child or from child to parent.
mod reached;

pub use by_trace::ByTrace;

/// The fields of an operation's contribution, beside its own.
pub(crate) const SELF_TIME: &str = "self_time";
pub(crate) const SPANS: &str = "spans";

/// The id of a span as a number that is the same for the same id; 0 of none.
pub(crate) fn number(id: Expr) -> Expr {
    kernels::call("span_id_number", DataType::Int64, numbers, vec![id])
}

fn numbers(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let ids = as_string_view_array(&columns[0])?;
    let numbers = ids.iter().map(|id| ids::Id::of(id).bits());
    Ok(Arc::new(Int64Array::from_iter_values(numbers)))
}

/// The ids that are reached: those that `to` holds where `is_start` is true, and from each of them on, where `from`
/// holds it, what `to` does. All are those of [`number`]; a list, each once.
pub(crate) fn reached(from: Expr, to: Expr, is_start: Expr) -> Expr {
    AggregateUDF::from(reached::Reached::new()).call(vec![from, to, is_start])
}

/// What the operations of a trace contribute to its critical path: a list of structs of `self_time` (nanoseconds),
/// `spans` (on the path), and the values that tell operations apart, as fields called 0, 1, …. Of each span it takes
/// the id and the parent's as [`number`] gives them, start and duration in nanoseconds, and those values.
pub(crate) fn contributions(of_spans: Vec<Expr>) -> Expr {
    AggregateUDF::from(contributions::Contributions::new()).call(of_spans)
}

/// Lists of structs with these lengths; none is null.
fn lists(fields: Fields, columns: Vec<ArrayRef>, lengths: Vec<usize>) -> Result<ArrayRef> {
    let elements: ArrayRef = Arc::new(StructArray::try_new(fields, columns, None)?);
    list_of(elements, lengths)
}

fn list_of(elements: ArrayRef, lengths: Vec<usize>) -> Result<ArrayRef> {
    let item = item(elements.data_type().clone());
    let offsets = OffsetBuffer::from_lengths(lengths);
    Ok(Arc::new(ListArray::try_new(item, offsets, elements, None)?))
}

fn item(data_type: DataType) -> FieldRef {
    Arc::new(Field::new("item", data_type, true))
}

/// These aggregates are asked for by trace, never of all rows at once.
fn without_groups<T>(name: &str) -> Result<T> {
    exec_err!("{name} is computed in groups only")
}
