//! # range
//!
//! The values from a start up to an end, a step apart: 1 unless told, or an hour. Numbers, datetimes or
//! timespans; times are numbers of nanoseconds in an array. As every array, it has at most 1 MiB as JSON: 150,000
//! numbers of six digits. A longer one is an error.
//!
//! ```apl
//! range(start, stop, step)
//! ```
//!
//! ## Example
//!
//! ```apl
//! range(1, 8, 3) -> [1,4,7]
//! range(0, 1, 0.25) -> [0.0,0.25,0.5,0.75,1.0]
//! range(0s, 2s, 1s) -> [0,1000000000,2000000000]
//! range(1, 8, -1) -> []
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::rows::Row;
use crate::kernels::{bounded, json, rows};
use crate::kind::Kind;
use crate::timespan::HOUR;
use datafusion::common::Result;
use datafusion::logical_expr::lit;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::bound(
    &["range"],
    "range(start, stop, step)",
    2..=3,
    |binder, call| {
        let is_time = matches!(call.values[0].kind, Some(Kind::Datetime | Kind::Timespan));
        let is_float = call
            .values
            .iter()
            .any(|value| value.kind == Some(Kind::Float));
        let takes = match (is_time, is_float) {
            (true, _) => [Takes::Datetime, Takes::Datetime, Takes::Timespan],
            (false, true) => [Takes::Float; 3],
            (false, false) => [Takes::Integer; 3],
        };
        let takes = match call.values[0].kind {
            Some(Kind::Timespan) => [Takes::Timespan; 3],
            _ => takes,
        };
        let mut arguments = Vec::with_capacity(3);
        for (place, takes) in takes.into_iter().enumerate().take(call.values.len()) {
            arguments.push(takes.bind(binder, call, place)?);
        }
        if arguments.len() == 2 {
            arguments.push(match (is_time, is_float) {
                (true, _) => lit(HOUR),
                (false, true) => lit(1.0),
                (false, false) => lit(1_i64),
            });
        }
        let value = match is_float {
            true => rows::call(
                "range_of_floats",
                Kind::Array,
                |rows| rows.try_json(floats),
                arguments,
            ),
            false => rows::call(
                "range",
                Kind::Array,
                |rows| rows.try_json(integers),
                arguments,
            ),
        };
        Ok(value)
    },
)
.making_texts();

fn integers(row: Row<'_>) -> Result<Option<Json>> {
    let (Some(start), Some(stop), Some(step)) = (row.integer(0), row.integer(1), row.integer(2))
    else {
        return Ok(None);
    };
    let is_before = |value: &i64| step > 0 && *value <= stop;
    let steps = std::iter::successors(Some(start), |value| value.checked_add(step));
    bounded_array(steps.take_while(is_before).map(Json::from))
}

fn floats(row: Row<'_>) -> Result<Option<Json>> {
    let (Some(start), Some(stop), Some(step)) = (row.float(0), row.float(1), row.float(2)) else {
        return Ok(None);
    };
    // Each by itself: sums of steps would drift.
    let value = |place: usize| start + step * place as f64;
    let is_before = |value: &f64| step > 0.0 && *value <= stop;
    bounded_array((0..).map(value).take_while(is_before).map(json::number))
}

fn bounded_array(elements: impl Iterator<Item = Json>) -> Result<Option<Json>> {
    let mut array = Vec::new();
    for element in elements {
        array.push(element);
        // An element and its comma are two letters at least.
        bounded::check_value(array.len() * 2)?;
    }
    Ok(Some(Json::Array(array)))
}
