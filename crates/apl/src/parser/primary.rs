//! Literals, names, calls, parentheses, and the keys that follow them.

use super::{Offer, Parsed, Parser, words};
use crate::aggregations;
use crate::datetime;
use crate::functions;
use crate::lexer::Shape;
use crate::limits::TEXT_CALLS_MAX;
use crate::syntax::expression::{Expression, Key, Literal, Node};
use std::ops::Range;
use std::sync::Arc;

impl Parser<'_, '_> {
    /// A primary with its keys: `a`, `a.b.c`, `['attributes.custom']['k']`, `events[0].name`.
    pub(crate) fn path(&mut self) -> Parsed<Expression> {
        let start = self.range().start;
        let base = self.primary()?;
        let mut keys = Vec::new();
        loop {
            match (self.peek(), self.peek_at(1).clone()) {
                (Shape::Sign("["), Shape::Text(_)) => keys.push(Key::Name(self.bracketed()?)),
                (Shape::Sign("."), Shape::Word(key)) => {
                    self.advance();
                    self.advance();
                    keys.push(Key::Name(key));
                }
                (Shape::Sign("["), _) => {
                    self.advance();
                    keys.push(Key::Place(self.expression()?));
                    self.expect_sign("]")?;
                }
                _ => break,
            }
        }
        self.note_read(&base.node, &keys);
        if keys.is_empty() {
            return Ok(base);
        }
        let node = Node::Path {
            base: Box::new(base),
            keys,
        };
        Ok(Expression {
            node,
            range: self.since(start),
        })
    }

    /// Notes the names that a path may mean: `a`, `a.b` and `a.b.c` of `a.b.c`.
    fn note_read(&mut self, base: &Node, keys: &[Key]) {
        let Node::Field(base) = base else {
            return;
        };
        let mut name = base.clone();
        for key in keys {
            let Key::Name(key) = key else {
                break;
            };
            let longer = format!("{name}.{key}");
            self.reads.insert(std::mem::replace(&mut name, longer));
        }
        self.reads.insert(name);
    }

    fn primary(&mut self) -> Parsed<Expression> {
        self.offer(match self.aggregates {
            true => Offer::Aggregate,
            false => Offer::Value,
        });
        let range = self.range();
        let node = match self.peek().clone() {
            Shape::Text(text) => Node::Literal(Literal::Text(text)),
            Shape::Integer(value) => Node::Literal(Literal::Integer(value)),
            Shape::Float(value) => Node::Literal(Literal::Float(value)),
            Shape::Timespan(nanos) => Node::Literal(Literal::Timespan(nanos)),
            Shape::Datetime(content) => match datetime::read(&content) {
                Some(nanos) => Node::Literal(Literal::Datetime(nanos)),
                None => {
                    let message = "expected a datetime such as 2024-01-02 or 2024-01-02T03:04:05Z";
                    return Err(self.report.error(&range, message));
                }
            },
            Shape::Word(word) => return self.word(word),
            Shape::Sign("[") => {
                let name = self.bracketed()?;
                return Ok(Expression {
                    node: Node::Field(name),
                    range: self.since(range.start),
                });
            }
            Shape::Sign("(") => {
                self.advance();
                let mut inner = self.expression()?;
                self.expect_close(&range)?;
                inner.range = self.since(range.start);
                return Ok(inner);
            }
            Shape::Sign("!") => return Err(self.expected("a value, such as not(condition)")),
            _ => return Err(self.expected("a value")),
        };
        self.advance();
        Ok(Expression { node, range })
    }

    /// A name, a call, or a literal spelt as a word.
    fn word(&mut self, word: String) -> Parsed<Expression> {
        let range = self.range();
        self.advance();
        if self.is_sign("(") {
            return self.call(word, range.start);
        }
        let node = match word.as_str() {
            "true" => Node::Literal(Literal::Boolean(true)),
            "false" => Node::Literal(Literal::Boolean(false)),
            "null" => Node::Literal(Literal::Null),
            "not" if self.starts_value() => {
                let message = "expected '(' after not, as in not(error)";
                return Err(self.report.error(&range, message));
            }
            "and" | "or" | "by" => {
                let message = format!("expected a value, found '{word}'");
                return Err(self.report.error(&range, message));
            }
            _ => Node::Field(word),
        };
        Ok(Expression { node, range })
    }

    /// Whether a value comes next, and no operator.
    fn starts_value(&self) -> bool {
        match self.peek() {
            Shape::Word(word) => !words::is_comparison(word),
            Shape::Text(_) | Shape::Integer(_) | Shape::Float(_) => true,
            _ => false,
        }
    }

    fn call(&mut self, function: String, start: usize) -> Parsed<Expression> {
        if functions::makes_texts(&function) {
            self.text_calls += 1;
            if self.text_calls > TEXT_CALLS_MAX {
                let message = format!(
                    "too many calls of {function} and its kin: expected at most {TEXT_CALLS_MAX}"
                );
                return Err(self.report.error(&self.since(start), message));
            }
        }
        let open = self.range();
        self.expect_sign("(")?;
        if function == "toscalar" {
            let query = Arc::new(self.nested(Self::embedded)?);
            self.expect_close(&open)?;
            return Ok(Expression {
                node: Node::Scalar(query),
                range: self.since(start),
            });
        }
        let allowed = self.aggregates && !aggregations::is_known(&function);
        let arguments = self.with_aggregates(allowed, |parser| parser.arguments(&function))?;
        self.expect_close(&open)?;
        if let (true, Some(Node::Literal(Literal::Text(name)))) = (
            functions::names_a_field(&function),
            arguments.first().map(|first| &first.node),
        ) {
            self.reads.insert(name.clone());
        }
        Ok(Expression {
            node: Node::Call {
                function,
                arguments,
            },
            range: self.since(start),
        })
    }

    /// What stands between the parentheses of a call.
    fn arguments(&mut self, function: &str) -> Parsed<Vec<Expression>> {
        if self.is_sign(")") {
            Ok(Vec::new())
        } else if function == "dynamic" {
            Ok(vec![self.nested(Self::dynamic)?])
        } else if aggregations::takes_fields(function) {
            self.comma_separated(Self::field_argument)
        } else {
            self.comma_separated(Self::expression)
        }
    }

    /// `*`, `name = value` or a value.
    fn field_argument(&mut self) -> Parsed<Expression> {
        let start = self.range().start;
        let node = match (self.peek().clone(), self.peek_at(1)) {
            (Shape::Sign("*"), Shape::Sign("," | ")")) => {
                self.advance();
                Node::Star
            }
            (Shape::Word(name), Shape::Sign("=")) => {
                self.advance();
                self.advance();
                let value = Box::new(self.expression()?);
                Node::Named { name, value }
            }
            _ => return self.expression(),
        };
        Ok(Expression {
            node,
            range: self.since(start),
        })
    }

    /// What `dynamic(…)` may hold: a literal, a list or a map of such.
    fn dynamic(&mut self) -> Parsed<Expression> {
        let start = self.range().start;
        let node = if self.take_sign("[") {
            let mut list = Vec::new();
            while !self.is_sign("]") {
                list.push(self.nested(Self::dynamic)?);
                if !self.take_sign(",") {
                    break;
                }
            }
            self.expect_sign("]")?;
            Node::List(list)
        } else if self.take_sign("{") {
            let mut entries = Vec::new();
            while !self.is_sign("}") {
                entries.push(self.entry()?);
                if !self.take_sign(",") {
                    break;
                }
            }
            self.expect_sign("}")?;
            Node::Bag(entries)
        } else {
            return self.expression();
        };
        Ok(Expression {
            node,
            range: self.since(start),
        })
    }

    /// `"key": value` of a map.
    fn entry(&mut self) -> Parsed<(String, Expression)> {
        let (Shape::Text(key) | Shape::Word(key)) = self.peek().clone() else {
            return Err(self.expected("a key such as \"name\""));
        };
        self.advance();
        self.expect_sign(":")?;
        Ok((key, self.nested(Self::dynamic)?))
    }

    /// Where a name stands in brackets without quotes, and what it would be with them.
    fn unquoted(&self, open: &Range<usize>) -> Option<(Range<usize>, String)> {
        let mut name = String::new();
        let mut ahead = 0;
        loop {
            match self.peek_at(ahead) {
                Shape::Word(word) => name.push_str(word),
                Shape::Sign(sign @ ("." | "-")) => name.push_str(sign),
                Shape::Sign("]") if !name.is_empty() => {
                    let end = self.tokens[self.at + ahead].range.end;
                    return Some((open.start..end, format!("['{name}']")));
                }
                _ => return None,
            }
            ahead += 1;
        }
    }

    /// `['a name']` or `["a name"]`.
    pub(crate) fn bracketed(&mut self) -> Parsed<String> {
        let open = self.range();
        self.expect_sign("[")?;
        let Shape::Text(name) = self.peek().clone() else {
            if let Some((range, meant)) = self.unquoted(&open) {
                let message = "expected quotes around a name in brackets";
                return Err(self.report.suggest(&range, message, Some(meant)));
            }
            return Err(self.expected("a quoted name such as ['service.name']"));
        };
        self.advance();
        self.expect_sign("]")?;
        Ok(name.replace("\\.", "."))
    }
}
