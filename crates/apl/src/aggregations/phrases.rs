//! # phrases
//!
//! The most frequent phrases of a field's texts and how often each occurs: a row for each, ten unless told. Words are
//! letters and digits, in lower case. A phrase is a run of two to eight words, or a whole text; it ends at words that
//! are in every text (`the`, `of`, …) and at signs, but not at those inside of a name, as in `/api/users`.
//!
//! ```apl
//! phrases(field, count)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize phrases(name, 2)
//! ```
//!
//! | name | count_ |
//! |---|---|
//! | 100 done | 1 |
//! | apply async send confirmation | 1 |

use super::{Aggregation, Bind};
use super::{Several, of_rows};
use crate::bind::{Binder, Bound, conversion};
use crate::kernels::counts;
use crate::kind::Kind;
use crate::syntax::Expression;

pub(super) const AGGREGATIONS: &[Aggregation] = &[Aggregation {
    name: "phrases",
    wire_name: "computed",
    prefix: "phrases",
    arguments: 1..=2,
    usage: "phrases(field, count)",
    bind: Bind::Several { one: None, several },
}];

/// Rows of one group.
const ROWS_MAX: i64 = 10_000;
const ROWS_DEFAULT: i64 = 10;

fn several(binder: &mut Binder<'_, '_>, arguments: &[Expression]) -> Bound<Several> {
    let value = binder.bind(&arguments[0])?;
    if value.kind.is_some_and(|kind| !kind.is_groupable()) {
        let message = format!("cannot find phrases in {}", value.spoken());
        return Err(binder.error(&arguments[0].range, message));
    }
    let most = match arguments.get(1) {
        Some(count) => of_rows::number(binder, count, ROWS_MAX)?,
        None => ROWS_DEFAULT,
    };
    let phrases = counts::of_phrases(conversion::to(Kind::Text, value));
    let phrases = binder.collect(phrases);
    let name = of_rows::field_name(&arguments[0], "phrases_");
    Ok(Several {
        expr: counts::frequent(phrases, &Kind::Text.arrow(), most),
        unfolds: true,
        parts: of_rows::parts(name, Kind::Text),
        order: vec![(1, true), (0, false)],
    })
}
