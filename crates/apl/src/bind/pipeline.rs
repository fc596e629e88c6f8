//! The rows so far: the plan, the fields in sight, and their order.

use super::{Bound, Scope, scope, weight};
use crate::diagnostic::Report;
use crate::kind::Kind;
use crate::limits::{FIELDS_MAX, STAGES_MAX};
use arrow::datatypes::DataType;
use datafusion::catalog::TableProvider;
use datafusion::common::{Column, DFSchema, ExprSchema, Result as PlanResult, TableReference};
use datafusion::datasource::provider_as_source;
use datafusion::logical_expr::{EmptyRelation, Expr, LogicalPlan, LogicalPlanBuilder, SortExpr};
use model::span::{self, Note};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// More fields than this nobody asked for one by one.
const WIDE: usize = 64;

/// The rows at one point of a query.
#[derive(Clone, Debug)]
pub(crate) struct Pipeline {
    pub(crate) plan: LogicalPlan,
    pub(crate) scope: Scope,
    pub(crate) order: Order,
    /// Whether the order by default will be seen: no later stage makes its own.
    pub(crate) order_matters: bool,
    /// The query bounds its rows itself.
    pub(crate) is_limited: bool,
    /// Fields that the rows are grouped by.
    pub(crate) groups: Vec<String>,
    /// The field of the time bins that the rows are grouped by, and their size in nanoseconds.
    pub(crate) bucket: Option<(String, i64)>,
    /// Columns of the dataset that no row has a value in.
    pub(crate) absent: BTreeSet<String>,
    /// Known at the end.
    pub(crate) is_whole_rows: bool,
    /// What the filters so far read; the optimizer moves all of them down.
    pub(super) filter_reads: usize,
    /// Projections so far.
    pub(super) projections: usize,
    /// The datasets that the rows are from.
    pub(crate) datasets: Vec<String>,
    /// The rows are of this trace, wherever it is.
    pub(crate) of_trace: Option<String>,
    /// Operators on the longest way from a source to here.
    pub(super) depth: usize,
}

/// How the rows are ordered. The plan sorts as late as it can: only a sort at the end, or right before
/// rows are cut off, is sure to be seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Order {
    pub(crate) keys: Vec<Key>,
    /// The plan sorts by them already, and nothing that may mix the rows came after.
    pub(crate) is_applied: bool,
    /// More than the keys decided: the plan sorted by expressions, or by fields that are gone. Such an
    /// order cannot be made again.
    pub(crate) is_partial: bool,
    /// The query asked for it: the order by default means nothing to an aggregation.
    pub(crate) is_asked: bool,
    /// The whole of a partial order, as long as the fields it is made of are in sight.
    pub(crate) sorts: Vec<SortExpr>,
}

/// A field to order by.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) descending: bool,
    pub(crate) nulls_first: bool,
}

impl Key {
    /// Nulls are the smallest values.
    pub(crate) fn new(name: &str, descending: bool) -> Self {
        Self {
            name: name.to_owned(),
            descending,
            nulls_first: !descending,
        }
    }
}

impl Order {
    /// An order that is still to be made.
    pub(crate) fn by(keys: Vec<Key>) -> Self {
        Self {
            keys,
            ..Self::default()
        }
    }
}

/// A field to be made.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) name: String,
    pub(crate) expr: Expr,
    pub(crate) kind: Kind,
    pub(crate) made: bool,
    pub(crate) aggregation: Option<&'static str>,
    /// As of [`scope::Field`].
    pub(crate) weight: usize,
}

impl Output {
    /// The field as it is.
    pub(crate) fn kept(field: &scope::Field) -> Self {
        Self {
            name: field.name.clone(),
            expr: field.expr(),
            kind: field.kind,
            made: field.made,
            aggregation: field.aggregation,
            weight: field.weight,
        }
    }
}

impl Pipeline {
    /// All rows of a dataset, newest first.
    pub(crate) fn scan(name: &str, table: Arc<dyn TableProvider>) -> PlanResult<Self> {
        let source = provider_as_source(table);
        let dataset = TableReference::bare(name);
        let plan = LogicalPlanBuilder::scan(dataset, source, None)?.build()?;
        let (mut fields, mut keys) = (Vec::new(), scope::Keys::default());
        for (qualifier, field) in plan.schema().iter() {
            let (name, column) = (
                field.name().clone(),
                Column::new(qualifier.cloned(), field.name()),
            );
            if span::of_key_column(&name).is_some() {
                keys.columns.insert(name, column);
            } else if let Some(kind) = Kind::of(field.data_type()) {
                fields.push(scope::Field {
                    name,
                    kind,
                    column,
                    made: false,
                    aggregation: None,
                    weight: 0,
                });
            }
        }
        let noted = |note: Note| {
            let names = note.read(plan.schema().inner()).unwrap_or_default();
            names.into_iter().map(str::to_owned)
        };
        keys.complete = noted(Note::KeysComplete).collect();
        let absent = noted(Note::Absent).collect();
        let mut rows = Self::of(plan, Scope { fields, keys });
        let time = rows.scope.get(span::TIME);
        let newest_first = time.map(|time| Key::new(&time.name, true));
        rows.order = Order::by(newest_first.into_iter().collect());
        rows.absent = absent;
        rows.datasets = vec![name.to_owned()];
        Ok(rows)
    }

    /// The rows of a plan, in no order.
    pub(super) fn of(plan: LogicalPlan, scope: Scope) -> Self {
        Self {
            plan,
            scope,
            order: Order::default(),
            order_matters: true,
            is_limited: false,
            groups: Vec::new(),
            bucket: None,
            absent: BTreeSet::new(),
            is_whole_rows: false,
            filter_reads: 0,
            projections: 0,
            datasets: Vec::new(),
            of_trace: None,
            depth: 0,
        }
    }

    /// One row without fields.
    pub(crate) fn nothing() -> Self {
        let one_row = EmptyRelation {
            produce_one_row: true,
            schema: Arc::new(DFSchema::empty()),
        };
        Self::of(LogicalPlan::EmptyRelation(one_row), Scope::default())
    }

    /// Rows of values that the query holds itself; at least one. The values of a column are of its kind.
    pub(crate) fn of_values(rows: Vec<Vec<Expr>>, columns: &[(String, Kind)]) -> PlanResult<Self> {
        let plan = LogicalPlanBuilder::values(rows)?.build()?;
        let columns_of_plan = plan.schema().columns();
        let mut fields = Vec::with_capacity(columns.len());
        let mut exprs = Vec::with_capacity(columns.len());
        for ((name, kind), column) in columns.iter().zip(columns_of_plan) {
            let output = Output {
                name: name.clone(),
                expr: Expr::Column(column),
                kind: *kind,
                made: true,
                aggregation: None,
                weight: 0,
            };
            let (expr, field) = placed(output, 0);
            exprs.push(expr);
            fields.push(field);
        }
        let plan = LogicalPlanBuilder::from(plan).project(exprs)?.build()?;
        Ok(Self::of(
            plan,
            Scope {
                fields,
                keys: scope::Keys::default(),
            },
        ))
    }

    /// Counts what `other` cost, which these rows depend on.
    pub(crate) fn absorb(&mut self, other: &Self) {
        self.depth = self.depth.max(other.depth);
        self.filter_reads = self.filter_reads.saturating_add(other.filter_reads);
        for dataset in &other.datasets {
            if !self.datasets.contains(dataset) {
                self.datasets.push(dataset.clone());
            }
        }
    }

    /// Counts one more operator on the way to here.
    pub(crate) fn deepen(&mut self, report: &mut Report<'_>, range: &Range<usize>) -> Bound<()> {
        self.depth += 1;
        if self.depth <= STAGES_MAX {
            return Ok(());
        }
        let message = format!(
            "too many operators: expected at most {STAGES_MAX}, with those of the tables that are read"
        );
        Err(report.error(range, message))
    }

    /// Whether no row of the dataset has a value in a field.
    pub(crate) fn is_absent(&self, field: &scope::Field) -> bool {
        !field.made && self.absent.contains(&field.name)
    }

    /// What `toscalar` and `in` look at.
    pub(crate) fn first_field(
        &self,
        report: &mut Report<'_>,
        range: &Range<usize>,
    ) -> Bound<scope::Field> {
        let first = self.scope.fields.first().cloned();
        first.ok_or_else(|| report.error(range, "expected a table with at least one field"))
    }

    /// The type that carries a field.
    pub(crate) fn data_type(&self, field: &scope::Field) -> DataType {
        let found = ExprSchema::data_type(self.plan.schema().as_ref(), &field.column);
        found.cloned().unwrap_or(DataType::Null)
    }

    /// Adds a node to the plan. A refusal by the planner is our bug, told as a diagnostic.
    pub(crate) fn apply(
        &mut self,
        report: &mut Report<'_>,
        range: &Range<usize>,
        node: impl FnOnce(LogicalPlanBuilder) -> PlanResult<LogicalPlanBuilder>,
    ) -> Bound<()> {
        let planned =
            node(LogicalPlanBuilder::from(self.plan.clone())).and_then(LogicalPlanBuilder::build);
        self.plan = planned.map_err(|error| {
            report.error(
                range,
                format!("could not plan this: {}", error.strip_backtrace()),
            )
        })?;
        Ok(())
    }

    /// Replaces the fields by `outputs`.
    pub(crate) fn project(
        &mut self,
        outputs: Vec<Output>,
        report: &mut Report<'_>,
        range: &Range<usize>,
    ) -> Bound<()> {
        if outputs.len() > FIELDS_MAX {
            let message = format!(
                "too many fields: expected at most {FIELDS_MAX}; project those that you need before"
            );
            return Err(report.error(range, message));
        }
        let keeps = |key: &&Key| {
            let field = self.scope.get(&key.name);
            outputs.iter().any(|output| {
                output.name == key.name && field.is_some_and(|field| output.expr == field.expr())
            })
        };
        let kept: Vec<Key> = self.order.keys.iter().take_while(keeps).cloned().collect();
        if kept.len() < self.order.keys.len() {
            if self.order_matters {
                self.ensure_order(report, range)?;
            }
            self.order = Order {
                keys: kept,
                is_applied: true,
                is_partial: true,
                is_asked: self.order.is_asked,
                sorts: Vec::new(),
            };
        }
        self.order.sorts.clear();
        self.groups
            .retain(|group| outputs.iter().any(|output| output.name == *group));
        self.bucket = self
            .bucket
            .take()
            .filter(|(field, _)| outputs.iter().any(|o| o.name == *field));
        let mut exprs = Vec::with_capacity(outputs.len());
        let mut fields = Vec::with_capacity(outputs.len());
        self.projections += 1;
        for output in outputs {
            let (expr, field) = placed(output, self.projections);
            exprs.push(expr);
            fields.push(field);
        }
        let is_kept = |map: &str| fields.iter().any(|field| field.name == map && !field.made);
        let keys = self.scope.keys.kept(is_kept);
        exprs.extend(keys.columns.values().cloned().map(Expr::Column));
        self.apply(report, range, |plan| plan.project(exprs))?;
        self.scope = Scope { fields, keys };
        self.order.is_applied = self.order.is_partial;
        Ok(())
    }

    /// Leaves nothing but the fields in sight; of whole rows, only those that some row has a value in.
    pub(crate) fn without_the_rest(
        &mut self,
        report: &mut Report<'_>,
        range: &Range<usize>,
    ) -> Bound<()> {
        let (keys, before) = (
            std::mem::take(&mut self.scope.keys),
            self.scope.fields.len(),
        );
        self.is_whole_rows = before > WIDE;
        if self.is_whole_rows {
            let mut fields = std::mem::take(&mut self.scope.fields);
            fields.retain(|field| !self.is_absent(field));
            self.scope.fields = fields;
        }
        if keys.columns.is_empty() && self.scope.fields.len() == before {
            return Ok(());
        }
        let fields: Vec<Expr> = self.scope.fields.iter().map(scope::Field::expr).collect();
        self.apply(report, range, |plan| plan.project(fields))
    }

    /// The rows for which `condition` is true.
    pub(crate) fn filter(
        &mut self,
        condition: Expr,
        report: &mut Report<'_>,
        range: &Range<usize>,
    ) -> Bound<()> {
        let reads = weight::reads(&condition, &self.scope);
        self.filter_reads = self.filter_reads.saturating_add(reads);
        weight::check(self.filter_reads, report, range)?;
        self.apply(report, range, |plan| plan.filter(condition))?;
        self.order.is_applied = self.order.is_partial;
        Ok(())
    }

    /// The rows for which `chosen` is true, which depends on more than the row: on how many there were before.
    /// It is computed here, where the optimizer would move a condition without fields below a join.
    pub(crate) fn choose(
        &mut self,
        chosen: Expr,
        report: &mut Report<'_>,
        range: &Range<usize>,
    ) -> Bound<()> {
        let column = Column::new_unqualified("|chosen");
        let own = self.plan.schema().columns().into_iter().map(Expr::Column);
        let own: Vec<Expr> = own.collect();
        let mut with_chosen = own.clone();
        with_chosen.push(chosen.alias(&column.name));
        self.apply(report, range, |plan| {
            plan.project(with_chosen)?
                .filter(Expr::Column(column))?
                .project(own)
        })?;
        self.order.is_applied = self.order.is_partial;
        Ok(())
    }

    /// Has the plan sort, if it does not yet.
    pub(crate) fn ensure_order(
        &mut self,
        report: &mut Report<'_>,
        range: &Range<usize>,
    ) -> Bound<()> {
        if self.order.is_applied || self.order.keys.is_empty() {
            return Ok(());
        }
        let sorts = self.key_sorts();
        self.apply(report, range, |plan| plan.sort(sorts))?;
        self.order.is_applied = true;
        Ok(())
    }

    pub(super) fn key_sorts(&self) -> Vec<SortExpr> {
        let sort = |key: &Key| {
            let field = self.scope.get(&key.name)?;
            Some(field.expr().sort(!key.descending, key.nulls_first))
        };
        self.order.keys.iter().filter_map(sort).collect()
    }

    /// The order that the query asked for, for aggregations that keep it.
    pub(crate) fn asked_order(&self) -> Vec<SortExpr> {
        if !self.order.is_asked {
            Vec::new()
        } else if self.order.sorts.is_empty() {
            self.key_sorts()
        } else {
            self.order.sorts.clone()
        }
    }

    /// The first `rows` rows.
    pub(crate) fn limit(
        &mut self,
        rows: usize,
        report: &mut Report<'_>,
        range: &Range<usize>,
    ) -> Bound<()> {
        self.ensure_order(report, range)?;
        self.apply(report, range, |plan| plan.limit(0, Some(rows)))
    }
}

/// The expression of the plan that makes a field, and the field. A made field is qualified by the
/// number of its projection: two projections alike, as of `extend a = a + 1` twice, would otherwise be
/// taken for one by the optimizer.
fn placed(output: Output, projection: usize) -> (Expr, scope::Field) {
    let (expr, column) = match output.expr {
        Expr::Column(column) if column.name == output.name => {
            (Expr::Column(column.clone()), column)
        }
        expr => {
            let qualifier = TableReference::bare(format!("|{projection}"));
            let column = Column::new(Some(qualifier.clone()), output.name.clone());
            (expr.alias_qualified(Some(qualifier), &output.name), column)
        }
    };
    let field = scope::Field {
        name: output.name,
        kind: output.kind,
        column,
        made: output.made,
        aggregation: output.aggregation,
        weight: output.weight,
    };
    (expr, field)
}
