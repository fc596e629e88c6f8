//! Bins put in their places: of the bins that have rows, and their values, an array with a value for each
//! bin there is.

use super::bounded::refusal;
use arrow::array::{Array, ArrayRef, AsArray, ListArray};
use arrow::buffer::OffsetBuffer;
use arrow::compute::interleave;
use arrow::datatypes::{DataType, Field, Int64Type};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use std::sync::Arc;

/// Values made at a time at most.
const VALUES_MAX: usize = 4 << 20;

/// An array of `bins` values for each row: those of `values`, at the places that `places` says, and
/// `otherwise` at the others. Both are arrays of the same lengths.
pub(crate) fn of(places: Expr, values: Expr, bins: usize, otherwise: ScalarValue) -> Expr {
    ScalarUDF::from(Series {
        bins,
        otherwise,
        signature: Signature::any(2, Volatility::Immutable),
    })
    .call(vec![places, values])
}

/// The type of an array of such values.
pub(crate) fn list_of(element: DataType) -> DataType {
    DataType::List(Arc::new(Field::new_list_field(element, true)))
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Series {
    bins: usize,
    otherwise: ScalarValue,
    signature: Signature,
}

impl ScalarUDFImpl for Series {
    fn name(&self) -> &str {
        "series"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(list_of(self.otherwise.data_type()))
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let columns = ColumnarValue::values_to_arrays(&arguments.args)?;
        let (places, values) = (columns[0].as_list::<i32>(), columns[1].as_list::<i32>());
        if places.len().saturating_mul(self.bins) > VALUES_MAX {
            return Err(refusal(format!(
                "make-series makes more than {VALUES_MAX} values at a time; use a larger step or \
                 fewer groups"
            )));
        }
        let otherwise = self.otherwise.to_array()?;
        let numbers = places.values().as_primitive::<Int64Type>();
        // Of each value which array it is from, and its place there.
        let mut chosen = vec![(1, 0); places.len() * self.bins];
        for row in (0..places.len()).filter(|&row| places.is_valid(row)) {
            let (from, value_from) = (places.value_offsets()[row], values.value_offsets()[row]);
            for step in 0..places.value_length(row) {
                let place =
                    usize::try_from(numbers.value((from + step) as usize)).unwrap_or(usize::MAX);
                if place < self.bins {
                    chosen[row * self.bins + place] = (0, (value_from + step) as usize);
                }
            }
        }
        let filled = interleave(&[values.values().as_ref(), otherwise.as_ref()], &chosen)?;
        let lengths = std::iter::repeat_n(self.bins, places.len());
        let series: ArrayRef = Arc::new(ListArray::try_new(
            Arc::new(Field::new_list_field(self.otherwise.data_type(), true)),
            OffsetBuffer::from_lengths(lengths),
            filled,
            None,
        )?);
        Ok(ColumnarValue::Array(series))
    }
}
