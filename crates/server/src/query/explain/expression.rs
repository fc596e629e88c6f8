//! Expressions in words: values as queries write them, fields by their names, without what the engine adds.

use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{Column, ScalarValue};
use datafusion::logical_expr::{Expr, lit};

/// Longer expressions are cut.
const LENGTH_MAX: usize = 240;

/// Several of them; more than so many are counted.
pub(super) fn listed<'a>(
    exprs: impl ExactSizeIterator<Item = &'a Expr>,
    most: usize,
    what: &str,
) -> String {
    let count = exprs.len();
    if count > most {
        return format!("{count} {what}");
    }
    let all: Vec<String> = exprs.map(words).collect();
    all.join(", ")
}

/// One of them.
pub(super) fn words(expr: &Expr) -> String {
    let plain = expr.clone().transform_up(|part| Ok(plain(part)));
    let plain = plain.map_or_else(|_| expr.clone(), |plain| plain.data);
    let mut text = plain.human_display().to_string();
    if text.len() > LENGTH_MAX {
        text.truncate(text.floor_char_boundary(LENGTH_MAX));
        text.push('…');
    }
    text
}

fn plain(part: Expr) -> Transformed<Expr> {
    match part {
        Expr::Column(column) => {
            Transformed::yes(Expr::Column(Column::new_unqualified(column.name)))
        }
        Expr::Cast(cast) => Transformed::yes(*cast.expr),
        Expr::Literal(value, _) => Transformed::yes(lit(written(&value))),
        other => Transformed::no(other),
    }
}

/// A value as a query writes it; what is shown is the text as it is.
fn written(value: &ScalarValue) -> String {
    match value {
        ScalarValue::Utf8(Some(text)) | ScalarValue::Utf8View(Some(text)) => format!("'{text}'"),
        ScalarValue::TimestampNanosecond(Some(nanos), _) => apl::datetime::format(*nanos),
        ScalarValue::DurationNanosecond(Some(nanos)) => apl::timespan::format(*nanos),
        other => other.to_string(),
    }
}
