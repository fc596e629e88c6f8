//! The words of Axiom's tabular answer. Its clients are strict: axiom-py wants no list to be null, axiom-rs
//! wants every number of the status, axiom-go knows only certain names of aggregations.

use crate::api::cell::Column;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The whole answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TabularAnswer)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct Answer<'a> {
    pub(super) format: &'static str,
    pub(super) status: Status,
    pub(super) tables: Vec<Table<'a>>,
    #[schema(value_type = Vec<String>)]
    pub(super) dataset_names: &'a [String],
    pub(super) fields_meta_map: BTreeMap<&'a str, Vec<FieldMeta>>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QueryStatus)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct Status {
    /// Microseconds.
    pub(super) elapsed_time: u64,
    /// Leads to older rows; empty when these have no ids or are not in the order of time.
    pub(super) min_cursor: String,
    /// Leads to newer rows.
    pub(super) max_cursor: String,
    pub(super) blocks_examined: u64,
    pub(super) blocks_cached: u64,
    pub(super) blocks_matched: u64,
    pub(super) rows_examined: u64,
    pub(super) rows_matched: u64,
    pub(super) num_groups: u64,
    /// There were more rows than one answer holds.
    pub(super) is_partial: bool,
    pub(super) is_estimate: bool,
    pub(super) cache_status: u8,
    pub(super) min_block_time: String,
    pub(super) max_block_time: String,
    pub(super) messages: Vec<Message>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QueryMessage)]
pub(super) struct Message {
    pub(super) priority: &'static str,
    pub(super) count: u64,
    pub(super) code: &'static str,
    pub(super) msg: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Table<'a> {
    /// 0, and `_totals` of a summary in bins of time.
    pub(super) name: &'static str,
    pub(super) sources: Vec<Named<'a>>,
    pub(super) fields: Vec<TableField<'a>>,
    pub(super) order: Vec<Order<'a>>,
    pub(super) groups: Vec<Named<'a>>,
    pub(super) range: Range,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) buckets: Option<Buckets<'a>>,
    /// One a field: its values, row by row.
    #[schema(value_type = Vec<Vec<Value>>)]
    pub(super) columns: Vec<Column<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Named<'a> {
    pub(super) name: &'a str,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TableField<'a> {
    pub(super) name: &'a str,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) agg: Option<Named<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Order<'a> {
    pub(super) field: &'a str,
    pub(super) desc: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Range {
    pub(super) field: &'static str,
    pub(super) start: String,
    pub(super) end: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TimeBins)]
pub(super) struct Buckets<'a> {
    pub(super) field: &'a str,
    /// Nanoseconds.
    pub(super) size: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FieldMeta {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) unit: &'static str,
    pub(super) hidden: bool,
    pub(super) description: &'static str,
}
