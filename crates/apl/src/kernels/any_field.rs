//! A text in any of many columns: texts, and maps of texts, whose values are looked at.

use super::regex::compile;
use super::term::has_term;
use crate::syntax::expression::Match;
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray};
use arrow::datatypes::DataType;
use datafusion::common::cast::{as_map_array, as_string_array};
use datafusion::common::{Result, exec_err};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use regex::Regex;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Needle {
    operator: Match,
    /// In lower case when case is ignored.
    text: String,
    /// Of [`Match::Regex`].
    regex: Option<Regex>,
}

impl Needle {
    /// `None` when `text` is no regular expression, and should be one.
    pub(crate) fn new(operator: Match, text: &str) -> Option<Self> {
        let regex = match operator {
            Match::Regex => Some(compile(text)?),
            _ => None,
        };
        let text = match ignores_case(operator) {
            true => text.to_lowercase(),
            false => text.to_owned(),
        };
        Some(Self {
            operator,
            text,
            regex,
        })
    }

    fn is_in(&self, text: &str) -> bool {
        match ignores_case(self.operator) {
            true => self.is_found(&text.to_lowercase()),
            false => self.is_found(text),
        }
    }

    fn is_found(&self, text: &str) -> bool {
        let needle = self.text.as_str();
        match self.operator {
            Match::Equal | Match::Same => text == needle,
            Match::Contains { .. } => text.contains(needle),
            Match::StartsWith { .. } => text.starts_with(needle),
            Match::EndsWith { .. } => text.ends_with(needle),
            Match::Has { .. } => has_term(text, needle, true, true),
            Match::HasPrefix { .. } => has_term(text, needle, true, false),
            Match::HasSuffix { .. } => has_term(text, needle, false, true),
            Match::Regex => self
                .regex
                .as_ref()
                .is_some_and(|regex| regex.is_match(text)),
        }
    }
}

fn ignores_case(operator: Match) -> bool {
    match operator {
        Match::Equal | Match::Regex => false,
        Match::Same => true,
        Match::Contains { ignore_case }
        | Match::StartsWith { ignore_case }
        | Match::EndsWith { ignore_case }
        | Match::Has { ignore_case }
        | Match::HasPrefix { ignore_case }
        | Match::HasSuffix { ignore_case } => ignore_case,
    }
}

/// Whether one of `fields` holds the needle. Never null.
pub(crate) fn holds(fields: Vec<Expr>, needle: Needle) -> Expr {
    ScalarUDF::from(AnyField {
        needle,
        signature: Signature::variadic_any(Volatility::Immutable),
    })
    .call(fields)
}

#[derive(Debug)]
struct AnyField {
    needle: Needle,
    signature: Signature,
}

impl PartialEq for AnyField {
    fn eq(&self, other: &Self) -> bool {
        self.needle.operator == other.needle.operator && self.needle.text == other.needle.text
    }
}

impl Eq for AnyField {}

impl Hash for AnyField {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.needle.operator.hash(state);
        self.needle.text.hash(state);
    }
}

impl ScalarUDFImpl for AnyField {
    fn name(&self) -> &str {
        "any_field"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let mut found = vec![false; arguments.number_rows];
        for column in arguments.args {
            let column = column.into_array(arguments.number_rows)?;
            if column.null_count() < column.len() {
                look(&column, &self.needle, &mut found)?;
            }
        }
        let found: ArrayRef = Arc::new(BooleanArray::from(found));
        Ok(ColumnarValue::Array(found))
    }
}

/// Marks the rows of a column that hold the needle.
fn look(column: &ArrayRef, needle: &Needle, found: &mut [bool]) -> Result<()> {
    match column.data_type() {
        DataType::Utf8View => {
            for (found, text) in found.iter_mut().zip(column.as_string_view()) {
                *found = *found || text.is_some_and(|text| needle.is_in(text));
            }
        }
        DataType::Map(..) => {
            let maps = as_map_array(column)?;
            let values = as_string_array(maps.values())?;
            let offsets = maps.offsets();
            for (row, found) in found.iter_mut().enumerate() {
                let mut entries = offsets[row] as usize..offsets[row + 1] as usize;
                *found = *found
                    || (maps.is_valid(row)
                        && entries.any(|entry| {
                            values.is_valid(entry) && needle.is_in(values.value(entry))
                        }));
            }
        }
        other => return exec_err!("no texts in a column of {other}"),
    }
    Ok(())
}
