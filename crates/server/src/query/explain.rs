//! A plan in words: what a query does, step by step, and what each scan leaves out. Nothing is run, and nothing of
//! this machine is told.

/// Expressions in words.
mod expression;

use super::late;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::datasource::source_as_provider;
use datafusion::error::Result;
use datafusion::execution::SessionState;
use datafusion::logical_expr::expr_rewriter::unnormalize_cols;
use datafusion::logical_expr::{
    Aggregate, FetchType, Join, JoinType, Limit, LogicalPlan, SkipType, Sort, TableScan,
};
use expression::{listed, words};
use std::fmt::Write as _;
use store::Parts;

/// More columns than this are counted, not named.
const NAMED_MAX: usize = 12;

const HEAD: &str = "The last step comes first; each takes the rows of the step below it.\n\n";

/// What is known of one scan before it runs.
struct Scanned {
    parts: Option<Parts>,
    /// Files it reads, and those of which it reads some rows alone.
    files: (usize, usize),
    columns: usize,
}

/// A plan in words, as it would be run.
pub(super) async fn explain(session: &SessionState, plan: &LogicalPlan) -> Result<String> {
    let optimized = session.optimize(plan)?;
    let scans = scans(session, &optimized).await?;
    let mut out = String::from(HEAD);
    step(&optimized, 0, None, &mut scans.into_iter(), &mut out);
    if let Some(late) = late::of(plan) {
        let _ = write!(
            out,
            "\nOf a large dataset the rows are found by {} alone, the newest first where that is the order; all other \
             columns are then read of no more than these {} rows.\n",
            late.key_name(),
            late.rows()
        );
    }
    Ok(out)
}

/// The scans of a plan, from its last step on.
async fn scans(session: &SessionState, plan: &LogicalPlan) -> Result<Vec<Scanned>> {
    let mut found = Vec::new();
    plan.apply(|node| {
        if let LogicalPlan::TableScan(scan) = node {
            found.push(scan.clone());
        }
        Ok(TreeNodeRecursion::Continue)
    })?;
    let mut scans = Vec::with_capacity(found.len());
    for TableScan {
        source,
        projection,
        filters,
        fetch,
        ..
    } in found
    {
        let table = source_as_provider(&source)?;
        let filters = unnormalize_cols(filters);
        let scan = table.scan(session, projection.as_ref(), &filters, fetch);
        scans.push(Scanned {
            parts: store::parts(table.as_ref()),
            files: store::files_read(scan.await?.as_ref()),
            columns: table.schema().fields().len(),
        });
    }
    Ok(scans)
}

/// One step and those below it; `name` is what the query calls its rows.
fn step(
    plan: &LogicalPlan,
    depth: usize,
    name: Option<&str>,
    scans: &mut impl Iterator<Item = Scanned>,
    out: &mut String,
) {
    let indent = "  ".repeat(depth);
    if let LogicalPlan::SubqueryAlias(alias) = plan {
        return step(&alias.input, depth, Some(alias.alias.table()), scans, out);
    }
    if let LogicalPlan::TableScan(scan) = plan {
        let scanned = scans.next();
        for line in scan_lines(scan, name, scanned.as_ref()) {
            let _ = writeln!(out, "{indent}{line}");
        }
        return;
    }
    let _ = writeln!(out, "{indent}{}", sentence(plan));
    let inputs = plan.inputs();
    let name = name.filter(|_| inputs.len() == 1);
    for input in inputs {
        step(input, depth + 1, name, scans, out);
    }
}

fn sentence(plan: &LogicalPlan) -> String {
    match plan {
        LogicalPlan::Limit(limit) => of_limit(limit),
        LogicalPlan::Sort(sort) => of_sort(sort),
        LogicalPlan::Aggregate(aggregate) => of_aggregate(aggregate),
        LogicalPlan::Join(join) => of_join(join),
        LogicalPlan::Projection(projection) => {
            let shown = projection.expr.iter();
            format!("give {}", listed(shown, NAMED_MAX, "fields"))
        }
        LogicalPlan::Filter(filter) => format!("keep rows where {}", words(&filter.predicate)),
        LogicalPlan::Window(window) => {
            let computed = listed(window.window_expr.iter(), NAMED_MAX, "values");
            format!("add {computed}, each over its window of rows")
        }
        LogicalPlan::Union(_) => "all rows of these, one after the other".to_owned(),
        LogicalPlan::Distinct(_) => "each row once".to_owned(),
        LogicalPlan::Unnest(_) => "one row for each element of an array".to_owned(),
        LogicalPlan::Values(values) => format!("{} rows of the query itself", values.values.len()),
        LogicalPlan::EmptyRelation(empty) if empty.produce_one_row => "one row".to_owned(),
        LogicalPlan::EmptyRelation(_) => {
            "no rows: nothing can be true of all that is asked".to_owned()
        }
        LogicalPlan::Subquery(_) => "a query in an expression".to_owned(),
        _ => "another step".to_owned(),
    }
}

fn of_limit(limit: &Limit) -> String {
    let skip = match limit.get_skip_type() {
        Ok(SkipType::Literal(0)) | Err(_) => String::new(),
        Ok(SkipType::Literal(rows)) => format!("leave out the first {rows} rows, then "),
        Ok(SkipType::UnsupportedExpr) => "leave out the first rows, then ".to_owned(),
    };
    match limit.get_fetch_type() {
        Ok(FetchType::Literal(Some(rows))) => format!("{skip}take {rows} rows at most"),
        _ => format!("{skip}take the rest"),
    }
}

fn of_sort(sort: &Sort) -> String {
    let key = |key: &datafusion::logical_expr::SortExpr| {
        let order = if key.asc {
            "smallest first"
        } else {
            "largest first"
        };
        format!("{} ({order})", words(&key.expr))
    };
    let keys: Vec<String> = sort.expr.iter().map(key).collect();
    let kept = sort.fetch.map(|rows| format!(", and keep {rows}"));
    format!("sort by {}{}", keys.join(", "), kept.unwrap_or_default())
}

fn of_aggregate(aggregate: &Aggregate) -> String {
    let computed = listed(aggregate.aggr_expr.iter(), NAMED_MAX, "values");
    let groups = listed(aggregate.group_expr.iter(), NAMED_MAX, "fields");
    match (
        aggregate.group_expr.is_empty(),
        aggregate.aggr_expr.is_empty(),
    ) {
        (true, _) => format!("compute {computed} of all rows"),
        (false, true) => format!("one row for each {groups}"),
        (false, false) => format!("group by {groups}, and compute {computed}"),
    }
}

fn of_join(join: &Join) -> String {
    let how = match join.join_type {
        JoinType::Inner if join.on.is_empty() && join.filter.is_none() => {
            return "every row of the first with every row of the second".to_owned();
        }
        JoinType::Inner => "rows of the two that belong together",
        JoinType::Left => "every row of the first, with those of the second that belong to it",
        JoinType::Right => "every row of the second, with those of the first that belong to it",
        JoinType::Full => "every row of either, with those of the other that belong to it",
        JoinType::LeftSemi => "rows of the first to which one of the second belongs",
        JoinType::RightSemi => "rows of the second to which one of the first belongs",
        JoinType::LeftAnti => "rows of the first to which none of the second belongs",
        JoinType::RightAnti => "rows of the second to which none of the first belongs",
        JoinType::LeftMark | JoinType::RightMark => {
            "rows, marked where one of the other belongs to them"
        }
    };
    let on = join.on.iter();
    let pairs = on.map(|(left, right)| format!("{} = {}", words(left), words(right)));
    let filter = join.filter.iter().map(words);
    let conditions: Vec<String> = pairs.chain(filter).collect();
    format!("{how}: {}", conditions.join(" and "))
}

fn scan_lines(scan: &TableScan, name: Option<&str>, scanned: Option<&Scanned>) -> Vec<String> {
    // The rows behind a view have no name of their own.
    let own = scan.table_name.table();
    let name = if own == "rows" {
        name.unwrap_or(own)
    } else {
        own
    };
    let mut lines = vec![format!("read dataset {name}")];
    let Some(scanned) = scanned else { return lines };
    if let Some(parts) = scanned.parts {
        lines.extend(files(parts, scanned.files));
    }
    let fields = scan.projected_schema.fields();
    let names: Vec<&str> = fields.iter().map(|field| field.name().as_str()).collect();
    let named = match names.len() {
        0 => ", only how many rows there are".to_owned(),
        count if count > NAMED_MAX => String::new(),
        _ => format!(": {}", names.join(", ")),
    };
    lines.push(format!(
        "  columns: {} of {}{named}",
        names.len(),
        scanned.columns
    ));
    for filter in &scan.filters {
        lines.push(format!(
            "  while reading, leave out what is not: {}",
            words(filter)
        ));
    }
    if let Some(rows) = scan.fetch {
        lines.push(format!("  stop after {rows} rows"));
    }
    lines
}

fn files(parts: Parts, (read, in_part): (usize, usize)) -> Vec<String> {
    let left_out = parts.files.saturating_sub(read);
    let mut line = format!("  files: {read} of {}", parts.files);
    if left_out > 0 {
        let _ = write!(line, "; {left_out} left out, by their bounds and indexes");
    }
    if in_part > 0 {
        let _ = write!(line, "; of {in_part} some rows alone, by their index");
    }
    let rows = format!(
        "  rows: {} in all files, {} in memory that are in no file yet",
        parts.file_rows, parts.buffered_rows
    );
    vec![line, rows]
}
