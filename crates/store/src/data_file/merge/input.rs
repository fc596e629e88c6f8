//! One file that is read: its footer, its columns, its index.

use super::super::index::{Index, MapNumber, Place};
use super::{Source, buffered};
use crate::{Error, data_file};
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Field, Schema, UInt32Type};
use model::span;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use std::error::Error as StdError;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows that are decoded at a time: few, since what they take is known only afterwards.
const BATCH_ROWS_MAX: usize = 1024;
const BATCH_BYTES: usize = 4 << 20;

/// A data file that is open.
pub(super) struct Input {
    path: PathBuf,
    file: File,
    metadata: ArrowReaderMetadata,
    /// Its columns that the model has: where they are in the file, and in the model.
    columns: Vec<(usize, usize)>,
    /// `None` when it has none, or none that can be read.
    pub(super) index: Option<Index>,
    pub(super) row_count: u64,
    pub(super) written_nanos: i64,
}

impl Input {
    pub(super) fn open(source: &Source) -> Result<Self, Error> {
        let path = source.path.as_path();
        let unreadable = unreadable(path);
        if let Some(sums) = &source.sums {
            let checked = sums.check_file(path);
            let checked = checked.map_err(|error| unreadable(error.into()))?;
            checked.map_err(|damage| Error::Damaged {
                path: path.to_owned(),
                damage: damage.to_string(),
            })?;
        }
        let file = File::open(path).map_err(|error| unreadable(error.into()))?;
        let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())
            .map_err(|error| unreadable(error.into()))?;
        let (fields, columns) =
            columns(metadata.schema()).map_err(|text| unreadable(text.into()))?;
        let options = ArrowReaderOptions::new().with_schema(Arc::new(Schema::new(fields)));
        let metadata = ArrowReaderMetadata::try_new(Arc::clone(metadata.metadata()), options)
            .map_err(|error| unreadable(error.into()))?;
        Ok(Self {
            index: read_index(&file, metadata.metadata()),
            row_count: metadata.metadata().file_metadata().num_rows() as u64,
            written_nanos: data_file::written_nanos(path).unwrap_or(0),
            path: path.to_owned(),
            file,
            metadata,
            columns,
        })
    }

    /// The model's columns that it has.
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> {
        self.columns.iter().map(|(_, column)| *column)
    }

    /// About what the distinct texts of a key's column take.
    pub(super) fn text_bytes(&self, (map, key): &(MapNumber, String)) -> u64 {
        let name = map.column(key);
        let is_it = |column: &ColumnChunkMetaData| column.column_path().parts() == [name.as_str()];
        let bytes = |column: &ColumnChunkMetaData| match column.dictionary_page_offset() {
            Some(dictionary) => column.data_page_offset() - dictionary,
            None => column.compressed_size(),
        };
        let groups = self.metadata.metadata().row_groups().iter();
        let chunks = groups.filter_map(|group| group.columns().iter().find(|it| is_it(it)));
        chunks.map(|column| bytes(column).max(0) as u64).sum()
    }

    /// Its rows, from the first.
    pub(super) fn rows(self) -> Result<Rows, Error> {
        let parquet = self.metadata.metadata();
        let bytes: i64 = parquet
            .row_groups()
            .iter()
            .map(|it| it.total_byte_size())
            .sum();
        let row_bytes = bytes as u64 / self.row_count.max(1);
        let batch_rows = BATCH_BYTES / (row_bytes.max(1) as usize);
        let roots = self.columns.iter().map(|(place, _)| *place);
        let mask = ProjectionMask::roots(parquet.file_metadata().schema_descr(), roots);
        let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(self.file, self.metadata)
            .with_projection(mask)
            .with_batch_size(batch_rows.clamp(1, BATCH_ROWS_MAX))
            .build()
            .map_err(|error| unreadable(&self.path)(error.into()))?;
        Ok(Rows {
            reader: Some(reader),
            columns: self.columns.into_iter().map(|(_, column)| column).collect(),
            path: self.path,
            texts: Vec::new(),
        })
    }
}

/// The types to read the file's columns in, and where those of the model are.
#[expect(clippy::type_complexity, reason = "two lists")]
fn columns(schema: &Schema) -> Result<(Vec<Field>, Vec<(usize, usize)>), String> {
    let (mut fields, mut columns) = (Vec::new(), Vec::new());
    for (place, field) in schema.fields().iter().enumerate() {
        let name = field.name();
        let known = span::columns().iter().position(|it| it.name == *name);
        let Some(column) = known else {
            // The map has what such a column has.
            if span::of_key_column(name).is_none() {
                return Err(format!("this program does not know its column {name}"));
            }
            fields.push(field.as_ref().clone());
            continue;
        };
        let kind = buffered::read_as(&span::columns()[column]);
        fields.push(field.as_ref().clone().with_data_type(kind));
        columns.push((place, column));
    }
    Ok((fields, columns))
}

fn read_index(mut file: &File, parquet: &ParquetMetaData) -> Option<Index> {
    let place = Place::in_footer(parquet.file_metadata())?.ok()?;
    let length = place.directory.end - place.directory.start;
    let mut directory = Vec::new();
    file.seek(SeekFrom::Start(place.directory.start)).ok()?;
    file.take(length).read_to_end(&mut directory).ok()?;
    Index::read(&place, &directory).ok()
}

/// The rows of a file, in its order.
#[derive(Default)]
pub(super) struct Rows {
    /// `None` when there are no more.
    reader: Option<ParquetRecordBatchReader>,
    columns: Vec<usize>,
    path: PathBuf,
    /// Of each column: where the texts are that its last batch had in common with others.
    texts: Vec<usize>,
}

impl Rows {
    /// The next rows as the buffer has them, and the memory they take.
    pub(super) fn next(&mut self) -> Result<Option<(RecordBatch, usize)>, Error> {
        let Some(read) = self.reader.as_mut().and_then(Iterator::next) else {
            self.reader = None;
            return Ok(None);
        };
        let unreadable = unreadable(&self.path);
        let read = read.map_err(|error| unreadable(ParquetError::from(error).into()))?;
        let batch =
            buffered::batch(&read, &self.columns).map_err(|error| unreadable(error.into()))?;
        let bytes = self.bytes(&batch);
        Ok(Some((batch, bytes)))
    }

    /// Memory of a batch, without the texts that the one before it has, too.
    fn bytes(&mut self, batch: &RecordBatch) -> usize {
        self.texts.resize(batch.num_columns(), 0);
        let of_column = |(column, known): (&Arc<dyn Array>, &mut usize)| {
            let Some(keyed) = column.as_dictionary_opt::<UInt32Type>() else {
                return column.get_array_memory_size();
            };
            let Some(texts) = keyed.values().as_string_opt::<i32>() else {
                return column.get_array_memory_size();
            };
            let place = texts.value_data().as_ptr() as usize;
            let is_known = std::mem::replace(known, place) == place;
            let keys = keyed.keys().get_array_memory_size();
            keys + if is_known {
                0
            } else {
                texts.get_array_memory_size()
            }
        };
        batch
            .columns()
            .iter()
            .zip(&mut self.texts)
            .map(of_column)
            .sum()
    }
}

fn unreadable(path: &Path) -> impl Fn(Box<dyn StdError + Send + Sync>) -> Error + use<> {
    let path = path.to_owned();
    move |source| Error::Unreadable {
        path: path.clone(),
        source,
    }
}
