//! What operators are made of: `name = expression`, field patterns, sort keys, row counts.

use super::{Parsed, Parser};
use crate::lexer::Shape;
use crate::syntax::stage::{Item, Pattern, SortKey};

impl Parser<'_, '_> {
    /// `a = x, y, …`
    pub(crate) fn items(&mut self) -> Parsed<Vec<Item>> {
        self.comma_separated(Self::item)
    }

    fn item(&mut self) -> Parsed<Item> {
        self.arithmetic = 0;
        let name = self.assigned_name()?;
        Ok(Item {
            name,
            expression: self.expression()?,
        })
    }

    /// `name =` or `['a name'] =`, if that is what comes next.
    fn assigned_name(&mut self) -> Parsed<Option<String>> {
        let name = match (self.peek().clone(), self.peek_at(1), self.peek_at(3)) {
            (Shape::Word(name), Shape::Sign("="), _) => {
                self.advance();
                name
            }
            (Shape::Sign("["), Shape::Text(_), Shape::Sign("=")) => self.bracketed()?,
            _ => return Ok(None),
        };
        self.expect_sign("=")?;
        Ok(Some(name))
    }

    /// Takes `word` if it comes next.
    pub(crate) fn takes(&mut self, word: &str) -> bool {
        self.take_word(word)
    }

    /// Takes `*` if it comes next.
    pub(crate) fn takes_star(&mut self) -> bool {
        self.take_sign("*")
    }

    /// `name, attr*, ['attributes.http.']*`
    pub(crate) fn patterns(&mut self) -> Parsed<Vec<Pattern>> {
        self.comma_separated(Self::pattern)
    }

    fn pattern(&mut self) -> Parsed<Pattern> {
        let start = self.range().start;
        let mut text = String::new();
        while text.is_empty() || self.is_adjacent() {
            match self.peek().clone() {
                Shape::Word(word) => text.push_str(&word),
                Shape::Sign(sign @ ("*" | ".")) => text.push_str(sign),
                Shape::Sign("[") => {
                    text.push_str(&self.bracketed()?);
                    continue;
                }
                _ => break,
            }
            self.advance();
        }
        if text.is_empty() {
            return Err(self.expected("a field name or a pattern such as attributes*"));
        }
        Ok(Pattern {
            text,
            range: self.since(start),
        })
    }

    /// `a, b desc, c asc nulls last`; without a word, descending.
    pub(crate) fn sort_keys(&mut self) -> Parsed<Vec<SortKey>> {
        self.comma_separated(Self::sort_key)
    }

    pub(crate) fn sort_key(&mut self) -> Parsed<SortKey> {
        let expression = self.expression()?;
        let descending = !self.take_word("asc");
        if descending {
            self.take_word("desc");
        }
        let nulls_first = if !self.take_word("nulls") {
            None
        } else if self.take_word("first") {
            Some(true)
        } else if self.take_word("last") {
            Some(false)
        } else {
            return Err(self.expected("'first' or 'last'"));
        };
        Ok(SortKey {
            expression,
            descending,
            nulls_first,
        })
    }

    /// A number of rows, written as a number.
    pub(crate) fn row_count(&mut self) -> Parsed<usize> {
        let Shape::Integer(rows) = *self.peek() else {
            return Err(self.expected("a number of rows"));
        };
        self.advance();
        Ok(usize::try_from(rows).unwrap_or(0))
    }
}
