//! Expressions, node by node.

use super::{Binder, Bound, Value, conversion};
use crate::kernels::{arithmetic, json};
use crate::kind::Kind;
use crate::syntax::expression::{Expression, Literal, Node};
use crate::{aggregations, functions};
use datafusion::common::ScalarValue;
use datafusion::logical_expr::{Expr, lit};
use serde_json::Value as Json;

impl Binder<'_, '_> {
    pub(crate) fn bind(&mut self, expression: &Expression) -> Bound<Value> {
        let range = &expression.range;
        match &expression.node {
            Node::Literal(value) => Ok(literal(value)),
            Node::Field(name) => self.field(name, range),
            Node::Path { base, keys } => self.path(base, keys, range),
            Node::Call {
                function,
                arguments,
            } => {
                if let ("dynamic", [argument]) = (function.as_str(), arguments.as_slice()) {
                    return self.dynamic(argument);
                }
                if aggregations::is_known(function) {
                    return aggregations::bind(self, function, arguments, range);
                }
                functions::bind(self, function, arguments, range)
            }
            Node::Every(operands) => self.logic(operands, Expr::and),
            Node::Any(operands) => self.logic(operands, Expr::or),
            Node::Arithmetic { first, rest } => self.arithmetic(first, rest),
            Node::Negative(operand) => self.negative(operand),
            Node::Compare {
                operator,
                left,
                right,
            } => self.compare(*operator, left, right),
            Node::Match {
                operator,
                negated,
                left,
                right,
            } => self.text_match(*operator, *negated, left, right),
            Node::HasAny {
                ignore_case,
                left,
                list,
            } => self.has_any(*ignore_case, left, list),
            Node::In {
                ignore_case,
                negated,
                left,
                list,
            } => self.is_in(*ignore_case, *negated, left, list),
            Node::InTable {
                ignore_case,
                negated,
                left,
                table,
            } => self.is_in_table((*ignore_case, *negated), left, table, range),
            Node::AnyField {
                operator,
                negated,
                right,
            } => self.any_field(*operator, *negated, right),
            Node::Scalar(query) => self.scalar_of(query, range),
            Node::Between {
                negated,
                left,
                low,
                high,
            } => self.is_between(*negated, left, low, high),
            Node::List(_) | Node::Bag(_) => self.dynamic(expression),
            Node::Star | Node::Named { .. } => {
                let message = "expected a value here: arg_max and arg_min make several fields only as items \
                               of their own, without a name before them";
                Err(self.error(range, message))
            }
        }
    }

    /// What stands in `dynamic(…)`: the dynamic value of a scalar is the scalar.
    fn dynamic(&mut self, expression: &Expression) -> Bound<Value> {
        let kind = match &expression.node {
            Node::List(_) => Kind::Array,
            Node::Bag(_) => Kind::Bag,
            _ => return self.bind(expression),
        };
        let text = self.constant_json(expression)?.to_string();
        Ok(Value::new(Value::text(&text).expr, kind))
    }

    fn constant_json(&mut self, expression: &Expression) -> Bound<Json> {
        match &expression.node {
            Node::List(elements) => {
                let elements = elements.iter().map(|element| self.constant_json(element));
                Ok(Json::Array(elements.collect::<Bound<_>>()?))
            }
            Node::Bag(entries) => {
                let entries = entries.iter().map(|(key, value)| {
                    let value = self.constant_json(value)?;
                    Ok((key.clone(), value))
                });
                Ok(Json::Object(entries.collect::<Bound<_>>()?))
            }
            _ => {
                let value = self.bind(expression)?;
                if value.kind.is_none() {
                    return Ok(Json::Null);
                }
                let json = json::quoted(value);
                match (&json.expr, json.constant_text()) {
                    (_, Some(text)) => Ok(json::parse(text).unwrap_or(Json::Null)),
                    (Expr::Literal(..), None) => Ok(Json::Null),
                    _ => {
                        let message = "expected a constant in dynamic(…); pack_array(…) and bag_pack(…) take fields";
                        Err(self.error(&expression.range, message))
                    }
                }
            }
        }
    }

    fn logic(&mut self, operands: &[Expression], join: fn(Expr, Expr) -> Expr) -> Bound<Value> {
        let bound: Vec<Bound<Expr>> = operands
            .iter()
            .map(|operand| self.condition(operand))
            .collect();
        let conditions = bound.into_iter().collect::<Bound<Vec<Expr>>>()?;
        Ok(Value::new(balanced(conditions, join), Kind::Boolean))
    }

    fn negative(&mut self, operand: &Expression) -> Bound<Value> {
        let value = self.bind(operand)?;
        match value.kind {
            None => Ok(value),
            Some(Kind::Float) => Ok(Value::new(
                Expr::Negative(Box::new(value.expr)),
                Kind::Float,
            )),
            Some(kind @ (Kind::Integer | Kind::Timespan)) => {
                let number = conversion::to(Kind::Integer, value);
                let negative = Value::new(arithmetic::minus(lit(0_i64), number), Kind::Integer);
                Ok(Value::new(conversion::to(kind, negative), kind))
            }
            Some(Kind::Dynamic) => {
                let number = conversion::to(Kind::Float, value);
                Ok(Value::new(Expr::Negative(Box::new(number)), Kind::Float))
            }
            Some(_) => {
                let message = format!(
                    "expected a number or a timespan after '-', found {}",
                    value.spoken()
                );
                Err(self.error(&operand.range, message))
            }
        }
    }
}

/// A tree of depth log n instead of n.
pub(crate) fn balanced(mut conditions: Vec<Expr>, join: fn(Expr, Expr) -> Expr) -> Expr {
    while conditions.len() > 1 {
        let mut joined = Vec::with_capacity(conditions.len().div_ceil(2));
        let mut rest = conditions.into_iter();
        while let Some(left) = rest.next() {
            joined.push(match rest.next() {
                Some(right) => join(left, right),
                None => left,
            });
        }
        conditions = joined;
    }
    conditions.pop().unwrap_or_else(|| lit(true))
}

fn literal(value: &Literal) -> Value {
    match value {
        Literal::Null => Value::null(),
        Literal::Boolean(value) => Value::new(lit(*value), Kind::Boolean),
        Literal::Integer(value) => Value::new(lit(*value), Kind::Integer),
        Literal::Float(value) => Value::new(lit(*value), Kind::Float),
        Literal::Text(content) => Value::text(content),
        Literal::Datetime(nanos) => Value::new(
            lit(ScalarValue::TimestampNanosecond(Some(*nanos), None)),
            Kind::Datetime,
        ),
        Literal::Timespan(nanos) => Value::new(
            lit(ScalarValue::DurationNanosecond(Some(*nanos))),
            Kind::Timespan,
        ),
    }
}
