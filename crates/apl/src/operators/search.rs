//! # search
//!
//! The rows with a word in any field, before a query or after a pipe. Numbers, times and booleans are looked
//! at as texts; of attributes' maps the values; events, links and other arrays as JSON. It reads every field:
//! `where` with the field's name is much faster.
//!
//! `"t"` is a whole term, `"t*"` the start of one, `"*t"` the end of one, `"*t*"` any text, `"a*b"` and `"a?b"`
//! a pattern; `field:"t"` looks in one field. They ignore case, unless `kind=case_sensitive` is asked for.
//! Conditions such as `duration > 1s` may stand between them, with `and`, `or`, `not` and parentheses.
//!
//! ```apl
//! search [kind=case_sensitive] [in (table, prefix*, …)] condition
//! rows | search [kind=case_sensitive] condition
//! ```
//!
//! ## Example
//!
//! ```apl
//! search in (traces) "timeout" and kind:"client" | count
//! ```

use super::{Surroundings, union};
use crate::bind::{self, Binder, Bound, Pipeline, query};
use crate::kind::Kind;
use crate::lexer::Shape;
use crate::limits::{CHAIN_MAX, SEARCH_TERMS_MAX};
use crate::parser::{Parsed, Parser};
use crate::syntax::expression::{Match, Node};
use crate::syntax::table::{Search, Term, Wanted};
use datafusion::logical_expr::{Expr, not};

/// Reads a search after its word.
pub(crate) fn read(parser: &mut Parser<'_, '_>) -> Parsed<Search> {
    let mut ignore_case = true;
    parser.offer_words(&["kind="]);
    if matches!(parser.peek(), Shape::Word(word) if word == "kind")
        && *parser.peek_at(1) == Shape::Sign("=")
    {
        parser.advance();
        parser.advance();
        ignore_case = !parser.take_word("case_sensitive");
        if ignore_case && !parser.take_word("case_insensitive") {
            return Err(parser.expected("case_sensitive or case_insensitive"));
        }
    }
    let mut tables = Vec::new();
    if parser.take_word("in") {
        parser.expect_sign("(")?;
        tables = parser.comma_separated(union::member)?;
        parser.expect_sign(")")?;
    }
    let mut reader = Reader {
        ignore_case,
        terms: 0,
    };
    let condition = reader.any(parser)?;
    Ok(Search {
        ignore_case,
        tables,
        condition,
    })
}

/// Reads the condition of one search.
struct Reader {
    ignore_case: bool,
    terms: usize,
}

impl Reader {
    fn any(&mut self, parser: &mut Parser<'_, '_>) -> Parsed<Wanted> {
        self.chain(parser, "or", Self::every, Wanted::Any)
    }

    fn every(&mut self, parser: &mut Parser<'_, '_>) -> Parsed<Wanted> {
        self.chain(parser, "and", Self::one, Wanted::Every)
    }

    fn chain(
        &mut self,
        parser: &mut Parser<'_, '_>,
        word: &str,
        operand: fn(&mut Self, &mut Parser<'_, '_>) -> Parsed<Wanted>,
        node: fn(Vec<Wanted>) -> Wanted,
    ) -> Parsed<Wanted> {
        let mut operands = vec![operand(self, parser)?];
        while parser.take_word(word) {
            if operands.len() >= CHAIN_MAX {
                let message =
                    format!("too many operands of '{word}': expected at most {CHAIN_MAX}");
                return Err(parser.refuse(&parser.range(), message));
            }
            operands.push(operand(self, parser)?);
        }
        Ok(match operands.len() {
            1 => operands.remove(0),
            _ => node(operands),
        })
    }

    fn one(&mut self, parser: &mut Parser<'_, '_>) -> Parsed<Wanted> {
        if parser.take_word("not") {
            let inner = parser.nested(|parser| self.one(parser))?;
            return Ok(Wanted::Not(Box::new(inner)));
        }
        if parser.is_sign("(") {
            return parser.nested(|parser| {
                parser.expect_sign("(")?;
                let inner = self.any(parser)?;
                parser.expect_sign(")")?;
                Ok(inner)
            });
        }
        if matches!(parser.peek(), Shape::Text(_)) {
            return Ok(Wanted::Anywhere(self.term(parser)?));
        }
        if let Some(field) = parser.field_before_colon()? {
            return Ok(Wanted::In(field, self.term(parser)?));
        }
        Ok(Wanted::Condition(parser.comparison()?))
    }

    fn term(&mut self, parser: &mut Parser<'_, '_>) -> Parsed<Term> {
        let range = parser.range();
        self.terms += 1;
        if self.terms > SEARCH_TERMS_MAX {
            let message = format!("too many terms: expected at most {SEARCH_TERMS_MAX}");
            return Err(parser.refuse(&range, message));
        }
        let written = parser.text("a term in quotes, such as \"timeout\"")?;
        let (operator, text) = meaning(&written, self.ignore_case);
        Ok(Term {
            operator,
            text,
            range,
        })
    }
}

/// What the stars of a term mean.
fn meaning(written: &str, ignore_case: bool) -> (Match, String) {
    let (starts, ends) = (written.starts_with('*'), written.ends_with('*'));
    let bare = written.trim_matches('*');
    if bare.contains(['*', '?']) {
        let flags = if ignore_case { "(?is)" } else { "(?s)" };
        let before = if starts { "" } else { r"(?:^|[^\p{L}\p{N}])" };
        let after = if ends { "" } else { r"(?:$|[^\p{L}\p{N}])" };
        let pattern = regex::escape(bare).replace(r"\*", ".*").replace(r"\?", ".");
        return (Match::Regex, format!("{flags}{before}{pattern}{after}"));
    }
    let operator = match (starts, ends) {
        (false, false) => Match::Has { ignore_case },
        (false, true) => Match::HasPrefix { ignore_case },
        (true, false) => Match::HasSuffix { ignore_case },
        (true, true) => Match::Contains { ignore_case },
    };
    (operator, bare.to_owned())
}

/// A search before the first pipe: over the tables it names, or the dataset in hand.
pub(crate) fn bind_source(search: &Search, around: &mut Surroundings<'_, '_>) -> Bound<Pipeline> {
    let mut rows = if search.tables.is_empty() {
        query::in_hand(around)?
    } else {
        let parts = union::members(&search.tables, 0, around)?;
        union::combined(parts, None, around)?
    };
    filter(search, &mut rows, around)?;
    Ok(rows)
}

pub(super) fn bind(
    search: &Search,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    if !search.tables.is_empty() {
        return Err(around.error("a search after a pipe is over its rows: expected no tables"));
    }
    filter(search, pipeline, around)
}

fn filter(search: &Search, rows: &mut Pipeline, around: &mut Surroundings<'_, '_>) -> Bound<()> {
    let mut binder = around.binder(rows);
    binder.in_filter = true;
    let condition = condition(&search.condition, &mut binder)?;
    rows.filter(bind::as_filter(condition), around.report, &around.range)
}

fn condition(wanted: &Wanted, binder: &mut Binder<'_, '_>) -> Bound<Expr> {
    let mut joined = |operands: &[Wanted], join: fn(Expr, Expr) -> Expr| {
        let bound: Vec<Bound<Expr>> = operands
            .iter()
            .map(|operand| condition(operand, binder))
            .collect();
        let conditions = bound.into_iter().collect::<Bound<Vec<Expr>>>()?;
        Ok(bind::balanced(conditions, join))
    };
    match wanted {
        Wanted::Every(operands) => joined(operands, Expr::and),
        Wanted::Any(operands) => joined(operands, Expr::or),
        Wanted::Not(inner) => Ok(not(condition(inner, binder)?)),
        Wanted::Anywhere(term) => binder.term(term),
        Wanted::In(field, term) => binder.term_in(field, term),
        Wanted::Condition(expression) => {
            if let Node::Field(name) = &expression.node
                && binder
                    .scope
                    .get(name)
                    .is_none_or(|field| field.kind != Kind::Boolean)
            {
                let message = "expected a term in quotes or a condition";
                let quoted = Some(format!("\"{name}\""));
                return Err(binder.report.suggest(&expression.range, message, quoted));
            }
            binder.condition(expression)
        }
    }
}
