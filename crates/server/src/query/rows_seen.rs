//! How many rows a finished plan looked at and kept, from the counters of its operators.

use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::filter::FilterExec;
use datafusion::physical_plan::statistics::{StatisticsArgs, StatisticsContext};

/// Rows before and after the filters.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub(super) examined: u64,
    pub(super) matched: u64,
}

/// What the scans under `plan` read, and what the filters directly above them let through.
pub(super) fn of(plan: &dyn ExecutionPlan) -> Seen {
    let children = plan.children();
    if children.is_empty() {
        let matched = rows_out(plan).or_else(|| rows_held(plan)).unwrap_or(0);
        // A filter that was pushed into the scan drops rows before they count as its output.
        return Seen {
            examined: matched + counter(plan, "pushdown_rows_pruned"),
            matched,
        };
    }
    let mut seen = Seen::default();
    for child in &children {
        let below = of(child.as_ref());
        seen.examined += below.examined;
        seen.matched += below.matched;
    }
    if plan.is::<FilterExec>() {
        seen.matched = seen.matched.min(rows_out(plan).unwrap_or(u64::MAX));
    }
    seen
}

fn rows_out(plan: &dyn ExecutionPlan) -> Option<u64> {
    plan.metrics()
        .and_then(|metrics| metrics.output_rows())
        .map(|rows| rows as u64)
}

/// Rows in memory are not counted as they are read, but their number is known.
fn rows_held(plan: &dyn ExecutionPlan) -> Option<u64> {
    let statistics = StatisticsContext::new()
        .compute(plan, &StatisticsArgs::new())
        .ok()?;
    statistics.num_rows.get_value().map(|rows| *rows as u64)
}

fn counter(plan: &dyn ExecutionPlan, name: &str) -> u64 {
    plan.metrics()
        .and_then(|metrics| metrics.sum_by_name(name))
        .map_or(0, |value| value.as_usize() as u64)
}
