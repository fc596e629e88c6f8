//! Where a page of rows ended, and where the next one begins. A cursor is a time and the ids of the rows of exactly
//! that time that were shown already: pages neither skip nor repeat a row, whatever order rows of one time come in.

use arrow::datatypes::DataType;
use datafusion::common::ScalarValue;
use datafusion::functions::string::expr_fn::concat;
use datafusion::logical_expr::{Expr, cast, lit};
use model::span;
use std::fmt;

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

    /// Conditions that the rows behind this place meet, of whose fields `field` gives those that there are.
    pub(super) fn rest(&self, field: &dyn Fn(&str) -> Option<Expr>) -> Result<Vec<Expr>, String> {
        let needed = |name: &str| {
            field(name).ok_or_else(|| {
                format!("a cursor needs the field {name}: leave it in the rows, or send no cursor")
            })
        };
        let time = needed(span::TIME)?;
        let moment = lit(ScalarValue::TimestampNanosecond(Some(self.nanos), None));
        let (behind, from) = match self.is_backward {
            true => (time.clone().lt(moment.clone()), time.lt_eq(moment)),
            false => (time.clone().gt(moment.clone()), time.gt_eq(moment)),
        };
        if self.ids.is_empty() {
            return Ok(vec![from]);
        }
        let id = match field(ROW_ID) {
            Some(id) => id,
            None => {
                let whole = vec![needed(span::TRACE_ID)?, lit("-"), needed(span::SPAN_ID)?];
                cast(concat(whole), DataType::Utf8View)
            }
        };
        let shown = self
            .ids
            .iter()
            .map(|id| lit(ScalarValue::Utf8View(Some(id.clone()))));
        Ok(vec![from, behind.or(id.in_list(shown.collect(), true))])
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = if self.is_backward { 'b' } else { 'f' };
        write!(f, "{direction}{:016x}", self.nanos)?;
        self.ids.iter().try_for_each(|id| write!(f, ".{id}"))
    }
}
