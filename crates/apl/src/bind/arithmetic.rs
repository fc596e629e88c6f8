//! `+ - * / %` over numbers, timespans and datetimes.
//!
//! DataFusion lacks most of these for durations, so times are computed as integers of nanoseconds and
//! become times again afterwards. What cannot be computed is null: what is divided by zero, and what does not fit.

use super::{Binder, Bound, Value, conversion};
use crate::kernels::{arithmetic, number};
use crate::kind::Kind;
use crate::syntax::expression::{Arithmetic, Expression};
use datafusion::logical_expr::Expr;
use std::ops::Range;

impl Binder<'_, '_> {
    pub(super) fn arithmetic(
        &mut self,
        first: &Expression,
        rest: &[(Arithmetic, Expression)],
    ) -> Bound<Value> {
        let mut result = self.bind(first)?;
        if let Some((operator, _)) = rest.first() {
            self.check_number(&result, *operator, &first.range)?;
        }
        for (operator, operand) in rest {
            let right = self.bind(operand)?;
            self.check_number(&right, *operator, &operand.range)?;
            let range = first.range.start..operand.range.end;
            if *operator == Arithmetic::Plus && self.is_text(&result) && self.is_text(&right) {
                let message = "cannot add strings: expected numbers; strcat(…) joins strings, todouble(…) reads \
                               numbers in them";
                return Err(self.error(&range, message));
            }
            result = self.combined(*operator, result, right, &range)?;
        }
        Ok(result)
    }

    /// A text in arithmetic is read as a number; when the query itself writes one that is none, that is a mistake.
    fn check_number(
        &mut self,
        value: &Value,
        operator: Arithmetic,
        range: &Range<usize>,
    ) -> Bound<()> {
        let text = value
            .constant_text()
            .filter(|_| value.kind == Some(Kind::Text));
        let Some(text) = text else { return Ok(()) };
        let number = Value::new(conversion::to(Kind::Float, value.clone()), Kind::Float);
        if !conversion::is_null(&number.expr) {
            return Ok(());
        }
        let message = format!(
            "cannot apply '{}' to \"{text}\": expected a number; strcat(…) joins strings",
            operator.sign()
        );
        Err(self.error(range, message))
    }

    /// Whether a value is a field of a dataset that holds strings: a custom attribute may be a number.
    fn is_text(&self, value: &Value) -> bool {
        let Expr::Column(column) = &value.expr else {
            return false;
        };
        let mut fields = self.scope.fields.iter();
        let is_of_dataset = fields.any(|field| field.column == *column && !field.made);
        value.kind == Some(Kind::Text) && is_of_dataset
    }

    fn combined(
        &mut self,
        operator: Arithmetic,
        left: Value,
        right: Value,
        range: &Range<usize>,
    ) -> Bound<Value> {
        let (left, right) = (as_number(left), as_number(right));
        let (Some(left_kind), Some(right_kind)) = (left.kind, right.kind) else {
            return Ok(Value::null());
        };
        let Some((carrier, result)) = kinds(operator, left_kind, right_kind) else {
            let sign = operator.sign();
            let message = format!(
                "cannot apply '{sign}' to {} and {}: expected numbers, timespans, or a datetime and a timespan",
                left.spoken(),
                right.spoken()
            );
            return Err(self.error(range, message));
        };
        let left = conversion::to(carrier, left);
        let right = conversion::to(carrier, right);
        let computed = Value::new(apply(operator, left, right, carrier), carrier);
        Ok(Value::new(conversion::to(result, computed), result))
    }
}

/// A text or a dynamic value in arithmetic is read as a number.
fn as_number(value: Value) -> Value {
    match value.kind {
        Some(Kind::Text | Kind::Dynamic) => {
            Value::new(conversion::to(Kind::Float, value), Kind::Float)
        }
        _ => value,
    }
}

/// The kind to compute in, and the kind of the result.
fn kinds(operator: Arithmetic, left: Kind, right: Kind) -> Option<(Kind, Kind)> {
    use Arithmetic::{Divide, Minus, Plus, Remainder, Times};
    use Kind::{Datetime, Float, Integer, Timespan};
    Some(match (operator, left, right) {
        (_, Integer, Integer) => (Integer, Integer),
        (_, Integer | Float, Integer | Float) => (Float, Float),
        (Minus, Datetime, Datetime) => (Integer, Timespan),
        (Plus | Minus, Datetime, Timespan | Integer) => (Integer, Datetime),
        (Plus, Timespan | Integer, Datetime) => (Integer, Datetime),
        (Plus | Minus | Remainder, Timespan, Timespan | Integer) => (Integer, Timespan),
        (Plus | Minus, Integer, Timespan) => (Integer, Timespan),
        (Times, Timespan, Integer) | (Times, Integer, Timespan) => (Integer, Timespan),
        (Times, Timespan, Float) | (Times, Float, Timespan) => (Float, Timespan),
        (Divide, Timespan, Timespan | Float) => (Float, Float),
        (Divide, Timespan, Integer) => (Integer, Timespan),
        _ => return None,
    })
}

fn apply(operator: Arithmetic, left: Expr, right: Expr, carrier: Kind) -> Expr {
    if carrier == Kind::Integer {
        return match operator {
            Arithmetic::Plus => arithmetic::plus(left, right),
            Arithmetic::Minus => arithmetic::minus(left, right),
            Arithmetic::Times => arithmetic::times(left, right),
            Arithmetic::Divide => arithmetic::divided(left, right),
            Arithmetic::Remainder => arithmetic::remainder(left, right),
        };
    }
    match operator {
        Arithmetic::Plus => left + right,
        Arithmetic::Minus => left - right,
        Arithmetic::Times => left * right,
        Arithmetic::Divide => left / number::nonzero_float(right),
        Arithmetic::Remainder => left % number::nonzero_float(right),
    }
}
