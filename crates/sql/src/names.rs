//! Names of fields, as the planner is to see them. `service.name` is a field and no field of a table `service`;
//! `_sysTime` keeps its capital; and `"attributes.custom"['order.id']` is read from the column of that key, if there
//! is one. A field that the query gives no name is called what is written; and a query in `FROM` without a name gets
//! one: DataFusion takes two projections alike, one over the other, for one.

use crate::shape::{Shape, name_of};
use crate::tables::Opened;
use crate::{Found, mistake, place};
use apl::Diagnostic;
use apl::for_sql::Names;
use datafusion::sql::sqlparser::ast::{
    AccessExpr, BinaryOperator, Expr, Ident, Query, Select, SelectItem, Subscript, TableAlias,
    TableFactor, UnaryOperator, Value, VisitMut, VisitorMut,
};
use datafusion::sql::sqlparser::tokenizer::Span;
use model::fields::{self, Resolved};
use model::span;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// Names that a query reads.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    pub(crate) of_fields: Names,
    /// Where each stands.
    pub(crate) places: Vec<(String, Place)>,
    /// What may stand before the dot of a field.
    pub(crate) tables: BTreeSet<String>,
}

/// Where a name stands, and whether in double quotes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) span: Span,
    pub(crate) is_quoted: bool,
}

struct Settle<'a> {
    text: &'a str,
    shape: &'a Shape,
    /// Queries in `FROM` that were named here.
    named: usize,
    opened: &'a [Opened],
    settled: Settled,
}

/// Writes names as the planner is to see them.
pub(crate) fn settle(
    text: &str,
    query: &mut Query,
    shape: &Shape,
    opened: &[Opened],
) -> Found<Settled> {
    let mut settle = Settle {
        text,
        shape,
        named: 0,
        opened,
        settled: Settled::default(),
    };
    if let ControlFlow::Break(mistake) = query.visit(&mut settle) {
        return Err(mistake);
    }
    settle.settled.of_fields.given.clone_from(&shape.given);
    settle.settled.tables.clone_from(&shape.tables);
    Ok(settle.settled)
}

impl Settle<'_> {
    /// One name of what stands as one or as several with dots.
    fn one(&mut self, parts: &[Ident]) -> Option<Ident> {
        let (first, last) = (parts.first()?, parts.last()?);
        let span = first.span.union(&last.span);
        let joined: Vec<&str> = parts.iter().map(|part| part.value.as_str()).collect();
        let joined = joined.join(".");
        let is_field = self.opened.iter().any(|it| it.fields.contains(&joined));
        let is_quoted = first.quote_style.is_some();
        let name = match parts {
            [only] if !is_field => name_of(only),
            _ => joined,
        };
        let place = Place { span, is_quoted };
        self.settled.places.push((name.clone(), place));
        self.settled.of_fields.read.insert(name.clone());
        Some(Ident {
            value: name,
            quote_style: Some('"'),
            span,
        })
    }

    /// `x.name` names a table that is not there rather than an attribute that nobody has seen.
    fn check_first(&self, first: &Ident, rest: &[Ident]) -> Found<()> {
        let joined = |parts: &[&Ident]| -> String {
            let words: Vec<&str> = parts.iter().map(|part| part.value.as_str()).collect();
            words.join(".")
        };
        let rest: Vec<&Ident> = rest.iter().collect();
        let whole: Vec<&Ident> = std::iter::once(first).chain(rest.iter().copied()).collect();
        let (rest, whole) = (joined(&rest), joined(&whole));
        let has = |test: &dyn Fn(&Opened) -> bool| self.opened.iter().any(test);
        let is_known = has(&|it| it.fields.contains(&whole) || it.has_key(&whole))
            || matches!(fields::resolve(&whole), Resolved::Columns(_));
        let is_field = has(&|it| it.fields.contains(&rest))
            || matches!(fields::resolve(&rest), Resolved::Columns(_));
        // A slip in a field's own name is told as one.
        let is_slip = matches!(fields::resolve(&whole), Resolved::Unknown { .. });
        if is_known || is_slip || !is_field || self.opened.is_empty() {
            return Ok(());
        }
        let at = place::range(self.text, first.span);
        let mut mistake = mistake::no_table(self.text, at, &first.value, &self.shape.tables);
        mistake.message.push_str(&format!(
            "; an attribute of this name is written \"{whole}\""
        ));
        Err(mistake)
    }

    /// A name that no table has.
    fn fresh(&mut self) -> TableAlias {
        let name = loop {
            self.named += 1;
            let name = format!("q{}", self.named);
            if !self.shape.tables.contains(&name) {
                break name;
            }
        };
        TableAlias {
            explicit: true,
            name: Ident::new(name),
            columns: Vec::new(),
            at: None,
        }
    }

    fn settled(&mut self, expr: &Expr) -> Found<Option<Expr>> {
        if let Expr::CompoundIdentifier(parts) = expr
            && let Some((first, rest)) = parts.split_first()
            && !rest.is_empty()
            && !self.shape.tables.contains(&name_of(first))
        {
            self.check_first(first, rest)?;
        }
        Ok(self.written(expr))
    }

    /// An expression as the planner is to see it, if it is to be another.
    fn written(&mut self, expr: &Expr) -> Option<Expr> {
        match expr {
            Expr::Identifier(name) if !name.value.starts_with('@') => {
                self.one(std::slice::from_ref(name)).map(Expr::Identifier)
            }
            Expr::CompoundIdentifier(parts) => {
                let first = parts.first().filter(|_| parts.len() > 1)?;
                if !self.shape.tables.contains(&name_of(first)) {
                    return self.one(parts).map(Expr::Identifier);
                }
                let field = self.one(&parts[1..])?;
                Some(Expr::CompoundIdentifier(vec![first.clone(), field]))
            }
            // As an operator, about which the planner asks.
            Expr::IsNotDistinctFrom(left, right) => Some(same(left, right)),
            Expr::IsDistinctFrom(left, right) => Some(Expr::Nested(Box::new(Expr::UnaryOp {
                op: UnaryOperator::Not,
                expr: Box::new(same(left, right)),
            }))),
            Expr::CompoundFieldAccess { root, access_chain } => self.of_map(root, access_chain),
            _ => None,
        }
    }

    /// `"attributes.custom"['order.id']` as the field of that key.
    fn of_map(&mut self, root: &Expr, chain: &[AccessExpr]) -> Option<Expr> {
        let (table, map) = match root {
            Expr::Identifier(map) => (None, map),
            Expr::CompoundIdentifier(parts) => match parts.as_slice() {
                [table, map] => (Some(table), map),
                _ => return None,
            },
            _ => return None,
        };
        let [AccessExpr::Subscript(Subscript::Index { index })] = chain else {
            return None;
        };
        let Expr::Value(key) = index else { return None };
        let Value::SingleQuotedString(key) = &key.value else {
            return None;
        };
        if !span::KEYED_MAPS.contains(&map.value.as_str()) {
            return None;
        }
        let field = self.one(&[Ident {
            value: span::key_column(&map.value, key),
            quote_style: Some('"'),
            span: map.span,
        }])?;
        Some(match table {
            None => Expr::Identifier(field),
            Some(table) => Expr::CompoundIdentifier(vec![table.clone(), field]),
        })
    }
}

impl VisitorMut for Settle<'_> {
    type Break = Diagnostic;

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<Diagnostic> {
        for item in &mut select.projection {
            if let SelectItem::UnnamedExpr(expr) = item
                && !matches!(expr, Expr::Identifier(_) | Expr::CompoundIdentifier(_))
            {
                let alias = Ident::with_quote('"', expr.to_string());
                let expr = expr.clone();
                *item = SelectItem::ExprWithAlias { expr, alias };
            }
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, table: &mut TableFactor) -> ControlFlow<Diagnostic> {
        if let TableFactor::Derived { alias, .. } = table
            && alias.is_none()
        {
            *alias = Some(self.fresh());
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Diagnostic> {
        match self.settled(expr) {
            Ok(Some(settled)) => *expr = settled,
            Ok(None) => {}
            Err(mistake) => return ControlFlow::Break(mistake),
        }
        ControlFlow::Continue(())
    }
}

/// `left <=> right`.
fn same(left: &Expr, right: &Expr) -> Expr {
    Expr::Nested(Box::new(Expr::BinaryOp {
        left: Box::new(left.clone()),
        op: BinaryOperator::Spaceship,
        right: Box::new(right.clone()),
    }))
}
