//! Arrays to be unfolded, a row for each element.

use super::{bounded, call, json};
use crate::limits::UNFOLDED_MAX;
use arrow::array::{Array, ArrayRef, AsArray, Int64Array, ListArray};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{DataType, Field};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use serde_json::Value as Json;
use std::sync::Arc;

/// The array, which is of type `output`, or null when it has no elements: a row without any stays a row. Fails when
/// the rows of a batch have too many elements together.
pub(crate) fn or_null(list: Expr, output: DataType) -> Expr {
    ScalarUDF::from(Unfolded {
        output,
        // A constant is to be seen with the number of the rows that it will be repeated for.
        signature: Signature::any(1, Volatility::Volatile),
    })
    .call(vec![list])
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Unfolded {
    output: DataType,
    signature: Signature,
}

impl ScalarUDFImpl for Unfolded {
    fn name(&self) -> &str {
        "list_or_null"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(self.output.clone())
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let columns = ColumnarValue::values_to_arrays(&arguments.args)?;
        let elements = columns[0].as_list::<i32>().values().len();
        let repeated = match arguments.args.first() {
            Some(ColumnarValue::Scalar(_)) => elements.saturating_mul(arguments.number_rows),
            _ => elements,
        };
        check_count(repeated)?;
        let list = without_empty(&columns)?;
        Ok(match arguments.args.first() {
            Some(ColumnarValue::Scalar(_)) => {
                ColumnarValue::Scalar(ScalarValue::try_from_array(&list, 0)?)
            }
            _ => ColumnarValue::Array(list),
        })
    }
}

fn check_count(elements: usize) -> Result<()> {
    if elements <= UNFOLDED_MAX {
        return Ok(());
    }
    Err(bounded::refusal(format!(
        "mv-expand makes more than {UNFOLDED_MAX} rows of one batch of rows; filter the rows or shorten the arrays first"
    )))
}

/// The elements of an array that is JSON, as JSON, and the type of their list. The keys of a map are maps of
/// one key, or arrays of two `as_pairs`; what is neither is its own element.
pub(crate) fn of_json(array: Expr, as_pairs: bool) -> (Expr, DataType) {
    let output = DataType::List(Arc::new(Field::new_list_field(DataType::Utf8View, true)));
    let (name, run): (_, super::Run) = match as_pairs {
        true => ("list_of_json_pairs", |columns| elements(columns, true)),
        false => ("list_of_json", |columns| elements(columns, false)),
    };
    (call(name, output.clone(), run, vec![array]), output)
}

fn elements(columns: &[ArrayRef], as_pairs: bool) -> Result<ArrayRef> {
    let (mut found, mut lengths) = (bounded::Texts::new(), Vec::with_capacity(columns[0].len()));
    let mut present = Vec::with_capacity(columns[0].len());
    for row in 0..columns[0].len() {
        let before = found.len();
        let value = json::of(&columns[0], row);
        present.push(!value.is_null());
        match value {
            Json::Null => {}
            Json::Array(elements) => {
                check_count(before + elements.len())?;
                for element in &elements {
                    found.push(json::text(element))?;
                }
            }
            Json::Object(entries) => {
                check_count(before + entries.len())?;
                for (key, value) in entries {
                    let one = match as_pairs {
                        true => Json::Array(vec![key.into(), value]),
                        false => Json::Object([(key, value)].into_iter().collect()),
                    };
                    found.push(json::text(&one))?;
                }
            }
            scalar => found.push(json::text(&scalar))?,
        }
        lengths.push(found.len() - before);
    }
    Ok(Arc::new(ListArray::try_new(
        Arc::new(Field::new_list_field(DataType::Utf8View, true)),
        OffsetBuffer::from_lengths(lengths),
        found.finish(),
        Some(NullBuffer::from(present)),
    )?))
}

/// The numbers of an array's elements, from 0.
pub(crate) fn places(list: Expr) -> Expr {
    call("list_places", places_type(), numbered, vec![list])
}

fn places_type() -> DataType {
    DataType::List(Arc::new(Field::new_list_field(DataType::Int64, true)))
}

fn without_empty(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let list = columns[0].as_list::<i32>();
    let kept = (0..list.len()).map(|row| list.is_valid(row) && list.value_length(row) > 0);
    let DataType::List(element) = list.data_type() else {
        return Ok(ArrayRef::clone(&columns[0]));
    };
    let nulls = NullBuffer::from_iter(kept);
    Ok(Arc::new(ListArray::try_new(
        Arc::clone(element),
        list.offsets().clone(),
        Arc::clone(list.values()),
        Some(nulls),
    )?))
}

fn numbered(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let list = columns[0].as_list::<i32>();
    let numbers = list
        .offsets()
        .windows(2)
        .flat_map(|ends| 0..i64::from(ends[1] - ends[0]));
    let offsets = list
        .offsets()
        .iter()
        .map(|offset| offset - list.offsets()[0])
        .collect::<Vec<i32>>();
    Ok(Arc::new(ListArray::try_new(
        Arc::new(Field::new_list_field(DataType::Int64, true)),
        OffsetBuffer::new(offsets.into()),
        Arc::new(Int64Array::from_iter_values(numbers)),
        list.nulls().cloned(),
    )?))
}
