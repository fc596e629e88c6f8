//! The whole text: `let` and `declare` statements, each ended by `;`, then a query.

use super::{Offer, Parsed, Parser};
use crate::lexer::Shape;
use crate::limits::STATEMENTS_MAX;
use crate::syntax::Query;
use crate::syntax::table::{Name, Statement};
use std::sync::Arc;

impl Parser<'_, '_> {
    /// Reads the statements, and gives the query.
    pub(super) fn script(&mut self) -> Parsed<Query> {
        let mut failure = None;
        while let Some(word) = self.statement_word() {
            if self.statements.len() >= STATEMENTS_MAX {
                let message = format!("too many statements: expected at most {STATEMENTS_MAX}");
                return Err(self.refuse(&self.range(), message));
            }
            if let Err(failed) = self.statement(word) {
                failure = Some(failed);
                self.skip_statement();
            }
        }
        if *self.peek() == Shape::End
            && let Some(failed) = failure
        {
            return Err(failed);
        }
        if *self.peek() == Shape::End && !self.statements.is_empty() {
            self.offer(Offer::Table);
            return Err(self.expected("a query after the statements, such as ['traces']"));
        }
        self.query()
    }

    /// The word of a statement, if one comes next.
    fn statement_word(&mut self) -> Option<&'static str> {
        let is_set = matches!(self.peek(), Shape::Word(word) if word == "set");
        let mut words = ["let", "declare"].into_iter();
        words
            .find(|word| self.is_word(word))
            .or(is_set.then_some("set"))
    }

    fn statement(&mut self, word: &str) -> Parsed<()> {
        let range = self.range();
        self.advance();
        match word {
            "let" => {
                let statement = self.let_statement()?;
                self.statements.push(statement);
            }
            "declare" => {
                self.expect_word("query_parameters")?;
                self.expect_sign("(")?;
                let parameters = self.comma_separated(Self::parameter)?;
                self.expect_sign(")")?;
                self.statements.extend(parameters);
            }
            _ => return Err(self.refuse(&range, "not supported yet: set; leave it out")),
        }
        self.expect_sign(";")
    }

    fn let_statement(&mut self) -> Parsed<Statement> {
        let name = self.statement_name()?;
        self.expect_sign("=")?;
        let is_table = self.starts_table(true);
        self.offer(Offer::Table);
        // The name is known even if what it stands for cannot be read.
        self.lets.push((name.text.clone(), is_table));
        if is_table {
            let query = Arc::new(self.embedded()?);
            return Ok(Statement::Table { name, query });
        }
        self.arithmetic = 0;
        let value = self.expression()?;
        Ok(Statement::Value { name, value })
    }

    fn statement_name(&mut self) -> Parsed<Name> {
        let range = self.range();
        let Shape::Word(text) = self.peek().clone() else {
            return Err(self.expected("a name"));
        };
        self.advance();
        Ok(Name { text, range })
    }

    /// `name:type = default`
    fn parameter(&mut self) -> Parsed<Statement> {
        let name = self.statement_name()?;
        self.expect_sign(":")?;
        let kind = self.kind()?;
        self.lets.push((name.text.clone(), false));
        let default = match self.take_sign("=") {
            true => Some(self.expression()?),
            false => None,
        };
        Ok(Statement::Parameter {
            name,
            kind,
            default,
        })
    }

    /// Past the `;` that ends this statement, or to the end.
    fn skip_statement(&mut self) {
        while *self.peek() != Shape::End && !self.take_sign(";") {
            self.advance();
        }
    }

    /// Whether a table comes next rather than a value. A bare name is a table if `let` made it one;
    /// another may be a dataset's if `or_dataset` says so.
    pub(super) fn starts_table(&self, or_dataset: bool) -> bool {
        let mut ahead = 0;
        while matches!(self.peek_at(ahead), Shape::Sign("(")) {
            ahead += 1;
        }
        let next = self.peek_at(ahead + 1);
        match self.peek_at(ahead) {
            Shape::Sign("|") => true,
            Shape::Sign("[") if matches!(next, Shape::Text(_)) => {
                or_dataset || *self.peek_at(ahead + 3) == Shape::Sign("|")
            }
            Shape::Word(word) => match (word.as_str(), next) {
                (
                    "datatable" | "table" | "trace" | "spans_of" | "externaldata",
                    Shape::Sign("("),
                ) => true,
                (_, Shape::Sign("(")) => matches!(word.as_str(), "union"),
                ("union" | "search" | "print", _) => !matches!(next, Shape::Sign(";" | ")")),
                (_, Shape::Sign("|")) => true,
                ("true" | "false" | "null", _) => false,
                (_, Shape::Sign(";" | ")") | Shape::End) => match self.meaning(word) {
                    Some(is_table) => is_table,
                    None => or_dataset,
                },
                _ => self.meaning(word) == Some(true),
            },
            _ => false,
        }
    }

    /// Whether `let` made this name a table; `None` if it did not name it.
    fn meaning(&self, word: &str) -> Option<bool> {
        let named = self.lets.iter().rev().find(|(name, _)| name == word);
        named.map(|(_, is_table)| *is_table)
    }
}
