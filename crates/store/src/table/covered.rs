//! Ranges of time that a query asks for, and the files that lie in them with all their rows: those are read
//! without looking at a single time.

use crate::bounds;
use crate::catalog::DataFile;
use arrow::datatypes::SchemaRef;
use datafusion::catalog::Session;
use datafusion::common::{DFSchema, ScalarValue};
use datafusion::error::Result;
use datafusion::logical_expr::utils::conjunction;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_expr::utils::{collect_columns, reassign_expr_columns};
use model::span;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is asked of the time of a span; it holds of a row or it does not, since no row is without a time.
#[derive(Debug, Default)]
pub(super) struct Range<'a> {
    ends: Vec<End>,
    filters: Vec<&'a Expr>,
}

/// One comparison with a moment.
#[derive(Clone, Copy, Debug)]
struct End {
    /// Of [`bounds::columns`].
    position: usize,
    operator: Operator,
    nanos: i64,
}

impl<'a> Range<'a> {
    pub(super) fn of(filters: &'a [Expr]) -> Self {
        let found = filters
            .iter()
            .filter_map(|filter| Some((end(filter)?, filter)));
        let (ends, filters) = found.unzip();
        Self { ends, filters }
    }

    /// Whether all rows of a file are in it.
    pub(super) fn covers(&self, file: &DataFile) -> bool {
        self.ends.iter().all(|end| end.covers(file))
    }

    /// No row with this `_time` or a later one is in it, but for one at the very end.
    pub(super) fn until(&self) -> i64 {
        let position = bounds::position(span::TIME);
        let ends = self.ends.iter().filter(|end| {
            Some(end.position) == position && matches!(end.operator, Operator::Lt | Operator::LtEq)
        });
        ends.map(|end| end.nanos).min().unwrap_or(i64::MAX)
    }

    /// `None` when it is all of time.
    pub(super) fn predicate(
        &self,
        session: &dyn Session,
        schema: &SchemaRef,
    ) -> Result<Option<Arc<dyn PhysicalExpr>>> {
        let Some(filter) = conjunction(self.filters.iter().map(|filter| (*filter).clone())) else {
            return Ok(None);
        };
        let schema = DFSchema::try_from(Arc::clone(schema))?;
        session.create_physical_expr(filter, &schema).map(Some)
    }
}

/// The columns to read of a table for its columns in `projection` and for a predicate on it: behind those that are
/// asked for are those that the predicate alone needs. And the predicate, on these columns.
pub(super) fn widened(
    table: &SchemaRef,
    projection: &[usize],
    predicate: Option<&Arc<dyn PhysicalExpr>>,
) -> Result<(SchemaRef, Option<Arc<dyn PhysicalExpr>>)> {
    let wanted = predicate.map(collect_columns).unwrap_or_default();
    let more: BTreeSet<usize> = wanted
        .iter()
        .map(Column::index)
        .filter(|index| !projection.contains(index))
        .collect();
    let read: Vec<usize> = projection.iter().copied().chain(more).collect();
    let schema = Arc::new(table.project(&read)?);
    let on_these = |predicate| reassign_expr_columns(Arc::clone(predicate), &schema);
    let predicate = predicate.map(on_these).transpose()?;
    Ok((schema, predicate))
}

/// Whether a filter is one of those: a scan applies it exactly.
pub(super) fn is_of_time(filter: &Expr) -> bool {
    end(filter).is_some()
}

fn end(filter: &Expr) -> Option<End> {
    let Expr::BinaryExpr(BinaryExpr { left, op, right }) = filter else {
        return None;
    };
    let (
        Expr::Column(column),
        Expr::Literal(ScalarValue::TimestampNanosecond(Some(nanos), None), _),
    ) = (left.as_ref(), right.as_ref())
    else {
        return None;
    };
    let is_range = matches!(
        op,
        Operator::Lt | Operator::LtEq | Operator::Gt | Operator::GtEq
    );
    let is_time = column.name == span::TIME || column.name == span::SYS_TIME;
    Some(End {
        position: bounds::position(&column.name).filter(|_| is_range && is_time)?,
        operator: *op,
        nanos: *nanos,
    })
}

impl End {
    fn covers(&self, file: &DataFile) -> bool {
        let bounds = &file.bounds[self.position];
        let (min, max) = (bounds.min.as_ref(), bounds.max.as_ref());
        let number = |end: Option<&bounds::Value>| end.and_then(bounds::Value::number);
        let (Some(min), Some(max)) = (number(min), number(max)) else {
            return false;
        };
        match self.operator {
            Operator::Lt => max < self.nanos,
            Operator::LtEq => max <= self.nanos,
            Operator::Gt => min > self.nanos,
            _ => min >= self.nanos,
        }
    }
}
