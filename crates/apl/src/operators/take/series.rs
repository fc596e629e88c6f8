//! `limit` after a summary by time bins: so many series, each with all its bins. They are those whose first aggregation
//! is largest: counts and sums added up over the bins, of anything else the largest of the bins.

use super::super::Surroundings;
use crate::bind::scope::Field;
use crate::bind::{Bound, Pipeline, Value, conversion};
use crate::kind::Kind;
use datafusion::common::{Column, Result as PlanResult};
use datafusion::functions_aggregate::{min_max::max_udaf, sum::sum_udaf};
use datafusion::functions_window::expr_fn::dense_rank;
use datafusion::logical_expr::expr::WindowFunction;
use datafusion::logical_expr::{
    Expr, ExprFunctionExt, LogicalPlanBuilder, WindowFunctionDefinition, lit,
};

/// Axiom's names of aggregations that add up over bins.
const ADDITIVE: &[&str] = &["count", "countif", "sum", "sumif", "rate"];

/// What tells the series apart; `None` of rows that are no series, or were put in an order by the query.
pub(super) fn keys(rows: &Pipeline) -> Option<Vec<Expr>> {
    let (bucket, _) = rows.bucket.as_ref()?;
    let others = rows.groups.iter().filter(|group| *group != bucket);
    let keys: Option<Vec<Expr>> = others
        .map(|group| rows.scope.get(group).map(Field::expr))
        .collect();
    keys.filter(|keys| !keys.is_empty() && !rows.order.is_asked)
}

/// Keeps the first `most` series.
pub(super) fn keep(
    most: usize,
    keys: Vec<Expr>,
    rows: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let height = height(rows);
    let own = rows.plan.schema().columns().into_iter().map(Expr::Column);
    let own: Vec<Expr> = own.collect();
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    rows.apply(around.report, &around.range, |plan| {
        let mut plan = plan;
        let mut order = Vec::new();
        if let Some(height) = height {
            let height = height.partition_by(keys.clone()).build()?;
            let made;
            (plan, made) = with(plan, height, "|height", &own)?;
            order.push(made.sort(false, false));
        }
        order.extend(keys.into_iter().map(|key| key.sort(true, true)));
        let rank = dense_rank().order_by(order).build()?;
        let (plan, rank) = with(plan, rank, "|rank", &own)?;
        plan.filter(rank.lt_eq(lit(most)))?.project(own)
    })?;
    rows.order.is_applied = rows.order.is_partial;
    Ok(())
}

/// The plan with what a window computes beside its own columns, and the column of that.
fn with(
    plan: LogicalPlanBuilder,
    window: Expr,
    name: &str,
    own: &[Expr],
) -> PlanResult<(LogicalPlanBuilder, Expr)> {
    let made = Column::new_unqualified(window.schema_name().to_string());
    let made = Expr::Column(made).alias(name);
    let columns = own.iter().cloned().chain([made]);
    let plan = plan.window([window])?.project(columns)?;
    Ok((plan, Expr::Column(Column::new_unqualified(name))))
}

/// What the series are compared by: the aggregation that they are ordered by.
fn height(rows: &Pipeline) -> Option<Expr> {
    let mut fields = rows
        .order
        .keys
        .iter()
        .filter_map(|key| rows.scope.get(&key.name));
    let field = fields.find(|field| field.aggregation.is_some())?;
    let is_number = field.kind.is_number() || field.kind == Kind::Timespan;
    let value = match is_number {
        true => conversion::to(Kind::Float, Value::new(field.expr(), field.kind)),
        false => field.expr(),
    };
    let adds_up = is_number
        && field
            .aggregation
            .is_some_and(|name| ADDITIVE.contains(&name));
    let function = if adds_up { sum_udaf() } else { max_udaf() };
    let function = WindowFunctionDefinition::AggregateUDF(function);
    Some(Expr::from(WindowFunction::new(function, vec![value])))
}
