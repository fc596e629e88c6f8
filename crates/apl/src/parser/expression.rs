//! Expressions by precedence, loosest first: `or`, `and`, comparison, `+ -`, `* / %`, sign.

use super::{Parsed, Parser};
use crate::lexer::Shape;
use crate::limits::{ARITHMETIC_MAX, CHAIN_MAX};
use crate::syntax::expression::{Arithmetic, Expression, Literal, Node};

impl Parser<'_, '_> {
    pub(crate) fn expression(&mut self) -> Parsed<Expression> {
        self.nested(Self::any)
    }

    fn any(&mut self) -> Parsed<Expression> {
        self.chain("or", Self::every, Node::Any)
    }

    fn every(&mut self) -> Parsed<Expression> {
        self.chain("and", Self::comparison, Node::Every)
    }

    fn chain(
        &mut self,
        word: &str,
        operand: fn(&mut Self) -> Parsed<Expression>,
        node: fn(Vec<Expression>) -> Node,
    ) -> Parsed<Expression> {
        let start = self.range().start;
        let first = operand(self)?;
        if !self.is_word(word) {
            return Ok(first);
        }
        let mut operands = vec![first];
        while self.take_word(word) {
            if operands.len() >= CHAIN_MAX {
                let message =
                    format!("too many operands of '{word}': expected at most {CHAIN_MAX}");
                return Err(self.report.error(&self.range(), message));
            }
            operands.push(operand(self)?);
        }
        Ok(Expression {
            node: node(operands),
            range: self.since(start),
        })
    }

    pub(super) fn sum(&mut self) -> Parsed<Expression> {
        self.arithmetic(Self::product, |sign| match sign {
            "+" => Some(Arithmetic::Plus),
            "-" => Some(Arithmetic::Minus),
            _ => None,
        })
    }

    fn product(&mut self) -> Parsed<Expression> {
        self.arithmetic(Self::signed, |sign| match sign {
            "*" => Some(Arithmetic::Times),
            "/" => Some(Arithmetic::Divide),
            "%" => Some(Arithmetic::Remainder),
            _ => None,
        })
    }

    fn arithmetic(
        &mut self,
        operand: fn(&mut Self) -> Parsed<Expression>,
        operator: fn(&str) -> Option<Arithmetic>,
    ) -> Parsed<Expression> {
        let start = self.range().start;
        let first = operand(self)?;
        let mut rest = Vec::new();
        while let Shape::Sign(sign) = self.peek()
            && let Some(found) = operator(sign)
        {
            self.arithmetic += 1;
            if self.arithmetic > ARITHMETIC_MAX {
                let message =
                    format!("too much arithmetic: expected at most {ARITHMETIC_MAX} signs");
                return Err(self.report.error(&self.range(), message));
            }
            self.advance();
            rest.push((found, operand(self)?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        let node = Node::Arithmetic {
            first: Box::new(first),
            rest,
        };
        Ok(Expression {
            node,
            range: self.since(start),
        })
    }

    fn signed(&mut self) -> Parsed<Expression> {
        let start = self.range().start;
        if self.take_sign("+") {
            return self.nested(Self::signed);
        }
        if !self.take_sign("-") {
            return self.path();
        }
        let operand = self.nested(Self::signed)?;
        let node = match operand.node {
            Node::Literal(Literal::Integer(value)) => Node::Literal(Literal::Integer(-value)),
            Node::Literal(Literal::Float(value)) => Node::Literal(Literal::Float(-value)),
            Node::Literal(Literal::Timespan(value)) => Node::Literal(Literal::Timespan(-value)),
            _ => Node::Negative(Box::new(operand)),
        };
        Ok(Expression {
            node,
            range: self.since(start),
        })
    }
}
