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
        for (operator, operand) in rest {
            let right = self.bind(operand)?;
            let range = first.range.start..operand.range.end;
            result = self.combined(*operator, result, right, &range)?;
        }
        Ok(result)
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
