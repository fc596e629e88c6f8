//! Fields that a `*` shows already: `SELECT *, name` has `name` once, as a result has no two fields of one name.

use crate::shape::name_of;
use crate::tables::Sources;
use datafusion::sql::sqlparser::ast::{
    ExcludeSelectItem, Expr, Ident, ObjectNamePart, Query, Select, SelectItem, SetExpr, TableAlias,
    TableFactor, VisitMut, VisitorMut, WildcardAdditionalOptions,
};
use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

struct Repeats<'a> {
    sources: &'a Sources,
    /// What the names of `WITH` show.
    named: HashMap<String, BTreeSet<String>>,
}

/// Leaves out the fields that the `*` of the same `SELECT` shows; any other stays, for the planner to know it or not.
pub(crate) fn leave_out(query: &mut Query, sources: &Sources) {
    let named = HashMap::new();
    let mut repeats = Repeats { sources, named };
    let mut with = query.with.take();
    // A name stands for what those before it stand for.
    for table in with.iter_mut().flat_map(|with| &mut with.cte_tables) {
        let _ = table.query.visit(&mut repeats);
        let shown = repeats.of_query(&table.query, &table.alias);
        repeats.named.insert(name_of(&table.alias.name), shown);
    }
    let _ = query.visit(&mut repeats);
    query.with = with;
}

impl VisitorMut for Repeats<'_> {
    type Break = ();

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<()> {
        let mut shown = BTreeSet::new();
        for item in &select.projection {
            if let SelectItem::Wildcard(options) = item {
                shown.extend(self.of_star(select, options));
            }
        }
        select.projection.retain(|item| match item {
            SelectItem::UnnamedExpr(Expr::Identifier(name)) => !shown.contains(&name.value),
            _ => true,
        });
        ControlFlow::Continue(())
    }
}

impl Repeats<'_> {
    /// What a `*` is known to show.
    fn of_star(&self, select: &Select, options: &WildcardAdditionalOptions) -> BTreeSet<String> {
        if options.opt_ilike.is_some() || options.opt_rename.is_some() {
            return BTreeSet::new();
        }
        let mut shown = BTreeSet::new();
        for from in &select.from {
            let joined = from.joins.iter().map(|join| &join.relation);
            for table in std::iter::once(&from.relation).chain(joined) {
                shown.extend(self.of_table(table));
            }
        }
        for name in left_out(options) {
            shown.remove(&name_of(name));
        }
        shown
    }

    fn of_table(&self, table: &TableFactor) -> BTreeSet<String> {
        match table {
            TableFactor::Table { name, .. } => {
                let name = name.0.last().and_then(ObjectNamePart::as_ident);
                let Some(name) = name.map(name_of) else {
                    return BTreeSet::new();
                };
                if let Some(shown) = self.named.get(&name) {
                    return shown.clone();
                }
                let schema = self.sources.get(&name).map(|source| source.schema());
                let fields = schema.iter().flat_map(|schema| schema.fields().iter());
                fields.map(|field| field.name().clone()).collect()
            }
            TableFactor::Derived {
                subquery,
                alias: Some(alias),
                ..
            } => self.of_query(subquery, alias),
            _ => BTreeSet::new(),
        }
    }

    fn of_query(&self, query: &Query, alias: &TableAlias) -> BTreeSet<String> {
        match alias.columns.as_slice() {
            [] => self.of_body(&query.body),
            _ => BTreeSet::new(),
        }
    }

    fn of_body(&self, body: &SetExpr) -> BTreeSet<String> {
        match body {
            SetExpr::Select(select) => self.of_select(select),
            SetExpr::Query(query) => self.of_body(&query.body),
            SetExpr::SetOperation { left, .. } => self.of_body(left),
            _ => BTreeSet::new(),
        }
    }

    fn of_select(&self, select: &Select) -> BTreeSet<String> {
        let mut shown = BTreeSet::new();
        for item in &select.projection {
            match item {
                SelectItem::Wildcard(options) => shown.extend(self.of_star(select, options)),
                SelectItem::UnnamedExpr(Expr::Identifier(name)) => {
                    shown.insert(name.value.clone());
                }
                SelectItem::UnnamedExpr(Expr::CompoundIdentifier(parts)) => {
                    shown.extend(parts.last().map(|name| name.value.clone()));
                }
                SelectItem::ExprWithAlias { alias, .. } => {
                    shown.insert(name_of(alias));
                }
                _ => {}
            }
        }
        shown
    }
}

/// The names after `EXCEPT` and `EXCLUDE`.
fn left_out(options: &WildcardAdditionalOptions) -> Vec<&Ident> {
    let mut names = Vec::new();
    if let Some(except) = &options.opt_except {
        names.push(&except.first_element);
        names.extend(&except.additional_elements);
    }
    let excluded = match &options.opt_exclude {
        Some(ExcludeSelectItem::Single(name)) => std::slice::from_ref(name),
        Some(ExcludeSelectItem::Multiple(names)) => names,
        None => &[],
    };
    names.extend(excluded.iter().filter_map(|name| name.0.last()?.as_ident()));
    names
}
