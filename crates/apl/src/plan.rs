//! The finished plan, with what a caller needs to know to show its rows.

use crate::bind::{Bound, Pipeline, Tables, prologue, query};
use crate::context::{Context, Datasets};
use crate::diagnostic::{self, Diagnostic, Report};
use crate::kernels::counted;
use crate::kind::Kind;
use crate::limits::BINS_PER_SERIES;
use crate::operators::{self, Surroundings};
use crate::syntax::{Operator, Query, Script, Stage};
use datafusion::logical_expr::LogicalPlan;

/// A compiled query.
#[derive(Clone, Debug)]
pub struct Plan {
    /// To be run once: joins and samples in it count the rows that they see.
    pub logical: LogicalPlan,
    /// The result's fields, in order.
    pub fields: Vec<Field>,
    /// Rows with all fields of the dataset: few of them have a value in each row. Those that no row of the dataset
    /// has a value in are left out already.
    pub is_whole_rows: bool,
    /// The datasets read.
    pub datasets: Vec<String>,
    /// Fields of the result that its rows are grouped by.
    pub groups: Vec<String>,
    /// Fields of the result that its rows are ordered by, and whether each is descending.
    pub order: Vec<(String, bool)>,
    /// The field of the time bins, and their size in nanoseconds.
    pub bucket: Option<(String, i64)>,
    /// The rows to show when the query itself has no limit. The plan gives one row more than that, if
    /// there is one: so the caller, who leaves it out, knows that there are more.
    pub default_limit: Option<usize>,
    /// For rows grouped by time bins: the same summary over all bins together.
    pub totals: Option<Totals>,
    /// What is no mistake, but may not be meant.
    pub warnings: Vec<Diagnostic>,
}

/// A field of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub kind: Kind,
    /// Axiom's name of the aggregation it comes from.
    pub agg: Option<&'static str>,
}

/// A summary without its time bins.
#[derive(Clone, Debug)]
pub struct Totals {
    pub logical: LogicalPlan,
    pub fields: Vec<Field>,
    pub groups: Vec<String>,
    pub order: Vec<(String, bool)>,
    /// As of the plan.
    pub default_limit: Option<usize>,
}

pub(crate) fn build<'r>(
    script: &Script,
    context: &Context,
    datasets: &'r dyn Datasets,
    report: &mut Report<'r>,
) -> Bound<Plan> {
    let query = &script.query;
    let mut tables = Tables::new(datasets, script.reads.clone());
    let mut around = Surroundings {
        context,
        report,
        tables: &mut tables,
        range: query.source.range.clone(),
        without_time_bins: false,
    };
    prologue::bind(&script.statements, &mut around);
    let start = query::first_source(&query.source, &mut around);
    let rows = start.as_ref().map_err(|failed| *failed).and_then(|start| {
        let mut rows = start.clone();
        query::stages(&query.stages, &mut rows, &mut around)?;
        Ok(rows)
    });
    prologue::check_unused(&mut around);
    let (start, mut rows) = (start?, rows?);
    if !around.report.is_clean() {
        return Err(diagnostic::Failed);
    }
    let default_limit = finish(&mut rows, &mut around)?;
    let warnings = around.report.warnings();
    let totals = match rows.bucket {
        Some(_) => totals(query, start, context, &mut tables),
        None => None,
    };
    Ok(Plan {
        fields: fields(&rows),
        is_whole_rows: rows.is_whole_rows,
        datasets: tables.datasets_read(),
        order: order(&rows),
        groups: rows.groups,
        bucket: rows.bucket,
        default_limit,
        totals,
        warnings,
        logical: rows.plan,
    })
}

/// The order and the limit by default; the limit, if it was needed.
fn finish(rows: &mut Pipeline, around: &mut Surroundings<'_, '_>) -> Bound<Option<usize>> {
    let range = around.range.clone();
    rows.ensure_order(around.report, &range)?;
    if rows.is_limited {
        rows.without_the_rest(around.report, &range)?;
        return Ok(None);
    }
    let most = match rows.bucket {
        Some(_) => around.context.row_limit.saturating_mul(BINS_PER_SERIES),
        None => around.context.row_limit,
    };
    rows.limit(most.saturating_add(1), around.report, &range)?;
    rows.without_the_rest(around.report, &range)?;
    Ok(Some(most))
}

fn fields(rows: &Pipeline) -> Vec<Field> {
    let field = |field: &crate::bind::scope::Field| Field {
        name: field.name.clone(),
        kind: field.kind,
        agg: field.aggregation,
    };
    rows.scope.fields.iter().map(field).collect()
}

fn order(rows: &Pipeline) -> Vec<(String, bool)> {
    rows.order
        .keys
        .iter()
        .map(|key| (key.name.clone(), key.descending))
        .collect()
}

/// The same query with the last summary's time bins left out. Stages after it that need the bins, such
/// as `sort by _time`, do not apply to totals; from the first of them on they are left out.
fn totals<'r>(
    query: &Query,
    start: Pipeline,
    context: &Context,
    tables: &mut Tables<'r>,
) -> Option<Totals> {
    let is_summary = |stage: &Stage| matches!(stage.operator, Operator::Summarize { .. });
    let summary = query.stages.iter().rposition(is_summary)?;
    // What fails here did not fail in the query itself: its diagnostics are of no interest.
    let mut report: Report<'r> = Report::new("");
    tables.start_over();
    let mut around = Surroundings {
        context,
        report: &mut report,
        tables,
        range: 0..0,
        without_time_bins: false,
    };
    let mut rows = start;
    for (place, stage) in query.stages.iter().enumerate() {
        around.without_time_bins = place == summary;
        rows.order_matters = operators::order_matters(&query.stages[place + 1..]);
        let before = (place > summary).then(|| rows.clone());
        if operators::bind(stage, &mut rows, &mut around).is_err() {
            rows = before?;
            break;
        }
    }
    let default_limit = finish(&mut rows, &mut around).ok()?;
    Some(Totals {
        fields: fields(&rows),
        order: order(&rows),
        groups: rows.groups,
        default_limit,
        logical: counted::anew(rows.plan).ok()?,
    })
}
