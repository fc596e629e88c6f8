//! `in`, `has_any` and `between`.

use super::compare::definite;
use super::{Binder, Bound, Value, conversion};
use crate::kernels::{any_term, text};
use crate::kind::Kind;
use crate::limits::NEEDLES_MAX;
use crate::syntax::expression::{Expression, Node};
use datafusion::logical_expr::expr::{Between, InList};
use datafusion::logical_expr::{Expr, lit};

impl Binder<'_, '_> {
    pub(super) fn is_in(
        &mut self,
        ignore_case: bool,
        negated: bool,
        left: &Expression,
        list: &[Expression],
    ) -> Bound<Value> {
        let value = self.bind(left)?;
        let mut candidates = Vec::new();
        for item in flattened(list) {
            let candidate = self.bind(item)?;
            if candidate.kind.is_some() {
                candidates.push((candidate, item.range.clone()));
            }
        }
        let Some(mut kind) = value.kind.filter(|_| !candidates.is_empty()) else {
            return Ok(Value::new(lit(negated), Kind::Boolean));
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
        Ok(definite(
            Expr::InList(InList::new(Box::new(value), list, false)),
            negated,
        ))
    }

    /// `has_any (a, b)`: one of these terms, which are constants.
    pub(super) fn has_any(
        &mut self,
        ignore_case: bool,
        left: &Expression,
        list: &[Expression],
    ) -> Bound<Value> {
        let text = self.text(left)?;
        let list = flattened(list);
        if list.len() > NEEDLES_MAX {
            let message = format!("too many terms of has_any: expected at most {NEEDLES_MAX}");
            return Err(self.error(&left.range, message));
        }
        let mut terms = Vec::with_capacity(list.len());
        for item in list {
            let term = self.text(item)?;
            match (term.kind, term.constant_text()) {
                (None, _) => {}
                (_, Some(constant)) => terms.push(constant.to_owned()),
                _ => return Err(self.error(&item.range, "expected a term as a string literal")),
            }
        }
        if text.kind.is_none() || terms.is_empty() {
            return Ok(Value::new(lit(false), Kind::Boolean));
        }
        let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
        let found = any_term::holds_any(text.expr, &terms, ignore_case);
        Ok(definite(found, false))
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
        let low = self.readable(low_value, kind, &low.range)?;
        let high = self.readable(high_value, kind, &high.range)?;
        let value = conversion::to(kind, value);
        let between = Between::new(Box::new(value), false, Box::new(low), Box::new(high));
        Ok(definite(Expr::Between(between), negated))
    }
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
