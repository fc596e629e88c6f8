//! Parts of a text that a regular expression finds. The expression is a constant and part of the kernel.

use super::{bounded, texts};
use arrow::array::{ArrayRef, BooleanArray};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use regex::Regex;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What the group `place` holds, the first being 1; null where the text does not match.
pub(crate) fn group(text: Expr, regex: &Regex, place: usize) -> Expr {
    call(text, regex, Some(place))
}

/// Whether the text matches; a null does not.
pub(crate) fn is_match(text: Expr, regex: &Regex) -> Expr {
    call(text, regex, None)
}

fn call(text: Expr, regex: &Regex, place: Option<usize>) -> Expr {
    ScalarUDF::from(Captured {
        regex: regex.clone(),
        place,
        signature: Signature::any(1, Volatility::Immutable),
    })
    .call(vec![text])
}

#[derive(Debug)]
struct Captured {
    regex: Regex,
    place: Option<usize>,
    signature: Signature,
}

impl PartialEq for Captured {
    fn eq(&self, other: &Self) -> bool {
        self.regex.as_str() == other.regex.as_str() && self.place == other.place
    }
}

impl Eq for Captured {}

impl Hash for Captured {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.regex.as_str().hash(state);
        self.place.hash(state);
    }
}

impl ScalarUDFImpl for Captured {
    fn name(&self) -> &str {
        "captured"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(match self.place {
            Some(_) => DataType::Utf8View,
            None => DataType::Boolean,
        })
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let columns = ColumnarValue::values_to_arrays(&arguments.args)?;
        let source = texts(&columns[0])?;
        let Some(place) = self.place else {
            let matched = source
                .iter()
                .map(|text| Some(text.is_some_and(|text| self.regex.is_match(text))));
            let matched: ArrayRef = Arc::new(BooleanArray::from_iter(matched));
            return Ok(ColumnarValue::Array(matched));
        };
        let found = source.iter().map(|text| {
            let captures = self.regex.captures(text?)?;
            captures.get(place).map(|part| part.as_str().to_owned())
        });
        Ok(ColumnarValue::Array(bounded::collect(found)?))
    }
}
