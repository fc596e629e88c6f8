//! Operators between two values: signs (`==`, `=~`), words (`contains`, `has_cs`) and their `!` forms,
//! `in`, `has_any`, `between`, `matches regex`. They do not chain.

use super::{Offer, Parsed, Parser};
use crate::diagnostic::Failed;
use crate::lexer::Shape;
use crate::syntax::expression::{Compare, Expression, Match, Node};
use std::ops::Range;
use std::sync::Arc;

/// An operator between two values; the flag of a match says that it is negated.
enum Operator {
    Compare(Compare),
    Match(Match, bool),
    /// Whether case is ignored.
    HasAny(bool),
    In,
    Between,
}

impl Parser<'_, '_> {
    pub(crate) fn comparison(&mut self) -> Parsed<Expression> {
        let start = self.range().start;
        if self.is_sign("*") && self.is_operator(1) {
            self.advance();
            return self.any_field(start);
        }
        let left = self.sum()?;
        let negated = self.take_sign("!");
        if self.ends_here() {
            let left = left.clone();
            self.offer(Offer::Comparison { left, negated });
        }
        let Some(operator) = self.operator(negated)? else {
            return if negated {
                Err(self.expected("an operator such as contains or in"))
            } else {
                Ok(left)
            };
        };
        let node = match operator {
            Operator::Compare(operator) => {
                let right = Box::new(self.sum()?);
                Node::Compare {
                    operator,
                    left: Box::new(left),
                    right,
                }
            }
            Operator::Match(operator, negated) => {
                let right = Box::new(self.sum()?);
                Node::Match {
                    operator,
                    negated,
                    left: Box::new(left),
                    right,
                }
            }
            Operator::HasAny(ignore_case) => Node::HasAny {
                ignore_case,
                left: Box::new(left),
                list: self.list()?,
            },
            Operator::In => self.in_what(negated, left)?,
            Operator::Between => self.between(negated, left)?,
        };
        Ok(Expression {
            node,
            range: self.since(start),
        })
    }

    /// Takes the operator that comes next, if one does.
    fn operator(&mut self, negated: bool) -> Parsed<Option<Operator>> {
        let operator = match self.peek().clone() {
            Shape::Sign(sign) if !negated => self.sign_operator(sign)?,
            Shape::Word(word) => word_operator(&word, negated),
            _ => None,
        };
        if operator.is_some() {
            self.advance();
        }
        if matches!(operator, Some(Operator::Match(Match::Regex, _))) {
            self.expect_word("regex")?;
        }
        Ok(operator)
    }

    fn sign_operator(&mut self, sign: &str) -> Parsed<Option<Operator>> {
        Ok(Some(match sign {
            "==" => Operator::Compare(Compare::Equal),
            "!=" | "<>" => Operator::Compare(Compare::NotEqual),
            "<" => Operator::Compare(Compare::Less),
            "<=" => Operator::Compare(Compare::LessOrEqual),
            ">" => Operator::Compare(Compare::Greater),
            ">=" => Operator::Compare(Compare::GreaterOrEqual),
            "=~" => Operator::Match(Match::Same, false),
            "!~" => Operator::Match(Match::Same, true),
            "=" => {
                let message = "expected a comparison, found '='";
                return Err(self
                    .report
                    .suggest(&self.range(), message, Some("==".to_owned())));
            }
            _ => return Ok(None),
        }))
    }

    /// Whether an operator of texts is `ahead`, rather than the end of a value.
    fn is_operator(&self, ahead: usize) -> bool {
        match self.peek_at(ahead) {
            Shape::Word(word) => word_operator(word, false).is_some(),
            Shape::Sign(sign) => matches!(
                *sign,
                "==" | "!=" | "=~" | "!~" | "!" | "<" | ">" | "<=" | ">="
            ),
            _ => false,
        }
    }

    /// `* has "x"`, after the star.
    fn any_field(&mut self, start: usize) -> Parsed<Expression> {
        let negated = self.take_sign("!");
        let (operator, negated) = match self.operator(negated)? {
            Some(Operator::Match(operator, negated)) => (operator, negated),
            Some(Operator::Compare(Compare::Equal)) => (Match::Equal, false),
            _ => return Err(self.expected("'has' or another operator of strings after '*'")),
        };
        let right = Box::new(self.sum()?);
        Ok(Expression {
            node: Node::AnyField {
                operator,
                negated,
                right,
            },
            range: self.since(start),
        })
    }

    /// `in (a, b)`, `in~ (a, b)`, `in dynamic([a, b])`, `in (query)`.
    fn in_what(&mut self, negated: bool, left: Expression) -> Parsed<Node> {
        // `~` is no sign of its own; it is read here, where `in~` is one word.
        let ignore_case = self.take_sign("~");
        if self.is_sign("(") && *self.peek_at(1) == Shape::End {
            self.advance();
            self.offer(Offer::Table);
            self.offer(Offer::Value);
            return Err(self.expected("a value"));
        }
        if self.starts_table(false) {
            return Ok(Node::InTable {
                ignore_case,
                negated,
                left: Box::new(left),
                table: Arc::new(self.sub_query()?),
            });
        }
        Ok(Node::In {
            ignore_case,
            negated,
            left: Box::new(left),
            list: self.list()?,
        })
    }

    fn list(&mut self) -> Parsed<Vec<Expression>> {
        let open = self.range();
        if self.take_sign("(") {
            let list = self.comma_separated(Self::expression)?;
            self.expect_close(&open)?;
            Ok(list)
        } else if self.is_sign("[") && *self.peek_at(2) == Shape::Sign(",") {
            Err(self.list_in_brackets(&open))
        } else if matches!(self.peek(), Shape::Word(_) | Shape::Sign("[")) {
            // `dynamic([…])`, or an array's name.
            Ok(vec![self.path()?])
        } else {
            Err(self.expected("'(' and a list of values"))
        }
    }

    /// Reports `['a', 'b']`, from `open` on.
    fn list_in_brackets(&mut self, open: &Range<usize>) -> Failed {
        while !self.is_sign("]") && *self.peek() != Shape::End {
            self.advance();
        }
        let inside = open.end..self.range().start;
        let meant = format!("({})", self.report.text(&inside));
        self.advance();
        let message = "expected '(' and a list of values, found '['";
        self.report
            .suggest(&self.since(open.start), message, Some(meant))
    }

    /// `between (low .. high)`, both ends included.
    fn between(&mut self, negated: bool, left: Expression) -> Parsed<Node> {
        self.expect_sign("(")?;
        let low = Box::new(self.nested(Self::sum)?);
        self.expect_sign("..")?;
        let high = Box::new(self.nested(Self::sum)?);
        self.expect_sign(")")?;
        Ok(Node::Between {
            negated,
            left: Box::new(left),
            low,
            high,
        })
    }
}

fn word_operator(word: &str, negated: bool) -> Option<Operator> {
    let (stem, ignore_case) = match word.strip_suffix("_cs") {
        Some(stem) => (stem, false),
        None => (word, true),
    };
    let operator = match stem {
        "in" if ignore_case => return Some(Operator::In),
        "between" if ignore_case => return Some(Operator::Between),
        "matches" if ignore_case => Match::Regex,
        "contains" => Match::Contains { ignore_case },
        "startswith" => Match::StartsWith { ignore_case },
        "endswith" => Match::EndsWith { ignore_case },
        "has" => Match::Has { ignore_case },
        "has_any" if !negated => return Some(Operator::HasAny(ignore_case)),
        "hasprefix" => Match::HasPrefix { ignore_case },
        "hassuffix" => Match::HasSuffix { ignore_case },
        _ => return None,
    };
    Some(Operator::Match(operator, negated))
}
