//! `* has "x"`, and the terms of `search`: a text in any field. Numbers, times and booleans are looked at as
//! texts; of the dataset's maps, the values; arrays and other maps as JSON.

use super::{Binder, Bound, Value, conversion};
use crate::kernels::any_field::{self, Needle};
use crate::kind::Kind;
use crate::syntax::expression::{Expression, Match};
use crate::syntax::table::Term;
use datafusion::logical_expr::{Expr, lit, not};
use std::ops::Range;

impl Binder<'_, '_> {
    pub(super) fn any_field(
        &mut self,
        operator: Match,
        negated: bool,
        right: &Expression,
    ) -> Bound<Value> {
        let wanted = self.text(right)?;
        let Some(text) = wanted.constant_text() else {
            return Err(self.error(&right.range, "expected a string literal"));
        };
        let needle = self.needle(operator, text, &right.range)?;
        let found = self.anywhere(needle);
        let answer = if negated { not(found) } else { found };
        Ok(Value::new(answer, Kind::Boolean))
    }

    fn needle(&mut self, operator: Match, text: &str, range: &Range<usize>) -> Bound<Needle> {
        Needle::new(operator, text).ok_or_else(|| {
            let message = "this is not a regular expression (RE2 syntax), or a very large one";
            self.error(range, message)
        })
    }

    fn anywhere(&self, needle: Needle) -> Expr {
        let texts = self.scope.fields.iter().map(|field| {
            let value = Value::new(field.expr(), field.kind);
            match field.kind {
                Kind::Map => value.expr,
                _ => conversion::to(Kind::Text, value),
            }
        });
        let texts: Vec<Expr> = texts.collect();
        if texts.is_empty() {
            return lit(false);
        }
        any_field::holds(texts, needle)
    }

    /// A term of `search`, in any field.
    pub(crate) fn term(&mut self, term: &Term) -> Bound<Expr> {
        let needle = self.needle(term.operator, &term.text, &term.range)?;
        Ok(self.anywhere(needle))
    }

    /// A term of `search`, in one field.
    pub(crate) fn term_in(&mut self, field: &Expression, term: &Term) -> Bound<Expr> {
        let needle = self.needle(term.operator, &term.text, &term.range);
        let value = self.bind(field)?;
        let text = match value.kind {
            None => return Ok(lit(false)),
            Some(Kind::Map) => value.expr,
            Some(_) => conversion::to(Kind::Text, value),
        };
        Ok(any_field::holds(vec![text], needle?))
    }
}
