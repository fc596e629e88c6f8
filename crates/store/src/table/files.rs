//! Data files → a plan.

use crate::catalog::DataFile;
use datafusion::catalog::Session;
use datafusion::common::Statistics;
use datafusion::common::stats::Precision;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::parquet::CachedParquetFileReaderFactory;
use datafusion::datasource::physical_plan::{FileGroup, FileScanConfigBuilder, ParquetSource};
use datafusion::datasource::source::DataSourceExec;
use datafusion::error::Result;
use datafusion::execution::cache::cache_manager::FileMetadataCache;
use datafusion::execution::cache::default_cache::DefaultCache;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::physical_plan::ExecutionPlan;
use model::span;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{ObjectMeta, ObjectStore};
use std::path::Path;
use std::sync::Arc;

/// How the data files of a store are read; it remembers their footers.
#[derive(Debug)]
pub(crate) struct Reader {
    factory: Arc<CachedParquetFileReaderFactory>,
}

impl Reader {
    pub(crate) fn new(footer_cache_bytes_max: usize) -> Self {
        let store: Arc<dyn ObjectStore> = Arc::new(LocalFileSystem::new());
        let footers: Arc<FileMetadataCache> = Arc::new(DefaultCache::new(footer_cache_bytes_max));
        Self {
            factory: Arc::new(CachedParquetFileReaderFactory::new(store, footers)),
        }
    }

    /// A plan that reads `files`, which are in `directory`.
    pub(crate) fn scan(
        &self,
        session: &dyn Session,
        directory: &Path,
        mut files: Vec<&DataFile>,
        projection: Option<&Vec<usize>>,
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let source = ParquetSource::new(span::schema())
            .with_parquet_file_reader_factory(Arc::clone(&self.factory) as _)
            .with_pushdown_filters(true)
            .with_reorder_filters(true)
            .with_enable_page_index(true)
            .with_bloom_filter_on_read(true);
        let rows: u64 = files.iter().map(|file| file.rows).sum();
        // Newest first: what looks for the newest rows finds them early and skips the rest.
        files.sort_by_key(|file| std::cmp::Reverse(file.max_number(span::TIME)));
        let groups = groups(directory, &files, session.config().target_partitions())?;
        let mut statistics = Statistics::new_unknown(&span::schema());
        statistics.num_rows = Precision::Exact(rows as usize);
        // The file system of this URL is one that every session has; the reader brings its own.
        let config =
            FileScanConfigBuilder::new(ObjectStoreUrl::local_filesystem(), Arc::new(source))
                .with_file_groups(groups)
                .with_statistics(statistics)
                .with_projection_indices(projection.cloned())?
                .with_limit(limit)
                .build();
        Ok(DataSourceExec::from_data_source(config))
    }
}

/// The files dealt out to at most `group_count` groups, which are read side by side.
fn groups(directory: &Path, files: &[&DataFile], group_count: usize) -> Result<Vec<FileGroup>> {
    let mut groups = vec![Vec::new(); group_count.clamp(1, files.len().max(1))];
    let count = groups.len();
    for (index, file) in files.iter().enumerate() {
        groups[index % count].push(partitioned(directory, file)?);
    }
    Ok(groups.into_iter().map(FileGroup::new).collect())
}

fn partitioned(directory: &Path, file: &DataFile) -> Result<PartitionedFile> {
    let meta = ObjectMeta {
        location: ObjectPath::from_absolute_path(directory.join(&file.path))
            .map_err(datafusion::object_store::Error::from)?,
        // A data file never changes, so any constant marks its footer in the cache as current.
        last_modified: chrono::DateTime::UNIX_EPOCH,
        size: file.bytes,
        e_tag: None,
        version: None,
    };
    let partitioned = PartitionedFile::new_from_meta(meta);
    // The footer's own bytes, its length and the magic number.
    let hint = file
        .footer_bytes
        .and_then(|bytes| usize::try_from(bytes + 8).ok());
    Ok(match hint {
        Some(bytes) => partitioned.with_metadata_size_hint(bytes),
        None => partitioned,
    })
}
