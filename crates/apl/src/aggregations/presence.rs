//! # presence
//!
//! In how many rows each field has a value: a row for each field. `*` is all fields that have one in any row.
//!
//! ```apl
//! presence(field, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize presence(name, ['service.name'], parent_span_id)
//! ```
//!
//! | field | count_ |
//! |---|---|
//! | name | 10 |
//! | service.name | 9 |
//! | parent_span_id | 6 |
//!
//! ```apl
//! print a = 1, b = "", c = dynamic(null) | summarize presence(*)
//! ```
//!
//! | field | count_ |
//! |---|---|
//! | a | 1 |
//! | b | 1 |

use super::count::counting;
use super::{Aggregation, Bind};
use super::{Several, of_row, of_rows};
use crate::bind::{Binder, Bound, conversion};
use crate::kernels::counts;
use crate::kind::Kind;
use crate::syntax::Expression;
use crate::syntax::expression::Node;

pub(super) const AGGREGATIONS: &[Aggregation] = &[Aggregation {
    name: "presence",
    wire_name: "computed",
    prefix: "presence",
    arguments: 1..=1024,
    usage: "presence(field, …)",
    bind: Bind::Fields(several),
}];

fn several(binder: &mut Binder<'_, '_>, arguments: &[Expression]) -> Bound<Several> {
    let mut counted = Vec::new();
    for argument in arguments {
        let of_all = matches!(argument.node, Node::Star);
        for (name, value) in of_row::present(binder, argument)? {
            let name = name.unwrap_or_else(|| "Column1".to_owned());
            let kind = value.kind.unwrap_or(Kind::Text);
            let rows = counting(conversion::to(kind, value), false, None);
            counted.push(counts::Counted {
                name,
                rows: binder.collect(rows),
                least: i64::from(of_all),
            });
        }
    }
    Ok(Several {
        expr: counts::of_fields(counted),
        unfolds: true,
        parts: of_rows::parts("field".to_owned(), Kind::Text),
        order: vec![(1, true), (0, false)],
    })
}
