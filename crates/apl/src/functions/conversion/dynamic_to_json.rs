//! # dynamic_to_json
//!
//! The JSON text of an array or a map, its keys in order; of any other value what `tostring` makes of it.
//!
//! ```apl
//! dynamic_to_json(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! dynamic_to_json(dynamic({"b": [1, 2], "a": null})) -> {"a":null,"b":[1,2]}
//! dynamic_to_json(5) -> 5
//! ```

use crate::functions::Function;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::bound(
    &["dynamic_to_json"],
    "dynamic_to_json(value)",
    1..=1,
    |binder, call| super::converted(binder, call, Kind::Text),
);
