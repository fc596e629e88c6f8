//! How far two sets of rows differ in the values of fields: the rows that were selected, and all others.

use super::{call, counts};
use crate::kind::Kind;
use arrow::array::{
    Array, ArrayRef, AsArray, Float64Array, ListArray, StringViewArray, StructArray,
};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Field, Fields, Float64Type, Int64Type};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{Expr, lit};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Tests of two samples.
mod statistics;

use statistics::{Sides, Weighted};

/// Integers of no more different values than this are compared by shares, as texts are.
const SHARED_INTEGERS_MAX: usize = 10;

/// The fields of an element.
pub(crate) const PARTS: [(&str, Kind); 8] = [
    ("field", Kind::Text),
    ("delta_score", Kind::Float),
    ("p_value", Kind::Float),
    ("effect_size", Kind::Float),
    ("median_relative_change", Kind::Float),
    ("value", Kind::Text),
    ("selected", Kind::Float),
    ("baseline", Kind::Float),
];

/// A field to be compared.
#[derive(Debug)]
pub(crate) struct Compared {
    pub(crate) name: String,
    pub(crate) is_integer: bool,
    /// Of its values, on each side.
    pub(crate) counts: [Expr; 2],
}

/// How far a field differs.
#[derive(Debug, Default)]
struct Difference {
    delta_score: f64,
    p_value: f64,
    effect_size: f64,
    median_relative_change: Option<f64>,
    value: Option<String>,
    selected: f64,
    baseline: f64,
}

/// A list of the fields and how far they differ, of how many rows each side has and of the counts of the values.
pub(crate) fn compared(rows: [Expr; 2], fields: Vec<Compared>) -> Expr {
    let mut arguments = Vec::from(rows);
    for field in fields {
        let name = lit(ScalarValue::Utf8View(Some(field.name)));
        arguments.extend([name, lit(field.is_integer)]);
        arguments.extend(field.counts);
    }
    let item = Arc::new(Field::new(
        "item",
        DataType::Struct(fields_of_element()),
        true,
    ));
    call(
        "spotlight_of_counts",
        DataType::List(item),
        compare,
        arguments,
    )
}

fn fields_of_element() -> Fields {
    let field = |(name, kind): (&str, Kind)| Field::new(name, kind.arrow(), true);
    PARTS.into_iter().map(field).collect()
}

fn compare(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let rows = [0, 1].map(|side| columns[side].as_primitive::<Int64Type>());
    let (mut found, mut lengths) = (Vec::new(), Vec::new());
    for group in 0..rows[0].len() {
        let before = found.len();
        let rows = rows.map(|rows| rows.value(group));
        for field in columns[2..].chunks_exact(4) {
            let is_integer = field[1].as_boolean().value(group);
            let sides = [&field[2], &field[3]];
            if let Some(difference) = difference(rows, is_integer, sides, group) {
                found.push((field[0].as_string_view().value(group), difference));
            }
        }
        lengths.push(found.len() - before);
    }
    Ok(Arc::new(lists(&found, lengths)?))
}

/// `None` where there is nothing to compare.
fn difference(
    rows: [i64; 2],
    is_integer: bool,
    sides: [&ArrayRef; 2],
    group: usize,
) -> Option<Difference> {
    if rows.contains(&0) {
        return None;
    }
    let mut shares: BTreeMap<Option<String>, Sides> = BTreeMap::new();
    let mut add = |value: Option<String>, side: usize, count: i64| {
        shares.entry(value).or_default()[side] += count as f64;
    };
    let mut numbers: [Vec<Weighted>; 2] = [Vec::new(), Vec::new()];
    for (side, counted) in sides.into_iter().enumerate() {
        let counted = counted.as_list::<i32>();
        let mut rest = rows[side];
        if counted.is_valid(group) {
            let (values, counts) = counts::parts(counted, group);
            rest -= counts.values().iter().sum::<i64>();
            if let Some(values) = values.as_primitive_opt::<Float64Type>() {
                let counts = counts.values().iter().map(|count| *count as f64);
                numbers[side] = values.values().iter().copied().zip(counts).collect();
            } else {
                for (value, count) in values.as_string_view().iter().zip(counts.values()) {
                    // Too many different values.
                    let value = value?;
                    add(Some(value.to_owned()), side, *count);
                }
            }
        }
        if rest > 0 {
            add(None, side, rest);
        }
    }
    let different: usize = numbers.iter().map(Vec::len).sum();
    if is_integer && different <= 2 * SHARED_INTEGERS_MAX {
        for (side, numbers) in numbers.iter().enumerate() {
            for (number, count) in numbers {
                add(Some((*number as i64).to_string()), side, *count as i64);
            }
        }
        if shares.len() <= SHARED_INTEGERS_MAX + 1 {
            return by_shares(&shares);
        }
    }
    match different {
        0 => by_shares(&shares),
        _ => by_numbers([&numbers[0], &numbers[1]]),
    }
}

fn by_shares(shares: &BTreeMap<Option<String>, Sides>) -> Option<Difference> {
    if shares.keys().all(Option::is_none) {
        return None;
    }
    let table: Vec<Sides> = shares.values().copied().collect();
    let totals = statistics::totals(&table);
    // In whole numbers: what is equally far apart is so exactly.
    let gap = |sides: &Sides| (sides[0] * totals[1] - sides[1] * totals[0]).abs();
    // The first of those that are equally far apart.
    let (value, sides) = shares.iter().reduce(|most, next| {
        if gap(next.1) > gap(most.1) {
            next
        } else {
            most
        }
    })?;
    let test = statistics::chi_squared(&table);
    Some(Difference {
        delta_score: table.iter().map(gap).sum::<f64>() / (2.0 * totals[0] * totals[1]),
        p_value: test.p_value,
        effect_size: test.effect_size,
        median_relative_change: None,
        value: value.clone(),
        selected: sides[0] / totals[0],
        baseline: sides[1] / totals[1],
    })
}

fn by_numbers(sides: [&[Weighted]; 2]) -> Option<Difference> {
    let [selected, baseline] = sides.map(statistics::median);
    let (selected, baseline) = (selected?, baseline?);
    let test = statistics::mann_whitney(sides);
    let change = (selected - baseline) / baseline.abs();
    Some(Difference {
        delta_score: test.distance,
        p_value: test.p_value,
        effect_size: test.effect_size,
        median_relative_change: change.is_finite().then_some(change),
        value: None,
        selected,
        baseline,
    })
}

fn lists(found: &[(&str, Difference)], lengths: Vec<usize>) -> Result<ListArray> {
    let numbers = |of: fn(&Difference) -> Option<f64>| -> ArrayRef {
        Arc::new(Float64Array::from_iter(
            found.iter().map(|found| of(&found.1)),
        ))
    };
    let names = found.iter().map(|found| found.0);
    let values = found.iter().map(|found| found.1.value.as_deref());
    let columns: Vec<ArrayRef> = vec![
        Arc::new(StringViewArray::from_iter_values(names)),
        numbers(|it| Some(it.delta_score)),
        numbers(|it| Some(it.p_value)),
        numbers(|it| Some(it.effect_size)),
        numbers(|it| it.median_relative_change),
        Arc::new(StringViewArray::from_iter(values)),
        numbers(|it| Some(it.selected)),
        numbers(|it| Some(it.baseline)),
    ];
    let fields = fields_of_element();
    let elements = StructArray::try_new(fields.clone(), columns, None)?;
    let item = Arc::new(Field::new("item", DataType::Struct(fields), true));
    let nulls = lengths.iter().map(|length| *length > 0).collect();
    let offsets = OffsetBuffer::from_lengths(lengths);
    Ok(ListArray::try_new(
        item,
        offsets,
        Arc::new(elements),
        Some(nulls),
    )?)
}
