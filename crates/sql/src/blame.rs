//! Which expression of a query is at fault. The planner seldom says; so parts of the query are planned by themselves,
//! each over the tables of its `SELECT`, and the innermost that fails as the whole does is the one. This costs nothing
//! as long as there is no mistake.

use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::error::DataFusionError;
use datafusion::logical_expr::LogicalPlan;
use datafusion::sql::sqlparser::ast::helpers::attached_token::AttachedToken;
use datafusion::sql::sqlparser::ast::{
    Expr, GroupByExpr, JoinConstraint, JoinOperator, OrderByKind, Query, Select, SelectFlavor,
    SelectItem, SetExpr, TableWithJoins, Value, Visit, Visitor, With,
};
use std::ops::ControlFlow;

/// Parts that are planned at most; of a long text, of which each may take long, fewer.
const TRIES_MAX: usize = 100;
const TRIES_MAX_LONG: usize = 20;
const LONG_BYTES: usize = 2 << 10;

/// The expression at fault.
#[derive(Debug)]
pub(crate) struct Blamed {
    pub(crate) expr: Expr,
    /// The types of its parts, where they have one.
    pub(crate) parts: Vec<DataType>,
    /// The clause that wants a condition and got this type.
    pub(crate) condition: Option<(&'static str, DataType)>,
}

/// Plans a query as the whole was planned.
type Plan<'p> = &'p dyn Fn(Query) -> Result<LogicalPlan>;

/// A `SELECT` and the tables before it that its names may mean.
struct Place {
    select: Select,
    order: Vec<Expr>,
    with: Option<With>,
}

struct Search<'p> {
    plan: Plan<'p>,
    /// What is said of the whole.
    said: String,
    /// That are left.
    tries: usize,
}

/// What is said of a query that fails, to be compared.
fn said(error: &DataFusionError) -> String {
    error.find_root().strip_backtrace()
}

/// The innermost expression that fails as the query does.
pub(crate) fn find(
    text: &str,
    query: &Query,
    error: &DataFusionError,
    plan: Plan<'_>,
) -> Option<Blamed> {
    let mut search = Search {
        plan,
        said: said(error),
        tries: if text.len() < LONG_BYTES {
            TRIES_MAX
        } else {
            TRIES_MAX_LONG
        },
    };
    let places = places(query);
    places.iter().find_map(|place| search.within(place))
}

/// All `SELECT`s, those inside others first.
fn places(query: &Query) -> Vec<Place> {
    let mut rest = query.clone();
    let with = rest.with.take();
    let mut places = Vec::new();
    let tables = with.iter().flat_map(|with| &with.cte_tables);
    for (number, table) in tables.enumerate() {
        let before = with.clone().filter(|_| number > 0).map(|mut with| {
            with.cte_tables.truncate(number);
            with
        });
        places.extend(selects(&table.query, before.as_ref()));
    }
    places.extend(selects(&rest, with.as_ref()));
    places
}

fn selects(query: &Query, with: Option<&With>) -> Vec<Place> {
    struct Selects<'w> {
        found: Vec<Place>,
        with: Option<&'w With>,
    }
    impl Visitor for Selects<'_> {
        type Break = ();

        fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
            let keys = query.order_by.iter().flat_map(|order| match &order.kind {
                OrderByKind::Expressions(keys) => keys.as_slice(),
                OrderByKind::All(_) => &[],
            });
            let order: Vec<Expr> = keys.map(|key| key.expr.clone()).collect();
            self.of_body(&query.body, order);
            ControlFlow::Continue(())
        }
    }
    impl Selects<'_> {
        fn of_body(&mut self, body: &SetExpr, order: Vec<Expr>) {
            match body {
                SetExpr::Select(select) => self.found.push(Place {
                    select: select.as_ref().clone(),
                    order,
                    with: self.with.cloned(),
                }),
                SetExpr::SetOperation { left, right, .. } => {
                    self.of_body(left, Vec::new());
                    self.of_body(right, Vec::new());
                }
                _ => {}
            }
        }
    }
    let found = Vec::new();
    let mut selects = Selects { found, with };
    let _ = query.visit(&mut selects);
    selects.found.reverse();
    selects.found
}

impl Search<'_> {
    fn within(&mut self, place: &Place) -> Option<Blamed> {
        let tables = Tables {
            from: without_conditions(&place.select.from),
            with: place.with.clone(),
        };
        // What is wrong with the tables is said there.
        self.plan(&Expr::value(Value::Null), &tables)?.ok()?;
        for (clause, expr) in expressions(place) {
            // Of the whole the engine says it in other words: there it is met later.
            if clause == Some("ON")
                && let Err(error) = self.plan(&expr, &tables)?
            {
                self.said = said(&error);
            }
            if let Some(blamed) = self.inside(&expr, &tables) {
                return Some(blamed);
            }
            if let Some(clause) = clause
                && let Some(found) = self.type_of(&expr, &tables)
                && !matches!(found, DataType::Boolean | DataType::Null)
            {
                return Some(Blamed {
                    expr,
                    parts: Vec::new(),
                    condition: Some((clause, found)),
                });
            }
        }
        None
    }

    /// `None` when enough was tried.
    fn plan(&mut self, expr: &Expr, tables: &Tables) -> Option<Result<LogicalPlan>> {
        self.tries = self.tries.checked_sub(1)?;
        Some((self.plan)(tables.ask(expr)))
    }

    fn inside(&mut self, expr: &Expr, tables: &Tables) -> Option<Blamed> {
        let error = self.plan(expr, tables)?.err()?;
        if said(&error) != self.said {
            return None;
        }
        // A name or a value by itself fails in no way that the whole does.
        let parts = parts(expr);
        let compound = parts.iter().filter(|part| !is_simple(part));
        if let Some(blamed) = compound
            .into_iter()
            .find_map(|part| self.inside(part, tables))
        {
            return Some(blamed);
        }
        let types = parts.iter().filter_map(|part| self.type_of(part, tables));
        Some(Blamed {
            expr: expr.clone(),
            parts: types.collect(),
            condition: None,
        })
    }

    fn type_of(&mut self, expr: &Expr, tables: &Tables) -> Option<DataType> {
        let plan = self.plan(expr, tables)?.ok()?;
        let field = plan.schema().fields().first()?;
        Some(field.data_type().clone())
    }
}

fn is_simple(expr: &Expr) -> bool {
    match expr {
        Expr::Value(value) => !matches!(value.value, Value::Placeholder(_)),
        Expr::Identifier(_) | Expr::CompoundIdentifier(_) => true,
        _ => false,
    }
}

/// What the names of an expression may mean.
struct Tables {
    from: Vec<TableWithJoins>,
    with: Option<With>,
}

impl Tables {
    /// `SELECT expr FROM tables`.
    fn ask(&self, expr: &Expr) -> Query {
        query_of(expr, self.from.clone(), self.with.clone())
    }
}

fn query_of(expr: &Expr, from: Vec<TableWithJoins>, with: Option<With>) -> Query {
    let select = Select {
        select_token: AttachedToken::empty(),
        optimizer_hints: Vec::new(),
        distinct: None,
        select_modifiers: None,
        top: None,
        top_before_distinct: false,
        projection: vec![SelectItem::UnnamedExpr(expr.clone())],
        exclude: None,
        into: None,
        from,
        lateral_views: Vec::new(),
        prewhere: None,
        selection: None,
        connect_by: Vec::new(),
        group_by: GroupByExpr::Expressions(Vec::new(), Vec::new()),
        cluster_by: Vec::new(),
        distribute_by: Vec::new(),
        sort_by: Vec::new(),
        having: None,
        named_window: Vec::new(),
        qualify: None,
        window_before_qualify: false,
        value_table_mode: None,
        flavor: SelectFlavor::Standard,
    };
    Query {
        with,
        body: Box::new(SetExpr::Select(Box::new(select))),
        order_by: None,
        limit_clause: None,
        fetch: None,
        locks: Vec::new(),
        for_clause: None,
        settings: None,
        format_clause: None,
        pipe_operators: Vec::new(),
    }
}

/// The expressions of a `SELECT`, in the order of the text, with the clause of those that are conditions.
fn expressions(place: &Place) -> Vec<(Option<&'static str>, Expr)> {
    let select = &place.select;
    let shown = select.projection.iter().filter_map(|item| match item {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
            Some((None, expr))
        }
        _ => None,
    });
    let joins = select.from.iter().flat_map(|table| &table.joins);
    let joined = joins.filter_map(|join| match constraint(&join.join_operator)? {
        JoinConstraint::On(expr) => Some((Some("ON"), expr)),
        _ => None,
    });
    let groups: &[Expr] = match &select.group_by {
        GroupByExpr::Expressions(groups, _) => groups,
        GroupByExpr::All(_) => &[],
    };
    let all = shown
        .chain(joined)
        .chain(select.selection.iter().map(|expr| (Some("WHERE"), expr)))
        .chain(groups.iter().map(|expr| (None, expr)))
        .chain(select.having.iter().map(|expr| (Some("HAVING"), expr)))
        .chain(place.order.iter().map(|expr| (None, expr)));
    all.map(|(clause, expr)| (clause, expr.clone())).collect()
}

fn constraint(operator: &JoinOperator) -> Option<&JoinConstraint> {
    use JoinOperator as Join;
    match operator {
        Join::Join(it)
        | Join::Inner(it)
        | Join::Left(it)
        | Join::LeftOuter(it)
        | Join::Right(it)
        | Join::RightOuter(it)
        | Join::FullOuter(it)
        | Join::CrossJoin(it)
        | Join::Semi(it)
        | Join::LeftSemi(it)
        | Join::RightSemi(it)
        | Join::Anti(it)
        | Join::LeftAnti(it)
        | Join::RightAnti(it) => Some(it),
        _ => None,
    }
}

/// The same tables, joined whatever is in them.
fn without_conditions(tables: &[TableWithJoins]) -> Vec<TableWithJoins> {
    let mut tables = tables.to_vec();
    for join in tables.iter_mut().flat_map(|table| &mut table.joins) {
        if matches!(constraint(&join.join_operator), Some(JoinConstraint::On(_))) {
            join.join_operator = JoinOperator::CrossJoin(JoinConstraint::None);
        }
    }
    tables
}

/// What an expression is made of, its queries left out.
pub(crate) fn parts(expr: &Expr) -> Vec<Expr> {
    #[derive(Default)]
    struct Parts {
        depth: usize,
        queries: usize,
        found: Vec<Expr>,
    }
    impl Visitor for Parts {
        type Break = ();

        fn pre_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
            self.queries += 1;
            ControlFlow::Continue(())
        }

        fn post_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
            self.queries -= 1;
            ControlFlow::Continue(())
        }

        fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
            self.depth += 1;
            if self.depth == 2 && self.queries == 0 {
                self.found.push(expr.clone());
            }
            ControlFlow::Continue(())
        }

        fn post_visit_expr(&mut self, _: &Expr) -> ControlFlow<()> {
            self.depth -= 1;
            ControlFlow::Continue(())
        }
    }
    let mut parts = Parts::default();
    let _ = expr.visit(&mut parts);
    parts.found
}
