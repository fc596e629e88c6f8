//! # histogram, histogramif
//!
//! How many values of a field lie in each of so many bins of one width, from the smallest value to the
//! largest: a row for each bin, with where it begins. Above some 30,000 different values in a group, those
//! near the border of a bin may be counted in the next.
//!
//! ```apl
//! histogram(field, bins)
//! histogramif(field, bins, condition)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize histogram(duration, 3)
//! ```
//!
//! | duration | count_ |
//! |---|---|
//! | 0s | 9 |
//! | 400ms | 0 |
//! | 800ms | 1 |
//!
//! ```apl
//! traces | summarize histogramif(strlen(kind), 2, error)
//! ```
//!
//! | strlen_kind | count_ |
//! |---|---|
//! | 6.0 | 2 |

use super::{Aggregation, Bind};
use super::{Several, of_rows};
use crate::bind::{Binder, Bound, conversion};
use crate::kernels::counts;
use crate::kind::Kind;
use crate::syntax::Expression;
use datafusion::logical_expr::Expr;

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "histogram",
        wire_name: "histogram",
        prefix: "histogram",
        arguments: 2..=2,
        usage: "histogram(field, bins)",
        bind: Bind::Several { one: None, several },
    },
    Aggregation {
        name: "histogramif",
        wire_name: "histogramif",
        prefix: "histogram",
        arguments: 3..=3,
        usage: "histogramif(field, bins, condition)",
        bind: Bind::Several {
            one: None,
            several: several_if,
        },
    },
];

/// Bins of one group.
const BINS_MAX: i64 = 10_000;

fn several(binder: &mut Binder<'_, '_>, arguments: &[Expression]) -> Bound<Several> {
    binned(binder, arguments, None)
}

fn several_if(binder: &mut Binder<'_, '_>, arguments: &[Expression]) -> Bound<Several> {
    let condition = of_rows::condition(binder, &arguments[2])?;
    binned(binder, arguments, Some(condition))
}

fn binned(
    binder: &mut Binder<'_, '_>,
    arguments: &[Expression],
    condition: Option<Expr>,
) -> Bound<Several> {
    let value = binder.bind(&arguments[0])?;
    let kind = match value.kind {
        Some(Kind::Timespan) => Kind::Timespan,
        None | Some(Kind::Integer | Kind::Float | Kind::Text | Kind::Dynamic) => Kind::Float,
        Some(kind) => {
            let message = format!("expected a number or a timespan, found {}", kind.spoken());
            return Err(binder.error(&arguments[0].range, message));
        }
    };
    let bins = of_rows::number(binder, &arguments[1], BINS_MAX)?;
    let counts = counts::of_numbers(conversion::to(Kind::Float, value), condition);
    let counts = binder.collect(counts);
    let name = of_rows::field_name(&arguments[0], "histogram_");
    Ok(Several {
        expr: counts::binned(counts, bins),
        unfolds: true,
        parts: of_rows::parts(name, kind),
        order: vec![(0, false)],
    })
}
