//! # getschema
//!
//! The fields there are, a row for each: its name, its place from 0, its type as answers and as queries have it.
//!
//! ```apl
//! rows | getschema
//! ```
//!
//! ## Example
//!
//! ```apl
//! print a = 1, b = "x" | getschema
//! ```
//!
//! | ColumnName | ColumnOrdinal | ColumnType | DataType |
//! |---|---|---|---|
//! | a | 0 | integer | long |
//! | b | 1 | string | string |

use super::Surroundings;
use crate::bind::pipeline::{Key, Order};
use crate::bind::{Bound, Pipeline, Value};
use crate::kind::Kind;
use datafusion::logical_expr::{Expr, lit};

pub(super) fn bind(pipeline: &mut Pipeline, around: &mut Surroundings<'_, '_>) -> Bound<()> {
    let fields = pipeline.scope.fields.iter().enumerate();
    let rows: Vec<Vec<Expr>> = fields
        .map(|(place, field)| {
            vec![
                Value::text(&field.name).expr,
                lit(i64::try_from(place).unwrap_or(i64::MAX)),
                Value::text(field.kind.wire_name()).expr,
                Value::text(field.kind.query_name()).expr,
            ]
        })
        .collect();
    let columns = [
        ("ColumnName".to_owned(), Kind::Text),
        ("ColumnOrdinal".to_owned(), Kind::Integer),
        ("ColumnType".to_owned(), Kind::Text),
        ("DataType".to_owned(), Kind::Text),
    ];
    let mut schema = Pipeline::of_values(rows, &columns).map_err(|error| {
        let error = error.strip_backtrace();
        around.error(format!("could not plan this: {error}"))
    })?;
    schema.order = Order::by(vec![Key::new("ColumnOrdinal", false)]);
    schema.absorb(pipeline);
    *pipeline = schema;
    Ok(())
}
