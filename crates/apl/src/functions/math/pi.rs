//! # pi
//!
//! The number π.
//!
//! ```apl
//! pi()
//! ```
//!
//! ## Example
//!
//! ```apl
//! round(pi(), 6) -> 3.141593
//! ```

use crate::bind::Value;
use crate::functions::Function;
use crate::kind::Kind;
use datafusion::logical_expr::lit;

pub(super) const FUNCTION: Function = Function::bound(&["pi"], "pi()", 0..=0, |_, _| {
    Ok(Value::new(lit(std::f64::consts::PI), Kind::Float))
});
