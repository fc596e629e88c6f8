//! # print
//!
//! One row of values, before the first pipe. A value without a name is called after what it is made of, as in
//! project, or `print_0`, `print_1`, after its place.
//!
//! ```apl
//! print name = expression, …
//! ```
//!
//! ## Example
//!
//! ```apl
//! print a = 1 + 2, strcat("x", "y")
//! ```
//!
//! | a | print_1 |
//! |---|---|
//! | 3 | xy |

use super::{Surroundings, naming};
use crate::bind::{Bound, Pipeline};
use crate::parser::{Parsed, Parser};
use crate::syntax::stage::Item;

/// Reads the values after the word.
pub(crate) fn read(parser: &mut Parser<'_, '_>) -> Parsed<Vec<Item>> {
    let mut items = parser.items()?;
    for (place, item) in items.iter_mut().enumerate() {
        if item.name.is_none() && naming::implied(&item.expression).is_none() {
            item.name = Some(format!("print_{place}"));
        }
    }
    Ok(items)
}

/// A row before the first pipe.
pub(crate) fn bind_source(items: &[Item], around: &mut Surroundings<'_, '_>) -> Bound<Pipeline> {
    let mut row = Pipeline::nothing();
    let outputs = naming::outputs(items, &mut row, around)?;
    row.project(outputs, around.report, &around.range)?;
    row.is_limited = true;
    Ok(row)
}
