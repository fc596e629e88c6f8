//! `has_child(condition)` and its kin: whether a span that is related to the row's span in its trace meets a
//! condition. The others are looked for in the whole dataset, up to an hour outside the range of time: what the
//! query filtered out of its rows may still be somebody's child.
//!
//! The trace and span ids that answer are computed once, and each row is marked that has them: a join whose small
//! side is held and whose rows pass by. How far up or down a trace goes is computed by trace, of the traces that
//! have a span that meets the condition.

use super::{Binder, Bound, Pipeline, Value, as_filter, query};
use crate::diagnostic::{Failed, Report};
use crate::kernels::{guard, tree};
use crate::kind::Kind;
use crate::limits::TREE_SPANS_MAX;
use crate::operators::{REACH_NANOS, Surroundings};
use crate::syntax::Expression;
use datafusion::common::{Column, Result as PlanResult, TableReference, UnnestOptions};
use datafusion::functions_aggregate::expr_fn::{max, min};
use datafusion::logical_expr::{Expr, JoinType, LogicalPlan, LogicalPlanBuilder, lit};
use model::span;
use std::ops::Range;

/// Which of a span's relatives are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    Parent,
    Child,
    Ancestor,
    Descendant,
    Sibling,
    Root,
}

/// A column that is true in the rows that a table has the keys of, and null in the others.
#[derive(Debug)]
pub(crate) struct Mark {
    /// Each key once, with the column.
    table: LogicalPlan,
    /// Those of the table and of the rows.
    keys: (Vec<Expr>, Vec<Expr>),
    /// What the table cost.
    costs: Pipeline,
}

// The columns of the tables here.
const TRACE: &str = "trace";
const ID: &str = "id";
const PARENT: &str = "parent";
const MEETS: &str = "meets";
const LOW: &str = "low";
const HIGH: &str = "high";
const FOUND: &str = "found";

impl Binder<'_, '_> {
    /// Whether a relative of the row's span meets the condition, or is there at all if there is none.
    pub(crate) fn has_related(
        &mut self,
        relation: Relation,
        name: &str,
        condition: Option<&Expression>,
        range: &Range<usize>,
    ) -> Bound<Value> {
        if self.marks.is_none() {
            let message = format!(
                "{name}(…) is not supported here: expected it in where, extend, project, summarize or compare"
            );
            return Err(self.error(range, message));
        }
        let [dataset] = self.rows.datasets.as_slice() else {
            let message = format!(
                "{name}(…) looks for spans in the dataset of the rows: expected rows of one dataset"
            );
            return Err(self.error(range, message));
        };
        let (dataset, of_trace) = (dataset.clone(), self.rows.of_trace.clone());
        let own_id = match relation {
            Relation::Child | Relation::Descendant => Some(span::SPAN_ID),
            Relation::Parent | Relation::Ancestor | Relation::Sibling => Some(span::PARENT_SPAN_ID),
            Relation::Root => None,
        };
        let mut own = vec![self.id_field(span::TRACE_ID, name, range)?];
        if let Some(own_id) = own_id {
            own.push(self.id_field(own_id, name, range)?);
        }
        let own_span = match relation {
            Relation::Sibling => Some(self.id_field(span::SPAN_ID, name, range)?),
            _ => None,
        };
        self.tables.descend(self.report, range)?;
        let mut around = Surroundings {
            context: self.context,
            report: self.report,
            tables: self.tables,
            range: range.clone(),
            without_time_bins: false,
        };
        let others = Others::new(&dataset, of_trace, condition, &mut around);
        let found = others.and_then(|others| others.found(relation, &mut around));
        self.tables.ascend();
        let (table, costs) = found?;
        let column = |name: &str| column(&table.name, name);
        let mut keys: Vec<Expr> = vec![column(TRACE)];
        keys.extend(own_id.map(|_| column(ID)));
        if matches!(relation, Relation::Ancestor | Relation::Descendant) {
            let own_id = own.pop().map(tree::number);
            own.extend(own_id);
        }
        let mut answer = column(FOUND);
        if let Some(own) = own_span {
            let is_other = |id| Expr::not_eq(column(id), own.clone());
            answer = answer.and(is_other(LOW).or(is_other(HIGH)));
        }
        let mark = Mark {
            table: table.plan,
            keys: (keys, own),
            costs,
        };
        if let Some(marks) = self.marks.as_deref_mut() {
            marks.push(mark);
        }
        Ok(Value::new(Expr::IsTrue(Box::new(answer)), Kind::Boolean))
    }

    /// A field that holds ids.
    fn id_field(&mut self, field: &str, name: &str, range: &Range<usize>) -> Bound<Expr> {
        match self.scope.get(field) {
            Some(found) if found.kind == Kind::Text => Ok(found.expr()),
            Some(_) => Err(self.error(range, format!("expected {field} to be a string"))),
            None => {
                let message = format!(
                    "{name}(…) needs the field {field}, which these rows do not have: expected spans, and none of \
                     their ids left out before"
                );
                Err(self.error(range, message))
            }
        }
    }
}

impl Pipeline {
    /// Adds the columns of marks, below what reads them.
    pub(crate) fn mark(
        &mut self,
        marks: Vec<Mark>,
        report: &mut Report<'_>,
        range: &Range<usize>,
    ) -> Bound<()> {
        for mark in marks {
            self.absorb(&mark.costs);
            self.apply(report, range, |rows| {
                let table = LogicalPlanBuilder::from(mark.table);
                table.join_with_expr_keys(rows.build()?, JoinType::Right, mark.keys, None)
            })?;
            self.order.is_applied = false;
            self.order.is_partial = false;
        }
        Ok(())
    }
}

/// A plan whose columns are under a name of their own.
struct Table {
    plan: LogicalPlan,
    name: String,
}

impl Table {
    fn of(plan: LogicalPlanBuilder, around: &mut Surroundings<'_, '_>) -> Bound<Self> {
        let name = around.tables.fresh();
        let plan = plan
            .alias(TableReference::bare(name.as_str()))
            .and_then(LogicalPlanBuilder::build);
        let plan = plan.map_err(|error| unplanned(error, around))?;
        Ok(Self { plan, name })
    }

    fn rows(&self) -> LogicalPlanBuilder {
        LogicalPlanBuilder::from(self.plan.clone())
    }

    fn column(&self, name: &str) -> Expr {
        column(&self.name, name)
    }
}

/// All spans of the dataset near the range of time: trace, id, parent, and whether they meet the condition.
struct Others {
    spans: Table,
    costs: Pipeline,
}

impl Others {
    fn new(
        dataset: &str,
        of_trace: Option<String>,
        condition: Option<&Expression>,
        around: &mut Surroundings<'_, '_>,
    ) -> Bound<Self> {
        let range = around.range.clone();
        around.tables.spend(around.report, &range)?;
        let start = around.context.start_nanos.filter(|_| of_trace.is_none());
        let end = around.context.end_nanos.filter(|_| of_trace.is_none());
        let mut rows = query::dataset_within(
            dataset,
            start.map(|nanos| nanos.saturating_sub(REACH_NANOS)),
            end.map(|nanos| nanos.saturating_add(REACH_NANOS)),
            around,
        )?;
        let mut columns = Vec::with_capacity(4);
        for (field, name) in [
            (span::TRACE_ID, TRACE),
            (span::SPAN_ID, ID),
            (span::PARENT_SPAN_ID, PARENT),
        ] {
            let field = around.binder(&rows).id_field_of(field, dataset, &range)?;
            columns.push(field.alias(name));
        }
        if let Some(id) = of_trace {
            let trace = around
                .binder(&rows)
                .id_field_of(span::TRACE_ID, dataset, &range)?;
            rows.filter(trace.eq(Value::text(&id).expr), around.report, &range)?;
            rows.of_trace = Some(id);
        }
        let meets = match condition {
            None => lit(true),
            Some(condition) => {
                let mut marks = Vec::new();
                // Not as in a filter: a column is made of it, which cannot look into another table's rows.
                let mut binder = around.binder(&rows).marking(&mut marks);
                let meets = as_filter(binder.condition(condition)?);
                rows.mark(marks, around.report, &range)?;
                meets
            }
        };
        columns.push(meets.alias(MEETS));
        rows.apply(around.report, &range, |plan| plan.project(columns))?;
        let spans = Table::of(LogicalPlanBuilder::from(rows.plan.clone()), around)?;
        Ok(Self { spans, costs: rows })
    }

    /// The keys of the rows that have such a relative, each once, and what finding them cost.
    fn found(
        self,
        relation: Relation,
        around: &mut Surroundings<'_, '_>,
    ) -> Bound<(Table, Pipeline)> {
        let keys = match relation {
            Relation::Ancestor => self.reached(PARENT, ID, around)?,
            Relation::Descendant => self.reached(ID, PARENT, around)?,
            _ => self
                .near(relation)
                .map_err(|error| unplanned(error, around))?,
        };
        Ok((Table::of(keys, around)?, self.costs))
    }

    /// Of relations that are one step far.
    fn near(&self, relation: Relation) -> PlanResult<LogicalPlanBuilder> {
        let [trace, id, parent, meets] =
            [TRACE, ID, PARENT, MEETS].map(|name| self.spans.column(name));
        let has_parent = parent
            .clone()
            .is_not_null()
            .and(parent.clone().not_eq(lit("")));
        let (of, keys, others) = match relation {
            Relation::Parent => (meets, vec![(id, ID)], vec![]),
            Relation::Root => (meets.and(Expr::Not(Box::new(has_parent))), vec![], vec![]),
            Relation::Sibling => {
                let ids = vec![min(id.clone()).alias(LOW), max(id).alias(HIGH)];
                (meets.and(has_parent), vec![(parent, ID)], ids)
            }
            Relation::Child | Relation::Ancestor | Relation::Descendant => {
                (meets.and(has_parent), vec![(parent, ID)], vec![])
            }
        };
        let mut groups = vec![trace];
        groups.extend(keys.iter().map(|(key, _)| key.clone()));
        let mut made = vec![groups[0].clone().alias(TRACE)];
        made.extend(keys.into_iter().map(|(key, name)| key.alias(name)));
        if !others.is_empty() {
            made.extend([LOW, HIGH].map(|name| Expr::Column(Column::new_unqualified(name))));
        }
        made.push(lit(true).alias(FOUND));
        self.spans
            .rows()
            .filter(of)?
            .aggregate(groups, others)?
            .project(made)
    }

    /// Of relations that go on from span to span: what is reached by steps from one id to the other.
    fn reached(
        &self,
        from: &str,
        to: &str,
        around: &mut Surroundings<'_, '_>,
    ) -> Bound<LogicalPlanBuilder> {
        let range = around.range.clone();
        let column = |name: &str| self.spans.column(name);
        let traces = self
            .spans
            .rows()
            .filter(column(MEETS))
            .and_then(|rows| rows.aggregate([column(TRACE)], Vec::<Expr>::new()));
        let traces = traces.map_err(|error| unplanned(error, around))?;
        let traces = Table::of(traces, around)?;
        let keys = (vec![traces.column(TRACE)], vec![column(TRACE)]);
        let mut rows = self.costs.clone();
        rows.apply(around.report, &range, |_| {
            let all = self.spans.plan.clone();
            let join = JoinType::RightSemi;
            traces.rows().join_with_expr_keys(all, join, keys, None)
        })?;
        let guard = guard::at_most(TREE_SPANS_MAX, "the table of spans that are looked at");
        rows.choose(guard, around.report, &range)?;
        let list = Column::new_unqualified("reached");
        let [from, to] = [from, to].map(|name| tree::number(column(name)));
        let ids = tree::reached(from, to, column(MEETS)).alias(&list.name);
        rows.apply(around.report, &range, |plan| {
            let made = [
                column(TRACE).alias(TRACE),
                Expr::Column(list.clone()).alias(ID),
                lit(true).alias(FOUND),
            ];
            let options = UnnestOptions::new().with_preserve_nulls(false);
            plan.aggregate([column(TRACE)], [ids])?
                .unnest_column_with_options(list, options)?
                .project(made)
        })?;
        Ok(LogicalPlanBuilder::from(rows.plan))
    }
}

impl Binder<'_, '_> {
    /// A field of the dataset that holds ids.
    fn id_field_of(&mut self, field: &str, dataset: &str, range: &Range<usize>) -> Bound<Expr> {
        match self
            .scope
            .get(field)
            .filter(|found| found.kind == Kind::Text)
        {
            Some(found) => Ok(found.expr()),
            None => {
                let message = format!("dataset '{dataset}' has no field {field} that is a string");
                Err(self.error(range, message))
            }
        }
    }
}

fn column(table: &str, name: &str) -> Expr {
    Expr::Column(Column::new(Some(TableReference::bare(table)), name))
}

/// A refusal by the planner is our bug.
fn unplanned(
    error: datafusion::common::DataFusionError,
    around: &mut Surroundings<'_, '_>,
) -> Failed {
    around.error(format!("could not plan this: {}", error.strip_backtrace()))
}
