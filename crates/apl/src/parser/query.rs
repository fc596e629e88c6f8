//! A query: `source | stage | stage`, in parentheses or not.

use super::{Offer, Parsed, Parser};
use crate::lexer::Shape;
use crate::limits::STAGES_MAX;
use crate::operators::{self, datatable, print, search, spans_of, trace, union};
use crate::syntax::table::Origin;
use crate::syntax::{Query, Source, Stage};

impl Parser<'_, '_> {
    /// The query that ends the text.
    pub(super) fn query(&mut self) -> Parsed<Query> {
        let query = self.piped()?;
        self.take_sign(";");
        if *self.peek() != Shape::End {
            return Err(self.unfinished("'|' or the end of the query"));
        }
        Ok(query)
    }

    /// A query inside an expression, a statement or another query.
    pub(crate) fn embedded(&mut self) -> Parsed<Query> {
        let arithmetic = self.arithmetic;
        let query = self.piped();
        self.arithmetic = arithmetic;
        query
    }

    /// `(query)`, or the bare name of a table.
    pub(crate) fn sub_query(&mut self) -> Parsed<Query> {
        if !self.is_sign("(") {
            let source = self.source()?;
            return Ok(Query {
                source,
                stages: Vec::new(),
            });
        }
        let arithmetic = self.arithmetic;
        let query = self.nested(Self::parenthesised);
        self.arithmetic = arithmetic;
        query
    }

    /// `source | …` up to the end, a closing parenthesis or a semicolon.
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
            let start = self.at;
            match self.stage() {
                Ok(stage) => query.stages.push(stage),
                Err(_) => self.skip_stage(start),
            }
        }
        self.ends_in(&query);
        Ok(query)
    }

    fn parenthesised(&mut self) -> Parsed<Query> {
        let open = self.range();
        self.expect_sign("(")?;
        let query = self.piped()?;
        if self.take_sign(")") {
            return Ok(query);
        }
        match self.peek() {
            Shape::End | Shape::Sign(";") => self.expect_close(&open)?,
            _ => return Err(self.unfinished("'|' or ')'")),
        }
        Ok(query)
    }

    pub(crate) fn source(&mut self) -> Parsed<Source> {
        self.offer(Offer::Table);
        let range = self.range();
        let origin = match self.peek().clone() {
            Shape::Sign("|") => Origin::InHand,
            Shape::Sign("[") => Origin::Dataset(self.bracketed()?),
            Shape::Word(word) => self.named_source(word)?,
            _ => return Err(self.expected("a dataset such as ['traces'], or '|'")),
        };
        let range = match origin {
            Origin::InHand => range,
            _ => self.since(range.start),
        };
        Ok(Source { origin, range })
    }

    /// A source that starts with a word.
    fn named_source(&mut self, word: String) -> Parsed<Origin> {
        let range = self.range();
        self.advance();
        let is_call = self.is_sign("(");
        Ok(match word.as_str() {
            "union" => Origin::Union(union::read(self)?),
            "search" => Origin::Search(search::read(self)?),
            "print" => Origin::Print(print::read(self)?),
            "datatable" if is_call => Origin::Datatable(datatable::read(self)?),
            "trace" if is_call => Origin::Trace(trace::read(self)?),
            "spans_of" if is_call => Origin::SpansOf(spans_of::read(self)?),
            "table" if is_call => {
                self.advance();
                let name = self.text("the name of a dataset as a string")?;
                self.expect_sign(")")?;
                Origin::Dataset(name)
            }
            "externaldata" | "range" => {
                let message = operators::refusal(&word).unwrap_or_default();
                return Err(self.refuse(&range, message));
            }
            _ if self.is_operator_alone(&word) => {
                let message = format!(
                    "{word} comes after a '|': expected a dataset such as ['traces'], or '|'"
                );
                return Err(self
                    .report
                    .suggest(&range, message, Some(format!("| {word}"))));
            }
            _ => Origin::Named(word),
        })
    }

    /// Whether a word at the start of a query is that of an operator with what belongs to it, and no dataset.
    fn is_operator_alone(&self, word: &str) -> bool {
        let is_whole = matches!(self.peek(), Shape::End | Shape::Sign("|" | ")" | ";" | ","));
        let is_next_on = matches!(self.peek(), Shape::Word(next) if next == "on");
        operators::parser(word).is_some() && !is_whole && !is_next_on
    }

    fn stage(&mut self) -> Parsed<Stage> {
        self.offer(Offer::Operator);
        let start = self.range();
        let Shape::Word(mut verb) = self.peek().clone() else {
            if self.is_sign("|") && self.is_adjacent() {
                let both = start.start - 1..start.end;
                self.advance();
                let meant = Some("or".to_owned());
                return Err(self
                    .report
                    .suggest(&both, "expected an operator, found '||'", meant));
            }
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
        self.within(&verb);
        self.arithmetic = 0;
        let operator = self.with_aggregates(false, parse)?;
        if !matches!(self.peek(), Shape::End | Shape::Sign("|" | ")" | ";")) {
            return Err(self.unfinished("'|' or the end of the query"));
        }
        Ok(Stage {
            operator,
            range: self.since(start.start),
        })
    }

    /// To the pipe that ends the stage that started at `start`; pipes inside parentheses are its own,
    /// unless they never close.
    fn skip_stage(&mut self, start: usize) {
        let failed = std::mem::replace(&mut self.at, start);
        if !self.skip_to_pipe() || self.at < failed {
            self.at = failed;
            self.skip_to_pipe();
        }
    }

    /// To the next pipe outside of parentheses, or to what ends the query; `false` if some of them do
    /// not close.
    fn skip_to_pipe(&mut self) -> bool {
        let mut open = 0_usize;
        loop {
            match self.peek() {
                Shape::End => return open == 0,
                Shape::Sign("|" | ";") if open == 0 => return true,
                Shape::Sign("(") => open += 1,
                Shape::Sign(")") => match open.checked_sub(1) {
                    Some(fewer) => open = fewer,
                    None if self.depth > 0 => return true,
                    None => {}
                },
                _ => {}
            }
            self.advance();
        }
    }
}
