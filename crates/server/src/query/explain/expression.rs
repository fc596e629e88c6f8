//! Expressions in words: values as queries write them, fields by their names, without what the engine adds.

use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{Column, ScalarValue};
use datafusion::logical_expr::{Expr, Operator, binary_expr};

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

/// One of them; a computed one with its name.
pub(super) fn words(expr: &Expr) -> String {
    let Expr::Alias(alias) = expr else {
        return shortened(computed(expr));
    };
    let name = named(&alias.name);
    match computed(&alias.expr) {
        same if same == name => name,
        other => shortened(format!("{name} = {other}")),
    }
}

fn shortened(mut text: String) -> String {
    if text.len() > LENGTH_MAX {
        text.truncate(text.floor_char_boundary(LENGTH_MAX));
        text.push('…');
    }
    text
}

fn computed(expr: &Expr) -> String {
    let plain = expr.clone().transform_up(|part| Ok(plain(part)));
    let plain = plain.map_or_else(|_| expr.clone(), |plain| plain.data);
    plain.human_display().to_string()
}

/// What the engine computes once for several places has a name of the engine's.
fn named(name: &str) -> String {
    match name.strip_prefix("__common_expr_") {
        Some(number) => format!("part{number}"),
        None => name.to_owned(),
    }
}

/// Text that is shown as it is.
fn text(text: String) -> Transformed<Expr> {
    Transformed::yes(Expr::Column(Column::new_unqualified(text)))
}

fn plain(part: Expr) -> Transformed<Expr> {
    match part {
        Expr::Column(column) => text(named(&column.name)),
        Expr::Cast(cast) => Transformed::yes(*cast.expr),
        Expr::TryCast(cast) => Transformed::yes(*cast.expr),
        Expr::Literal(value, _) => text(written(&value)),
        Expr::ScalarFunction(call) => match (call.func.name(), call.args.as_slice()) {
            ("map_get", [map, key]) | ("map_get_unless", [map, _, key, ..]) => {
                text(format!("{map}[{key}]"))
            }
            (name, [left, right]) => match sign(name) {
                Some(sign) => Transformed::yes(binary_expr(left.clone(), sign, right.clone())),
                None => Transformed::yes(Expr::ScalarFunction(call)),
            },
            _ => Transformed::yes(Expr::ScalarFunction(call)),
        },
        other => Transformed::no(other),
    }
}

/// Of APL's arithmetic of integers.
fn sign(function: &str) -> Option<Operator> {
    Some(match function {
        "plus" => Operator::Plus,
        "minus" => Operator::Minus,
        "times" => Operator::Multiply,
        "divided" => Operator::Divide,
        "remainder" => Operator::Modulo,
        _ => return None,
    })
}

/// A value as a query writes it.
fn written(value: &ScalarValue) -> String {
    match value {
        ScalarValue::Utf8(Some(text)) | ScalarValue::Utf8View(Some(text)) => format!("'{text}'"),
        ScalarValue::TimestampNanosecond(Some(nanos), _) => apl::datetime::format(*nanos),
        ScalarValue::DurationNanosecond(Some(nanos)) => apl::timespan::format(*nanos),
        other => other.to_string(),
    }
}
