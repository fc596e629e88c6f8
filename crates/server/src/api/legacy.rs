//! Axiom's legacy answer, which its older clients ask for: whole rows as `matches`, summaries as `buckets`.

use super::cell::Cell;
use super::row_ids::RowIds;
use super::tabular::{Finished, Status, status};
use crate::query::Rows;
use apl::{Field, datetime};
use arrow::array::{Array, RecordBatch};
use model::span;
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use utoipa::ToSchema;

/// The whole answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LegacyAnswer)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer<'a> {
    format: &'static str,
    /// The query as a tree of filters, which there is none of.
    #[schema(value_type = Option<Object>)]
    request: Option<()>,
    status: Status,
    #[schema(value_type = Vec<Object>)]
    matches: Matches<'a>,
    buckets: Buckets,
    #[schema(value_type = Vec<String>)]
    dataset_names: &'a [String],
}

/// Rows; none of a summary.
#[derive(Debug)]
struct Matches<'a> {
    fields: &'a [Field],
    rows: Option<&'a Rows>,
}

/// One of them.
struct Match<'a> {
    fields: &'a [Field],
    ids: Option<RowIds>,
    batch: &'a RecordBatch,
    row: usize,
}

/// Its fields, but those that stand beside them.
struct Fields<'a>(&'a Match<'a>);

#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = LegacyBuckets)]
struct Buckets {
    series: Vec<Interval>,
    totals: Vec<Group>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LegacyInterval)]
#[serde(rename_all = "camelCase")]
struct Interval {
    start_time: String,
    end_time: String,
    groups: Vec<Group>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LegacyGroup)]
struct Group {
    /// The same in an interval and in the totals.
    id: u64,
    #[schema(value_type = Object)]
    group: Map<String, Value>,
    aggregations: Vec<Aggregation>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LegacyAggregation)]
struct Aggregation {
    op: String,
    value: Value,
}

impl<'a> Answer<'a> {
    pub(super) fn new(finished: &Finished<'a>) -> Self {
        let plan = finished.plan;
        let is_summary =
            !plan.groups.is_empty() || plan.fields.iter().any(|field| field.agg.is_some());
        let buckets = match is_summary {
            true => buckets(finished),
            false => Buckets::default(),
        };
        Self {
            format: "legacy",
            request: None,
            status: status(finished),
            matches: Matches {
                fields: &plan.fields,
                rows: (!is_summary).then_some(finished.rows),
            },
            buckets,
            dataset_names: &plan.datasets,
        }
    }
}

impl Serialize for Matches<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut matches = serializer.serialize_seq(self.rows.map(Rows::count))?;
        let ids = RowIds::of(self.fields);
        for batch in self.rows.iter().flat_map(|rows| &rows.batches) {
            for row in 0..batch.num_rows() {
                matches.serialize_element(&Match {
                    fields: self.fields,
                    ids,
                    batch,
                    row,
                })?;
            }
        }
        matches.end()
    }
}

impl Match<'_> {
    fn cell(&self, name: &str) -> Option<Cell<'_>> {
        let column = self.fields.iter().position(|field| field.name == name)?;
        let array = self.batch.column(column).as_ref();
        let kind = self.fields[column].kind;
        array
            .is_valid(self.row)
            .then(|| Cell::of(kind, array, self.row))
    }
}

impl Serialize for Match<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A projection may have left the times out, but not for clients that want them.
        let nothing = datetime::format(0);
        let mut object = serializer.serialize_map(None)?;
        for name in [span::TIME, span::SYS_TIME] {
            match self.cell(name) {
                Some(cell) => object.serialize_entry(name, &cell)?,
                None => object.serialize_entry(name, &nothing)?,
            }
        }
        let id = self.ids.map(|ids| ids.id(self.batch, self.row));
        object.serialize_entry("_rowId", &id.unwrap_or_default())?;
        object.serialize_entry("data", &Fields(self))?;
        object.end()
    }
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Match {
            fields, batch, row, ..
        } = *self.0;
        let beside = [span::TIME, span::SYS_TIME, crate::query::ROW_ID];
        let mut object = serializer.serialize_map(None)?;
        for (field, array) in fields.iter().zip(batch.columns()) {
            if array.is_valid(row) && !beside.contains(&field.name.as_str()) {
                object.serialize_entry(&field.name, &Cell::of(field.kind, array.as_ref(), row))?;
            }
        }
        object.end()
    }
}

/// Ids of groups: the same in an interval and in the totals.
#[derive(Default)]
struct Ids(HashMap<String, u64>);

impl Ids {
    fn of(&mut self, group: &Map<String, Value>) -> u64 {
        let key = Value::Object(group.clone()).to_string();
        let next = self.0.len() as u64;
        *self.0.entry(key).or_insert(next)
    }
}

fn buckets(finished: &Finished<'_>) -> Buckets {
    let plan = finished.plan;
    let mut ids = Ids::default();
    let time = plan.bucket.as_ref().map(|(field, _)| field.as_str());
    let rows = groups(&plan.fields, &plan.groups, finished.rows, time, &mut ids);
    let Some((_, size)) = &plan.bucket else {
        return Buckets {
            series: Vec::new(),
            totals: rows.into_iter().map(|(_, group)| group).collect(),
        };
    };
    let mut series: Vec<Interval> = Vec::new();
    for (start_time, group) in rows {
        match series
            .last_mut()
            .filter(|last| last.start_time == start_time)
        {
            Some(last) => last.groups.push(group),
            None => {
                let end = datetime::parse(&start_time).map(|start| start.saturating_add(*size));
                series.push(Interval {
                    end_time: end.map_or_else(|| start_time.clone(), datetime::format),
                    start_time,
                    groups: vec![group],
                });
            }
        }
    }
    let totals = plan.totals.as_ref().zip(finished.totals);
    let totals =
        totals.map(|(totals, rows)| groups(&totals.fields, &totals.groups, rows, None, &mut ids));
    Buckets {
        series,
        totals: totals
            .into_iter()
            .flatten()
            .map(|(_, group)| group)
            .collect(),
    }
}

/// Each row as a group, with the start of its bin.
fn groups(
    fields: &[Field],
    grouped_by: &[String],
    rows: &Rows,
    time: Option<&str>,
    ids: &mut Ids,
) -> Vec<(String, Group)> {
    let mut found = Vec::with_capacity(rows.count());
    for batch in &rows.batches {
        for row in 0..batch.num_rows() {
            let (mut start, mut group, mut aggregations) = (String::new(), Map::new(), Vec::new());
            for (field, array) in fields.iter().zip(batch.columns()) {
                let value = json!(Cell::of(field.kind, array.as_ref(), row));
                if Some(field.name.as_str()) == time {
                    start = value.as_str().unwrap_or_default().to_owned();
                } else if grouped_by.contains(&field.name) {
                    group.insert(field.name.clone(), value);
                } else {
                    aggregations.push(Aggregation {
                        op: field.name.clone(),
                        value,
                    });
                }
            }
            let id = ids.of(&group);
            found.push((
                start,
                Group {
                    id,
                    group,
                    aggregations,
                },
            ));
        }
    }
    found
}
