//! # gettype, typeof
//!
//! The name of the kind of a value, of a dynamic value by what it holds: `string`, `long`, `real`, `bool`,
//! `datetime`, `timespan`, `array`, `dictionary`, `null`.
//!
//! ```apl
//! gettype(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! gettype("a") -> string
//! gettype(1) -> long
//! gettype(1.5) -> real
//! gettype(now()) -> datetime
//! gettype(parse_json("[1]")) -> array
//! gettype(parse_json('{"a": "b"}').a) -> string
//! gettype(dynamic(null)) -> null
//! ```

use crate::bind::Value;
use crate::functions::Function;
use crate::kernels::rows::Row;
use crate::kernels::{json, rows};
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::bound(
    &["gettype", "typeof"],
    "gettype(value)",
    1..=1,
    |_, call| {
        let value = call.argument(0).0;
        let name = match value.kind {
            None => return Ok(Value::text("null")),
            Some(Kind::Datetime) => "datetime",
            Some(Kind::Timespan) => "timespan",
            _ => "",
        };
        let arguments = vec![json::argument(value), Value::text(name).expr];
        Ok(rows::call(
            "gettype",
            Kind::Text,
            |rows| rows.texts(name_of),
            arguments,
        ))
    },
);

/// The second argument is the name of what JSON has no kind for.
fn name_of(row: Row<'_>) -> Option<String> {
    let known = row.text(1).unwrap_or_default();
    let name = match row.json(0).as_ref() {
        Json::Null => "null",
        _ if !known.is_empty() => known,
        Json::Bool(_) => "bool",
        Json::Number(number) if number.is_f64() => "real",
        Json::Number(_) => "long",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "dictionary",
    };
    Some(name.to_owned())
}
