//! How often each value occurs: an aggregate that counts, and what `topk` and `histogram` read from it. Both
//! become lists of structs, `{value, count}`, to be unfolded into rows.

use super::{bounded, call};
use crate::limits::HISTOGRAM_BINS_MAX;
use arrow::array::{
    Array, ArrayRef, AsArray, Float64Array, Int32Array, Int64Array, ListArray, StringViewArray,
    StructArray,
};
use arrow::buffer::OffsetBuffer;
use arrow::compute::take;
use arrow::datatypes::{DataType, Field, Fields, Float64Type, Int64Type};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::{AggregateUDF, Expr, lit};
use std::sync::Arc;

/// Counts of values as they are.
mod each;
/// Phrases of texts.
mod phrases;
/// Counts of numbers in buckets that widen with the numbers.
mod spread;

/// The fields of an element.
pub(crate) const VALUE: &str = "value";
pub(crate) const COUNT: &str = "count";

/// How often each value is in the rows that meet the condition.
pub(crate) fn of_values(value: Expr, condition: Option<Expr>) -> Expr {
    aggregate(
        AggregateUDF::from(each::Counts::new(each::Of::Values)),
        value,
        condition,
    )
}

/// The same of values of which there are few: of more than [`each::FEW`] nothing is known.
pub(crate) fn of_few_values(value: Expr, condition: Option<Expr>) -> Expr {
    aggregate(
        AggregateUDF::from(each::Counts::new(each::Of::FewValues)),
        value,
        condition,
    )
}

/// How often each phrase is in texts.
pub(crate) fn of_phrases(text: Expr) -> Expr {
    aggregate(
        AggregateUDF::from(each::Counts::new(each::Of::Phrases)),
        text,
        None,
    )
}

/// How often each number is in the rows that meet the condition, in buckets when there are many.
pub(crate) fn of_numbers(value: Expr, condition: Option<Expr>) -> Expr {
    aggregate(AggregateUDF::from(spread::Spread::new()), value, condition)
}

/// Of counts of values, the most frequent ones.
pub(crate) fn frequent(counts: Expr, value: &DataType, most: i64) -> Expr {
    call(
        "topk_of_counts",
        list_of(value),
        most_frequent,
        vec![counts, lit(most)],
    )
}

/// Of counts of values, the values in their order.
pub(crate) fn values(counts: Expr, value: &DataType) -> Expr {
    let item = Field::new("item", value.clone(), true);
    call(
        "values_of_counts",
        DataType::List(Arc::new(item)),
        values_of,
        vec![counts],
    )
}

fn values_of(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let all = columns[0].as_list::<i32>();
    let values = all.values().as_struct().column(0);
    let item = Arc::new(Field::new("item", values.data_type().clone(), true));
    let (offsets, nulls) = (all.offsets().clone(), all.nulls().cloned());
    let values = ArrayRef::clone(values);
    Ok(Arc::new(ListArray::try_new(item, offsets, values, nulls)?))
}

/// Of counts of numbers, so many bins of one width from the smallest to the largest.
pub(crate) fn binned(counts: Expr, bins: i64) -> Expr {
    let output = list_of(&DataType::Float64);
    call(
        "histogram_of_counts",
        output,
        bins_of,
        vec![counts, lit(bins)],
    )
}

/// A field whose rows were counted.
#[derive(Debug)]
pub(crate) struct Counted {
    pub(crate) name: String,
    pub(crate) rows: Expr,
    /// With fewer rows it is left out.
    pub(crate) least: i64,
}

/// The fields by name, with how many rows were counted.
pub(crate) fn of_fields(counted: Vec<Counted>) -> Expr {
    let name = |name| lit(ScalarValue::Utf8View(Some(name)));
    let arguments = counted
        .into_iter()
        .flat_map(|field| [name(field.name), field.rows, lit(field.least)])
        .collect();
    let output = list_of(&DataType::Utf8View);
    call("counts_of_fields", output, counts_of_fields, arguments)
}

fn counts_of_fields(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let groups = columns.first().map_or(0, |column| column.len());
    let (mut names, mut counted, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
    for row in 0..groups {
        let before = names.len();
        for field in columns.chunks_exact(3) {
            let rows = field[1].as_primitive::<Int64Type>().value(row);
            if rows >= field[2].as_primitive::<Int64Type>().value(row) {
                names.push(field[0].as_string_view().value(row));
                counted.push(rows);
            }
        }
        lengths.push(names.len() - before);
    }
    let names: ArrayRef = Arc::new(StringViewArray::from(names));
    Ok(Arc::new(lists(names, counted, lengths)?))
}

fn aggregate(function: AggregateUDF, value: Expr, condition: Option<Expr>) -> Expr {
    Expr::AggregateFunction(AggregateFunction::new_udf(
        Arc::new(function),
        vec![value],
        false,
        condition.map(Box::new),
        vec![],
        None,
    ))
}

fn fields(value: &DataType) -> Fields {
    Fields::from(vec![
        Field::new(VALUE, value.clone(), true),
        Field::new(COUNT, DataType::Int64, true),
    ])
}

fn list_of(value: &DataType) -> DataType {
    DataType::List(Arc::new(item(value)))
}

fn item(value: &DataType) -> Field {
    Field::new("item", DataType::Struct(fields(value)), true)
}

/// Lists of such elements, with these lengths; none is null.
fn lists(values: ArrayRef, counts: Vec<i64>, lengths: Vec<usize>) -> Result<ListArray> {
    let item = Arc::new(item(values.data_type()));
    let fields = fields(values.data_type());
    let counts: ArrayRef = Arc::new(Int64Array::from(counts));
    let elements = StructArray::try_new(fields, vec![values, counts], None)?;
    let nulls = lengths.iter().map(|length| *length > 0).collect();
    let offsets = OffsetBuffer::from_lengths(lengths);
    Ok(ListArray::try_new(
        item,
        offsets,
        Arc::new(elements),
        Some(nulls),
    )?)
}

/// The values and the counts of one row's list.
pub(super) fn parts(lists: &ListArray, row: usize) -> (ArrayRef, Int64Array) {
    let elements = lists.value(row);
    let elements = elements.as_struct();
    let counts = elements.column(1).as_primitive::<Int64Type>().clone();
    (ArrayRef::clone(elements.column(0)), counts)
}

fn most_frequent(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let all = columns[0].as_list::<i32>();
    let most = columns[1].as_primitive::<Int64Type>();
    let elements = all.values().as_struct();
    let counts = elements.column(1).as_primitive::<Int64Type>();
    let (mut kept, mut counted, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
    for (row, ends) in all.offsets().windows(2).enumerate() {
        // The aggregate gave the values in their order; a stable sort keeps it among equals.
        let mut places: Vec<i32> = (ends[0]..ends[1]).collect();
        places.sort_by_key(|place| std::cmp::Reverse(counts.value(*place as usize)));
        places.truncate(usize::try_from(most.value(row)).unwrap_or(0));
        counted.extend(places.iter().map(|place| counts.value(*place as usize)));
        lengths.push(places.len());
        kept.extend(places);
    }
    let values = take(elements.column(0), &Int32Array::from(kept), None)?;
    Ok(Arc::new(lists(values, counted, lengths)?))
}

fn bins_of(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let all = columns[0].as_list::<i32>();
    let bins = columns[1].as_primitive::<Int64Type>();
    let (mut starts, mut counted, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
    for row in 0..all.len() {
        let (values, counts) = parts(all, row);
        let values = values.as_primitive::<Float64Type>().values();
        let bins = usize::try_from(bins.value(row)).unwrap_or(1);
        let before = starts.len();
        bin(values, counts.values(), bins, &mut starts, &mut counted);
        if starts.len() > HISTOGRAM_BINS_MAX {
            return Err(bounded::refusal(format!(
                "the histograms have more than {HISTOGRAM_BINS_MAX} bins; ask for fewer bins, or fewer groups"
            )));
        }
        lengths.push(starts.len() - before);
    }
    let starts: ArrayRef = Arc::new(Float64Array::from(starts));
    Ok(Arc::new(lists(starts, counted, lengths)?))
}

fn bin(values: &[f64], counts: &[i64], bins: usize, starts: &mut Vec<f64>, counted: &mut Vec<i64>) {
    let (Some(low), Some(high)) = (
        values.iter().copied().reduce(f64::min),
        values.iter().copied().reduce(f64::max),
    ) else {
        return;
    };
    // Values that are all the same are one bin.
    let bins = if low < high { bins } else { 1 };
    let width = (high - low) / bins as f64;
    let mut totals = vec![0; bins];
    for (value, count) in values.iter().zip(counts) {
        let place = if width > 0.0 {
            ((value - low) / width) as usize
        } else {
            0
        };
        totals[place.min(bins - 1)] += count;
    }
    starts.extend((0..bins).map(|bin| low + width * bin as f64));
    counted.extend(totals);
}
