//! Where a page of rows ended, and where the next one begins. A cursor is a time and the ids of the rows of exactly
//! that time that were shown already: pages neither skip nor repeat a row, whatever order rows of one time come in.

use arrow::datatypes::DataType;
use datafusion::catalog::TableProvider;
use datafusion::common::{Column, ScalarValue};
use datafusion::datasource::{ViewTable, provider_as_source};
use datafusion::error::Result;
use datafusion::functions::string::expr_fn::concat;
use datafusion::logical_expr::{Expr, LogicalPlanBuilder, cast, lit};
use model::span;
use std::fmt;
use std::sync::Arc;

use super::events::ROW_ID;

/// More rows of one time than this end the pages: a cursor travels in a request.
const IDS_MAX: usize = 1000;

/// A place between two rows in the order of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// What follows is older; else newer.
    pub(crate) is_backward: bool,
    /// Nanoseconds since 1970-01-01 UTC.
    pub(crate) nanos: i64,
    /// Rows of that time that were shown.
    pub(crate) ids: Vec<String>,
}

impl Cursor {
    /// `None` when too many rows are of its time.
    pub(crate) fn new(is_backward: bool, nanos: i64, ids: Vec<String>) -> Option<Self> {
        (ids.len() <= IDS_MAX).then_some(Self {
            is_backward,
            nanos,
            ids,
        })
    }

    /// Reads what [`fmt::Display`] wrote.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let head = parts.next()?;
        let (direction, nanos) = head.split_at_checked(1)?;
        let is_id = |id: &str| {
            id.len() <= 64
                && id
                    .bytes()
                    .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
        };
        let ids: Vec<String> = parts.map(str::to_owned).collect();
        let is_sound = ids.len() <= IDS_MAX && ids.iter().all(|id| is_id(id));
        let cursor = Self {
            is_backward: match direction {
                "b" => true,
                "f" => false,
                _ => return None,
            },
            nanos: i64::from_str_radix(nanos, 16).ok()?,
            ids,
        };
        is_sound.then_some(cursor)
    }

    /// The rows of `table` behind this place.
    pub(super) fn rest(&self, table: Arc<dyn TableProvider>) -> Result<Arc<dyn TableProvider>> {
        let is_of_events = table.schema().column_with_name(ROW_ID).is_some();
        let column = |name: &str| Expr::Column(Column::new_unqualified(name));
        let id = match is_of_events {
            true => column(ROW_ID),
            false => cast(
                concat(vec![
                    column(span::TRACE_ID),
                    lit("-"),
                    column(span::SPAN_ID),
                ]),
                DataType::Utf8View,
            ),
        };
        let moment = lit(ScalarValue::TimestampNanosecond(Some(self.nanos), None));
        let time = column(span::TIME);
        let (behind, from) = match self.is_backward {
            true => (time.clone().lt(moment.clone()), time.lt_eq(moment)),
            false => (time.clone().gt(moment.clone()), time.gt_eq(moment)),
        };
        let mut rows = LogicalPlanBuilder::scan("rows", provider_as_source(table), None)?;
        rows = rows.filter(from)?;
        if !self.ids.is_empty() {
            let shown = self
                .ids
                .iter()
                .map(|id| lit(ScalarValue::Utf8View(Some(id.clone()))));
            rows = rows.filter(behind.or(id.in_list(shown.collect(), true)))?;
        }
        Ok(Arc::new(ViewTable::new(rows.build()?, None)))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = if self.is_backward { 'b' } else { 'f' };
        write!(f, "{direction}{:016x}", self.nanos)?;
        self.ids.iter().try_for_each(|id| write!(f, ".{id}"))
    }
}
