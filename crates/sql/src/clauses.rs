//! What may not stand in a clause: the planner says so without a place, or not before it runs.

use crate::blame::parts;
use crate::shape::name_of;
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
        Expr::BinaryOp { left, right, .. } => is_rows(left) && is_rows(right),
        _ => true,
    }
}

/// The number that stands for a field.
fn number(expr: &Expr) -> Option<usize> {
    let Expr::Value(value) = expr else {
        return None;
    };
    match &value.value {
        Value::Number(number, _) => number.parse().ok(),
        _ => None,
    }
}

/// The expression that a number stands for.
fn at_a_number<'s>(key: &Expr, select: &'s Select) -> Option<&'s Expr> {
    shown(select)?;
    match select.projection.get(number(key)?.checked_sub(1)?)? {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => Some(expr),
        _ => None,
    }
}

/// The expression that a name given with AS stands for.
fn given<'s>(name: &Expr, select: &'s Select) -> Option<&'s Expr> {
    let Expr::Identifier(name) = name else {
        return None;
    };
    let name = name_of(name);
    select.projection.iter().find_map(|item| match item {
        SelectItem::ExprWithAlias { expr, alias } if name_of(alias) == name => Some(expr),
        _ => None,
    })
}

/// A key of GROUP BY that has the name of an aggregation, which a field of the same name would come before.
pub(crate) fn grouped_by_a_name(text: &str, query: &Query) -> Option<Diagnostic> {
    struct Selects<'t>(Look<'t>);
    impl Visitor for Selects<'_> {
        type Break = Diagnostic;

        fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<Diagnostic> {
            self.0.refuse_aggregations(select, &given)
        }
    }
    query.visit(&mut Selects(Look { text })).break_value()
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
        let is_beyond = |key: &&Expr| number(key).is_some_and(|it| it == 0 || it > fields);
        match keys.iter().find(is_beyond) {
            Some(key) => {
                let message = format!(
                    "{clause} {key}: SELECT has no field of that number, expected 1 to {fields}"
                );
                self.refuse(key, message)
            }
            None => ControlFlow::Continue(()),
        }
    }

    /// Groups are not made by what is computed of them; `meant` is what a key stands for.
    fn refuse_aggregations(
        &self,
        select: &Select,
        meant: &dyn for<'s> Fn(&Expr, &'s Select) -> Option<&'s Expr>,
    ) -> ControlFlow<Diagnostic> {
        let GroupByExpr::Expressions(keys, _) = &select.group_by else {
            return ControlFlow::Continue(());
        };
        for key in keys {
            let found = first(meant(key, select).unwrap_or(key), &is_aggregation);
            if let Some(found) = found {
                let written = &self.text[place::whole(self.text, key)];
                let message = format!(
                    "GROUP BY {written}: {found} is computed of each group, so that no group is made by it; expected \
                     fields such as name"
                );
                return self.refuse(key, message);
            }
        }
        ControlFlow::Continue(())
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
        if let GroupByExpr::Expressions(keys, _) = &select.group_by {
            self.refuse_beyond("GROUP BY", keys, select)?;
        }
        self.refuse_aggregations(select, &at_a_number)
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<Diagnostic> {
        match expr {
            Expr::Tuple(_) => {
                let message = "several values in parentheses are no value here: expected one, as in name IN ('a', 'b')";
                return self.refuse(expr, message);
            }
            Expr::Collate { .. } => {
                let message =
                    "COLLATE is not here: expected a text alone, or lower(x) to order without case";
                return self.refuse(expr, message);
            }
            _ => {}
        }
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
