//! `in`, `has_any` and `between`.

use super::compare::definite;
use super::{Binder, Bound, Value, conversion};
use crate::kernels::rows::{self, Rows};
use crate::kernels::{any_term, json, text};
use crate::kind::Kind;
use crate::limits::NEEDLES_MAX;
use crate::syntax::expression::{Expression, Node};
use arrow::array::ArrayRef;
use datafusion::common::Result as PlanResult;
use datafusion::logical_expr::expr::{Between, InList};
use datafusion::logical_expr::{Expr, lit};
use serde_json::Value as Json;
use std::ops::Range;

impl Binder<'_, '_> {
    pub(super) fn is_in(
        &mut self,
        ignore_case: bool,
        negated: bool,
        left: &Expression,
        list: &[Expression],
    ) -> Bound<Value> {
        let value = self.bind(left);
        let mut arrays = Vec::new();
        let mut candidates = Vec::new();
        for item in flattened(list) {
            let candidate = self.beside(&value, item)?;
            match constants(&candidate) {
                Some(elements) => {
                    candidates.extend(elements.into_iter().map(|one| (one, item.range.clone())));
                }
                None if is_list(&candidate) => arrays.push(candidate),
                None if candidate.kind.is_some() => {
                    candidates.push((candidate, item.range.clone()))
                }
                None => {}
            }
        }
        let value = value?;
        if value.kind.is_none() || arrays.is_empty() && candidates.is_empty() {
            return Ok(Value::new(lit(negated), Kind::Boolean));
        }
        let mut found: Vec<Expr> = arrays
            .into_iter()
            .map(|array| element_of(value.clone(), array, ignore_case))
            .collect();
        if !candidates.is_empty() {
            found.push(self.in_candidates(value, candidates, ignore_case)?);
        }
        let any = found.into_iter().reduce(Expr::or);
        Ok(definite(any.unwrap_or_else(|| lit(false)), negated))
    }

    /// Whether a value is one of these.
    fn in_candidates(
        &mut self,
        value: Value,
        candidates: Vec<(Value, Range<usize>)>,
        ignore_case: bool,
    ) -> Bound<Expr> {
        let Some(mut kind) = value.kind else {
            return Ok(lit(false));
        };
        for (candidate, range) in &candidates {
            let probe = Value {
                kind: Some(kind),
                ..Value::null()
            };
            kind = self.common_kind(&probe, candidate, range)?;
        }
        let mut list = Vec::with_capacity(candidates.len());
        for (candidate, range) in candidates {
            list.push(self.readable(candidate, kind, &range)?);
        }
        let mut value = conversion::to(kind, value);
        if ignore_case && kind == Kind::Text {
            value = text::lower(value);
            list = list.into_iter().map(text::lower).collect();
        }
        Ok(Expr::InList(InList::new(Box::new(value), list, false)))
    }

    /// `has_any (a, b)`: one of these terms, which are constants.
    pub(super) fn has_any(
        &mut self,
        ignore_case: bool,
        left: &Expression,
        list: &[Expression],
    ) -> Bound<Value> {
        let text = self.text(left)?;
        let (mut terms, mut arrays) = (Vec::new(), Vec::new());
        for item in flattened(list) {
            let term = self.bind(item)?;
            let constants = constants(&term).unwrap_or_else(|| vec![term.clone()]);
            for term in constants {
                if is_list(&term) && term.constant().is_none() {
                    arrays.push(term);
                    continue;
                }
                if term.kind.is_none() {
                    continue;
                }
                let term = Value::new(conversion::to(Kind::Text, term), Kind::Text);
                match term.constant_text() {
                    Some(constant) => terms.push(constant.to_owned()),
                    None => {
                        let message = "expected a term as a string literal, or an array of terms";
                        return Err(self.error(&item.range, message));
                    }
                }
            }
        }
        if terms.len() > NEEDLES_MAX {
            let message = format!("too many terms of has_any: expected at most {NEEDLES_MAX}");
            return Err(self.error(&left.range, message));
        }
        if text.kind.is_none() || terms.is_empty() && arrays.is_empty() {
            return Ok(Value::new(lit(false), Kind::Boolean));
        }
        let mut found: Vec<Expr> = arrays
            .into_iter()
            .map(|array| any_term::holds_any_of(text.expr.clone(), array.expr, ignore_case))
            .collect();
        if !terms.is_empty() {
            let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
            found.push(any_term::holds_any(text.expr, &terms, ignore_case));
        }
        let any = found.into_iter().reduce(Expr::or);
        Ok(definite(any.unwrap_or_else(|| lit(false)), false))
    }

    pub(super) fn is_between(
        &mut self,
        negated: bool,
        left: &Expression,
        low: &Expression,
        high: &Expression,
    ) -> Bound<Value> {
        let value = self.bind(left)?;
        let (low_value, high_value) = (self.bind(low)?, self.bind(high)?);
        if value.kind.is_none() || low_value.kind.is_none() || high_value.kind.is_none() {
            return Ok(Value::new(lit(negated), Kind::Boolean));
        }
        let mut probe = Value {
            kind: value.kind,
            ..Value::null()
        };
        probe.kind = Some(self.common_kind(&probe, &low_value, &low.range)?);
        let kind = self.common_kind(&probe, &high_value, &high.range)?;
        if kind.is_json() {
            let message =
                "cannot order dynamic values: convert them, as by todouble(…) or tostring(…)";
            return Err(self.error(&left.range, message));
        }
        let low = self.readable(low_value, kind, &low.range)?;
        let high = self.readable(high_value, kind, &high.range)?;
        let value = conversion::to(kind, value);
        let between = Between::new(Box::new(value), false, Box::new(low), Box::new(high));
        Ok(definite(Expr::Between(between), negated))
    }
}

/// Whether a value is an array, or may turn out to be one.
fn is_list(value: &Value) -> bool {
    matches!(value.kind, Some(Kind::Array | Kind::Dynamic))
}

/// The elements of a constant array; of another dynamic constant, itself.
fn constants(list: &Value) -> Option<Vec<Value>> {
    let text = list.constant_text().filter(|_| is_list(list))?;
    let elements = match json::parse(text)? {
        Json::Array(elements) => elements,
        one => vec![one],
    };
    let constant = |element| match element {
        Json::Bool(truth) => Value::new(lit(truth), Kind::Boolean),
        Json::String(text) => Value::text(&text),
        Json::Number(number) => match number.as_i64() {
            Some(integer) => Value::new(lit(integer), Kind::Integer),
            None => Value::new(lit(number.as_f64().unwrap_or(f64::NAN)), Kind::Float),
        },
        other => Value::new(Value::text(&other.to_string()).expr, Kind::Dynamic),
    };
    let elements = elements.into_iter().filter(|element| !element.is_null());
    Some(elements.map(constant).collect())
}

/// Whether a value is an element of a row's array. A number is equal to the string that writes it.
fn element_of(value: Value, array: Value, ignore_case: bool) -> Expr {
    let (name, run): (_, rows::Run) = match ignore_case {
        true => ("in_array_ignoring_case", |rows| {
            in_array(rows, json::same_ignoring_case)
        }),
        false => ("in_array", |rows| in_array(rows, json::same_or_written)),
    };
    rows::call(
        name,
        Kind::Boolean,
        run,
        vec![json::argument(value), array.expr],
    )
    .expr
}

fn in_array(rows: &Rows, same: fn(&Json, &Json) -> bool) -> PlanResult<ArrayRef> {
    rows.booleans(|row| {
        let wanted = row.json(0);
        if wanted.is_null() {
            return None;
        }
        Some(match row.json(1).as_ref() {
            Json::Array(elements) => elements.iter().any(|element| same(&wanted, element)),
            one => same(&wanted, one),
        })
    })
}

/// The list with the elements of `dynamic([…])` in place.
fn flattened(list: &[Expression]) -> Vec<&Expression> {
    let mut flat = Vec::with_capacity(list.len());
    for item in list {
        match &item.node {
            Node::Call {
                function,
                arguments,
            } if function == "dynamic" => match arguments.as_slice() {
                [
                    Expression {
                        node: Node::List(elements),
                        ..
                    },
                ] => flat.extend(elements),
                _ => flat.push(item),
            },
            _ => flat.push(item),
        }
    }
    flat
}
