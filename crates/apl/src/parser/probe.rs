//! What could come at the end of a text, for completion: the parser notes there what it looks for.

use super::Parser;
use crate::lexer::Shape;
use crate::syntax::table::Statement;
use crate::syntax::{Expression, Query};

/// What the parser met where the text ends.
#[derive(Debug, Default)]
pub(crate) struct Probe {
    /// What it looked for, each once.
    pub(crate) offers: Vec<Offer>,
    /// The operator that the end is in.
    pub(crate) verb: String,
    /// Whether the end is inside parentheses of an expression.
    pub(crate) is_inside: bool,
    /// The innermost query that the end is in, up to the operator that could not be read.
    pub(crate) query: Option<Query>,
    /// Of a join, where its keys are to be.
    pub(crate) right: Option<Query>,
    /// The side of a join that was named.
    pub(crate) is_left: Option<bool>,
    /// Those before the query.
    pub(crate) statements: Vec<Statement>,
}

/// Something that could come next.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Offer {
    /// A word of the grammar, as it is written.
    Word(String),
    /// An operator after a pipe.
    Operator,
    /// A dataset, a table of `let`, or what else a query begins with.
    Table,
    /// An expression.
    Value,
    /// An expression around an aggregation.
    Aggregate,
    /// The name of a field.
    Field,
    /// The name of a type.
    Type,
    /// An operator after this value; `!` stands before it if `negated`.
    Comparison { left: Expression, negated: bool },
}

impl Parser<'_, '_> {
    /// Notes that this could come next, if the text ends here and somebody wants to know.
    pub(crate) fn offer(&mut self, offer: Offer) {
        let is_end = self.ends_here();
        let is_inside = self.depth > 1;
        if let Some(probe) = self.probe.as_mut().filter(|_| is_end)
            && !probe.offers.contains(&offer)
        {
            probe.is_inside = is_inside;
            probe.offers.push(offer);
        }
    }

    /// The same of words of the grammar.
    pub(crate) fn offer_words(&mut self, words: &[&str]) {
        for word in words {
            self.offer_word(word);
        }
    }

    /// Whether the text ends here, and somebody wants to know what could come.
    pub(super) fn ends_here(&self) -> bool {
        self.probe.is_some() && *self.peek() == Shape::End
    }

    pub(super) fn offer_word(&mut self, word: &str) {
        if self.ends_here() {
            self.offer(Offer::Word(word.to_owned()));
        }
    }

    /// Notes which operator is being read.
    pub(super) fn within(&mut self, verb: &str) {
        if let Some(probe) = &mut self.probe {
            verb.clone_into(&mut probe.verb);
        }
    }

    /// Notes what the keys of a join are fields of; `None` when they are read.
    pub(crate) fn beside(&mut self, right: Option<&Query>) {
        if let Some(probe) = &mut self.probe {
            probe.right = right.cloned();
        }
    }

    /// Notes the side that the next key of a join is of.
    pub(crate) fn on_side(&mut self, is_left: Option<bool>) {
        if let Some(probe) = &mut self.probe {
            probe.is_left = is_left;
        }
    }

    /// Notes the query that the text ends in; the innermost is the first.
    pub(super) fn ends_in(&mut self, query: &Query) {
        let is_end = self.ends_here();
        if let Some(probe) = self.probe.as_mut().filter(|_| is_end)
            && probe.query.is_none()
        {
            probe.query = Some(query.clone());
        }
    }
}
