//! A dataset as DataFusion sees it: data files and buffered rows as one table.
//!
//! A table is one moment of a dataset. Filters and limits go down to the files: those that the catalog's
//! bounds rule out are not opened, the others are read by row group, page and row as the predicate
//! allows. All columns of the model are there, whatever a file or a batch holds.

/// Buffered rows → a plan.
mod buffered;
/// Data files → a plan.
mod files;
/// Which files a predicate rules out.
mod prune;

pub(crate) use files::Reader;

use crate::buffer::Entry;
use crate::catalog;
use arrow::datatypes::SchemaRef;
use async_trait::async_trait;
use datafusion::catalog::{Session, TableProvider};
use datafusion::error::Result;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::empty::EmptyExec;
use datafusion::physical_plan::union::UnionExec;
use model::span;
use std::path::PathBuf;
use std::sync::Arc;

/// One moment of a dataset.
#[derive(Debug)]
pub(crate) struct Table {
    /// Where the data files are.
    pub(crate) directory: PathBuf,
    /// `None` before the first flush.
    pub(crate) committed: Option<Arc<catalog::Table>>,
    /// The rows that no file has.
    pub(crate) entries: Vec<Arc<Entry>>,
    pub(crate) reader: Arc<Reader>,
}

#[async_trait]
impl TableProvider for Table {
    fn schema(&self) -> SchemaRef {
        span::schema()
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    /// A filter prunes files here. The exact work is left to DataFusion, which gives a file's part to
    /// the Parquet reader and filters the buffer's part above it.
    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> Result<Vec<TableProviderFilterPushDown>> {
        Ok(vec![TableProviderFilterPushDown::Inexact; filters.len()])
    }

    async fn scan(
        &self,
        session: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        // What is filtered afterwards must not be cut short before.
        let limit = limit.filter(|_| filters.is_empty());
        let mut inputs: Vec<Arc<dyn ExecutionPlan>> = Vec::new();
        let files = self
            .committed
            .as_ref()
            .map_or([].as_slice(), |table| &table.files);
        let files = prune::remaining(session, files, filters)?;
        if !files.is_empty() {
            inputs.push(
                self.reader
                    .scan(session, &self.directory, files, projection, limit)?,
            );
        }
        if !self.entries.is_empty() {
            inputs.push(buffered::scan(&self.entries, projection, limit)?);
        }
        if inputs.is_empty() {
            let schema = match projection {
                Some(indices) => Arc::new(self.schema().project(indices)?),
                None => self.schema(),
            };
            return Ok(Arc::new(EmptyExec::new(schema)));
        }
        UnionExec::try_new(inputs)
    }
}
