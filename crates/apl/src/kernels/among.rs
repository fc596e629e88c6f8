//! Whether a value is among those that a sub-query gave: one list for all rows, which is made a set of once a run.

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, ListArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

/// Values on the right side of `in`.
pub(crate) const VALUES_MAX: usize = 1_000_000;

/// Null where the value is null; both are of one type.
pub(crate) fn is_among(value: Expr, list: Expr) -> Expr {
    let signature = Signature::any(2, Volatility::Immutable);
    let made = Mutex::default();
    ScalarUDF::from(Among { signature, made }).call(vec![value, list])
}

#[derive(Debug)]
struct Among {
    signature: Signature,
    /// Of the list that came last.
    made: Mutex<Option<(Arc<ListArray>, Arc<Members>)>>,
}

impl PartialEq for Among {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Among {}

impl Hash for Among {
    fn hash<H: Hasher>(&self, state: &mut H) {
        "is_among".hash(state);
    }
}

/// The values of a list.
#[derive(Debug)]
enum Members {
    Texts(HashSet<Box<str>>),
    /// Floats by their bits.
    Numbers(HashSet<u64>),
}

impl Members {
    fn of(list: &ListArray) -> Result<Self> {
        let values = match list.is_empty() || list.is_null(0) {
            true => return Ok(Self::Numbers(HashSet::new())),
            false => list.value(0),
        };
        Ok(match values.as_string_view_opt() {
            Some(texts) => Self::Texts(texts.iter().flatten().map(Into::into).collect()),
            None => Self::Numbers(bits(&values)?.into_iter().flatten().collect()),
        })
    }

    fn hold(&self, values: &ArrayRef) -> Result<BooleanArray> {
        match (self, values.as_string_view_opt()) {
            (Self::Texts(members), Some(texts)) => {
                let holds = |text: Option<&str>| text.map(|text| members.contains(text));
                Ok(texts.iter().map(holds).collect())
            }
            (Self::Numbers(members), _) if members.is_empty() => {
                Ok((0..values.len()).map(|_| Some(false)).collect())
            }
            (Self::Numbers(members), _) => {
                let holds = |bits: Option<u64>| bits.map(|bits| members.contains(&bits));
                Ok(bits(values)?.into_iter().map(holds).collect())
            }
            (Self::Texts(_), None) => Ok((0..values.len()).map(|_| None::<bool>).collect()),
        }
    }
}

/// Numbers, booleans and times as what can be compared bit by bit.
fn bits(values: &ArrayRef) -> Result<Vec<Option<u64>>> {
    if let Some(floats) = values.as_primitive_opt::<Float64Type>() {
        // -0 and 0 are one number.
        let bits = |float: f64| (float + 0.0).to_bits();
        return Ok(floats.iter().map(|float| float.map(bits)).collect());
    }
    let integers = cast(values, &DataType::Int64)?;
    let integers = integers.as_primitive::<Int64Type>();
    let bits = |integer: i64| u64::from_ne_bytes(integer.to_ne_bytes());
    Ok(integers.iter().map(|integer| integer.map(bits)).collect())
}

impl Among {
    fn members(&self, list: &Arc<ListArray>) -> Result<Arc<Members>> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, members)) = &*made
            && Arc::ptr_eq(of, list)
        {
            return Ok(Arc::clone(members));
        }
        let members = Arc::new(Members::of(list)?);
        *made = Some((Arc::clone(list), Arc::clone(&members)));
        Ok(members)
    }
}

impl ScalarUDFImpl for Among {
    fn name(&self) -> &str {
        "is_among"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let rows = arguments.number_rows;
        let values = arguments.args[0].to_array(rows)?;
        let holds = match &arguments.args[1] {
            ColumnarValue::Scalar(ScalarValue::List(list)) => self.members(list)?.hold(&values)?,
            // A list for each row: not what the planner makes of a sub-query today.
            other => {
                let lists = other.to_array(rows)?;
                let mut holds = Vec::with_capacity(rows);
                for row in 0..rows {
                    let list = lists.as_list::<i32>().slice(row, 1);
                    let held = Members::of(&list)?.hold(&values.slice(row, 1))?;
                    holds.push(held.is_valid(0).then(|| held.value(0)));
                }
                BooleanArray::from(holds)
            }
        };
        Ok(ColumnarValue::Array(Arc::new(holds)))
    }
}
