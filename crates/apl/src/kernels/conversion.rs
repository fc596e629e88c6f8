//! Conversions between texts and the kinds with a syntax of their own. A text that cannot be read is
//! null; a null becomes the empty text, as APL's `tostring` has it.

use super::{call, texts};
use crate::kind::{DATETIME, TIMESPAN};
use crate::{datetime, timespan};
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, PrimitiveArray, StringViewArray};
use arrow::datatypes::{DataType, DurationNanosecondType, Float64Type, TimestampNanosecondType};
use datafusion::common::Result;
use datafusion::logical_expr::Expr;
use std::sync::Arc;

pub(crate) fn text_of_float(value: Expr) -> Expr {
    call(
        "text_of_float",
        DataType::Utf8View,
        float_texts,
        vec![value],
    )
}

pub(crate) fn text_of_datetime(value: Expr) -> Expr {
    call(
        "text_of_datetime",
        DataType::Utf8View,
        datetime_texts,
        vec![value],
    )
}

pub(crate) fn text_of_timespan(value: Expr) -> Expr {
    call(
        "text_of_timespan",
        DataType::Utf8View,
        timespan_texts,
        vec![value],
    )
}

/// Null to the empty text.
pub(crate) fn text_or_empty(value: Expr) -> Expr {
    call(
        "text_or_empty",
        DataType::Utf8View,
        present_texts,
        vec![value],
    )
}

pub(crate) fn datetime_of_text(value: Expr) -> Expr {
    call("datetime_of_text", DATETIME, datetimes, vec![value])
}

pub(crate) fn timespan_of_text(value: Expr) -> Expr {
    call("timespan_of_text", TIMESPAN, timespans, vec![value])
}

pub(crate) fn boolean_of_text(value: Expr) -> Expr {
    call("boolean_of_text", DataType::Boolean, booleans, vec![value])
}

fn float_texts(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let floats = columns[0].as_primitive::<Float64Type>();
    Ok(Arc::new(StringViewArray::from_iter(floats.iter().map(
        |float| Some(float.map(|float| float.to_string()).unwrap_or_default()),
    ))))
}

fn datetime_texts(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let times = columns[0].as_primitive::<TimestampNanosecondType>();
    Ok(Arc::new(StringViewArray::from_iter(times.iter().map(
        |nanos| Some(nanos.map(datetime::format).unwrap_or_default()),
    ))))
}

fn timespan_texts(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let spans = columns[0].as_primitive::<DurationNanosecondType>();
    Ok(Arc::new(StringViewArray::from_iter(spans.iter().map(
        |nanos| Some(nanos.map(timespan::format).unwrap_or_default()),
    ))))
}

fn present_texts(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let source = texts(&columns[0])?;
    if source.null_count() == 0 {
        return Ok(ArrayRef::clone(&columns[0]));
    }
    Ok(Arc::new(StringViewArray::from_iter(
        source.iter().map(|text| Some(text.unwrap_or_default())),
    )))
}

fn datetimes(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let source = texts(&columns[0])?;
    let parsed = source.iter().map(|text| text.and_then(datetime::read));
    Ok(Arc::new(
        PrimitiveArray::<TimestampNanosecondType>::from_iter(parsed),
    ))
}

fn timespans(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let source = texts(&columns[0])?;
    let parsed = source.iter().map(|text| text.and_then(timespan::parse));
    Ok(Arc::new(
        PrimitiveArray::<DurationNanosecondType>::from_iter(parsed),
    ))
}

fn booleans(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let source = texts(&columns[0])?;
    let parsed = source.iter().map(|text| truth(text?));
    Ok(Arc::new(BooleanArray::from_iter(parsed)))
}

pub(super) fn truth(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "True" | "TRUE" => Some(true),
        "0" | "f" | "F" | "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}
