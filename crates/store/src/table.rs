//! A dataset as DataFusion sees it: data files and buffered rows as one table.
//!
//! A table is one moment of a dataset. Filters and limits go down to the files: those that the catalog's
//! bounds and their own indexes rule out are not opened, the others are read by row group, page and row as
//! the predicate allows. All columns of the model are there, whatever a file or a batch holds; behind them is
//! one for each custom key, which is read from the file's column of that key, or else from the map.

/// Buffered rows → a plan.
mod buffered;
/// Bytes of data files, compared with their checksums.
mod checked;
/// Ranges of time, and the files that lie in them as a whole.
mod covered;
/// Data files → a plan.
mod files;
/// The files' own indexes, in memory.
mod indexes;
/// The value of a key in each row's map.
mod key_value;
/// Texts as keys of their dictionaries.
mod keyed;
/// Custom keys as columns.
mod keys;
/// Where the newest rows begin.
mod newest;
/// What a table is made of.
mod parts;
/// Which files a predicate rules out.
mod prune;
/// Which rows of a file the indexes leave.
mod rows;

pub(crate) use files::Reader;
pub use keyed::by_keys;
pub use keys::custom_keys;
pub use newest::newest_since;
pub use parts::{Parts, files_read, parts};

use crate::buffer::Entry;
use crate::catalog::{self, DataFile};
use arrow::datatypes::SchemaRef;
use async_trait::async_trait;
use datafusion::catalog::{Session, TableProvider};
use datafusion::error::Result;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::empty::EmptyExec;
use datafusion::physical_plan::filter::FilterExecBuilder;
use datafusion::physical_plan::union::UnionExec;
use files::Part;
use indexes::FileIndex;
use model::span;
use rows::Lookup;
use std::path::PathBuf;
use std::sync::Arc;

/// One moment of a dataset.
#[derive(Debug)]
pub(crate) struct Table {
    schema: SchemaRef,
    /// Where the data files are.
    directory: PathBuf,
    /// `None` before the first flush.
    committed: Option<Arc<catalog::Table>>,
    /// Of the committed files, in their order.
    indexes: Vec<Option<Arc<FileIndex>>>,
    /// The rows that no file has.
    entries: Vec<Arc<Entry>>,
    reader: Arc<Reader>,
}

impl Table {
    pub(crate) async fn new(
        directory: PathBuf,
        committed: Option<Arc<catalog::Table>>,
        entries: Vec<Arc<Entry>>,
        reader: Arc<Reader>,
    ) -> Self {
        let files = committed
            .as_ref()
            .map_or([].as_slice(), |table| &table.files);
        let indexes = reader.indexes(&directory, files).await;
        Self {
            schema: keys::schema(&indexes, &entries),
            directory,
            committed,
            indexes,
            entries,
            reader,
        }
    }

    fn files(&self) -> impl Iterator<Item = (&DataFile, Option<&FileIndex>)> {
        let files = self.committed.iter().flat_map(|table| &table.files);
        files.zip(self.indexes.iter().map(|index| index.as_deref()))
    }

    /// The buffer's rows in a range of time.
    fn buffered(
        &self,
        projection: &[usize],
        range: Option<&Arc<dyn PhysicalExpr>>,
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let (schema, range) = covered::widened(&self.schema, projection, range)?;
        let Some(range) = range else {
            return buffered::scan(&self.entries, &schema, limit);
        };
        let rows = buffered::scan(&self.entries, &schema, None)?;
        let kept = (0..projection.len()).collect();
        let filtered = FilterExecBuilder::new(range, rows)
            .apply_projection(Some(kept))?
            .build()?;
        Ok(Arc::new(filtered))
    }

    /// The parts of the files that may have rows which pass the filters.
    async fn parts(&self, session: &dyn Session, filters: &[Expr]) -> Result<Vec<Part<'_>>> {
        let files: Vec<_> = self.files().collect();
        let kept = prune::kept(session, &self.schema, &files, filters)?;
        let lookup = Lookup::of(filters);
        let mut parts = Vec::new();
        for (file, index) in files
            .into_iter()
            .zip(kept)
            .filter_map(|(file, kept)| kept.then_some(file))
        {
            if index.is_none() {
                self.reader.check_footer(&self.directory, file).await?;
            }
            let rows = match index.filter(|_| !lookup.is_empty()) {
                Some(of_file) => {
                    lookup
                        .rows(&self.reader, &self.directory, file, of_file)
                        .await?
                }
                None => None,
            };
            if rows.as_ref().is_none_or(|rows| !rows.is_empty()) {
                parts.push(Part { file, index, rows });
            }
        }
        Ok(parts)
    }
}

#[async_trait]
impl TableProvider for Table {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    /// A filter prunes files here. A range of time is applied by the scan, which need not look at the times of
    /// most files. The exact work of the others is left to DataFusion, which gives a file's part to the Parquet
    /// reader and filters the buffer's part above it.
    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> Result<Vec<TableProviderFilterPushDown>> {
        let kind = |filter: &&Expr| match covered::is_of_time(filter) {
            true => TableProviderFilterPushDown::Exact,
            false => TableProviderFilterPushDown::Inexact,
        };
        Ok(filters.iter().map(kind).collect())
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
        let all: Vec<usize>;
        let projection = match projection {
            Some(projection) => projection,
            None => {
                all = (0..self.schema.fields().len()).collect();
                &all
            }
        };
        let projected = Arc::new(self.schema.project(projection)?);
        let mut inputs: Vec<Arc<dyn ExecutionPlan>> = Vec::new();
        let names = || projected.fields().iter().map(|field| field.name().as_str());
        let has_columns = |part: &Part<'_>| {
            let keys = names().filter(|name| span::of_key_column(name).is_some());
            keys::are_columns(part.index, keys)
        };
        let range = covered::Range::of(filters);
        let predicate = range.predicate(session, &self.schema)?;
        let parts = self.parts(session, filters).await?;
        let (inside, across): (Vec<_>, Vec<_>) =
            parts.into_iter().partition(|part| range.covers(part.file));
        for (parts, predicate) in [(inside, None), (across, predicate.as_ref())] {
            let scan = files::Scan {
                session,
                schema: &self.schema,
                directory: &self.directory,
                projection,
                predicate,
                limit,
            };
            let (with_columns, without): (Vec<_>, Vec<_>) =
                parts.into_iter().partition(has_columns);
            if !with_columns.is_empty() {
                inputs.push(self.reader.scan(&scan, with_columns)?);
            }
            if !without.is_empty() {
                inputs.push(self.reader.scan_maps(&scan, without)?);
            }
        }
        if !self.entries.is_empty() {
            inputs.push(self.buffered(projection, predicate.as_ref(), limit)?);
        }
        if inputs.is_empty() {
            return Ok(Arc::new(EmptyExec::new(projected)));
        }
        UnionExec::try_new(inputs)
    }
}
