//! Rows → the content of one file, some at a time.
//!
//! The rows of a [`Part`] are sorted among themselves and make row groups of their own. A flush has one part;
//! a file made of others has one for each stretch of them that fits into memory.

use super::chunk::{Chunk, Packer, Pages, Span};
use super::index::{self, MapNumber};
use super::keys::{Chosen, Keys};
use super::maps::{Maps, Side};
use super::order::order;
use super::rows::{Gathered, Rows};
use super::sums::Output;
use crate::Error;
use crate::bounds::{self, Bounds, Value};
use crate::catalog::columns::Ids;
use arrow::array::RecordBatch;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use model::span::{self, ColumnType};
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowRowGroupWriterFactory, ArrowWriter, ArrowWriterOptions, compute_leaves,
};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnDescPtr;
use std::collections::HashMap;
use std::sync::Arc;

/// What scans read at a time and skip at a time.
pub(crate) const ROW_GROUP_ROWS: usize = 128 << 10;
/// Of the bloom filter on the trace id: one row group in a hundred is read in vain.
const BLOOM_FALSE_POSITIVES: f64 = 0.01;

/// Which columns a file has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Of the model's.
    pub(crate) columns: Vec<usize>,
    /// Custom keys with a column of their own, behind the model's.
    pub(crate) keys: Chosen,
}

/// Rows that are sorted among themselves.
pub(super) struct Part<'a> {
    rows: Rows<'a>,
    order: Vec<u32>,
    keys: Vec<Keys>,
}

impl<'a> Part<'a> {
    /// Rows that come after `first_row` others of the file. Without `chosen` custom keys get a column when
    /// it pays.
    pub(super) fn new(
        batches: &'a [&'a RecordBatch],
        first_row: u64,
        chosen: Option<&Chosen>,
    ) -> std::result::Result<Self, Error> {
        let (order, rows) = (order(batches)?, Rows::new(batches)?);
        let keys = span::KEYED_MAPS
            .iter()
            .enumerate()
            .filter_map(|(number, map)| {
                let index = span::columns()
                    .iter()
                    .position(|column| column.name == *map)?;
                let maps = Maps::of(&rows, index);
                let map = MapNumber(number as u8);
                Some(Keys::read(&maps, &order, map, first_row, chosen))
            });
        let keys = keys.collect();
        Ok(Self { rows, order, keys })
    }

    /// The columns that have a value here.
    pub(super) fn layout(&self) -> Layout {
        let has = |index: &usize| self.rows.has(*index);
        Layout {
            columns: (0..span::columns().len()).filter(has).collect(),
            keys: self.keys.iter().flat_map(Keys::chosen).collect(),
        }
    }
}

/// A file that is being written.
pub(super) struct Writer<'f> {
    file: SerializedFileWriter<&'f Output>,
    factory: ArrowRowGroupWriterFactory,
    leaves: Vec<ColumnDescPtr>,
    layout: Layout,
    summaries: HashMap<usize, Summary>,
    index: index::Builder,
    rows: u64,
    groups: usize,
    packer: Packer,
}

/// What is known of a column's values.
#[derive(Default)]
struct Summary {
    span: Option<Span>,
    is_unbounded: bool,
    nulls: u64,
    bytes: u64,
}

/// One leaf column of one row group, ready to be written.
enum Piece {
    Ours(Chunk),
    /// Of a column of lists: few rows have one, and Arrow's own writer knows them well.
    Arrow(ArrowColumnChunk),
}

impl<'f> Writer<'f> {
    /// A file with these columns. The column ids go into Parquet's own schema only: as metadata of the Arrow
    /// fields they would come back with every batch read, and no nested type would equal the model's.
    pub(super) fn new(
        file: &'f Output,
        layout: Layout,
        ids: &Ids,
        keys_level: i32,
    ) -> Result<Self> {
        let model = layout.columns.iter().map(|index| {
            let column = &span::columns()[*index];
            Field::new(&column.name, column.kind.arrow(), column.nullable)
        });
        let keys = layout
            .keys
            .iter()
            .map(|(map, key)| Field::new(map.column(key), DataType::Utf8View, true));
        let schema: SchemaRef = Arc::new(Schema::new(model.chain(keys).collect::<Vec<_>>()));
        let properties = WriterProperties::builder()
            .set_created_by(concat!("throughline ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .build();
        let options = ArrowWriterOptions::new()
            .with_properties(properties)
            .with_parquet_schema(ArrowSchemaConverter::new().convert(&ids.annotate(&schema))?);
        let writer = ArrowWriter::try_new_with_options(file, schema, options)?;
        let (file, factory) = writer.into_serialized_writer()?;
        Ok(Self {
            leaves: file.schema_descr().columns().to_vec(),
            file,
            factory,
            layout,
            summaries: HashMap::new(),
            index: index::Builder::default(),
            rows: 0,
            groups: 0,
            packer: Packer::new(keys_level)?,
        })
    }

    /// Writes the rows of a part. Encodes one column for all row groups of it, so that only one is held in
    /// memory unpacked.
    pub(super) fn add(&mut self, part: &Part<'_>) -> std::result::Result<(), Error> {
        let mut groups: Vec<Vec<Piece>> = part
            .order
            .chunks(ROW_GROUP_ROWS)
            .map(|_| Vec::new())
            .collect();
        let mut leaf = 0;
        for index in self.layout.columns.clone() {
            leaf += match span::columns()[index].kind {
                ColumnType::Events | ColumnType::Links => {
                    self.lists(part, index, leaf, &mut groups)?
                }
                ColumnType::Map => self.maps(part, index, leaf, &mut groups)?,
                _ => self.values(part, index, leaf, &mut groups)?,
            };
        }
        self.keys(part, leaf, &mut groups)?;
        self.groups += groups.len();
        self.rows += part.order.len() as u64;
        for group in groups {
            self.write_group(group)?;
        }
        Ok(())
    }

    fn lists(
        &mut self,
        part: &Part<'_>,
        index: usize,
        leaf: usize,
        groups: &mut [Vec<Piece>],
    ) -> std::result::Result<usize, Error> {
        let column = &span::columns()[index];
        let field = Field::new(&column.name, column.kind.arrow(), column.nullable);
        let mut count = 0;
        for (number, (order, group)) in part.order.chunks(ROW_GROUP_ROWS).zip(groups).enumerate() {
            let array = part.rows.nested(index, order)?;
            let leaves = compute_leaves(&field, &array)?;
            count = leaves.len();
            let writers = self.factory.create_column_writers(self.groups + number)?;
            for (of_array, mut writer) in leaves.iter().zip(writers.into_iter().skip(leaf)) {
                writer.write(of_array)?;
                group.push(Piece::Arrow(writer.close()?));
            }
        }
        Ok(count)
    }

    fn maps(
        &mut self,
        part: &Part<'_>,
        index: usize,
        leaf: usize,
        groups: &mut [Vec<Piece>],
    ) -> Result<usize> {
        let maps = Maps::of(&part.rows, index);
        for (order, group) in part.order.chunks(ROW_GROUP_ROWS).zip(groups) {
            for (side, descriptor) in Side::BOTH.iter().zip(&self.leaves[leaf..]) {
                let values = maps.leaf(order, *side);
                let pages = Pages::new(descriptor, &mut self.packer);
                group.push(Piece::Ours(values.chunk(pages)?));
            }
        }
        Ok(Side::BOTH.len())
    }

    fn values(
        &mut self,
        part: &Part<'_>,
        index: usize,
        leaf: usize,
        groups: &mut [Vec<Piece>],
    ) -> Result<usize> {
        let column = &span::columns()[index];
        let gathered = part.rows.gather(index);
        if column.name == span::TRACE_ID {
            self.index_traces(&gathered, &part.order);
        }
        for (order, group) in part.order.chunks(ROW_GROUP_ROWS).zip(groups) {
            let pages = Pages::new(&self.leaves[leaf], &mut self.packer);
            let chunk = gathered.chunk(order, column, pages, BLOOM_FALSE_POSITIVES)?;
            self.summaries.entry(index).or_default().add(&chunk);
            group.push(Piece::Ours(chunk));
        }
        Ok(1)
    }

    fn keys(&mut self, part: &Part<'_>, mut leaf: usize, groups: &mut [Vec<Piece>]) -> Result<()> {
        part.keys
            .iter()
            .for_each(|keys| keys.index(&mut self.index));
        for (map, key) in &self.layout.keys {
            let Some(keys) = part.keys.get(usize::from(map.0)) else {
                continue;
            };
            for (number, group) in groups.iter_mut().enumerate() {
                let pages = Pages::new(&self.leaves[leaf], &mut self.packer);
                let from = number * ROW_GROUP_ROWS;
                let to = (from + ROW_GROUP_ROWS).min(part.order.len());
                group.push(Piece::Ours(keys.chunk(key, from..to, pages)?));
            }
            leaf += 1;
        }
        Ok(())
    }

    /// Trace-mates follow each other.
    fn index_traces(&mut self, gathered: &Gathered, order: &[u32]) {
        let Gathered::Id { ids, .. } = gathered else {
            return;
        };
        let is_mate = |a: &u32, b: &u32| ids[*a as usize] == ids[*b as usize];
        let mut first = self.rows as u32;
        for rows in order.chunk_by(is_mate) {
            let end = first + rows.len() as u32;
            let id = ids[rows[0] as usize].to_be_bytes();
            self.index.trace(&id, first..end);
            first = end;
        }
    }

    fn write_group(&mut self, pieces: Vec<Piece>) -> Result<()> {
        let mut group = self.file.next_row_group()?;
        for piece in pieces {
            match piece {
                Piece::Ours(chunk) => group.append_column(&chunk.bytes, chunk.close)?,
                Piece::Arrow(chunk) => chunk.append_to_row_group(&mut group)?,
            }
        }
        group.close()?;
        Ok(())
    }

    /// Writes index and footer; the rows, and the bounds and bytes of each of [`bounds::columns`].
    pub(super) fn finish(mut self) -> Result<(u64, Vec<(Bounds, u64)>)> {
        let (index, directory_at) = self.index.finish(self.rows)?;
        let start = self.file.bytes_written() as u64;
        self.file.write_all(&index)?;
        let entry = index::Place::entry(start, directory_at, index.len());
        self.file
            .append_key_value_metadata(KeyValue::new(index::ENTRY.to_owned(), entry));
        self.file.close()?;
        let summaries = bounds::columns().iter().map(|column| {
            let index = span::columns().iter().position(|it| it.name == column.name);
            let summary = index.and_then(|index| self.summaries.remove(&index));
            match summary {
                Some(summary) => (summary.bounds(), summary.bytes),
                None => (Bounds::all_null(self.rows), 0),
            }
        });
        let summaries = summaries.collect();
        Ok((self.rows, summaries))
    }
}

impl Summary {
    fn add(&mut self, chunk: &Chunk) {
        self.nulls += chunk.nulls;
        self.bytes += chunk.bytes.len() as u64;
        // Without bounds of one group there are none of the file.
        self.is_unbounded |= !chunk.is_bounded;
        self.span = Span::both(self.span.take(), chunk.span.clone());
    }

    fn bounds(&self) -> Bounds {
        let (min, max) = match self.span.as_ref().filter(|_| !self.is_unbounded) {
            None => (None, None),
            Some(Span::Numbers(min, max)) => (Some(Value::Number(*min)), Some(Value::Number(*max))),
            Some(Span::Flags(min, max)) => (Some(Value::Flag(*min)), Some(Value::Flag(*max))),
            Some(Span::Texts(min, max)) => (bounds::text(min), bounds::text(max)),
        };
        Bounds {
            min,
            max,
            nulls: Some(self.nulls),
        }
    }
}
