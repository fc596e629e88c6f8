//! Results and diagnostics as text.

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{DataType, DurationNanosecondType, TimestampNanosecondType};
use arrow::util::display::array_value_to_string;
use datafusion::logical_expr::LogicalPlan;
use datafusion::prelude::{SessionConfig, SessionContext};
use std::fmt::Write as _;
use throughline_apl::{Diagnostic, Field, Plan, datetime, timespan};

/// Fields beyond which only those with a value are shown.
const WIDE: usize = 40;

/// The rows of a plan, one line each under the fields' names and kinds; with `details` what else the
/// plan says.
pub(crate) async fn plan(plan: &Plan, details: bool) -> String {
    let mut out = rows(&plan.logical, &plan.fields, plan.default_limit).await;
    if !details {
        return out;
    }
    writeln!(out, "order: {}", order(&plan.order)).unwrap();
    writeln!(out, "groups: {}", plan.groups.join(", ")).unwrap();
    let aggregations: Vec<&str> = plan.fields.iter().filter_map(|field| field.agg).collect();
    writeln!(out, "aggregations: {}", aggregations.join(", ")).unwrap();
    writeln!(out, "default limit: {}", plan.default_limit.is_some()).unwrap();
    for warning in &plan.warnings {
        writeln!(out, "warning: {warning}").unwrap();
    }
    if let Some((field, nanos)) = &plan.bucket {
        writeln!(out, "bucket: {field} {}", timespan::format(*nanos)).unwrap();
    }
    if let Some(totals) = &plan.totals {
        writeln!(
            out,
            "totals, groups: {}, order: {}",
            totals.groups.join(", "),
            order(&totals.order)
        )
        .unwrap();
        out.push_str(&rows(&totals.logical, &totals.fields, totals.default_limit).await);
    }
    out
}

fn order(keys: &[(String, bool)]) -> String {
    let key = |(name, descending): &(String, bool)| {
        format!("{name} {}", if *descending { "desc" } else { "asc" })
    };
    keys.iter().map(key).collect::<Vec<_>>().join(", ")
}

/// As the server has it.
fn session() -> SessionContext {
    let mut config = SessionConfig::new();
    let execution = &mut config.options_mut().execution;
    execution.skip_physical_aggregate_schema_check = true;
    SessionContext::new_with_config(config)
}

/// Runs a plan, and tells why it failed if it did.
pub(crate) async fn try_rows(plan: &Plan) -> Result<(), String> {
    let session = session();
    let frame = session.execute_logical_plan(plan.logical.clone());
    let rows = frame
        .await
        .map_err(|failure| failure.to_string())?
        .collect()
        .await;
    rows.map(|_| ()).map_err(|failure| failure.to_string())
}

/// The only row of a plan, a text for each field.
pub(crate) async fn row(plan: &Plan) -> Vec<String> {
    let session = session();
    let frame = session.execute_logical_plan(plan.logical.clone());
    let batches = frame.await.unwrap().collect().await.unwrap();
    let batch = batches.iter().find(|batch| batch.num_rows() > 0).unwrap();
    batch
        .columns()
        .iter()
        .map(|column| cell(column, 0))
        .collect()
}

async fn rows(logical: &LogicalPlan, fields: &[Field], most: Option<usize>) -> String {
    let session = session();
    let frame = session.execute_logical_plan(logical.clone()).await;
    let batches = match frame {
        Ok(frame) => frame.collect().await,
        Err(error) => Err(error),
    };
    let batches = match batches {
        Ok(batches) => batches,
        Err(error) => return format!("failed: {}\n", error.strip_backtrace()),
    };
    for batch in &batches {
        let names: Vec<&str> = batch
            .schema_ref()
            .fields()
            .iter()
            .map(|f| f.name().as_str())
            .collect();
        let planned: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, planned, "the plan's fields are not the result's");
    }
    let shown: Vec<usize> = (0..fields.len())
        .filter(|&place| fields.len() < WIDE || has_values(&batches, place))
        .collect();
    let heads: Vec<String> = shown
        .iter()
        .map(|&place| format!("{}:{}", fields[place].name, fields[place].kind.wire_name()))
        .collect();
    let mut out = heads.join(" | ") + "\n";
    let mut left = most.unwrap_or(usize::MAX);
    for batch in &batches {
        for row in 0..batch.num_rows().min(left) {
            let cells: Vec<String> = shown
                .iter()
                .map(|&place| cell(batch.column(place), row))
                .collect();
            out.push_str(&cells.join(" | "));
            out.push('\n');
        }
        left = left.saturating_sub(batch.num_rows());
    }
    out
}

fn has_values(batches: &[RecordBatch], place: usize) -> bool {
    batches
        .iter()
        .any(|batch| batch.column(place).null_count() < batch.num_rows())
}

/// A value of an array: as in the answers of the API, times are numbers of nanoseconds there.
fn element(column: &ArrayRef, row: usize) -> String {
    match column.data_type() {
        DataType::Timestamp(..) | DataType::Duration(_) => {
            let nanos = arrow::compute::cast(column, &DataType::Int64).unwrap();
            cell(&nanos, row)
        }
        _ => cell(column, row),
    }
}

fn cell(column: &ArrayRef, row: usize) -> String {
    if column.is_null(row) {
        return "null".to_owned();
    }
    match column.data_type() {
        DataType::Timestamp(..) => {
            datetime::format(column.as_primitive::<TimestampNanosecondType>().value(row))
        }
        DataType::Duration(_) => {
            timespan::format(column.as_primitive::<DurationNanosecondType>().value(row))
        }
        DataType::Utf8View => match column.as_string_view().value(row) {
            "" => "\"\"".to_owned(),
            text => text.to_owned(),
        },
        DataType::List(_) => {
            let values = column.as_list::<i32>().value(row);
            let cells: Vec<String> = (0..values.len())
                .map(|place| element(&values, place))
                .collect();
            format!("[{}]", cells.join(", "))
        }
        _ => array_value_to_string(column, row).unwrap(),
    }
}

/// Each as `throughline query` draws it: what is expected, the line, carets below the range.
pub(crate) fn drawn(query: &str, found: &[Diagnostic]) -> String {
    let one = |diagnostic: &Diagnostic| {
        let range = diagnostic.range.clone();
        let line_start = query[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let line = query[line_start..].lines().next().unwrap_or("");
        let below = query[range]
            .lines()
            .next()
            .map_or(1, |fault| fault.chars().count().max(1));
        let before = " ".repeat(diagnostic.column - 1);
        format!("{diagnostic}\n  {line}\n  {before}{}", "^".repeat(below))
    };
    found.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// One line for each: position, the text at fault, the message.
pub(crate) fn diagnostics(query: &str, found: &[Diagnostic]) -> String {
    let line = |diagnostic: &Diagnostic| {
        let fault: String = query[diagnostic.range.clone()].chars().take(40).collect();
        format!("{diagnostic}   <{}>", fault.replace('\n', "⏎"))
    };
    found.iter().map(line).collect::<Vec<_>>().join("\n")
}
