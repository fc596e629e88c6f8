//! Array computations DataFusion does not have, as functions of the plan.
//!
//! A kernel takes whole columns and gives one back. Texts come in and go out as `Utf8View`. Kernels do
//! not fail on values: what cannot be computed is null. Only texts that grow too large are an error.

use arrow::array::{ArrayRef, StringViewArray};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::common::cast::as_string_view_array;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use std::hash::{Hash, Hasher};

/// Whether a value is among those that a sub-query gave.
pub(crate) mod among;
/// A text in any of many columns.
pub(crate) mod any_field;
/// Any of many terms in a text, for `has_any`.
pub(crate) mod any_term;
/// `+ - * / %` of integers.
pub(crate) mod arithmetic;
/// Texts that a kernel makes, within limits.
pub(crate) mod bounded;
/// Parts of a text that a regular expression finds.
pub(crate) mod captured;
/// The first value that is not null.
pub(crate) mod choice;
/// How often each value of many fields occurs in two sets of rows.
pub(crate) mod contrast;
/// Texts to datetimes and back, and the like.
pub(crate) mod conversion;
/// The counters of a run.
pub(crate) mod counted;
/// How often each value occurs.
pub(crate) mod counts;
/// How far two shares are apart.
pub(crate) mod difference;
/// The row of each group whose value is the smallest or the largest.
pub(crate) mod foremost;
/// What aggregates of groups have in common.
pub(crate) mod groups;
/// No more rows than so many.
pub(crate) mod guard;
/// Arrays, maps and dynamic values as JSON.
pub(crate) mod json;
/// Arrays to be unfolded.
pub(crate) mod list;
/// Values of a map's keys.
pub(crate) mod map;
/// Rounding, and divisors that must not be zero.
pub(crate) mod number;
/// The values of keys in a text of pairs.
pub(crate) mod pairs;
/// Summaries of values, and percentiles read from them.
pub(crate) mod percentile;
/// Random numbers.
pub(crate) mod random;
/// Regular expressions.
pub(crate) mod regex;
/// Functions computed row by row.
pub(crate) mod rows;
/// A share of the rows.
pub(crate) mod sampled;
/// Bins of time put in their places.
pub(crate) mod series;
/// How far two sets of rows differ.
pub(crate) mod spotlight;
/// Whole terms in a text, for `has`.
pub(crate) mod term;
/// Case, length, parts and joints of texts.
pub(crate) mod text;
/// Sums and means of integers and timespans.
pub(crate) mod total;
/// The spans of each trace as a tree.
pub(crate) mod tree;

/// What a kernel computes; all columns have the same length.
pub(crate) type Run = fn(&[ArrayRef]) -> Result<ArrayRef>;

/// A call of a kernel. The name must be the kernel's own: plans compare kernels by it.
pub(crate) fn call(name: &'static str, output: DataType, run: Run, arguments: Vec<Expr>) -> Expr {
    let signature = Signature::variadic_any(Volatility::Immutable);
    ScalarUDF::from(Kernel {
        name,
        output,
        run,
        signature,
    })
    .call(arguments)
}

/// A value as it is, of which the planner no longer knows that it is one for each row, or that it is never null: of
/// some conditions the plan that runs does not know the latter, and an aggregate over them is refused.
pub(crate) fn repeated(value: Expr, data_type: DataType) -> Expr {
    call(
        "repeated",
        data_type,
        |columns| Ok(ArrayRef::clone(&columns[0])),
        vec![value],
    )
}

#[derive(Debug)]
struct Kernel {
    name: &'static str,
    output: DataType,
    run: Run,
    signature: Signature,
}

impl PartialEq for Kernel {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.output == other.output
    }
}

impl Eq for Kernel {}

impl Hash for Kernel {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl ScalarUDFImpl for Kernel {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(self.output.clone())
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let constant = arguments
            .args
            .iter()
            .all(|argument| matches!(argument, ColumnarValue::Scalar(_)));
        let columns = ColumnarValue::values_to_arrays(&arguments.args)?;
        let result = (self.run)(&columns)?;
        if constant && result.len() == 1 {
            let value = datafusion::common::ScalarValue::try_from_array(&result, 0)?;
            return Ok(ColumnarValue::Scalar(value));
        }
        Ok(ColumnarValue::Array(result))
    }
}

fn texts(column: &ArrayRef) -> Result<&StringViewArray> {
    as_string_view_array(column)
}
