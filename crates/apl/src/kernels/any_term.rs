//! Any of many terms in a text, for `has_any`. The terms are constants and part of the kernel: as columns
//! they would be repeated for every row.

use super::rows::{self, Rows};
use super::term::has_term;
use super::texts;
use crate::kind::Kind;
use crate::limits::NEEDLES_MAX;
use arrow::array::{ArrayRef, BooleanArray};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use serde_json::Value as Json;
use std::sync::Arc;

/// Whether `text` holds one of `terms` as a whole term. Null when the text is null.
pub(crate) fn holds_any(text: Expr, terms: &[&str], ignore_case: bool) -> Expr {
    let term = |term: &&str| match ignore_case {
        true => term.to_lowercase(),
        false => (*term).to_owned(),
    };
    ScalarUDF::from(AnyTerm {
        terms: terms.iter().map(term).collect(),
        ignore_case,
        signature: Signature::any(1, Volatility::Immutable),
    })
    .call(vec![text])
}

/// Whether `text` holds one of the strings of a row's array as a whole term. Null when either is null.
pub(crate) fn holds_any_of(text: Expr, terms: Expr, ignore_case: bool) -> Expr {
    let (name, run): (_, rows::Run) = match ignore_case {
        true => ("has_any_of", |rows| any_of(rows, true)),
        false => ("has_any_of_cs", |rows| any_of(rows, false)),
    };
    rows::call(name, Kind::Boolean, run, vec![text, terms]).expr
}

fn any_of(rows: &Rows, ignore_case: bool) -> Result<ArrayRef> {
    let lowered = |text: &str| match ignore_case {
        true => text.to_lowercase(),
        false => text.to_owned(),
    };
    rows.booleans(|row| {
        let text = lowered(row.text(0)?);
        let terms = row.array(1)?;
        let mut terms = terms.iter().filter_map(Json::as_str).take(NEEDLES_MAX);
        Some(terms.any(|term| has_term(&text, &lowered(term), true, true)))
    })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct AnyTerm {
    /// In lower case when case is ignored.
    terms: Vec<String>,
    ignore_case: bool,
    signature: Signature,
}

impl AnyTerm {
    fn is_in(&self, text: &str) -> bool {
        self.terms
            .iter()
            .any(|term| has_term(text, term, true, true))
    }
}

impl ScalarUDFImpl for AnyTerm {
    fn name(&self) -> &str {
        "has_any_term"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let columns = ColumnarValue::values_to_arrays(&arguments.args)?;
        let found = texts(&columns[0])?
            .iter()
            .map(|text| match self.ignore_case {
                true => Some(self.is_in(&text?.to_lowercase())),
                false => Some(self.is_in(text?)),
            });
        let found: ArrayRef = Arc::new(BooleanArray::from_iter(found));
        Ok(ColumnarValue::Array(found))
    }
}
