//! Data files → a plan.

use super::checked::Checked;
use super::covered;
use super::indexes::{FileIndex, Indexes};
use super::key_value::KeyValue;
use super::rows::Ranges;
use crate::bounds::{self, Bounds, Value};
use crate::catalog::DataFile;
use crate::damage::Damage;
use crate::place::Place;
use arrow::array::Array;
use arrow::compute::SortOptions;
use arrow::datatypes::{Schema, SchemaRef};
use datafusion::catalog::Session;
use datafusion::common::stats::Precision;
use datafusion::common::{ColumnStatistics, ScalarValue, Statistics};
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::parquet::{
    CachedParquetFileReaderFactory, ParquetRowSelection,
};
use datafusion::datasource::physical_plan::{FileGroup, FileScanConfigBuilder, ParquetSource};
use datafusion::datasource::source::DataSourceExec;
use datafusion::error::Result;
use datafusion::execution::cache::cache_manager::FileMetadataCache;
use datafusion::execution::cache::default_cache::DefaultCache;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_expr::{Partitioning, PhysicalExpr, PhysicalSortExpr};
use datafusion::physical_plan::projection::ProjectionExec;
use datafusion::physical_plan::{ExecutionPlan, SortOrderPushdownResult};
use model::span::{self, ColumnType};
use object_store::path::Path as ObjectPath;
use object_store::{ObjectMeta, ObjectStore};
use parquet::arrow::arrow_reader::RowSelection;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Data files that take longer to ask for than to read; so many are read at a time, if each of those that are has so
/// many behind it.
const SMALL_BYTES_MAX: u64 = 1 << 20;
const SMALL_AT_A_TIME: usize = 16;
const SMALL_IN_TURN: usize = 4;

/// How the data files of a store are read; it remembers their footers and their indexes.
#[derive(Debug)]
pub(crate) struct Reader {
    pub(super) store: Arc<Checked>,
    pub(super) footers: Arc<FileMetadataCache>,
    pub(super) indexes: Indexes,
    factory: Arc<CachedParquetFileReaderFactory>,
    /// Where the store has the files, and where people find them.
    root: PathBuf,
    url: String,
}

/// What is asked of all files of a table.
pub(super) struct Scan<'a> {
    pub(super) session: &'a dyn Session,
    /// The table's.
    pub(super) schema: &'a SchemaRef,
    pub(super) directory: &'a Path,
    pub(super) projection: &'a [usize],
    /// Of the rows, beyond what DataFusion filters itself.
    pub(super) predicate: Option<&'a Arc<dyn PhysicalExpr>>,
    pub(super) limit: Option<usize>,
}

/// What is to be read of one file.
pub(super) struct Part<'a> {
    pub(super) file: &'a DataFile,
    pub(super) index: Option<&'a FileIndex>,
    /// `None` is all rows.
    pub(super) rows: Option<Ranges>,
}

impl Reader {
    /// Reads from the place's store, whatever the session has for the URL of its plans, and checks what it reads;
    /// `damage` is told what it finds.
    pub(crate) fn new(
        place: &Place,
        damage: &Arc<Damage>,
        footer_cache_bytes_max: usize,
        index_cache_bytes_max: usize,
    ) -> Self {
        let store = Arc::new(Checked::new(place, Arc::clone(damage)));
        let footers: Arc<FileMetadataCache> = Arc::new(DefaultCache::new(footer_cache_bytes_max));
        Self {
            factory: Arc::new(CachedParquetFileReaderFactory::new(
                Arc::clone(&store) as Arc<dyn ObjectStore>,
                Arc::clone(&footers),
            )),
            store,
            footers,
            indexes: Indexes::new(index_cache_bytes_max),
            root: place.root(),
            url: place.url(),
        }
    }

    /// A plan that reads parts of files which have all columns of keys that are asked for.
    pub(super) fn scan(
        &self,
        scan: &Scan<'_>,
        mut parts: Vec<Part<'_>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        // Of a hundred and more columns DataFusion is told only those that are read: it goes over all it knows,
        // for each plan and for each file.
        let (schema, predicate) = covered::widened(scan.schema, scan.projection, scan.predicate)?;
        let is_whole = predicate.is_none() && parts.iter().all(|part| part.rows.is_none());
        let mut source = ParquetSource::new(Arc::clone(&schema))
            .with_parquet_file_reader_factory(Arc::clone(&self.factory) as _)
            .with_pushdown_filters(true)
            .with_reorder_filters(true)
            .with_enable_page_index(true)
            // The index of a file knows its traces better than the bloom filters of its row groups.
            .with_bloom_filter_on_read(parts.iter().any(|part| part.index.is_none()));
        if let Some(predicate) = predicate {
            source = source.with_predicate(predicate);
        }
        let rows: usize = parts.iter().map(Part::rows).sum();
        // Newest first: what looks for the newest rows finds them early and skips the rest.
        parts.sort_by_key(|part| std::cmp::Reverse(part.file.max_number(span::TIME)));
        let threads = scan.session.config().target_partitions();
        let group_count = self.group_count(&parts, threads);
        let groups = groups(scan.directory, &schema, &parts, group_count)?;
        // What is said of them keeps the optimizer from dealing more groups than there are threads out anew.
        let side_by_side = groups.len();
        let said =
            (side_by_side > threads).then(|| Partitioning::UnknownPartitioning(side_by_side));
        let mut statistics = Statistics::new_unknown(&schema);
        statistics.num_rows = match is_whole {
            true => Precision::Exact(rows),
            false => Precision::Inexact(rows),
        };
        // The file system of this URL is one that every session has; the reader brings its own.
        let config =
            FileScanConfigBuilder::new(ObjectStoreUrl::local_filesystem(), Arc::new(source))
                .with_file_groups(groups)
                .with_statistics(statistics)
                .with_projection_indices(Some((0..scan.projection.len()).collect()))?
                .with_limit(scan.limit)
                .with_output_partitioning(said)
                .build();
        newest_first(DataSourceExec::from_data_source(config))
    }

    /// The same of files that have not all of them: keys are looked up in the maps.
    pub(super) fn scan_maps(
        &self,
        scan: &Scan<'_>,
        parts: Vec<Part<'_>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let mut read: Vec<usize> = Vec::new();
        let mut place = |index: usize| match read.iter().position(|it| *it == index) {
            Some(place) => place,
            None => {
                read.push(index);
                read.len() - 1
            }
        };
        let mut outputs: Vec<(Arc<dyn PhysicalExpr>, String)> = Vec::new();
        for index in scan.projection {
            let name = scan.schema.field(*index).name();
            let value: Arc<dyn PhysicalExpr> = match span::of_key_column(name) {
                None => Arc::new(Column::new(name, place(*index))),
                Some((map, key)) => {
                    let map = Column::new(map, place(scan.schema.index_of(map)?));
                    Arc::new(KeyValue::new(Arc::new(map), key))
                }
            };
            outputs.push((value, name.clone()));
        }
        let scan = Scan {
            projection: &read,
            ..*scan
        };
        let rows = self.scan(&scan, parts)?;
        Ok(Arc::new(ProjectionExec::try_new(outputs, rows)?))
    }

    pub(super) fn meta(directory: &Path, file: &DataFile) -> Result<ObjectMeta> {
        Ok(ObjectMeta {
            location: ObjectPath::from_absolute_path(directory.join(&file.path))
                .map_err(datafusion::object_store::Error::from)?,
            // A data file never changes, so any constant marks its footer in the cache as current.
            last_modified: chrono::DateTime::UNIX_EPOCH,
            size: file.bytes,
            e_tag: None,
            version: None,
        })
    }

    /// How many files are read at a time. One that is elsewhere is mostly waited for: a query over many small ones
    /// reads more of them side by side than it has threads.
    fn group_count(&self, parts: &[Part<'_>], threads: usize) -> usize {
        let is_small = |part: &&Part<'_>| part.file.bytes <= SMALL_BYTES_MAX;
        match self.store.is_remote() {
            true => threads
                .max(SMALL_AT_A_TIME.min(parts.iter().filter(is_small).count() / SMALL_IN_TURN)),
            false => threads,
        }
    }

    /// For a message.
    pub(super) fn shown(&self, directory: &Path, file: &DataFile) -> PathBuf {
        let path = directory.join(&file.path);
        match path.strip_prefix(&self.root) {
            Ok(below) => PathBuf::from(format!("{}{}", self.url, below.display())),
            Err(_) => path,
        }
    }

    /// The footer's own bytes, its length and the magic number.
    pub(super) fn footer_hint(file: &DataFile) -> Option<usize> {
        let bytes = file.footer_bytes?;
        usize::try_from(bytes + 8).ok()
    }
}

impl Part<'_> {
    fn rows(&self) -> usize {
        let rows = match &self.rows {
            None => self.file.rows,
            Some(rows) => rows.iter().map(|rows| rows.end - rows.start).sum(),
        };
        rows as usize
    }

    fn partitioned(&self, directory: &Path, schema: &Schema) -> Result<PartitionedFile> {
        let mut partitioned = PartitionedFile::new_from_meta(Reader::meta(directory, self.file)?)
            .with_statistics(Arc::new(statistics(self.file, schema)?));
        if let Some(bytes) = Reader::footer_hint(self.file) {
            partitioned = partitioned.with_metadata_size_hint(bytes);
        }
        if let Some(sums) = &self.file.sums {
            // A plan may outlive the table; the store knows a file's sums as long as somebody holds them.
            partitioned = partitioned.with_extension(Arc::clone(sums));
        }
        if let Some(rows) = &self.rows {
            let ranges = rows
                .iter()
                .map(|rows| rows.start as usize..rows.end as usize);
            let selection = RowSelection::from_consecutive_ranges(ranges, self.file.rows as usize);
            partitioned = partitioned.with_extension(ParquetRowSelection::new(selection));
        }
        Ok(partitioned)
    }
}

/// The bounds of what queries look for the newest or the longest of: a scan that has found enough of them
/// leaves out a file that has none better.
fn statistics(file: &DataFile, schema: &Schema) -> Result<Statistics> {
    let mut statistics = Statistics {
        num_rows: Precision::Exact(file.rows as usize),
        ..Statistics::default()
    };
    for name in [span::TIME, span::DURATION] {
        let (Ok(index), Some(position)) = (schema.index_of(name), bounds::position(name)) else {
            continue;
        };
        let known = statistics.column_statistics.len().max(index + 1);
        statistics
            .column_statistics
            .resize(known, ColumnStatistics::new_unknown());
        let Bounds { min, max, .. } = &file.bounds[position];
        let kind = bounds::columns()[position].kind;
        let column = &mut statistics.column_statistics[index];
        column.min_value = end(kind, min.as_ref())?;
        column.max_value = end(kind, max.as_ref())?;
    }
    Ok(statistics)
}

fn end(kind: ColumnType, value: Option<&Value>) -> Result<Precision<ScalarValue>> {
    let array = bounds::array(kind, std::iter::once(value)).filter(|array| array.is_valid(0));
    Ok(match array {
        Some(array) => Precision::Exact(ScalarValue::try_from_array(&array, 0)?),
        None => Precision::Absent,
    })
}

/// The row groups of a file in the order in which a search for the newest rows ends soonest. A file's own is
/// the other one.
fn newest_first(plan: Arc<dyn ExecutionPlan>) -> Result<Arc<dyn ExecutionPlan>> {
    let schema = plan.schema();
    let Ok(time) = schema.index_of(span::TIME) else {
        return Ok(plan);
    };
    let time = Arc::new(Column::new(span::TIME, time));
    let order = PhysicalSortExpr::new(time, SortOptions::new(true, false));
    Ok(match plan.try_pushdown_sort(&[order])? {
        SortOrderPushdownResult::Exact { inner } | SortOrderPushdownResult::Inexact { inner } => {
            inner
        }
        SortOrderPushdownResult::Unsupported => plan,
    })
}

/// The parts dealt out to at most `group_count` groups, which are read side by side.
fn groups(
    directory: &Path,
    schema: &Schema,
    parts: &[Part<'_>],
    group_count: usize,
) -> Result<Vec<FileGroup>> {
    let mut groups = vec![Vec::new(); group_count.clamp(1, parts.len().max(1))];
    let count = groups.len();
    for (number, part) in parts.iter().enumerate() {
        groups[number % count].push(part.partitioned(directory, schema)?);
    }
    Ok(groups.into_iter().map(FileGroup::new).collect())
}
