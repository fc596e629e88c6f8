//! The values of keys in a text of pairs: `level=info msg="all is well"`.

use super::{bounded, texts};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

/// How pairs are written; no part is empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Form {
    pub(crate) between_pairs: String,
    pub(crate) after_key: String,
    /// Around values that hold delimiters.
    pub(crate) quote: Option<String>,
}

/// The value of `key` in a text, of its first pair; null where there is none.
pub(crate) fn value(text: Expr, key: &str, form: &Form) -> Expr {
    ScalarUDF::from(Pair {
        key: key.to_owned(),
        form: form.clone(),
        signature: Signature::any(1, Volatility::Immutable),
    })
    .call(vec![text])
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Pair {
    key: String,
    form: Form,
    signature: Signature,
}

impl ScalarUDFImpl for Pair {
    fn name(&self) -> &str {
        "value_of_pair"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8View)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let columns = ColumnarValue::values_to_arrays(&arguments.args)?;
        let found = texts(&columns[0])?
            .iter()
            .map(|text| find(text?, &self.key, &self.form).map(str::to_owned));
        Ok(ColumnarValue::Array(bounded::collect(found)?))
    }
}

fn find<'t>(text: &'t str, wanted: &str, form: &Form) -> Option<&'t str> {
    let mut rest = text;
    while !rest.is_empty() {
        let (key, after) = rest.split_once(form.after_key.as_str())?;
        // What stands before the last delimiter of pairs belongs to no pair.
        let key = key
            .rsplit(form.between_pairs.as_str())
            .next()
            .unwrap_or(key)
            .trim();
        let (value, left) = value_of(after, form);
        if key == wanted {
            return Some(value);
        }
        rest = left;
    }
    None
}

/// The value at the start of `text`, and what comes after it.
fn value_of<'t>(text: &'t str, form: &Form) -> (&'t str, &'t str) {
    let quoted = form.quote.as_deref().and_then(|quote| {
        let (value, left) = text.strip_prefix(quote)?.split_once(quote)?;
        Some((value, left))
    });
    quoted
        .or_else(|| text.split_once(form.between_pairs.as_str()))
        .unwrap_or((text, ""))
}
