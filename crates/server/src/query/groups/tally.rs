//! Rows that are alike become one row and how often it was there: who only counts rows then looks at each text
//! of a dictionary, not at each row.

use arrow::array::{Array, ArrayRef, AsArray, DictionaryArray, Int32Array, Int64Array};
use arrow::datatypes::{DataType, Int32Type};
use datafusion::error::Result;
use datafusion::physical_expr::aggregate::AggregateFunctionExpr;
use datafusion::physical_expr::expressions::Literal;
use std::sync::Arc;

/// With more texts the tables below cost more than the rows.
const TEXTS_MAX: usize = 1024;
/// Tables that take turns: rows that follow each other are often alike, and a count would wait for the last.
const TURNS: usize = 4;

/// Whether a measure is the number of rows.
pub(super) fn counts_rows(measure: &AggregateFunctionExpr) -> bool {
    let is_constant = |value: &Literal| !value.value().is_null();
    measure.fun().name() == "count"
        && !measure.is_distinct()
        && measure
            .expressions()
            .iter()
            .all(|it| it.downcast_ref::<Literal>().is_some_and(is_constant))
}

/// Each value of `column` once, and its number of rows; `None` when the column is not of keys of few texts.
pub(super) fn tally(column: &ArrayRef) -> Result<Option<(ArrayRef, ArrayRef)>> {
    let Some(column) = column.as_dictionary_opt::<Int32Type>() else {
        return Ok(None);
    };
    let texts = column.values();
    if texts.len() > TEXTS_MAX || texts.data_type() != &DataType::Utf8 {
        return Ok(None);
    }
    let (keys, rows) = counted(column.keys(), texts.len());
    let once = DictionaryArray::try_new(keys, Arc::clone(texts))?;
    Ok(Some((Arc::new(once), Arc::new(rows))))
}

/// The keys that are there, none among them, and the rows of each.
fn counted(keys: &Int32Array, texts: usize) -> (Int32Array, Int64Array) {
    let mut turns = vec![[0_u32; TURNS]; texts];
    if keys.null_count() == 0 {
        let mut four = keys.values().chunks_exact(TURNS);
        for keys in &mut four {
            for (turn, key) in keys.iter().enumerate() {
                turns[*key as usize][turn] += 1;
            }
        }
        for key in four.remainder() {
            turns[*key as usize][0] += 1;
        }
    } else {
        for key in keys.iter().flatten() {
            turns[key as usize][0] += 1;
        }
    }
    let of_key = |(key, turns): (usize, &[u32; TURNS])| {
        let rows: i64 = turns.iter().map(|rows| i64::from(*rows)).sum();
        (rows > 0).then_some((Some(key as i32), rows))
    };
    let nulls = keys.null_count() as i64;
    let (keys, rows): (Vec<Option<i32>>, Vec<i64>) = turns
        .iter()
        .enumerate()
        .filter_map(of_key)
        .chain((nulls > 0).then_some((None, nulls)))
        .unzip();
    (keys.into(), rows.into())
}
