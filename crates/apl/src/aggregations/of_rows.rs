//! What `topk` and `histogram` share: they make a row for each value or bin, with how often it occurs.

use super::{Part, implied_name};
use crate::bind::{Binder, Bound, as_filter};
use crate::kernels::counts;
use crate::kind::Kind;
use crate::syntax::Expression;
use datafusion::common::ScalarValue;
use datafusion::logical_expr::Expr;

pub(super) fn parts(name: String, kind: Kind) -> Vec<Part> {
    let part = |inner: &str, name: String, kind| Part {
        inner: inner.to_owned(),
        name: Some(name),
        kind,
    };
    vec![
        part(counts::VALUE, name, kind),
        part(counts::COUNT, "count_".to_owned(), Kind::Integer),
    ]
}

/// The name of the field that is counted.
pub(super) fn field_name(counted: &Expression, otherwise: &str) -> String {
    implied_name(counted).unwrap_or_else(|| otherwise.to_owned())
}

pub(super) fn condition(binder: &mut Binder<'_, '_>, argument: &Expression) -> Bound<Expr> {
    binder.condition(argument).map(as_filter)
}

/// A constant number from 1 to `most`.
pub(super) fn number(binder: &mut Binder<'_, '_>, argument: &Expression, most: i64) -> Bound<i64> {
    match binder.bind(argument)?.constant() {
        Some(ScalarValue::Int64(Some(number))) if (1..=most).contains(number) => Ok(*number),
        _ => {
            let message = format!("expected a number from 1 to {most}");
            Err(binder.error(&argument.range, message))
        }
    }
}
