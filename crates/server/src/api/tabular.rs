//! Axiom's tabular answer: one array a column, with the words its clients check for.

use super::cell::Column;
use super::row_ids::RowIds;
use crate::query::{Cursor, ROW_ID, Rows};
use apl::{Diagnostic, Field, Plan, datetime};
use arrow::array::Array;
use model::span;
use std::collections::BTreeMap;
use std::time::Duration;

/// The words of the answer.
mod words;

pub(super) use words::{Answer, Status};
use words::{Buckets, FieldMeta, Message, Named, Order, Range, Table, TableField};

/// Columns of whole spans that are shown even when they are null throughout.
const ALWAYS: [&str; 13] = [
    span::TIME,
    span::SYS_TIME,
    span::TRACE_ID,
    span::SPAN_ID,
    span::PARENT_SPAN_ID,
    span::NAME,
    span::KIND,
    span::DURATION,
    span::ERROR,
    span::STATUS_CODE,
    span::STATUS_MESSAGE,
    span::SERVICE_NAME,
    ROW_ID,
];

/// A finished query.
#[derive(Debug)]
pub(super) struct Finished<'a> {
    pub(super) plan: &'a Plan,
    pub(super) rows: &'a Rows,
    /// The rows without their time bins, when the plan has bins.
    pub(super) totals: Option<&'a Rows>,
    pub(super) elapsed: Duration,
    /// Where the rows began, when that was asked.
    pub(super) behind: Option<&'a Cursor>,
    /// The ends of the time range, in nanoseconds since 1970; without a start it is that of the rows.
    pub(super) start_nanos: i64,
    pub(super) end_nanos: i64,
    /// A start was asked for, and no end.
    pub(super) until_now: bool,
}

/// What a plan says of one of its tables.
struct Shape<'a> {
    fields: &'a [Field],
    is_whole_rows: bool,
    groups: &'a [String],
    order: &'a [(String, bool)],
    bucket: Option<&'a (String, i64)>,
}

impl<'a> Answer<'a> {
    pub(super) fn new(finished: &Finished<'a>) -> Self {
        let plan = finished.plan;
        let shape = Shape {
            fields: &plan.fields,
            is_whole_rows: plan.is_whole_rows,
            groups: &plan.groups,
            order: &plan.order,
            bucket: plan.bucket.as_ref(),
        };
        let mut tables = vec![table("0", finished, &shape, finished.rows)];
        if let (Some(totals), Some(rows)) = (&plan.totals, finished.totals) {
            let shape = Shape {
                fields: &totals.fields,
                is_whole_rows: false,
                groups: &totals.groups,
                order: &totals.order,
                bucket: None,
            };
            tables.push(table("_totals", finished, &shape, rows));
        }
        Self {
            format: "tabular",
            status: status(finished),
            tables,
            dataset_names: &plan.datasets,
            fields_meta_map: fields_meta(plan),
        }
    }
}

fn table<'a>(
    name: &'static str,
    finished: &Finished<'a>,
    shape: &Shape<'a>,
    rows: &'a Rows,
) -> Table<'a> {
    let named = |names: &'a [String]| names.iter().map(|name| Named { name }).collect::<Vec<_>>();
    let is_shown = |(index, field): &(usize, &Field)| {
        !shape.is_whole_rows || ALWAYS.contains(&field.name.as_str()) || has_values(rows, *index)
    };
    let shown: Vec<(usize, &Field)> = shape.fields.iter().enumerate().filter(is_shown).collect();
    Table {
        name,
        sources: named(&finished.plan.datasets),
        fields: shown.iter().map(|(_, field)| table_field(field)).collect(),
        order: shape
            .order
            .iter()
            .map(|(field, desc)| Order { field, desc: *desc })
            .collect(),
        groups: named(shape.groups),
        range: Range {
            field: span::TIME,
            start: datetime::format(finished.start_nanos),
            end: datetime::format(finished.end_nanos),
        },
        buckets: shape
            .bucket
            .map(|(field, size)| Buckets { field, size: *size }),
        columns: shown
            .iter()
            .map(|(index, field)| Column {
                batches: &rows.batches,
                index: *index,
                is_json: field.kind.is_json(),
            })
            .collect(),
    }
}

fn table_field(field: &Field) -> TableField<'_> {
    TableField {
        name: &field.name,
        kind: field.kind.wire_name(),
        agg: field.agg.map(|name| Named { name }),
    }
}

fn has_values(rows: &Rows, column: usize) -> bool {
    rows.batches
        .iter()
        .any(|batch| batch.column(column).logical_null_count() < batch.num_rows())
}

/// What is said of the rows as a whole.
pub(super) fn status(finished: &Finished<'_>) -> Status {
    let (min_cursor, max_cursor) = cursors(finished);
    let rows = finished.rows;
    let count = rows.count() as u64;
    let limited = rows.cut && finished.plan.default_limit == Some(rows.count());
    let blocks = u64::from(rows.examined > 0);
    Status {
        elapsed_time: u64::try_from(finished.elapsed.as_micros()).unwrap_or(u64::MAX),
        min_cursor,
        max_cursor,
        blocks_examined: blocks,
        blocks_cached: 0,
        blocks_matched: u64::from(rows.matched > 0),
        rows_examined: rows.examined,
        rows_matched: rows.matched,
        num_groups: if finished.plan.groups.is_empty() {
            0
        } else {
            count
        },
        is_partial: rows.cut && !limited,
        is_estimate: false,
        // Axiom's "not from a cache".
        cache_status: 1,
        min_block_time: datetime::format(finished.start_nanos),
        max_block_time: datetime::format(finished.end_nanos),
        messages: messages(finished, limited),
    }
}

/// The ends of the rows, of those in the order of time that have ids; else empty.
fn cursors(finished: &Finished<'_>) -> (String, String) {
    let plan = finished.plan;
    let by_time = plan.order.first().filter(|(field, _)| field == span::TIME);
    let ids = RowIds::of(&plan.fields).filter(|_| plan.groups.is_empty());
    let Some(((_, newest_first), ids)) = by_time.zip(ids) else {
        return (String::new(), String::new());
    };
    let (oldest, newest) = ids.cursors(finished.rows, *newest_first, finished.behind);
    let text =
        |cursor: Option<Cursor>| cursor.map_or_else(String::new, |cursor| cursor.to_string());
    (text(oldest), text(newest))
}

/// What to know about the rows; `limited` when the default limit cut them.
fn messages(finished: &Finished<'_>, limited: bool) -> Vec<Message> {
    let warning = |code, msg| Message {
        priority: "warn",
        count: 1,
        code,
        msg,
    };
    let near = |found: &Diagnostic| warning("near_field", found.to_string());
    let mut messages: Vec<Message> = finished.plan.warnings.iter().map(near).collect();
    if finished.until_now {
        messages.push(Message {
            priority: "info",
            count: 1,
            code: "apl_implicitendtimeofnowapplied_1",
            msg: "no end of the time range was given: it is now".to_owned(),
        });
    }
    let count = finished.rows.count();
    if limited {
        let msg = format!("showing the first {count} rows; add a limit to the query to see more");
        messages.push(warning("default_limit_warning", msg));
    } else if finished.rows.cut {
        let msg = format!("showing the first {count} rows, the most that one answer holds");
        messages.push(warning("row_limit_reached", msg));
    }
    messages
}

/// What is known of the result's columns that are columns of the dataset, too.
fn fields_meta(plan: &Plan) -> BTreeMap<&str, Vec<FieldMeta>> {
    let known: Vec<&Field> = plan
        .fields
        .iter()
        .filter(|field| {
            span::columns()
                .iter()
                .any(|column| column.name == field.name)
        })
        .collect();
    let meta = |field: &&Field| FieldMeta {
        name: field.name.clone(),
        kind: field.kind.wire_name(),
        unit: "",
        hidden: false,
        description: "",
    };
    plan.datasets
        .iter()
        .map(|dataset| (dataset.as_str(), known.iter().map(meta).collect()))
        .collect()
}
