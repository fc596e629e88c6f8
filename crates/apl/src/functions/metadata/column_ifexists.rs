//! # column_ifexists
//!
//! A field if there is one of this name, else another value.
//!
//! ```apl
//! column_ifexists(name, default)
//! ```
//!
//! ## Example
//!
//! ```apl
//! column_ifexists("no_such_field", "none") -> none
//! column_ifexists("kind", "none") == kind -> true
//! ```

use crate::functions::Function;

pub(super) const FUNCTION: Function = Function::form(
    &["column_ifexists"],
    "column_ifexists(name, default)",
    2,
    |binder, arguments, _| {
        let default = binder.bind(&arguments[1])?;
        Ok(super::field_named(binder, &arguments[0])?.unwrap_or(default))
    },
);
