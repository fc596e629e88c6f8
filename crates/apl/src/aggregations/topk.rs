//! # topk, topkif
//!
//! The most frequent values of a field and how often each occurs: so many rows for each group. Exact, where
//! Axiom estimates. Null is no value.
//!
//! ```apl
//! topk(field, count)
//! topkif(field, count, condition)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize topk(kind, 2)
//! ```
//!
//! | kind | count_ |
//! |---|---|
//! | client | 3 |
//! | server | 3 |
//!
//! ```apl
//! traces | summarize topkif(kind, 5, error) by ['service.name']
//! ```
//!
//! | service.name | kind | count_ |
//! |---|---|---|
//! | instainstru-preview-api | client | 1 |
//! | instainstru-preview-api | server | 1 |

use super::{Aggregation, Bind};
use super::{Several, of_rows};
use crate::bind::{Binder, Bound, conversion};
use crate::kernels::counts;
use crate::kind::Kind;
use crate::syntax::Expression;
use datafusion::logical_expr::Expr;

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "topk",
        wire_name: "topk",
        prefix: "topk",
        arguments: 2..=2,
        usage: "topk(field, count)",
        bind: Bind::Several { one: None, several },
    },
    Aggregation {
        name: "topkif",
        wire_name: "topkif",
        prefix: "topk",
        arguments: 3..=3,
        usage: "topkif(field, count, condition)",
        bind: Bind::Several {
            one: None,
            several: several_if,
        },
    },
];

/// Rows of one group.
const ROWS_MAX: i64 = 10_000;

fn several(binder: &mut Binder<'_, '_>, arguments: &[Expression]) -> Bound<Several> {
    frequent(binder, arguments, None)
}

fn several_if(binder: &mut Binder<'_, '_>, arguments: &[Expression]) -> Bound<Several> {
    let condition = of_rows::condition(binder, &arguments[2])?;
    frequent(binder, arguments, Some(condition))
}

fn frequent(
    binder: &mut Binder<'_, '_>,
    arguments: &[Expression],
    condition: Option<Expr>,
) -> Bound<Several> {
    let value = binder.bind(&arguments[0])?;
    let kind = value.kind.unwrap_or(Kind::Text);
    if !kind.is_groupable() {
        let message = format!("cannot count values of {}", kind.spoken());
        return Err(binder.error(&arguments[0].range, message));
    }
    let most = of_rows::number(binder, &arguments[1], ROWS_MAX)?;
    let counts = binder.collect(counts::of_values(conversion::to(kind, value), condition));
    let name = of_rows::field_name(&arguments[0], "topk_");
    Ok(Several {
        expr: counts::frequent(counts, &kind.arrow(), most),
        unfolds: true,
        parts: of_rows::parts(name, kind),
        order: vec![(1, true), (0, false)],
    })
}
