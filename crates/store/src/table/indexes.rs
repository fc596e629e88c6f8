//! The indexes of data files, in memory within a limit.
//!
//! What is kept of a file is its index's directory and the filter of its trace ids, which say "not here" for
//! nearly every file of a year without a look at the disk; blocks are read when they are needed.

use super::files::Reader;
use crate::catalog::DataFile;
use crate::data_file::index::{self, Damaged, Index, Place};
use datafusion::datasource::physical_plan::parquet::metadata::DFParquetMetadata;
use datafusion::error::Result;
use futures::{FutureExt, StreamExt};
use model::span;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt};
use parquet::bloom_filter::Sbbf;
use parquet::file::metadata::{FileMetaData, PageIndexPolicy, ParquetMetaData};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Files whose indexes are read side by side.
const SIDE_BY_SIDE: usize = 32;

/// The index of one file.
#[derive(Debug)]
pub(crate) struct FileIndex {
    pub(crate) index: Index,
    /// The model's columns that the file has.
    pub(crate) columns: Vec<usize>,
    filter: Sbbf,
}

impl FileIndex {
    pub(crate) fn may_have_trace(&self, hash: u64) -> bool {
        index::may_have_trace(&self.filter, hash)
    }

    fn bytes(&self) -> usize {
        self.index.bytes() + self.columns.len() * size_of::<usize>() + self.filter.num_blocks() * 32
    }
}

/// What is kept of one file. That it has no index takes room, too.
#[derive(Debug)]
struct Entry {
    /// `None` of a file that has no index.
    index: Option<Arc<FileIndex>>,
    bytes: usize,
    last_use: u64,
}

/// Indexes by their files' paths, those used last.
#[derive(Debug)]
pub(super) struct Indexes {
    kept: Mutex<Kept>,
    bytes_max: usize,
}

#[derive(Debug, Default)]
struct Kept {
    by_path: HashMap<object_store::path::Path, Entry>,
    bytes: usize,
    uses: u64,
}

impl Indexes {
    pub(super) fn new(bytes_max: usize) -> Self {
        Self {
            kept: Mutex::default(),
            bytes_max,
        }
    }

    fn get(&self, path: &object_store::path::Path) -> Option<Option<Arc<FileIndex>>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.uses += 1;
        let uses = kept.uses;
        let entry = kept.by_path.get_mut(path)?;
        entry.last_use = uses;
        Some(entry.index.clone())
    }

    fn keep(&self, path: object_store::path::Path, index: Option<Arc<FileIndex>>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let of_index = index.as_ref().map_or(0, |it| it.bytes());
        let bytes = of_index + path.as_ref().len() + size_of::<Entry>();
        kept.bytes += bytes;
        let entry = Entry {
            index,
            bytes,
            last_use: kept.uses,
        };
        if let Some(before) = kept.by_path.insert(path, entry) {
            kept.bytes -= before.bytes;
        }
        while kept.bytes > self.bytes_max {
            let oldest = kept.by_path.iter().min_by_key(|(_, it)| it.last_use);
            let Some(oldest) = oldest.map(|(path, _)| path.clone()) else {
                return;
            };
            if let Some(entry) = kept.by_path.remove(&oldest) {
                kept.bytes -= entry.bytes;
            }
        }
    }
}

impl Reader {
    /// The index of each file; `None` of one that has none, or none that can be read: what is wrong with
    /// such a file is found when it is read itself.
    pub(crate) async fn indexes(
        &self,
        directory: &Path,
        files: &[DataFile],
    ) -> Vec<Option<Arc<FileIndex>>> {
        let read = files
            .iter()
            .map(|file| self.index_if_readable(directory, file).boxed());
        let read: Vec<_> = read.collect();
        futures::stream::iter(read)
            .buffered(SIDE_BY_SIDE)
            .collect()
            .await
    }

    async fn index_if_readable(&self, directory: &Path, file: &DataFile) -> Option<Arc<FileIndex>> {
        let index = self.index(directory, file).await;
        index.unwrap_or_else(|error| {
            // What the file has for a reason was told of when it was met, once.
            let path = &file.path;
            tracing::debug!(%error, path, "could not read the index of a data file");
            None
        })
    }

    async fn index(&self, directory: &Path, file: &DataFile) -> Result<Option<Arc<FileIndex>>> {
        let meta = Self::meta(directory, file)?;
        // First of all that is read of a file, for every query.
        if let Some(sums) = &file.sums {
            let shown = || self.shown(directory, file);
            self.store.tell(&meta.location, sums, shown);
        }
        if let Some(known) = self.indexes.get(&meta.location) {
            return Ok(known);
        }
        let footer = self.footer(&meta, file).await?;
        let index = match Place::in_footer(footer.file_metadata()) {
            None => None,
            Some(place) => {
                let place = place.map_err(damaged)?;
                Some(Arc::new(
                    self.read_index(&meta.location, &place, footer.file_metadata())
                        .await?,
                ))
            }
        };
        if index.as_ref().is_some_and(|it| it.index.rows != file.rows) {
            return Err(damaged(Damaged));
        }
        self.indexes.keep(meta.location, index.clone());
        Ok(index)
    }

    async fn footer(&self, meta: &ObjectMeta, file: &DataFile) -> Result<Arc<ParquetMetaData>> {
        DFParquetMetadata::new(self.store.as_ref(), meta)
            .with_file_metadata_cache(Some(Arc::clone(&self.footers)))
            .with_metadata_size_hint(Self::footer_hint(file))
            .with_page_index_policy(Some(PageIndexPolicy::Skip))
            .fetch_metadata()
            .await
    }

    /// Of a file that is about to be read without an index: it may have a footer that cannot be read. DataFusion would
    /// say so in words alone, from which nobody tells damage from a place that does not answer.
    pub(super) async fn check_footer(&self, directory: &Path, file: &DataFile) -> Result<()> {
        let meta = Self::meta(directory, file)?;
        self.footer(&meta, file).await.map(drop)
    }

    async fn read_index(
        &self,
        path: &object_store::path::Path,
        place: &Place,
        footer: &FileMetaData,
    ) -> Result<FileIndex> {
        let directory = self.store.get_range(path, place.directory.clone()).await?;
        let index = Index::read(place, &directory).map_err(damaged)?;
        let filter = self.store.get_range(path, index.filter.clone()).await?;
        let filter = index::read_filter(&filter).map_err(damaged)?;
        let fields = footer.schema_descr().root_schema().get_fields();
        let names: HashSet<&str> = fields.iter().map(|field| field.name()).collect();
        let model = span::columns().iter().enumerate();
        let columns = model.filter(|(_, column)| names.contains(column.name.as_str()));
        Ok(FileIndex {
            index,
            columns: columns.map(|(index, _)| index).collect(),
            filter,
        })
    }

    /// Bytes of a file's index.
    pub(super) async fn blocks(
        &self,
        directory: &Path,
        file: &DataFile,
        ranges: &[std::ops::Range<u64>],
    ) -> Result<Vec<bytes::Bytes>> {
        let path = Self::meta(directory, file)?.location;
        Ok(self.store.get_ranges(&path, ranges).await?)
    }
}

pub(super) fn damaged(error: Damaged) -> datafusion::error::DataFusionError {
    datafusion::error::DataFusionError::External(Box::new(error))
}
