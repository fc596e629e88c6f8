//! What may not stand in a clause: the planner says so without a place, or not before it runs.

use crate::blame::parts;
use crate::{Found, functions, place};
use apl::Diagnostic;
use datafusion::sql::sqlparser::ast::{
    Expr, GroupByExpr, LimitClause, OrderByKind, Query, Select, SelectItem, SetExpr, UnaryOperator,
    Value, Visit, Visitor,
};
use std::ops::ControlFlow;

struct Look<'t> {
    text: &'t str,
}

/// Looks at every clause of a query.
pub(crate) fn check(text: &str, query: &Query) -> Found<()> {
    match query.visit(&mut Look { text }) {
        ControlFlow::Break(mistake) => Err(mistake),
        ControlFlow::Continue(()) => Ok(()),
    }
}

/// The first part, the expression itself included, of which a test is true; queries in it are left out.
fn first(expr: &Expr, test: &dyn Fn(&Expr) -> bool) -> Option<Expr> {
    match test(expr) {
        true => Some(expr.clone()),
        false => parts(expr).iter().find_map(|part| first(part, test)),
    }
}

fn is_window(expr: &Expr) -> bool {
    matches!(expr, Expr::Function(function) if function.over.is_some())
}

fn is_unnest(expr: &Expr) -> bool {
    matches!(expr, Expr::Function(function) if function.name.to_string().eq_ignore_ascii_case("unnest"))
}

fn is_aggregation(expr: &Expr) -> bool {
    let Expr::Function(function) = expr else {
        return false;
    };
    let name = function.name.to_string().to_ascii_lowercase();
    function.over.is_none() && functions::all().aggregate.contains_key(&name)
}

/// Whether it may be a number of rows.
fn is_rows(expr: &Expr) -> bool {
    match expr {
        Expr::Value(value) => matches!(
            value.value,
            Value::Number(..) | Value::Null | Value::Placeholder(_)
        ),
        Expr::Identifier(_) | Expr::CompoundIdentifier(_) => false,
        Expr::UnaryOp {
            op: UnaryOperator::Minus,
            ..
        } => false,
        _ => true,
    }
}

/// The number that stands for a field, if it stands for none of so many.
fn is_beyond(expr: &Expr, fields: usize) -> bool {
    let Expr::Value(value) = expr else {
        return false;
    };
    match &value.value {
        Value::Number(number, _) => number
            .parse::<usize>()
            .is_ok_and(|place| place == 0 || place > fields),
        _ => false,
    }
}

/// How many fields a `SELECT` shows; `None` with a `*`.
fn shown(select: &Select) -> Option<usize> {
    let is_one = |item: &SelectItem| {
        matches!(
            item,
            SelectItem::UnnamedExpr(_) | SelectItem::ExprWithAlias { .. }
        )
    };
    select
        .projection
        .iter()
        .all(is_one)
        .then_some(select.projection.len())
}

impl Look<'_> {
    fn refuse(&self, expr: &Expr, message: impl Into<String>) -> ControlFlow<Diagnostic> {
        let range = place::whole(self.text, expr);
        ControlFlow::Break(place::mistake(self.text, range, message))
    }

    fn refuse_beyond(
        &self,
        clause: &str,
        keys: &[Expr],
        select: &Select,
    ) -> ControlFlow<Diagnostic> {
        let Some(fields) = shown(select) else {
            return ControlFlow::Continue(());
        };
        match keys.iter().find(|key| is_beyond(key, fields)) {
            Some(key) => {
                let message = format!(
                    "{clause} {key}: SELECT has no field of that number, expected 1 to {fields}"
                );
                self.refuse(key, message)
            }
            None => ControlFlow::Continue(()),
        }
    }
}

impl Visitor for Look<'_> {
    type Break = Diagnostic;

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<Diagnostic> {
        if let Some(LimitClause::LimitOffset { limit, offset, .. }) = &query.limit_clause {
            let offset = offset.as_ref().map(|offset| &offset.value);
            for (clause, rows) in [("LIMIT", limit.as_ref()), ("OFFSET", offset)] {
                if let Some(rows) = rows.filter(|rows| !is_rows(rows)) {
                    let message = format!(
                        "{clause} takes a number of rows, 0 or more: expected one such as {clause} 10"
                    );
                    return self.refuse(rows, message);
                }
            }
        }
        if let (SetExpr::Select(select), Some(order)) = (query.body.as_ref(), &query.order_by)
            && let OrderByKind::Expressions(keys) = &order.kind
        {
            let keys: Vec<Expr> = keys.iter().map(|key| key.expr.clone()).collect();
            return self.refuse_beyond("ORDER BY", &keys, select);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<Diagnostic> {
        let in_where = select.selection.as_ref();
        if let Some(found) = in_where.and_then(|expr| first(expr, &is_aggregation)) {
            let message = format!(
                "WHERE looks at single rows, and {found} at many: expected it after HAVING, behind GROUP BY"
            );
            return self.refuse(&found, message);
        }
        let conditions = || in_where.into_iter().chain(&select.having);
        if let Some(found) = conditions()
            .filter_map(|expr| first(expr, &is_unnest))
            .next()
        {
            let message = "unnest stands in SELECT: expected it in a query inside FROM, and the condition outside of that";
            return self.refuse(&found, message);
        }
        let found = conditions()
            .filter_map(|expr| first(expr, &is_window))
            .next();
        if let Some(found) = found {
            let message = "a function over a window stands in SELECT and ORDER BY: expected it in a query inside FROM, and \
                           the condition outside of that";
            return self.refuse(&found, message);
        }
        match &select.group_by {
            GroupByExpr::Expressions(keys, _) => self.refuse_beyond("GROUP BY", keys, select),
            GroupByExpr::All(_) => ControlFlow::Continue(()),
        }
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<Diagnostic> {
        if !is_aggregation(expr) {
            return ControlFlow::Continue(());
        }
        match parts(expr)
            .iter()
            .find_map(|part| first(part, &is_aggregation))
        {
            Some(inner) => {
                let message = format!(
                    "an aggregation cannot be inside another: expected {inner} in a query inside FROM"
                );
                self.refuse(&inner, message)
            }
            None => ControlFlow::Continue(()),
        }
    }
}
