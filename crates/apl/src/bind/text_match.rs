//! `=~`, `contains`, `startswith`, `has`, `matches regex` and their kin. A number or another scalar on
//! the left is matched as its text. Against a constant they become `LIKE`, which the engine knows best.

use super::compare::definite;
use super::{Binder, Bound, Value, conversion};
use crate::kernels::term::{self, Ends};
use crate::kernels::{regex, text};
use crate::kind::Kind;
use crate::syntax::expression::{Expression, Match};
use datafusion::functions::string::expr_fn;
use datafusion::logical_expr::expr::Like;
use datafusion::logical_expr::{Expr, Operator, binary_expr, lit};

impl Binder<'_, '_> {
    pub(super) fn text_match(
        &mut self,
        operator: Match,
        negated: bool,
        left: &Expression,
        right: &Expression,
    ) -> Bound<Value> {
        let (text, pattern) = (self.text(left), self.text(right));
        let (text, pattern) = (text?, pattern?);
        if text.kind.is_none() || pattern.kind.is_none() {
            return Ok(Value::new(lit(negated), Kind::Boolean));
        }
        if operator == Match::Regex {
            self.check_regex(&pattern, right)?;
        }
        Ok(definite(matched(operator, text.expr, &pattern), negated))
    }

    /// A scalar or a dynamic value as text.
    pub(crate) fn text(&mut self, expression: &Expression) -> Bound<Value> {
        let value = self.bind(expression)?;
        match value.kind {
            None | Some(Kind::Text) => Ok(value),
            Some(kind) if kind.is_groupable() => {
                Ok(Value::new(conversion::to(Kind::Text, value), Kind::Text))
            }
            Some(kind) => {
                let message = format!("expected a string, found {}", kind.spoken());
                Err(self.error(&expression.range, message))
            }
        }
    }

    fn check_regex(&mut self, pattern: &Value, expression: &Expression) -> Bound<()> {
        let Some(source) = pattern.constant_text() else {
            return Err(self.error(
                &expression.range,
                "expected a regular expression as a string literal",
            ));
        };
        match regex::compile(source) {
            Some(_) => Ok(()),
            None => Err(self.error(
                &expression.range,
                "this is not a regular expression (RE2 syntax), or it is too large",
            )),
        }
    }
}

fn matched(operator: Match, text: Expr, pattern: &Value) -> Expr {
    let needle = pattern.expr.clone();
    match (operator, pattern.constant_text().map(escaped)) {
        (Match::Regex, _) => binary_expr(text, Operator::RegexMatch, needle),
        (Match::Has { ignore_case }, _) => term::holds(text, needle, Ends::Both, ignore_case),
        (Match::HasPrefix { ignore_case }, _) => {
            term::holds(text, needle, Ends::Start, ignore_case)
        }
        (Match::HasSuffix { ignore_case }, _) => term::holds(text, needle, Ends::End, ignore_case),
        (Match::Equal, _) => text.eq(needle),
        (Match::Same, Some(constant)) => like(text, constant, true),
        (Match::Contains { ignore_case }, Some(constant)) => {
            like(text, format!("%{constant}%"), ignore_case)
        }
        (Match::StartsWith { ignore_case }, Some(constant)) => {
            like(text, format!("{constant}%"), ignore_case)
        }
        (Match::EndsWith { ignore_case }, Some(constant)) => {
            like(text, format!("%{constant}"), ignore_case)
        }
        (Match::Same, None) => text::lower(text).eq(text::lower(needle)),
        (Match::Contains { ignore_case }, None) => {
            between_fields(expr_fn::contains, text, needle, ignore_case)
        }
        (Match::StartsWith { ignore_case }, None) => {
            between_fields(expr_fn::starts_with, text, needle, ignore_case)
        }
        (Match::EndsWith { ignore_case }, None) => {
            between_fields(expr_fn::ends_with, text, needle, ignore_case)
        }
    }
}

fn between_fields(
    function: fn(Expr, Expr) -> Expr,
    text: Expr,
    needle: Expr,
    ignore_case: bool,
) -> Expr {
    if ignore_case {
        function(text::lower(text), text::lower(needle))
    } else {
        function(text, needle)
    }
}

fn like(text: Expr, pattern: String, ignore_case: bool) -> Expr {
    let pattern = Box::new(Value::text(&pattern).expr);
    Expr::Like(Like::new(false, Box::new(text), pattern, None, ignore_case))
}

/// A text that stands for itself in a `LIKE` pattern.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}
