//! One batch → one file, durably.

use crate::Error;
use crate::bounds::{self, Bounds};
use crate::catalog::columns::Ids;
use crate::directory;
use arrow::array::RecordBatch;
use model::span::{self, Column};
use parquet::arrow::arrow_writer::{ArrowWriter, ArrowWriterOptions};
use parquet::arrow::{ArrowSchemaConverter, PARQUET_FIELD_ID_META_KEY};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// What scans read at a time and skip at a time.
const ROW_GROUP_ROWS: usize = 128 << 10;
/// Of the bloom filter on the trace id: one row group in a hundred is read in vain.
const BLOOM_FALSE_POSITIVES: f64 = 0.01;

/// A data file that is on disk.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    pub(crate) footer_bytes: u64,
    /// One for each of [`bounds::columns`]: its bounds and its bytes in the file.
    pub(crate) columns: Vec<(Bounds, u64)>,
}

/// Writes `batch` to `path`, whose directory is created if absent, at `now_nanos`. Blocks on disk. When it returns, a
/// loss of power does not take the file away.
pub(crate) fn write(
    path: &Path,
    batch: &RecordBatch,
    ids: &Ids,
    now_nanos: i64,
) -> Result<Written, Error> {
    if let Some(dataset) = path.parent() {
        fs::create_dir_all(dataset).map_err(Error::io("create", dataset))?;
        // Also when it was there: a crash may have come between its creation and this line. A directory
        // that has not changed costs next to nothing to sync.
        dataset.parent().map_or(Ok(()), directory::sync)?;
    }
    let temporary = path.with_extension("parquet.tmp");
    let written = write_temporary(path, &temporary, batch, ids, now_nanos);
    if written.is_err() {
        // What is half written takes room on a disk that may be full. If this fails, the next open
        // removes it.
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn write_temporary(
    path: &Path,
    temporary: &Path,
    batch: &RecordBatch,
    ids: &Ids,
    now_nanos: i64,
) -> Result<Written, Error> {
    let file = File::create(temporary).map_err(Error::io("create", temporary))?;
    let metadata = encode(&file, batch, ids).map_err(|source| Error::DataFile {
        path: path.to_owned(),
        source,
    })?;
    let length = file
        .metadata()
        .map_err(Error::io("read the length of", temporary))?
        .len();
    let footer_bytes = footer_bytes(temporary, length)?;
    // Retention asks for it: by the store's clock, which in a test is not the system's.
    let now = Duration::from_nanos(u64::try_from(now_nanos).unwrap_or(0));
    file.set_modified(SystemTime::UNIX_EPOCH + now)
        .map_err(Error::io("set the time of", temporary))?;
    directory::publish(&file, temporary, path)?;
    Ok(Written {
        rows: batch.num_rows() as u64,
        bytes: length,
        footer_bytes,
        columns: column_bounds(batch, &metadata),
    })
}

/// One for each of [`bounds::columns`].
fn column_bounds(batch: &RecordBatch, metadata: &ParquetMetaData) -> Vec<(Bounds, u64)> {
    let of_column = |column: &&'static Column| match batch.column_by_name(&column.name) {
        Some(values) => (
            Bounds::of(column.kind, values),
            column_bytes(metadata, &column.name),
        ),
        None => (Bounds::all_null(batch.num_rows() as u64), 0),
    };
    bounds::columns().iter().map(of_column).collect()
}

fn encode(file: &File, batch: &RecordBatch, ids: &Ids) -> Result<ParquetMetaData, ParquetError> {
    // The ids go into Parquet's own schema only. As metadata of the Arrow fields they would come back
    // with every batch read, and no nested type would equal the model's.
    let annotated = ids.annotate(&batch.schema());
    debug_assert!(
        annotated
            .fields()
            .iter()
            .all(|field| field.metadata().contains_key(PARQUET_FIELD_ID_META_KEY))
    );
    let options = ArrowWriterOptions::new()
        .with_properties(properties(batch.num_rows()))
        .with_parquet_schema(ArrowSchemaConverter::new().convert(&annotated)?);
    let mut writer = ArrowWriter::try_new_with_options(file, batch.schema(), options)?;
    writer.write(batch)?;
    writer.close()
}

fn properties(rows: usize) -> WriterProperties {
    let trace_id = ColumnPath::from(span::TRACE_ID);
    WriterProperties::builder()
        .set_created_by(concat!("throughline ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .set_column_bloom_filter_enabled(trace_id.clone(), true)
        .set_column_bloom_filter_fpp(trace_id.clone(), BLOOM_FALSE_POSITIVES)
        // The most there can be; the writer folds the filter to what there is.
        .set_column_bloom_filter_max_ndv(trace_id, rows.clamp(1, ROW_GROUP_ROWS) as u64)
        .build()
}

/// The footer's length stands before the magic number at the end; readers fetch the footer at once.
fn footer_bytes(path: &Path, bytes: u64) -> Result<u64, Error> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = File::open(path).map_err(Error::io("open", path))?;
    let mut length = [0; 4];
    file.seek(SeekFrom::Start(bytes.saturating_sub(8)))
        .map_err(Error::io("read", path))?;
    file.read_exact(&mut length)
        .map_err(Error::io("read", path))?;
    Ok(u64::from(u32::from_le_bytes(length)))
}

/// Compressed bytes of a top-level column.
fn column_bytes(metadata: &ParquetMetaData, name: &str) -> u64 {
    let chunks = metadata
        .row_groups()
        .iter()
        .flat_map(|group| group.columns());
    chunks
        .filter(|chunk| chunk.column_path().parts() == [name])
        .map(|chunk| chunk.compressed_size().max(0) as u64)
        .sum()
}
