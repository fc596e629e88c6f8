//! Arrays, maps and dynamic values as JSON: read from any column, written as text, and walked by keys.

use super::rows::{self, Row};
use crate::bind::Value;
use crate::kind::Kind;
use crate::{datetime, timespan};
use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{
    DataType, DurationNanosecondType, Float64Type, Int64Type, TimestampNanosecondType,
};
use datafusion::logical_expr::Expr;
use serde_json::{Number, Value as Json};
use std::cmp::Ordering;

/// A value of a column whose strings are JSON. What cannot be read is null.
pub(crate) fn of(column: &ArrayRef, row: usize) -> Json {
    match column.data_type() {
        DataType::Utf8View if column.is_valid(row) => {
            parse(column.as_string_view().value(row)).unwrap_or(Json::Null)
        }
        _ => nested(column, row),
    }
}

/// `None` when it is no JSON, or nested too deeply.
pub(crate) fn parse(text: &str) -> Option<Json> {
    serde_json::from_str(text).ok()
}

/// Its text; null has none.
pub(crate) fn text(value: &Json) -> Option<String> {
    (!value.is_null()).then(|| value.to_string())
}

pub(crate) fn number(value: f64) -> Json {
    Number::from_f64(value).map_or(Json::Null, Json::Number)
}

/// A value of a column whose strings are strings.
fn nested(column: &dyn Array, row: usize) -> Json {
    if column.is_null(row) {
        return Json::Null;
    }
    let list = |values: ArrayRef| (0..values.len()).map(|row| nested(&values, row)).collect();
    match column.data_type() {
        DataType::Boolean => Json::Bool(column.as_boolean().value(row)),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into(),
        DataType::Float64 => number(column.as_primitive::<Float64Type>().value(row)),
        DataType::Utf8View => column.as_string_view().value(row).into(),
        DataType::Utf8 => column.as_string::<i32>().value(row).into(),
        DataType::Timestamp(..) => column
            .as_primitive::<TimestampNanosecondType>()
            .value(row)
            .into(),
        DataType::Duration(_) => column
            .as_primitive::<DurationNanosecondType>()
            .value(row)
            .into(),
        DataType::List(_) => Json::Array(list(column.as_list::<i32>().value(row))),
        DataType::Struct(_) => {
            let fields = column.as_struct();
            let entries = fields.column_names().into_iter().zip(fields.columns());
            let value = |(name, values): (&str, &ArrayRef)| (name.to_owned(), nested(values, row));
            Json::Object(
                entries
                    .map(value)
                    .filter(|entry| !entry.1.is_null())
                    .collect(),
            )
        }
        DataType::Map(..) => {
            let entries = column.as_map().value(row);
            let (keys, values) = (entries.column(0), entries.column(1));
            let entry = |row| match nested(keys, row) {
                Json::String(key) => Some((key, nested(values, row))),
                _ => None,
            };
            Json::Object((0..entries.len()).filter_map(entry).collect())
        }
        _ => Json::Null,
    }
}

/// A value as JSON text, whatever its kind; a string becomes a JSON string.
pub(crate) fn quoted(value: Value) -> Value {
    let kind = match value.kind {
        Some(Kind::Array) => Kind::Array,
        Some(Kind::Map | Kind::Bag) => Kind::Bag,
        _ => Kind::Dynamic,
    };
    match value.kind {
        Some(Kind::Text) => rows::call(
            "json_of_text",
            kind,
            |rows| rows.json(|row| Some(row.text(0)?.into())),
            vec![value.expr],
        ),
        _ => rows::call(
            "json_of",
            kind,
            |rows| rows.json(|row| Some(row.json(0).into_owned())),
            vec![value.expr],
        ),
    }
}

/// A value as an argument that is read as JSON: only a string has to become JSON for that.
pub(crate) fn argument(value: Value) -> Expr {
    match value.kind {
        Some(Kind::Text) => quoted(value).expr,
        _ => value.expr,
    }
}

/// Of a list of JSON texts, which an aggregation collected, the array.
pub(crate) fn array_of_json(list: Expr) -> Value {
    rows::call(
        "json_array_of_json",
        Kind::Array,
        |rows| {
            rows.arrays(|row| {
                let (column, at) = row.cell(0)?;
                let elements = column.as_list_opt::<i32>()?.value(at);
                Some((0..elements.len()).map(|at| of(&elements, at)).collect())
            })
        },
        vec![list],
    )
}

/// Of a list of JSON texts, which an aggregation collected, the maps as one: the first value of each key stands.
pub(crate) fn merged_bags(list: Expr) -> Value {
    rows::call(
        "json_merged_bags",
        Kind::Bag,
        |rows| {
            rows.json(|row| {
                let (column, at) = row.cell(0)?;
                let elements = column.as_list_opt::<i32>()?.value(at);
                let mut texts: Vec<&str> =
                    elements.as_string_view_opt()?.iter().flatten().collect();
                texts.sort_unstable();
                let mut merged = serde_json::Map::new();
                for text in texts {
                    if let Some(Json::Object(entries)) = parse(text) {
                        for (key, value) in entries {
                            merged.entry(key).or_insert(value);
                        }
                    }
                }
                Some(Json::Object(merged))
            })
        },
        vec![list],
    )
}

/// What stands for itself: a string without its quotes, anything else as JSON text.
pub(crate) fn content(value: Expr) -> Value {
    rows::call(
        "json_content",
        Kind::Text,
        |rows| rows.texts(|row| plain(row.json(0).into_owned())),
        vec![value],
    )
}

pub(crate) fn plain(value: Json) -> Option<String> {
    match value {
        Json::Null => None,
        Json::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

pub(crate) fn integer(value: Expr) -> Value {
    rows::call(
        "json_integer",
        Kind::Integer,
        |rows| rows.integers(|row| as_integer(&row.json(0))),
        vec![value],
    )
}

pub(crate) fn as_integer(value: &Json) -> Option<i64> {
    match value {
        Json::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        Json::String(text) => text.parse().ok(),
        Json::Bool(truth) => Some(i64::from(*truth)),
        _ => None,
    }
}

/// A float without its fraction, when an integer can hold it.
pub(crate) fn whole(float: f64) -> Option<i64> {
    let bound = i64::MIN as f64;
    (bound..-bound).contains(&float).then_some(float as i64)
}

pub(crate) fn float(value: Expr) -> Value {
    rows::call(
        "json_float",
        Kind::Float,
        |rows| rows.floats(|row| as_float(&row.json(0))),
        vec![value],
    )
}

pub(crate) fn as_float(value: &Json) -> Option<f64> {
    match value {
        Json::Number(number) => number.as_f64(),
        Json::String(text) => text.trim().parse().ok(),
        Json::Bool(truth) => Some(f64::from(u8::from(*truth))),
        _ => None,
    }
}

pub(crate) fn boolean(value: Expr) -> Value {
    rows::call(
        "json_boolean",
        Kind::Boolean,
        |rows| rows.booleans(|row| as_boolean(&row.json(0))),
        vec![value],
    )
}

fn as_boolean(value: &Json) -> Option<bool> {
    match value {
        Json::Bool(truth) => Some(*truth),
        Json::Number(number) => Some(number.as_f64()? != 0.0),
        Json::String(text) => super::conversion::truth(text),
        _ => None,
    }
}

/// A number is nanoseconds, a string is read.
pub(crate) fn datetime(value: Expr) -> Value {
    rows::call(
        "json_datetime",
        Kind::Datetime,
        |rows| {
            rows.datetimes(|row| match row.json(0).as_ref() {
                Json::String(text) => datetime::read(text),
                other => as_integer(other),
            })
        },
        vec![value],
    )
}

/// A number is nanoseconds, a string is read.
pub(crate) fn timespan(value: Expr) -> Value {
    rows::call(
        "json_timespan",
        Kind::Timespan,
        |rows| {
            rows.timespans(|row| match row.json(0).as_ref() {
                Json::String(text) => timespan::parse(text),
                other => as_integer(other),
            })
        },
        vec![value],
    )
}

/// JSON in a string; a string that is none stands for itself.
pub(crate) fn parsed(text: Expr) -> Value {
    rows::call(
        "json_parsed",
        Kind::Dynamic,
        |rows| {
            rows.json(|row| {
                let text = row.text(0)?;
                Some(parse(text).unwrap_or_else(|| text.into()))
            })
        },
        vec![text],
    )
}

/// The value found by a name or a place after the other. The first argument is the value to walk into,
/// the others are strings and integers.
pub(crate) fn walked(value: Expr, keys: Vec<Expr>) -> Value {
    let arguments = std::iter::once(value).chain(keys).collect();
    rows::call(
        "json_walked",
        Kind::Dynamic,
        |rows| rows.json(walk),
        arguments,
    )
}

fn walk(row: Row<'_>) -> Option<Json> {
    let (column, at) = row.cell(0)?;
    let mut at = at;
    let mut column = ArrayRef::clone(column);
    let mut place = 1;
    // Arrow's own lists and maps are walked as they are, as far as they go.
    while place < row.len() && column.data_type().is_nested() {
        if column.is_null(at) {
            return None;
        }
        let taken;
        (column, at, taken) = step(&column, at, row, place)?;
        place += taken;
    }
    let is_top = place == 1;
    let mut value = if is_top {
        row.json(0).into_owned()
    } else {
        nested(&column, at)
    };
    while place < row.len() {
        // An attribute that was no string is its JSON text.
        if let Json::String(text) = &value
            && !is_top
        {
            value = parse(text)?;
        }
        value = match value {
            Json::Object(mut entries) => entries.remove(row.text(place)?)?,
            Json::Array(mut elements) => {
                let found = position(row.integer(place)?, elements.len())?;
                elements.swap_remove(found)
            }
            _ => return None,
        };
        place += 1;
    }
    Some(value)
}

/// One step into Arrow's own, and how many keys it took: the keys of a map have dots in them.
fn step(
    column: &ArrayRef,
    at: usize,
    row: Row<'_>,
    place: usize,
) -> Option<(ArrayRef, usize, usize)> {
    match column.data_type() {
        DataType::List(_) => {
            let elements = column.as_list::<i32>().value(at);
            let found = position(row.integer(place)?, elements.len())?;
            Some((elements, found, 1))
        }
        DataType::Struct(_) => {
            let values = column.as_struct().column_by_name(row.text(place)?)?;
            Some((ArrayRef::clone(values), at, 1))
        }
        DataType::Map(..) => {
            let names: Vec<&str> = (place..row.len()).map_while(|key| row.text(key)).collect();
            let entries = column.as_map().value(at);
            let keys = entries.column(0).as_string_opt::<i32>()?;
            let entry = |key: &str| (0..keys.len()).find(|entry| keys.value(*entry) == key);
            (1..=names.len()).rev().find_map(|taken| {
                let found = entry(&names[..taken].join("."))?;
                Some((ArrayRef::clone(entries.column(1)), found, taken))
            })
        }
        _ => None,
    }
}

/// The place of an element; negative places count from the end.
pub(crate) fn position(place: i64, length: usize) -> Option<usize> {
    let place = if place < 0 {
        place.checked_add(i64::try_from(length).ok()?)?
    } else {
        place
    };
    usize::try_from(place).ok().filter(|place| *place < length)
}

/// Null, then false and true, numbers, strings, arrays and maps; among equals of a sort by their value.
pub(crate) fn compare(left: &Json, right: &Json) -> Ordering {
    let rank = |value: &Json| match value {
        Json::Null => 0,
        Json::Bool(_) => 1,
        Json::Number(_) => 2,
        Json::String(_) => 3,
        Json::Array(_) => 4,
        Json::Object(_) => 5,
    };
    match (left, right) {
        (Json::Bool(left), Json::Bool(right)) => left.cmp(right),
        (Json::Number(left), Json::Number(right)) => match (left.as_i64(), right.as_i64()) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => f64::total_cmp(
                &left.as_f64().unwrap_or_default(),
                &right.as_f64().unwrap_or_default(),
            ),
        },
        (Json::String(left), Json::String(right)) => left.cmp(right),
        _ => rank(left)
            .cmp(&rank(right))
            .then_with(|| match (left, right) {
                (Json::Array(_) | Json::Object(_), _) => left.to_string().cmp(&right.to_string()),
                _ => Ordering::Equal,
            }),
    }
}

/// Whether two values are the same; `1` and `1.0` are.
pub(crate) fn same(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(_), Json::Number(_)) => compare(left, right) == Ordering::Equal,
        _ => left == right,
    }
}

/// The same, or a number and the string that writes it.
pub(crate) fn same_or_written(left: &Json, right: &Json) -> bool {
    let written = |text: &Json, number: &Json| {
        let text = text.as_str().and_then(|text| text.parse::<f64>().ok());
        text.is_some() && number.as_f64() == text
    };
    same(left, right) || written(left, right) || written(right, left)
}

pub(crate) fn same_ignoring_case(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::String(left), Json::String(right)) => left.to_lowercase() == right.to_lowercase(),
        _ => same_or_written(left, right),
    }
}
