//! # rand
//!
//! A random number from 0 to below 1; with a range, a random integer from 0 to below it. Another in each row.
//!
//! ```apl
//! rand(range)
//! ```
//!
//! ## Example
//!
//! ```apl
//! rand() < 1.0 -> true
//! rand(1) -> 0
//! ```

use crate::bind::Value;
use crate::functions::{Function, Takes};
use crate::kernels::random;
use crate::kind::Kind;

pub(super) const FUNCTION: Function =
    Function::bound(&["rand"], "rand(range)", 0..=1, |binder, call| {
        if call.values.is_empty() {
            return Ok(Value::new(random::float(), Kind::Float));
        }
        let range = Takes::Integer.bind(binder, call, 0)?;
        Ok(Value::new(random::below(range), Kind::Integer))
    });
