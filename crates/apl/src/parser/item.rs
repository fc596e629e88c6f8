//! What operators are made of: `name = expression`, field patterns, sort keys, row counts.

use super::{Offer, Parsed, Parser};
use crate::kind::Kind;
use crate::lexer::Shape;
use crate::syntax::Expression;
use crate::syntax::stage::{Item, Pattern, SortKey};

impl Parser<'_, '_> {
    /// `a = x, y, …`
    pub(crate) fn items(&mut self) -> Parsed<Vec<Item>> {
        self.comma_separated(Self::item)
    }

    pub(crate) fn item(&mut self) -> Parsed<Item> {
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

    /// `name, attr*, ['attributes.http.']*`
    pub(crate) fn patterns(&mut self) -> Parsed<Vec<Pattern>> {
        self.comma_separated(Self::pattern_of_fields)
    }

    /// A pattern that is of fields, not of tables.
    pub(crate) fn pattern_of_fields(&mut self) -> Parsed<Pattern> {
        let pattern = self.pattern()?;
        self.reads.insert(pattern.text.clone());
        Ok(pattern)
    }

    pub(crate) fn pattern(&mut self) -> Parsed<Pattern> {
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
            self.offer(Offer::Field);
            return Err(self.expected("a field name or a pattern such as attributes*"));
        }
        Ok(Pattern {
            text,
            range: self.since(start),
        })
    }

    /// `name` or `['a name']`, for a field that is made.
    pub(crate) fn name(&mut self) -> Parsed<String> {
        match self.peek().clone() {
            Shape::Word(name) => {
                self.advance();
                Ok(name)
            }
            Shape::Sign("[") => self.bracketed(),
            _ => Err(self.expected("a name")),
        }
    }

    /// `name:type`
    pub(crate) fn typed_name(&mut self) -> Parsed<(String, Kind)> {
        let name = self.name()?;
        self.expect_sign(":")?;
        Ok((name, self.kind()?))
    }

    /// The name of a type.
    pub(crate) fn kind(&mut self) -> Parsed<Kind> {
        self.offer(Offer::Type);
        let kind = match self.peek() {
            Shape::Word(word) => {
                Kind::named(word).filter(|kind| !matches!(kind, Kind::Array | Kind::Bag))
            }
            _ => None,
        };
        match kind {
            Some(kind) => {
                self.advance();
                Ok(kind)
            }
            None => {
                let meant = match self.peek() {
                    Shape::Word(word) => meant_type(word),
                    _ => None,
                };
                let expected = "a type: string, long, real, bool, datetime, timespan or dynamic";
                Err(self.expected_instead(expected, meant))
            }
        }
    }

    /// `field:`, if that is what comes next.
    pub(crate) fn field_before_colon(&mut self) -> Parsed<Option<Expression>> {
        let mut ahead = match (self.peek(), self.peek_at(1)) {
            (Shape::Word(_), _) => 1,
            (Shape::Sign("["), Shape::Text(_)) => 3,
            _ => return Ok(None),
        };
        while matches!(self.peek_at(ahead), Shape::Sign(".")) {
            ahead += 2;
        }
        if !matches!(self.peek_at(ahead), Shape::Sign(":")) {
            return Ok(None);
        }
        let field = self.path()?;
        self.expect_sign(":")?;
        Ok(Some(field))
    }

    /// A string literal's content.
    pub(crate) fn text(&mut self, what: &str) -> Parsed<String> {
        match self.peek().clone() {
            Shape::Text(text) => {
                self.advance();
                Ok(text)
            }
            _ => Err(self.expected(what)),
        }
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

/// The type that a word of another language means.
fn meant_type(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "int64" | "int32" | "number" | "bigint" => "long",
        "float64" | "decimal" | "numeric" => "real",
        "str" | "text" | "varchar" => "string",
        "timestamp" => "datetime",
        "array" | "map" | "json" | "object" => "dynamic",
        "duration" | "interval" => "timespan",
        _ => return None,
    })
}
