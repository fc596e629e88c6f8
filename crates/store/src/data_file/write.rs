//! Rows → one file, durably.

use super::chunk::{Chunk, Pages, Span};
use super::maps::{Maps, Side};
use super::order::order;
use super::rows::Rows;
use crate::Error;
use crate::bounds::{self, Bounds, Value};
use crate::catalog::columns::Ids;
use crate::directory;
use arrow::array::RecordBatch;
use arrow::datatypes::{Field, Schema, SchemaRef};
use model::span::{self, Column, ColumnType};
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowRowGroupWriterFactory, ArrowWriter, ArrowWriterOptions, compute_leaves,
};
use parquet::arrow::{ArrowSchemaConverter, PARQUET_FIELD_ID_META_KEY};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnDescPtr;
use std::collections::HashMap;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use zstd::bulk::Compressor;

/// What scans read at a time and skip at a time.
const ROW_GROUP_ROWS: usize = 128 << 10;
/// As Parquet's own writer has it: higher levels save little and cost much.
const ZSTD_LEVEL: i32 = 1;
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

/// Writes the rows of `batches` to `path`, whose directory is created if absent, at `now_nanos`. Blocks on
/// disk. When it returns, a loss of power does not take the file away.
pub(crate) fn write(
    path: &Path,
    batches: &[&RecordBatch],
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
    let written = write_temporary(path, &temporary, batches, ids, now_nanos);
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
    batches: &[&RecordBatch],
    ids: &Ids,
    now_nanos: i64,
) -> Result<Written, Error> {
    let file = File::create(temporary).map_err(Error::io("create", temporary))?;
    let order = order(batches)?;
    let columns = encode(&file, batches, &order, ids, path)?;
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
        rows: order.len() as u64,
        bytes: length,
        footer_bytes,
        columns,
    })
}

/// Writes the file's content; the bounds and bytes of each of [`bounds::columns`].
fn encode(
    file: &File,
    batches: &[&RecordBatch],
    order: &[u32],
    ids: &Ids,
    path: &Path,
) -> Result<Vec<(Bounds, u64)>, Error> {
    let failed = |source| Error::DataFile {
        path: path.to_owned(),
        source,
    };
    let rows = Rows::new(batches)?;
    let indices: Vec<usize> = (0..span::columns().len())
        .filter(|index| rows.has(*index))
        .collect();
    let columns: Vec<&Column> = indices
        .iter()
        .map(|index| &span::columns()[*index])
        .collect();
    let (mut writer, factory) = open(file, &columns, ids).map_err(failed)?;
    let leaves = writer.schema_descr().columns().to_vec();
    let mut encoder = Encoder {
        rows,
        order,
        factory,
        leaves: &leaves,
        leaf: 0,
        compressor: Compressor::new(ZSTD_LEVEL).map_err(|error| failed(error.into()))?,
    };
    let mut groups: Vec<Vec<Piece>> = order.chunks(ROW_GROUP_ROWS).map(|_| Vec::new()).collect();
    let mut known = HashMap::new();
    for index in indices {
        let summary = encoder.column(index, &mut groups, &failed)?;
        known.insert(span::columns()[index].name.as_str(), summary);
    }
    for group in groups {
        write_group(&mut writer, group).map_err(failed)?;
    }
    writer.close().map_err(failed)?;
    let absent = || (Bounds::all_null(order.len() as u64), 0);
    let of_column = |column: &&'static Column| known.remove(column.name.as_str());
    Ok(bounds::columns()
        .iter()
        .map(of_column)
        .map(|summary| summary.unwrap_or_else(absent))
        .collect())
}

/// A file with the schema of these columns. The column ids go into Parquet's own schema only: as metadata
/// of the Arrow fields they would come back with every batch read, and no nested type would equal the
/// model's.
fn open<'f>(
    file: &'f File,
    columns: &[&Column],
    ids: &Ids,
) -> Result<(SerializedFileWriter<&'f File>, ArrowRowGroupWriterFactory), ParquetError> {
    let fields: Vec<Field> = columns
        .iter()
        .map(|column| Field::new(&column.name, column.kind.arrow(), column.nullable))
        .collect();
    let schema: SchemaRef = Arc::new(Schema::new(fields));
    let annotated = ids.annotate(&schema);
    debug_assert!(
        annotated
            .fields()
            .iter()
            .all(|field| field.metadata().contains_key(PARQUET_FIELD_ID_META_KEY))
    );
    let properties = WriterProperties::builder()
        .set_created_by(concat!("throughline ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let options = ArrowWriterOptions::new()
        .with_properties(properties)
        .with_parquet_schema(ArrowSchemaConverter::new().convert(&annotated)?);
    ArrowWriter::try_new_with_options(file, schema, options)?.into_serialized_writer()
}

/// One leaf column of one row group, ready to be written.
enum Piece {
    Ours(Chunk),
    /// Of a column of lists: few rows have one, and Arrow's own writer knows them well.
    Arrow(ArrowColumnChunk),
}

struct Encoder<'a> {
    rows: Rows<'a>,
    order: &'a [u32],
    factory: ArrowRowGroupWriterFactory,
    leaves: &'a [ColumnDescPtr],
    /// The next of them.
    leaf: usize,
    compressor: Compressor<'static>,
}

impl Encoder<'_> {
    /// Encodes one column for all row groups, so that only one is held in memory unpacked.
    fn column(
        &mut self,
        index: usize,
        groups: &mut [Vec<Piece>],
        failed: &impl Fn(ParquetError) -> Error,
    ) -> Result<(Bounds, u64), Error> {
        let column = &span::columns()[index];
        let order = self.order.chunks(ROW_GROUP_ROWS).zip(groups);
        match column.kind {
            ColumnType::Events | ColumnType::Links => {
                let field = Field::new(&column.name, column.kind.arrow(), column.nullable);
                let mut count = 0;
                for (number, (order, group)) in order.enumerate() {
                    let array = self.rows.nested(index, order)?;
                    let leaves = compute_leaves(&field, &array).map_err(failed)?;
                    count = leaves.len();
                    let writers = self.factory.create_column_writers(number).map_err(failed)?;
                    for (leaf, mut writer) in leaves.iter().zip(writers.into_iter().skip(self.leaf))
                    {
                        writer.write(leaf).map_err(failed)?;
                        group.push(Piece::Arrow(writer.close().map_err(failed)?));
                    }
                }
                self.leaf += count;
                Ok((Bounds::default(), 0))
            }
            ColumnType::Map => {
                let maps = Maps::of(&self.rows, index);
                for (order, group) in order {
                    for (side, descriptor) in Side::BOTH.iter().zip(&self.leaves[self.leaf..]) {
                        let leaf = maps.leaf(order, *side);
                        let pages = Pages::new(Arc::clone(descriptor), &mut self.compressor);
                        group.push(Piece::Ours(leaf.chunk(pages).map_err(failed)?));
                    }
                }
                self.leaf += 2;
                Ok((Bounds::default(), 0))
            }
            _ => {
                let gathered = self.rows.gather(index);
                let (mut nulls, mut bytes, mut span) = (0, 0, None);
                for (order, group) in order {
                    let descriptor = Arc::clone(&self.leaves[self.leaf]);
                    let pages = Pages::new(descriptor, &mut self.compressor);
                    let chunk = gathered
                        .chunk(order, column, pages, BLOOM_FALSE_POSITIVES)
                        .map_err(failed)?;
                    nulls += chunk.nulls;
                    bytes += chunk.bytes.len() as u64;
                    span = Span::both(span, chunk.span.clone());
                    group.push(Piece::Ours(chunk));
                }
                self.leaf += 1;
                Ok((bounds_of(span, nulls), bytes))
            }
        }
    }
}

fn bounds_of(span: Option<Span>, nulls: u64) -> Bounds {
    let (min, max) = match span {
        None => (None, None),
        Some(Span::Numbers(min, max)) => (Some(Value::Number(min)), Some(Value::Number(max))),
        Some(Span::Flags(min, max)) => (Some(Value::Flag(min)), Some(Value::Flag(max))),
        Some(Span::Texts(min, max)) => (bounds::text(&min), bounds::text(&max)),
    };
    Bounds {
        min,
        max,
        nulls: Some(nulls),
    }
}

fn write_group(
    writer: &mut SerializedFileWriter<&File>,
    pieces: Vec<Piece>,
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for piece in pieces {
        match piece {
            Piece::Ours(chunk) => group.append_column(&chunk.bytes, chunk.close)?,
            Piece::Arrow(chunk) => chunk.append_to_row_group(&mut group)?,
        }
    }
    group.close()?;
    Ok(())
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
