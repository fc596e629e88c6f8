//! # count
//!
//! How many rows there are, as one row with the field `Count`.
//!
//! ```apl
//! rows | count
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | where error | count
//! ```
//!
//! | Count |
//! |---|
//! | 2 |

use super::{Surroundings, summarize};
use crate::bind::{Bound, Pipeline};
use crate::syntax::expression::{Expression, Node};
use crate::syntax::stage::Item;

pub(super) fn bind(pipeline: &mut Pipeline, around: &mut Surroundings<'_, '_>) -> Bound<()> {
    let call = Node::Call {
        function: "count".to_owned(),
        arguments: Vec::new(),
    };
    let expression = Expression {
        node: call,
        range: around.range.clone(),
    };
    let item = Item {
        name: Some("Count".to_owned()),
        expression,
    };
    summarize::bind(&[item], &[], pipeline, around)
}
