//! Groups by texts: `summarize count() by ['service.name']`. DataFusion hashes the text of each row; data files
//! have texts as numbers already. The part of a summary that is made beside each scan is made by those here.

/// The summary of one partition.
mod partial;
/// Rows → the numbers of their groups.
mod rows;
/// Rows that are alike, counted at once.
mod tally;
/// Values of one column → numbers.
mod values;

use arrow::datatypes::{DataType, SchemaRef, TimeUnit};
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::error::Result;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_expr::utils::collect_columns;
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::aggregates::{AggregateExec, AggregateMode};
use datafusion::physical_plan::union::UnionExec;
use partial::PartialGroups;
use std::sync::Arc;

/// Puts [`PartialGroups`] over scans of data files.
#[derive(Debug)]
pub(super) struct GroupByKeys;

impl PhysicalOptimizerRule for GroupByKeys {
    fn optimize(
        &self,
        plan: Arc<dyn ExecutionPlan>,
        _: &ConfigOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let replaced = |node: Arc<dyn ExecutionPlan>| {
            let new = node.downcast_ref::<AggregateExec>().map(by_keys);
            Ok(match new.transpose()?.flatten() {
                Some(new) => Transformed::yes(new),
                None => Transformed::no(node),
            })
        };
        plan.transform_up(replaced).data()
    }

    fn name(&self) -> &'static str {
        "group_by_keys"
    }

    fn schema_check(&self) -> bool {
        true
    }
}

/// `None` when nothing is won.
fn by_keys(summary: &AggregateExec) -> Result<Option<Arc<dyn ExecutionPlan>>> {
    // Only where its rows are those of its input schema: a final summary's are of the partial one.
    if !is_plain(summary) {
        return Ok(None);
    }
    let texts = texts(summary);
    if texts.is_empty() {
        return Ok(None);
    }
    let input = summary.input();
    let mut inputs: Vec<Arc<dyn ExecutionPlan>> = match input.downcast_ref::<UnionExec>() {
        Some(union) => union.children().into_iter().map(Arc::clone).collect(),
        None => vec![Arc::clone(input)],
    };
    let mut is_won = false;
    for input in &mut inputs {
        if let Some(keyed) = store::by_keys(input, &texts)? {
            *input = keyed;
            is_won = true;
        }
    }
    Ok(is_won.then(|| Arc::new(PartialGroups::new(summary, inputs)) as _))
}

/// Whether the summary is of a kind that is made here.
fn is_plain(summary: &AggregateExec) -> bool {
    let groups = summary.group_expr();
    let input = summary.input_schema();
    summary.mode() == &AggregateMode::Partial
        && groups.is_single()
        && summary.limit_options().is_none()
        && summary.dynamic_expressions_produced().is_empty()
        && groups
            .expr()
            .iter()
            .all(|(expr, _)| is_counted(expr, &input))
        && summary
            .aggr_expr()
            .iter()
            .all(|it| it.groups_accumulator_supported() && it.order_bys().is_empty())
}

/// Whether there are numbers for the values of a field.
fn is_counted(expr: &Arc<dyn PhysicalExpr>, input: &SchemaRef) -> bool {
    matches!(
        expr.data_type(input),
        Ok(DataType::Utf8View | DataType::Int64 | DataType::Timestamp(TimeUnit::Nanosecond, None))
    )
}

/// The columns of the input that are texts and nothing but fields to group by.
fn texts(summary: &AggregateExec) -> Vec<usize> {
    let (mut texts, mut others) = (Vec::new(), Vec::new());
    for (expr, _) in summary.group_expr().expr() {
        match expr.downcast_ref::<Column>() {
            Some(column) => texts.push(column.index()),
            None => others.push(Arc::clone(expr)),
        }
    }
    for one in summary.aggr_expr() {
        others.extend(one.expressions());
    }
    others.extend(summary.filter_expr().iter().flatten().map(Arc::clone));
    let used: Vec<Column> = others.iter().flat_map(collect_columns).collect();
    let input = summary.input_schema();
    texts.retain(|index| {
        input.field(*index).data_type() == &DataType::Utf8View
            && !used.iter().any(|column| column.index() == *index)
    });
    texts
}
