//! # parse_json, todynamic
//!
//! What a string holds as JSON; a string that holds none stays a string. Other values stay what they are.
//!
//! ```apl
//! parse_json(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! parse_json("[1, 2]") -> [1,2]
//! parse_json('{"b": 1, "a": 2}').a -> 2
//! parse_json("plain") -> "plain"
//! parse_json("null") -> null
//! ```

use crate::functions::Function;
use crate::kernels::json;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::bound(
    &["parse_json", "todynamic"],
    "parse_json(text)",
    1..=1,
    |_, call| match call.argument(0).0 {
        value if value.kind == Some(Kind::Text) => Ok(json::parsed(value.expr)),
        value => Ok(value),
    },
)
.making_texts();
