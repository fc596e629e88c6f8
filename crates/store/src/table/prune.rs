//! Which files a predicate rules out, by the bounds that the catalog has of their columns.

use super::indexes::FileIndex;
use crate::bounds::{self, Bounds, Value};
use crate::catalog::DataFile;
use arrow::array::{ArrayRef, BooleanArray, UInt64Array};
use arrow::datatypes::SchemaRef;
use datafusion::catalog::Session;
use datafusion::common::pruning::PruningStatistics;
use datafusion::common::{Column, DFSchema, ScalarValue};
use datafusion::error::Result;
use datafusion::logical_expr::{Expr, utils::conjunction};
use datafusion::physical_optimizer::pruning::PruningPredicateBuilder;
use std::collections::HashSet;
use std::sync::Arc;

/// Which files may have a row that passes all filters.
pub(super) fn kept(
    session: &dyn Session,
    schema: &SchemaRef,
    files: &[(&DataFile, Option<&FileIndex>)],
    filters: &[Expr],
) -> Result<Vec<bool>> {
    let Some(filter) = conjunction(filters.iter().cloned()) else {
        return Ok(vec![true; files.len()]);
    };
    let predicate =
        session.create_physical_expr(filter, &DFSchema::try_from(Arc::clone(schema))?)?;
    let predicate = PruningPredicateBuilder::new()
        .with_file_schema(Arc::clone(schema))
        .try_build(predicate)?;
    if predicate.always_true() {
        return Ok(vec![true; files.len()]);
    }
    let files = files.iter().map(|(file, _)| *file).collect();
    predicate.prune(&FileBounds { files })
}

struct FileBounds<'a> {
    files: Vec<&'a DataFile>,
}

impl FileBounds<'_> {
    fn ends(&self, column: &Column, end: fn(&Bounds) -> Option<&Value>) -> Option<ArrayRef> {
        let position = bounds::position(&column.name)?;
        let ends = self.files.iter().map(|file| end(&file.bounds[position]));
        bounds::array(bounds::columns()[position].kind, ends)
    }
}

impl PruningStatistics for FileBounds<'_> {
    fn min_values(&self, column: &Column) -> Option<ArrayRef> {
        self.ends(column, |bounds| bounds.min.as_ref())
    }

    fn max_values(&self, column: &Column) -> Option<ArrayRef> {
        self.ends(column, |bounds| bounds.max.as_ref())
    }

    fn num_containers(&self) -> usize {
        self.files.len()
    }

    fn null_counts(&self, column: &Column) -> Option<ArrayRef> {
        let position = bounds::position(&column.name)?;
        let nulls = self.files.iter().map(|file| file.bounds[position].nulls);
        Some(Arc::new(nulls.collect::<UInt64Array>()))
    }

    fn row_counts(&self) -> Option<ArrayRef> {
        Some(Arc::new(
            self.files
                .iter()
                .map(|file| Some(file.rows))
                .collect::<UInt64Array>(),
        ))
    }

    fn contained(&self, _column: &Column, _values: &HashSet<ScalarValue>) -> Option<BooleanArray> {
        None
    }
}
