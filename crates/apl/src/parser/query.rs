//! The whole query: `source | stage | stage`, in parentheses or not.

use super::{Parsed, Parser};
use crate::lexer::Shape;
use crate::limits::STAGES_MAX;
use crate::operators;
use crate::syntax::{Query, Source, Stage};

/// What Axiom's language starts a query with and this one does not have yet.
const UNSUPPORTED_SOURCES: &[&str] = &[
    "let",
    "declare",
    "set",
    "union",
    "datatable",
    "externaldata",
    "print",
    "search",
    "range",
];

impl Parser<'_, '_> {
    pub(super) fn query(&mut self) -> Parsed<Query> {
        let query = self.piped()?;
        self.take_sign(";");
        if *self.peek() != Shape::End {
            return Err(self.expected("'|' or the end of the query"));
        }
        Ok(query)
    }

    /// `source | …` up to the end or a closing parenthesis.
    fn piped(&mut self) -> Parsed<Query> {
        let mut query = match self.peek() {
            Shape::Sign("(") => self.nested(Self::parenthesised)?,
            _ => Query {
                source: self.source()?,
                stages: Vec::new(),
            },
        };
        while self.take_sign("|") {
            if query.stages.len() >= STAGES_MAX {
                let message = format!("too many operators: expected at most {STAGES_MAX}");
                return Err(self.report.error(&self.range(), message));
            }
            match self.stage() {
                Ok(stage) => query.stages.push(stage),
                Err(_) => self.skip_stage(),
            }
        }
        Ok(query)
    }

    fn parenthesised(&mut self) -> Parsed<Query> {
        self.expect_sign("(")?;
        let query = self.piped()?;
        if self.is_sign(")") {
            self.advance();
            return Ok(query);
        }
        Err(self.expected("'|' or ')'"))
    }

    fn source(&mut self) -> Parsed<Source> {
        let range = self.range();
        let name = match self.peek().clone() {
            Shape::Sign("|") => None,
            Shape::Sign("[") => Some(self.bracketed()?),
            Shape::Word(word) if UNSUPPORTED_SOURCES.contains(&word.as_str()) => {
                return Err(self
                    .report
                    .error(&range, format!("not supported yet: {word}")));
            }
            Shape::Word(word) => {
                self.advance();
                Some(word)
            }
            _ => return Err(self.expected("a dataset such as ['traces'], or '|'")),
        };
        Ok(Source {
            name,
            range: self.since(range.start),
        })
    }

    fn stage(&mut self) -> Parsed<Stage> {
        let start = self.range();
        let Shape::Word(mut verb) = self.peek().clone() else {
            return Err(self.expected("an operator such as where or summarize"));
        };
        self.advance();
        while self.is_sign("-") && self.is_adjacent() {
            let Shape::Word(second) = self.peek_at(1).clone() else {
                break;
            };
            self.advance();
            self.advance();
            verb = format!("{verb}-{second}");
        }
        let verb_range = self.since(start.start);
        let Some(parse) = operators::parser(&verb) else {
            let (message, suggestion) = operators::unknown(&verb);
            return Err(self.report.suggest(&verb_range, message, suggestion));
        };
        self.arithmetic = 0;
        let operator = parse(self)?;
        if !matches!(self.peek(), Shape::End | Shape::Sign("|" | ")" | ";")) {
            return Err(self.expected("'|' or the end of the query"));
        }
        Ok(Stage {
            operator,
            range: self.since(start.start),
        })
    }

    /// To the pipe that ends this stage; pipes inside parentheses are its own.
    fn skip_stage(&mut self) {
        let mut open = 0_usize;
        loop {
            match self.peek() {
                Shape::End => return,
                Shape::Sign("|") if open == 0 => return,
                Shape::Sign("(") => open += 1,
                Shape::Sign(")") => match open.checked_sub(1) {
                    Some(fewer) => open = fewer,
                    None if self.depth > 0 => return,
                    None => {}
                },
                _ => {}
            }
            self.advance();
        }
    }
}
