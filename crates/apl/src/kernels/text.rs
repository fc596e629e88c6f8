//! Case, length, parts and joints of texts.

use super::{bounded, call, texts};
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, PrimitiveArray, StringViewArray};
use arrow::datatypes::{DataType, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::Expr;
use std::sync::Arc;

pub(crate) fn lower(text: Expr) -> Expr {
    call("text_lower", DataType::Utf8View, lowered, vec![text])
}

pub(crate) fn upper(text: Expr) -> Expr {
    call("text_upper", DataType::Utf8View, uppered, vec![text])
}

/// In characters.
pub(crate) fn length(text: Expr) -> Expr {
    call("text_length", DataType::Int64, lengths, vec![text])
}

/// `length` characters from the character `start`, the first being 0.
pub(crate) fn substring(text: Expr, start: Expr, length: Expr) -> Expr {
    call(
        "text_substring",
        DataType::Utf8View,
        substrings,
        vec![text, start, length],
    )
}

/// All parts one after the other; a null part is empty.
pub(crate) fn concatenation(parts: Vec<Expr>) -> Expr {
    call(
        "text_concatenation",
        DataType::Utf8View,
        concatenated,
        parts,
    )
}

/// Null or empty.
pub(crate) fn is_blank(text: Expr) -> Expr {
    call("text_is_blank", DataType::Boolean, blank, vec![text])
}

fn lowered(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let source = texts(&columns[0])?;
    bounded::collect(source.iter().map(|text| text.map(str::to_lowercase)))
}

fn uppered(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let source = texts(&columns[0])?;
    bounded::collect(source.iter().map(|text| text.map(str::to_uppercase)))
}

fn lengths(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let source = texts(&columns[0])?;
    let counted = source
        .iter()
        .map(|text| text.map(|text| text.chars().count() as i64));
    Ok(Arc::new(PrimitiveArray::<Int64Type>::from_iter(counted)))
}

fn substrings(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let source = texts(&columns[0])?;
    let starts = columns[1].as_primitive::<Int64Type>();
    let lengths = columns[2].as_primitive::<Int64Type>();
    let cut = source
        .iter()
        .zip(starts)
        .zip(lengths)
        .map(|((text, start), length)| {
            let skipped = usize::try_from(start?).unwrap_or(0);
            let taken = usize::try_from(length?).unwrap_or(0);
            Some(text?.chars().skip(skipped).take(taken).collect::<String>())
        });
    bounded::collect(cut)
}

fn concatenated(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let parts = columns.iter().map(texts).collect::<Result<Vec<_>>>()?;
    let rows = columns.first().map_or(0, |column| column.len());
    let joined = (0..rows).map(|row| {
        let present = parts.iter().filter(|part| part.is_valid(row));
        let values = present.map(|part| part.value(row));
        // Measured before it is made.
        bounded::check_value(values.clone().map(str::len).sum())?;
        Ok(Some(values.collect::<String>()))
    });
    bounded::try_collect(joined)
}

fn blank(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let source = texts(&columns[0])?;
    let blank = source
        .iter()
        .map(|text| Some(text.is_none_or(str::is_empty)));
    Ok(Arc::new(BooleanArray::from_iter(blank)))
}

/// Null instead of the empty text.
pub(crate) fn present(text: Expr) -> Expr {
    call("text_present", DataType::Utf8View, not_empty, vec![text])
}

fn not_empty(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let source = texts(&columns[0])?;
    let kept = source
        .iter()
        .map(|text| text.filter(|text| !text.is_empty()));
    Ok(Arc::new(StringViewArray::from_iter(kept)))
}
