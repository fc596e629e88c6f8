//! `==`, `<` and their kin. Two sides of different kinds are brought to one first: an integer beside
//! a timespan is nanoseconds, a text beside a number is read as a number.

use super::{Binder, Bound, Value, conversion};
use crate::kind::Kind;
use crate::syntax::expression::{Compare, Expression, Node};
use datafusion::logical_expr::{Expr, Operator, binary_expr, lit};
use std::ops::Range;

impl Binder<'_, '_> {
    pub(super) fn compare(
        &mut self,
        operator: Compare,
        left: &Expression,
        right: &Expression,
    ) -> Bound<Value> {
        let range = left.range.start..right.range.end;
        let left = self.bind(left);
        let right = self.beside(&left, right);
        let (left, right) = (left?, right?);
        if left.kind.is_none() || right.kind.is_none() {
            return Ok(Value::new(
                lit(operator == Compare::NotEqual),
                Kind::Boolean,
            ));
        }
        let equality = matches!(operator, Compare::Equal | Compare::NotEqual);
        if !equality
            && left.kind.is_some_and(Kind::is_json)
            && right.kind.is_some_and(Kind::is_json)
        {
            let message = format!(
                "cannot order {} and {}: convert one of them, as by todouble(…) or tostring(…)",
                left.spoken(),
                right.spoken()
            );
            return Err(self.error(&range, message));
        }
        let (left, right) = self.aligned(left, right, &range)?;
        let sign = match operator {
            Compare::Equal | Compare::NotEqual => Operator::Eq,
            Compare::Less => Operator::Lt,
            Compare::LessOrEqual => Operator::LtEq,
            Compare::Greater => Operator::Gt,
            Compare::GreaterOrEqual => Operator::GtEq,
        };
        let answer = binary_expr(left, sign, right);
        Ok(definite(answer, operator == Compare::NotEqual))
    }

    /// What `left` is compared with. An unknown name beside a text, as in `kind == server`, lacks its quotes.
    pub(super) fn beside(&mut self, left: &Bound<Value>, right: &Expression) -> Bound<Value> {
        let is_text = matches!(left, Ok(left) if left.kind == Some(Kind::Text));
        let Node::Field(name) = &right.node else {
            return self.bind(right);
        };
        if !is_text || !self.is_unheard_of(name) {
            return self.bind(right);
        }
        let message = format!("unknown field '{name}': a text is written in quotes");
        let is_bracketed = right.range.len() > name.len();
        let meant = match is_bracketed {
            true => format!("(\"{name}\")"),
            false => format!("\"{name}\""),
        };
        Err(self.report.suggest(&right.range, message, Some(meant)))
    }

    /// Both sides as one kind that can be compared.
    pub(super) fn aligned(
        &mut self,
        left: Value,
        right: Value,
        range: &Range<usize>,
    ) -> Bound<(Expr, Expr)> {
        let kind = self.common_kind(&left, &right, range)?;
        let left = self.readable(left, kind, range)?;
        let right = self.readable(right, kind, range)?;
        Ok((left, right))
    }

    /// The kind in which both can be compared.
    pub(crate) fn common_kind(
        &mut self,
        left: &Value,
        right: &Value,
        range: &Range<usize>,
    ) -> Bound<Kind> {
        let kind = match (left.kind, right.kind) {
            (Some(left_kind), Some(right_kind)) => meeting(left_kind, right_kind, left, right),
            _ => None,
        };
        kind.ok_or_else(|| {
            let message = format!(
                "cannot compare {} with {}: expected two of a kind",
                left.spoken(),
                right.spoken()
            );
            self.error(range, message)
        })
    }

    /// `value` as `kind`; a constant text that cannot be read as it is a mistake, not a null.
    pub(super) fn readable(
        &mut self,
        value: Value,
        kind: Kind,
        range: &Range<usize>,
    ) -> Bound<Expr> {
        let constant = value.constant_text().map(str::to_owned);
        let converted = conversion::to(kind, value);
        match constant {
            Some(text) if conversion::is_null(&converted) => {
                let spoken = if kind.is_number() {
                    "a number"
                } else {
                    kind.spoken()
                };
                let message = match kind {
                    Kind::Timespan => format!(
                        "cannot compare {spoken} with \"{text}\": expected one such as 100ms"
                    ),
                    Kind::Datetime => format!(
                        "cannot compare {spoken} with \"{text}\": expected one such as ago(1h) or datetime(2024-01-02)"
                    ),
                    _ => format!("cannot compare {spoken} with \"{text}\""),
                };
                Err(self.error(range, message))
            }
            _ => Ok(converted),
        }
    }
}

/// An answer that is never null: null is false, and true when negated.
pub(super) fn definite(answer: Expr, negated: bool) -> Value {
    let answer = Box::new(answer);
    let expr = if negated {
        Expr::IsNotTrue(answer)
    } else {
        Expr::IsTrue(answer)
    };
    Value::new(expr, Kind::Boolean)
}

/// The kind in which two kinds can be compared.
fn meeting(left_kind: Kind, right_kind: Kind, left: &Value, right: &Value) -> Option<Kind> {
    use Kind::{Datetime, Dynamic, Float, Integer, Text, Timespan};
    match (left_kind, right_kind) {
        (left, right) if left.is_json() && right.is_json() => Some(Dynamic),
        (left, right) if left == right => Some(left),
        // An element may be a fraction that an integer would lose.
        (Dynamic, Integer) | (Integer, Dynamic) => Some(Float),
        (Dynamic, kind) | (kind, Dynamic) => kind.is_scalar().then_some(kind),
        (Integer, Float) | (Float, Integer) => Some(Float),
        (Integer, Text) => Some(if is_whole(right) { Integer } else { Float }),
        (Text, Integer) => Some(if is_whole(left) { Integer } else { Float }),
        (Timespan | Datetime, Integer) => Some(left_kind),
        (Integer, Timespan | Datetime) => Some(right_kind),
        (Timespan | Datetime, Float) | (Float, Timespan | Datetime) => Some(Float),
        (kind, Text) | (Text, kind) => kind.is_scalar().then_some(kind),
        _ => None,
    }
}

/// Whether a constant text is a whole number, which need not pass through a float.
fn is_whole(value: &Value) -> bool {
    value
        .constant_text()
        .is_some_and(|text| text.parse::<i64>().is_ok())
}
