//! Functions that make texts, and regular expressions, within APL's limits: what they make is measured before it is
//! there, and a pattern is as large as it is written.

use crate::functions::{Function, Gives, Run};
use apl::for_sql::{self, Budget, Rewrite};
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, StringViewArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, TimeUnit};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{Expr, ScalarUDF, Signature, TypeSignature, Volatility, lit};
use std::borrow::Cow;
use std::sync::Arc;

/// The type of a timespan.
pub(crate) const TIMESPAN: DataType = DataType::Duration(TimeUnit::Nanosecond);

/// Those that make texts.
pub(crate) const NAMES: [&str; 5] = ["||", "concat", "concat_ws", "regexp_replace", "replace"];

/// All of this file that a query may call.
pub(crate) fn functions() -> Vec<Arc<ScalarUDF>> {
    let any = || Signature::variadic_any(Volatility::Immutable);
    let named = |name, signature, gives, run: Run| {
        let gives = Gives::Type(gives);
        Arc::new(ScalarUDF::from(Function::new(name, signature, gives, run)))
    };
    vec![
        named("concat", any(), DataType::Utf8View, concatenated),
        named("concat_ws", any(), DataType::Utf8View, with_separator),
        named("replace", texts(3, 3), DataType::Utf8View, replaced),
        named("regexp_like", texts(2, 3), DataType::Boolean, is_found),
        named("regexp_count", texts(2, 3), DataType::Int64, counted),
        named("regexp_replace", texts(3, 4), DataType::Utf8View, rewritten),
    ]
}

/// From `least` to `most` texts.
fn texts(least: usize, most: usize) -> Signature {
    let so_many = |count| TypeSignature::Exact(vec![DataType::Utf8View; count]);
    Signature::one_of((least..=most).map(so_many).collect(), Volatility::Immutable)
}

/// `left || right`.
pub(crate) fn joined(left: Expr, right: Expr) -> Expr {
    let any = Signature::variadic_any(Volatility::Immutable);
    let gives = Gives::Type(DataType::Utf8View);
    ScalarUDF::from(Function::new("||", any, gives, both)).call(vec![left, right])
}

/// `text ~ pattern`.
pub(crate) fn is_like(text: Expr, pattern: Expr, ignores_case: bool) -> Expr {
    let gives = Gives::Type(DataType::Boolean);
    let function = Function::new("regexp_like", texts(2, 3), gives, is_found);
    let mut arguments = vec![text, pattern];
    if ignores_case {
        arguments.push(lit(ScalarValue::Utf8View(Some("i".to_owned()))));
    }
    ScalarUDF::from(function).call(arguments)
}

/// Any values as texts.
fn as_texts(columns: &[ArrayRef]) -> Result<Vec<StringViewArray>> {
    let one = |column: &ArrayRef| {
        let text = match column.data_type() {
            DataType::Utf8View => ArrayRef::clone(column),
            _ => cast(&cast(column, &DataType::Utf8)?, &DataType::Utf8View)?,
        };
        Ok(text.as_string_view().clone())
    };
    columns.iter().map(one).collect()
}

fn value(column: &StringViewArray, row: usize) -> Option<&str> {
    column.is_valid(row).then(|| column.value(row))
}

/// All parts one after the other; a null part is empty.
fn concatenated(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let parts = as_texts(columns)?;
    let rows = parts.first().map_or(0, StringViewArray::len);
    for_sql::try_collect((0..rows).map(|row| {
        let present: Vec<&str> = parts.iter().filter_map(|part| value(part, row)).collect();
        for_sql::joined(&present, "").map(Some)
    }))
}

/// The parts that are not null, with the first argument between them.
fn with_separator(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let parts = as_texts(columns)?;
    let Some((separators, parts)) = parts.split_first() else {
        return concatenated(columns);
    };
    for_sql::try_collect((0..separators.len()).map(|row| {
        let Some(separator) = value(separators, row) else {
            return Ok(None);
        };
        let present: Vec<&str> = parts.iter().filter_map(|part| value(part, row)).collect();
        for_sql::joined(&present, separator).map(Some)
    }))
}

/// Two texts, or null when one of them is.
fn both(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let parts = as_texts(columns)?;
    for_sql::try_collect((0..parts[0].len()).map(|row| {
        match (value(&parts[0], row), value(&parts[1], row)) {
            (Some(left), Some(right)) => for_sql::joined(&[left, right], "").map(Some),
            _ => Ok(None),
        }
    }))
}

/// `replace(text, from, to)`.
fn replaced(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let parts = as_texts(columns)?;
    for_sql::try_collect((0..parts[0].len()).map(|row| {
        match (
            value(&parts[0], row),
            value(&parts[1], row),
            value(&parts[2], row),
        ) {
            (Some(text), Some(""), Some(_)) => Ok(Some(text.to_owned())),
            (Some(text), Some(from), Some(to)) => {
                let parts: Vec<&str> = text.split(from).collect();
                for_sql::joined(&parts, to).map(Some)
            }
            _ => Ok(None),
        }
    }))
}

/// The one pattern of a column; `None` when it is null.
fn pattern(patterns: &StringViewArray, flags: &str) -> Result<Option<for_sql::Pattern>> {
    if patterns.is_empty() || patterns.is_null(0) {
        return Ok(None);
    }
    let written = patterns.value(0);
    if patterns.iter().any(|other| other != Some(written)) {
        let message = "a regular expression is written out: expected a text in quotes";
        return Err(for_sql::refusal(message.to_owned()));
    }
    let flags: String = flags.chars().filter(|flag| *flag != 'g').collect();
    if let Some(flag) = flags.chars().find(|flag| !"ismx".contains(*flag)) {
        let message =
            format!("a regular expression has no flag '{flag}': expected i, s, m, x or g");
        return Err(for_sql::refusal(message));
    }
    let whole = match flags.as_str() {
        "" => Cow::Borrowed(written),
        flags => Cow::Owned(format!("(?{flags}){written}")),
    };
    let compiled = for_sql::compile(&whole).ok_or_else(|| {
        for_sql::refusal(format!(
            "'{written}' is no regular expression, or one that is too large"
        ))
    })?;
    Ok(Some(compiled))
}

/// Flags, the same in all rows.
fn flags(columns: &[StringViewArray], place: usize) -> String {
    let first = columns.get(place).filter(|column| !column.is_empty());
    let first = first.and_then(|column| value(column, 0));
    first.unwrap_or_default().to_owned()
}

fn is_found(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let columns = as_texts(columns)?;
    let pattern = pattern(&columns[1], &flags(&columns, 2))?;
    let one = |text: Option<&str>| Some(pattern.as_ref()?.is_match(text?));
    let found: BooleanArray = columns[0].iter().map(one).collect();
    Ok(Arc::new(found))
}

fn counted(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let columns = as_texts(columns)?;
    let pattern = pattern(&columns[1], &flags(&columns, 2))?;
    let budget = Budget::default();
    let one = |text: Option<&str>| {
        let Some((pattern, text)) = pattern.as_ref().zip(text) else {
            return Ok(None);
        };
        let mut count = 0;
        for found in for_sql::matches(pattern, text, &budget) {
            found?;
            count += 1;
        }
        Ok(Some(count))
    };
    let counts = columns[0].iter().map(one);
    let counts = counts.collect::<Result<Vec<Option<i64>>>>()?;
    Ok(Arc::new(arrow::array::Int64Array::from(counts)))
}

/// `regexp_replace(text, pattern, replacement, flags)`: the first match, or with the flag `g` every one.
fn rewritten(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let columns = as_texts(columns)?;
    let flags = flags(&columns, 3);
    let pattern = pattern(&columns[1], &flags)?;
    let most = if flags.contains('g') { usize::MAX } else { 1 };
    let budget = Budget::default();
    for_sql::try_collect((0..columns[0].len()).map(|row| {
        let (Some(pattern), Some(text), Some(rewrite)) =
            (&pattern, value(&columns[0], row), value(&columns[2], row))
        else {
            return Ok(None);
        };
        let rewrite = Rewrite::new(rewrite);
        rewrite.replaced(pattern, text, most, &budget).map(Some)
    }))
}
