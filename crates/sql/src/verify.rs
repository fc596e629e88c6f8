//! What a plan may hold. The engine is told to read only, and what it made is looked at once more: rows of datasets,
//! and what is computed of them. And how large its expressions grow when the optimizer writes out the fields they
//! read; planning does not yield, so no deadline ends it.

use crate::functions;
use crate::limits::{NODES_MAX, TEXT_CALLS_MAX};
use crate::views::Views;
use crate::words::refused;
use arrow::datatypes::DataType;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{Column, Result};
use datafusion::execution::context::SQLOptions;
use datafusion::logical_expr::{Expr, LogicalPlan, Operator};

/// What an expression costs, the fields it reads written out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    pub(crate) nodes: usize,
    pub(crate) texts: usize,
}

impl Cost {
    fn add(&mut self, other: Self) {
        self.nodes = self.nodes.saturating_add(other.nodes);
        self.texts = self.texts.saturating_add(other.texts);
    }

    fn times(self, factor: usize) -> Self {
        Self {
            nodes: self.nodes.saturating_mul(factor),
            texts: self.texts.saturating_mul(factor),
        }
    }
}

/// Refuses a plan that does more than to read, or that could grow too large.
pub(crate) fn check(plan: &LogicalPlan, views: &Views) -> Result<()> {
    let reads_only = SQLOptions::new()
        .with_allow_ddl(false)
        .with_allow_dml(false)
        .with_allow_statements(false);
    reads_only.verify_plan(plan)?;
    columns(plan, views).map(|_| ())
}

/// What is said of groups by an aggregation.
pub(crate) const GROUPS: &str =
    "GROUP BY is by fields: expected none that an aggregation computes of each group";

/// What the columns of a plan cost.
fn columns(plan: &LogicalPlan, views: &Views) -> Result<Vec<Cost>> {
    if let Some(view) = views.of(plan) {
        return Ok(view.costs.clone());
    }
    let inputs = plan.inputs();
    let mut below = Vec::new();
    for input in &inputs {
        below.push((*input, columns(input, views)?));
    }
    let mut all = Cost::default();
    let mut own = Vec::new();
    for expr in plan.expressions() {
        let cost = of(&expr, &below, views)?;
        all.add(cost);
        own.push(cost);
    }
    if all.nodes > NODES_MAX {
        return refused(
            "this reads fields computed from fields too often: expected fewer or simpler steps",
        );
    }
    if all.texts > TEXT_CALLS_MAX {
        return refused(format!(
            "too many functions that make texts: expected at most {TEXT_CALLS_MAX}"
        ));
    }
    if let LogicalPlan::Aggregate(groups) = plan {
        for key in &groups.group_expr {
            if key.exists(|part| Ok(matches!(part, Expr::AggregateFunction(_))))? {
                return refused(GROUPS);
            }
        }
    }
    let width = plan.schema().fields().len();
    let mut costs = match plan {
        LogicalPlan::Projection(_) | LogicalPlan::Aggregate(_) => own,
        LogicalPlan::TableScan(_) | LogicalPlan::Values(_) | LogicalPlan::EmptyRelation(_) => {
            Vec::new()
        }
        LogicalPlan::Union(_) => worst(below),
        LogicalPlan::Window(_) => {
            let mut all = first(below);
            all.extend(own);
            all
        }
        LogicalPlan::Join(_) => {
            let (left, right) = (below.first(), below.get(1));
            let sides = left.into_iter().chain(right).flat_map(|(_, costs)| costs);
            sides.copied().collect()
        }
        LogicalPlan::Filter(_)
        | LogicalPlan::Sort(_)
        | LogicalPlan::Subquery(_)
        | LogicalPlan::SubqueryAlias(_)
        | LogicalPlan::Limit(_)
        | LogicalPlan::Distinct(_) => first(below),
        LogicalPlan::Unnest(_) => {
            let costs = first(below).into_iter();
            let most = costs.max_by_key(|cost| cost.nodes).unwrap_or_default();
            vec![most; width]
        }
        _ => return refused("SQL only reads here: expected SELECT"),
    };
    costs.resize(width.max(costs.len()), Cost { nodes: 1, texts: 0 });
    Ok(costs)
}

type Below<'p> = Vec<(&'p LogicalPlan, Vec<Cost>)>;

fn first(below: Below<'_>) -> Vec<Cost> {
    let first = below.into_iter().next();
    first.map(|(_, costs)| costs).unwrap_or_default()
}

/// Of each column the most that it costs in any input.
fn worst(below: Below<'_>) -> Vec<Cost> {
    let mut worst: Vec<Cost> = Vec::new();
    for (_, costs) in below {
        worst.resize(worst.len().max(costs.len()), Cost::default());
        for (worst, cost) in worst.iter_mut().zip(costs) {
            worst.nodes = worst.nodes.max(cost.nodes);
            worst.texts = worst.texts.max(cost.texts);
        }
    }
    worst
}

fn of(expr: &Expr, below: &Below<'_>, views: &Views) -> Result<Cost> {
    check_kind(expr)?;
    let mut cost = Cost { nodes: 1, texts: 0 };
    expr.apply_children(|child| {
        cost.add(of(child, below, views)?);
        Ok(TreeNodeRecursion::Continue)
    })?;
    match expr {
        Expr::Column(column) => cost.add(read(column, below)),
        Expr::ScalarSubquery(subquery) => columns(&subquery.subquery, views).map(|_| ())?,
        Expr::InSubquery(found) => columns(&found.subquery.subquery, views).map(|_| ())?,
        Expr::Exists(exists) => columns(&exists.subquery.subquery, views).map(|_| ())?,
        Expr::SetComparison(compared) => columns(&compared.subquery.subquery, views).map(|_| ())?,
        Expr::ScalarFunction(call) => {
            cost.texts += usize::from(functions::makes_texts(call.func.name()));
            // The optimizer writes these as conditions, with their arguments twice.
            if matches!(call.func.name(), "coalesce" | "nvl" | "nvl2" | "nullif") {
                cost = cost.times(2);
            }
        }
        // And these as a chain of comparisons.
        Expr::InList(list) if list.list.len() <= 3 => cost = cost.times(3),
        Expr::Between(_) => cost = cost.times(2),
        _ => {}
    }
    Ok(cost)
}

fn read(column: &Column, below: &Below<'_>) -> Cost {
    let found = below.iter().find_map(|(input, costs)| {
        let place = input.schema().maybe_index_of_column(column)?;
        costs.get(place).copied()
    });
    found.unwrap_or_default()
}

/// Refuses what is not here.
fn check_kind(expr: &Expr) -> Result<()> {
    let is_text = |expr: &Expr| matches!(expr, Expr::Literal(..));
    match expr {
        Expr::Cast(cast) if is_of_any_size(cast.field.data_type()) => of_any_size(),
        Expr::TryCast(cast) if is_of_any_size(cast.field.data_type()) => of_any_size(),
        Expr::Like(like) if !is_text(&like.pattern) => refused(
            "a pattern of LIKE is written out: expected a text in quotes, or contains(field, …)",
        ),
        Expr::SimilarTo(_) => {
            refused("SIMILAR TO is not here: expected LIKE, or ~ with a regular expression")
        }
        Expr::BinaryExpr(binary)
            if matches!(
                binary.op,
                Operator::RegexMatch
                    | Operator::RegexIMatch
                    | Operator::RegexNotMatch
                    | Operator::RegexNotIMatch
            ) && !is_text(&binary.right) =>
        {
            refused("a regular expression is written out: expected a text in quotes")
        }
        Expr::ScalarFunction(call)
            if call.func.name().starts_with("regexp_")
                && !call.args.get(1).is_some_and(is_text) =>
        {
            refused("a regular expression is written out: expected a text in quotes")
        }
        Expr::ScalarFunction(call) if matches!(call.func.name(), "make_array" | "named_struct") => {
            refused(
                "there is no function here for arrays and structs that are written out: expected VALUES, or single values",
            )
        }
        Expr::ScalarFunction(call) if functions::all().is_absent(call.func.name()) => {
            refused(format!("there is no function '{}' here", call.func.name()))
        }
        Expr::Placeholder(_) => refused("parameters are not here: expected the value itself"),
        Expr::ScalarVariable(..) => refused("variables are not here: expected the value itself"),
        Expr::GroupingSet(_) => refused("GROUPING SETS are not here: expected fields to group by"),
        Expr::HigherOrderFunction(_) | Expr::Lambda(_) | Expr::LambdaVariable(_) => {
            refused("functions of functions are not here")
        }
        _ => Ok(()),
    }
}

fn of_any_size() -> Result<()> {
    refused("a type of a fixed size is not here: expected a type of one value, such as BIGINT")
}

/// Whether one value of a type, null included, takes as much memory as the type says.
fn is_of_any_size(data_type: &DataType) -> bool {
    match data_type {
        DataType::FixedSizeBinary(_) | DataType::FixedSizeList(..) => true,
        DataType::List(item) | DataType::LargeList(item) | DataType::Map(item, _) => {
            is_of_any_size(item.data_type())
        }
        DataType::Struct(fields) => fields.iter().any(|it| is_of_any_size(it.data_type())),
        _ => false,
    }
}
