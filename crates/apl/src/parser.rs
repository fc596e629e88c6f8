//! Tokens to the syntax tree, by recursive descent.
//!
//! A stage that cannot be read is reported and skipped to its end, so that one run finds the mistakes
//! of every stage. Depth and size are bounded by `limits`.

use crate::diagnostic::{Failed, Report};
use crate::lexer::{self, Shape, Token};
use crate::limits::{DEPTH_MAX, TEXT_BYTES_MAX};
use crate::syntax::table::Statement;
use crate::syntax::{Expression, Script};
use std::collections::BTreeSet;
use std::ops::Range;

/// Operators between two values: `==`, `contains`, `in`, `between`.
mod comparison;
/// `and`, `or`, comparisons, arithmetic: by precedence, loosest first.
mod expression;
/// Lists of `name = expression`, field patterns, sort keys, row counts.
mod item;
/// Literals, names, calls, parentheses.
mod primary;
/// What could come at the end of a text.
mod probe;
/// A query: source, parentheses, stages.
mod query;
/// The whole text: statements, then a query.
mod script;
/// Words of other query languages, and what is meant by them.
pub(crate) mod words;

pub(crate) use probe::{Offer, Probe};

/// The result of reading something; on failure the report tells why.
pub(crate) type Parsed<T> = Result<T, Failed>;

/// Reads an expression by itself, and gives the names that it reads.
pub(crate) fn expression(
    text: &str,
    report: &mut Report<'_>,
) -> Parsed<(Expression, BTreeSet<String>)> {
    if text.len() > TEXT_BYTES_MAX {
        let message = "this expression is too long: expected at most 64 KiB";
        return Err(report.error(&(0..0), message));
    }
    let tokens = lexer::tokens(text, report);
    let mut parser = Parser::new(&tokens, report);
    let expression = parser.expression()?;
    match parser.peek() {
        Shape::End => Ok((expression, parser.reads)),
        _ => Err(parser.expected("the end of the expression")),
    }
}

/// Reads a query. `Ok` may come with diagnostics in the report: the stages that could be read.
pub(crate) fn parse(text: &str, report: &mut Report<'_>) -> Parsed<Script> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(report.error(&(0..0), "this query is too long: expected at most 64 KiB"));
    }
    if let Some(range) = words::sql(text) {
        let message = "this is SQL: ask with --sql, or by POST /api/v1/sql";
        return Err(report.error(&range, message));
    }
    let tokens = lexer::tokens(text, report);
    let mut parser = Parser::new(&tokens, report);
    let query = parser.script()?;
    Ok(Script {
        statements: parser.statements,
        query,
        reads: parser.reads,
    })
}

/// What could come at the end of a text, which may be unfinished.
pub(crate) fn probe(text: &str, report: &mut Report<'_>) -> Probe {
    let tokens = lexer::tokens(text, report);
    let mut parser = Parser::new(&tokens, report);
    parser.probe = Some(Probe::default());
    // What is wrong with it is not the question.
    let _ = parser.script();
    let mut probe = parser.probe.take().unwrap_or_default();
    probe.statements = parser.statements;
    probe
}

/// A reading position in the tokens.
#[derive(Debug)]
pub(crate) struct Parser<'p, 'r> {
    tokens: &'p [Token],
    at: usize,
    depth: usize,
    /// Arithmetic signs met in the expression at hand.
    arithmetic: usize,
    /// Calls met in the query of functions that make texts.
    text_calls: usize,
    /// What `let` has named so far, and whether it is a table.
    lets: Vec<(String, bool)>,
    statements: Vec<Statement>,
    /// The names that expressions read so far.
    reads: BTreeSet<String>,
    /// Whether an aggregation may stand here.
    aggregates: bool,
    /// Only when somebody wants to know what could come at the end.
    probe: Option<Probe>,
    report: &'p mut Report<'r>,
}

impl<'p, 'r> Parser<'p, 'r> {
    fn new(tokens: &'p [Token], report: &'p mut Report<'r>) -> Self {
        Self {
            tokens,
            at: 0,
            depth: 0,
            arithmetic: 0,
            text_calls: 0,
            lets: Vec::new(),
            statements: Vec::new(),
            reads: BTreeSet::new(),
            aggregates: false,
            probe: None,
            report,
        }
    }
}

impl Parser<'_, '_> {
    pub(crate) fn peek(&self) -> &Shape {
        self.peek_at(0)
    }

    /// The token `ahead` of the next one; past the end it is the end.
    pub(crate) fn peek_at(&self, ahead: usize) -> &Shape {
        &self.tokens[(self.at + ahead).min(self.tokens.len() - 1)].shape
    }

    /// Where the next token stands.
    pub(crate) fn range(&self) -> Range<usize> {
        self.tokens[self.at].range.clone()
    }

    /// From `start` to the end of the last token taken.
    pub(crate) fn since(&self, start: usize) -> Range<usize> {
        let end = self.tokens[self.at.saturating_sub(1)].range.end;
        start..end.max(start)
    }

    pub(crate) fn advance(&mut self) {
        self.at = (self.at + 1).min(self.tokens.len() - 1);
    }

    pub(crate) fn is_sign(&self, sign: &str) -> bool {
        matches!(self.peek(), Shape::Sign(next) if *next == sign)
    }

    pub(crate) fn is_word(&mut self, word: &str) -> bool {
        self.offer_word(word);
        matches!(self.peek(), Shape::Word(next) if next == word)
    }

    pub(crate) fn take_sign(&mut self, sign: &str) -> bool {
        let taken = self.is_sign(sign);
        if taken {
            self.advance();
        }
        taken
    }

    pub(crate) fn take_word(&mut self, word: &str) -> bool {
        let taken = self.is_word(word);
        if taken {
            self.advance();
        }
        taken
    }

    pub(crate) fn expect_sign(&mut self, sign: &str) -> Parsed<()> {
        if self.take_sign(sign) {
            Ok(())
        } else {
            Err(self.expected(&format!("'{sign}'")))
        }
    }

    /// Takes the `)` of the `(` at `open`; where the stage ends instead, that one is at fault.
    pub(crate) fn expect_close(&mut self, open: &Range<usize>) -> Parsed<()> {
        match self.peek() {
            Shape::End | Shape::Sign("|" | ";") => {
                Err(self.refuse(open, "this '(' is not closed: expected a ')'"))
            }
            _ => self.expect_sign(")"),
        }
    }

    pub(crate) fn expect_word(&mut self, word: &str) -> Parsed<()> {
        if self.take_word(word) {
            Ok(())
        } else {
            Err(self.expected(&format!("'{word}'")))
        }
    }

    /// Whether the next token touches the one before it.
    pub(crate) fn is_adjacent(&self) -> bool {
        self.at > 0 && self.tokens[self.at - 1].range.end == self.tokens[self.at].range.start
    }

    /// Reports what is wrong with the text at `range`.
    pub(crate) fn refuse(&mut self, range: &Range<usize>, message: impl Into<String>) -> Failed {
        self.report.error(range, message)
    }

    /// Reports that something else stands here.
    pub(crate) fn expected(&mut self, what: &str) -> Failed {
        self.expected_instead(what, None)
    }

    /// The same, with what may have been meant.
    pub(crate) fn expected_instead(&mut self, what: &str, meant: Option<&str>) -> Failed {
        let found = match self.peek() {
            Shape::Word(word) => format!("'{word}'"),
            Shape::Text(_) => "a string".to_owned(),
            Shape::Integer(_) | Shape::Float(_) => "a number".to_owned(),
            Shape::Timespan(_) => "a timespan".to_owned(),
            Shape::Datetime(_) => "a datetime".to_owned(),
            Shape::Sign(sign) => format!("'{sign}'"),
            // Its report is the one at this range.
            Shape::Unknown => "what is no part of the language".to_owned(),
            Shape::End => "the end of the query".to_owned(),
        };
        let message = format!("expected {what}, found {found}");
        // A word of the language in a wrong place is meant as it stands.
        let is_other = |meant: &&str| !matches!(self.peek(), Shape::Word(word) if word == meant);
        let meant = meant.filter(is_other).map(str::to_owned);
        self.report.suggest(&self.range(), message, meant)
    }

    /// Reports what stands where `what` was expected after a finished stage or expression; often it is a word
    /// of another language, or a pipe is missing before it.
    pub(crate) fn unfinished(&mut self, what: &str) -> Failed {
        match self.peek().clone() {
            Shape::Word(word) => {
                let (expected, meant) = words::meant_after_a_value(&word);
                self.expected_instead(expected.unwrap_or(what), meant.as_deref())
            }
            Shape::Sign(")") if self.depth == 0 => {
                self.refuse(&self.range(), "no '(' is open: expected no ')'")
            }
            _ => self.expected(what),
        }
    }

    /// Runs `inner` one level deeper, within the depth limit.
    pub(crate) fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= DEPTH_MAX {
            let message = format!("nested too deeply: expected at most {DEPTH_MAX} levels");
            return Err(self.report.error(&self.range(), message));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// Runs `inner` where aggregations may stand, or may not.
    pub(crate) fn with_aggregates<T>(
        &mut self,
        allowed: bool,
        inner: impl FnOnce(&mut Self) -> Parsed<T>,
    ) -> Parsed<T> {
        let before = std::mem::replace(&mut self.aggregates, allowed);
        let result = inner(self);
        self.aggregates = before;
        result
    }

    /// One or more, separated by commas.
    pub(crate) fn comma_separated<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Parsed<T>,
    ) -> Parsed<Vec<T>> {
        let mut items = vec![item(self)?];
        while self.take_sign(",") {
            items.push(item(self)?);
        }
        Ok(items)
    }
}
