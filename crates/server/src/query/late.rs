//! Whole rows are read last. `top 20 by _time` answers more than a hundred columns of twenty rows: which rows
//! they are is found by the columns that decide it, and only then are the others read, for those rows alone.

use arrow::array::{Array, RecordBatch};
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{Column, ScalarValue};
use datafusion::datasource::source_as_provider;
use datafusion::error::Result;
use datafusion::logical_expr::utils::split_conjunction;
use datafusion::logical_expr::{
    Expr, FetchType, LogicalPlan, LogicalPlanBuilder, SkipType, Sort, SortExpr, lit,
};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::statistics::{StatisticsArgs, StatisticsContext};

/// With fewer columns than this nothing is saved.
const COLUMNS_MIN: usize = 16;
/// Nor with more rows than this.
const ROWS_MAX: usize = 2048;
/// Of the newest rows so many are looked at first.
const NEWEST_ROWS: u64 = 64 << 10;
/// What reads fewer rows than this is done before it is planned twice.
const READ_MIN: usize = 32 << 10;

/// A plan whose end is the first rows of an order.
pub(super) struct Late<'a> {
    /// What makes the answer of the sorted rows, outermost first.
    above: Vec<&'a LogicalPlan>,
    sort: &'a Sort,
    key: &'a Column,
    rows: usize,
}

/// `None` when the rows of `plan` are not worth reading late.
pub(super) fn of(plan: &LogicalPlan) -> Option<Late<'_>> {
    let (mut above, mut at, mut rows) = (Vec::new(), plan, usize::MAX);
    let sort = loop {
        match at {
            LogicalPlan::Sort(sort) => break sort,
            LogicalPlan::Projection(_) => {}
            LogicalPlan::Limit(limit) => match (limit.get_skip_type(), limit.get_fetch_type()) {
                (Ok(SkipType::Literal(0)), Ok(FetchType::Literal(Some(fetch)))) => {
                    rows = rows.min(fetch);
                }
                _ => return None,
            },
            _ => return None,
        }
        above.push(at);
        at = above.last()?.inputs().first()?;
    };
    let rows = sort.fetch.map_or(rows, |fetch| rows.min(fetch));
    let Expr::Column(key) = &sort.expr.first()?.expr else {
        return None;
    };
    let is_wide = plan.schema().fields().len() >= COLUMNS_MIN;
    // Of no rows nothing is to be read.
    (is_wide && (1..=ROWS_MAX).contains(&rows) && is_scan(&sort.input)).then_some(Late {
        above,
        sort,
        key,
        rows,
    })
}

/// Whether these are rows of a table, filtered and with fields made of them: quick to read again, and the
/// same again.
fn is_scan(plan: &LogicalPlan) -> bool {
    let mut is_scan = true;
    let seen = plan.apply(|node| {
        let is_simple = matches!(
            node,
            LogicalPlan::Projection(_)
                | LogicalPlan::Filter(_)
                | LogicalPlan::SubqueryAlias(_)
                | LogicalPlan::TableScan(_)
        );
        is_scan &= is_simple && node.expressions().iter().all(is_repeatable);
        Ok(if is_scan {
            TreeNodeRecursion::Continue
        } else {
            TreeNodeRecursion::Stop
        })
    });
    seen.is_ok() && is_scan
}

/// Whether an expression gives the same again. A sub-query may not: what it holds is not looked into.
fn is_repeatable(expr: &Expr) -> bool {
    let varies = expr.exists(|part| {
        let is_query = matches!(
            part,
            Expr::InSubquery(_)
                | Expr::ScalarSubquery(_)
                | Expr::Exists(_)
                | Expr::SetComparison(_)
        );
        Ok(is_query || part.is_volatile_node())
    });
    varies.is_ok_and(|varies| !varies)
}

/// Whether a plan reads so much that it is worth knowing what to read of it.
pub(super) fn reads_much(plan: &dyn ExecutionPlan) -> bool {
    let children = plan.children();
    if !children.is_empty() {
        return children.iter().any(|child| reads_much(child.as_ref()));
    }
    let statistics = StatisticsContext::new().compute(plan, &StatisticsArgs::new());
    let rows = statistics
        .ok()
        .and_then(|it| it.num_rows.get_value().copied());
    // Of buffered rows there are no statistics, but they are limited to as many as there are.
    let rows = rows.or_else(|| plan.fetch());
    rows.is_none_or(|rows| rows >= READ_MIN)
}

impl Late<'_> {
    /// The field that the rows are ordered by first.
    pub(super) fn key_name(&self) -> &str {
        &self.key.name
    }

    /// How many rows the answer has at most.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// [`Self::keys`] of the newest rows alone, when the order is by time, the newest first, and there are many
    /// more. If these are as many as the answer may have, they are the same.
    pub(super) fn newest_keys(&self) -> Result<Option<LogicalPlan>> {
        if self.key.name != model::span::TIME || self.order().asc {
            return Ok(None);
        }
        let (mut filters, mut since) = (Vec::new(), None);
        self.sort.input.apply(|node| {
            match node {
                LogicalPlan::Filter(filter) => {
                    filters.extend(split_conjunction(&filter.predicate).into_iter().cloned())
                }
                LogicalPlan::TableScan(scan) => {
                    let table = source_as_provider(&scan.source)?;
                    since = store::newest_since(table.as_ref(), &filters, NEWEST_ROWS);
                }
                _ => {}
            }
            Ok(TreeNodeRecursion::Continue)
        })?;
        let Some(since) = since else {
            return Ok(None);
        };
        let since = ScalarValue::TimestampNanosecond(Some(since), None);
        let newest = LogicalPlanBuilder::from(self.sort.input.as_ref().clone())
            .filter(self.until(since))?
            .build()?;
        self.keys_of(newest).map(Some)
    }

    /// The first sort key of the rows of the answer, and nothing else, in their order.
    pub(super) fn keys(&self) -> Result<LogicalPlan> {
        self.keys_of(self.sort.input.as_ref().clone())
    }

    fn keys_of(&self, rows: LogicalPlan) -> Result<LogicalPlan> {
        LogicalPlanBuilder::from(rows)
            .project([Expr::Column(self.key.clone())])?
            .sort_with_limit([self.order().clone()], Some(self.rows))?
            .build()
    }

    /// The plan again, over no more rows than have the keys that were found.
    pub(super) fn plan(&self, keys: &[RecordBatch]) -> Result<LogicalPlan> {
        let mut input = self.sort.input.as_ref().clone();
        if let Some(bound) = self.bound(keys)? {
            input = LogicalPlanBuilder::from(input).filter(bound)?.build()?;
        }
        let sort = LogicalPlan::Sort(self.sort.clone());
        let mut plan = sort.with_new_exprs(sort.expressions(), vec![input])?;
        for node in self.above.iter().rev() {
            plan = node.with_new_exprs(node.expressions(), vec![plan])?;
        }
        Ok(plan)
    }

    /// What is true of no row that comes after all of these.
    fn bound(&self, keys: &[RecordBatch]) -> Result<Option<Expr>> {
        let Some(last) = keys.iter().rfind(|keys| keys.num_rows() > 0) else {
            return Ok(Some(lit(false)));
        };
        let last = last.column(0);
        let last = ScalarValue::try_from_array(last, last.len() - 1)?;
        if last.is_null() {
            return Ok(None);
        }
        Ok(Some(self.until(last)))
    }

    /// What is true of no row that comes after one with this key.
    fn until(&self, last: ScalarValue) -> Expr {
        let key = Expr::Column(self.key.clone());
        let bound = match self.order().asc {
            true => key.clone().lt_eq(lit(last)),
            false => key.clone().gt_eq(lit(last)),
        };
        match self.order().nulls_first {
            true => bound.or(key.is_null()),
            false => bound,
        }
    }

    fn order(&self) -> &SortExpr {
        // There is one: its key was found.
        &self.sort.expr[0]
    }
}

#[cfg(test)]
mod tests {
    use super::{READ_MIN, is_scan, reads_much};
    use arrow::array::{Int64Array, RecordBatch};
    use arrow::datatypes::DataType;
    use datafusion::datasource::empty::EmptyTable;
    use datafusion::datasource::memory::MemorySourceConfig;
    use datafusion::datasource::provider_as_source;
    use datafusion::functions_aggregate::expr_fn::max;
    use datafusion::logical_expr::{
        Expr, LogicalPlan, LogicalPlanBuilder, Volatility, col, create_udf, in_subquery, lit,
        scalar_subquery,
    };
    use datafusion::physical_plan::ExecutionPlan;
    use datafusion::physical_plan::empty::EmptyExec;
    use datafusion::physical_plan::limit::GlobalLimitExec;
    use datafusion::physical_plan::streaming::StreamingTableExec;
    use datafusion::physical_plan::union::UnionExec;
    use std::sync::Arc;

    type Plan = Arc<dyn ExecutionPlan>;

    fn scan(name: &str) -> LogicalPlanBuilder {
        let table = Arc::new(EmptyTable::new(batch(0).schema()));
        LogicalPlanBuilder::scan(name, provider_as_source(table), None).unwrap()
    }

    /// The largest number of another table.
    fn largest() -> Arc<LogicalPlan> {
        let largest = scan("other").aggregate(Vec::<Expr>::new(), vec![max(col("number"))]);
        Arc::new(largest.unwrap().build().unwrap())
    }

    /// Another one at every call.
    fn chance() -> Expr {
        let never_run = Arc::new(|_: &[_]| unreachable!("it is only planned"));
        let output = DataType::Float64;
        create_udf("chance", vec![], output, Volatility::Volatile, never_run).call(vec![])
    }

    /// A sub-query is not looked into: it may be long, and give something else when it runs again.
    #[test]
    fn what_is_read_again_as_it_was() {
        let filtered = |condition| scan("rows").filter(condition);
        let twice = || col("number") * lit(2);
        let above = || col("number").gt(scalar_subquery(largest()));
        let cases = [
            ("a table", Ok(scan("rows")), true),
            ("some of it", filtered(col("number").gt(lit(1))), true),
            ("a field of it", scan("rows").project([twice()]), true),
            (
                "in a table",
                filtered(in_subquery(col("number"), largest())),
                false,
            ),
            ("above a value", filtered(above()), false),
            (
                "deep in a condition",
                filtered(col("number").gt(lit(1)).or(above().is_not_true())),
                false,
            ),
            ("made of a value", scan("rows").project([above()]), false),
            (
                "below a field",
                filtered(above()).and_then(|rows| rows.project([twice()])),
                false,
            ),
            ("by chance", filtered(chance().gt(lit(0.5))), false),
            ("the first", scan("rows").limit(0, Some(1)), false),
            ("each once", scan("rows").distinct(), false),
        ];
        for (name, plan, expected) in cases {
            let plan = plan.unwrap().build().unwrap();
            assert_eq!(is_scan(&plan), expected, "{name}");
        }
    }

    fn batch(rows: usize) -> RecordBatch {
        let numbers = Int64Array::from(vec![0; rows]);
        RecordBatch::try_from_iter([("number", Arc::new(numbers) as _)]).unwrap()
    }

    /// Says how many rows it has, as a data file does.
    fn counted(rows: usize) -> Plan {
        let batch = batch(rows);
        let schema = batch.schema();
        MemorySourceConfig::try_new_exec(&[vec![batch]], schema, None).unwrap()
    }

    /// Does not say so, but may be limited, as the buffer is.
    fn uncounted(limit: Option<usize>) -> Plan {
        let schema = batch(0).schema();
        Arc::new(StreamingTableExec::try_new(schema, vec![], None, [], false, limit).unwrap())
    }

    fn union(inputs: Vec<Plan>) -> Plan {
        UnionExec::try_new(inputs).unwrap()
    }

    #[test]
    fn what_reads_much() {
        let first = |plan| Arc::new(GlobalLimitExec::new(plan, 0, Some(1))) as Plan;
        let cases: [(&str, Plan, bool); 11] = [
            (
                "nothing",
                Arc::new(EmptyExec::new(batch(0).schema())),
                false,
            ),
            ("a file of few rows", counted(READ_MIN - 1), false),
            ("a file of many", counted(READ_MIN), true),
            ("rows that nobody counted", uncounted(None), true),
            ("the same, but few", uncounted(Some(READ_MIN - 1)), false),
            ("the same, but many", uncounted(Some(READ_MIN)), true),
            (
                "few and few",
                union(vec![counted(9), uncounted(Some(9))]),
                false,
            ),
            (
                "few and many",
                union(vec![counted(9), counted(READ_MIN)]),
                true,
            ),
            (
                "few and uncounted",
                union(vec![counted(9), uncounted(None)]),
                true,
            ),
            ("the first of few", first(counted(9)), false),
            // What is limited above is read all the same, to know which are the first.
            ("the first of many", first(counted(READ_MIN)), true),
        ];
        for (name, plan, is_much) in cases {
            assert_eq!(reads_much(plan.as_ref()), is_much, "{name}");
        }
    }
}
