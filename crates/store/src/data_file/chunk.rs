//! One column of one row group: pages, compressed, and what the file's footer says of them.

use bytes::Bytes;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::bloom_filter::Sbbf;
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::ByteArray;
use parquet::errors::Result;
use parquet::file::metadata::{ColumnChunkMetaData, ColumnIndexBuilder, OffsetIndexBuilder};
use parquet::file::statistics::{Statistics, ValueStatistics};
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;
use zstd::bulk::Compressor;

/// As Parquet's own writer has it.
pub(super) const ZSTD_LEVEL: i32 = 1;

/// A longer text is no bound in the footer.
const BOUND_BYTES_MAX: usize = 64;

/// The smallest and the largest value of a page or a chunk, as Parquet writes values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Span {
    Numbers(i64, i64),
    Flags(bool, bool),
    Texts(Vec<u8>, Vec<u8>),
}

/// Values of one page, encoded.
pub(super) struct Values<'a> {
    /// Levels and values.
    pub(super) bytes: &'a [u8],
    pub(super) encoding: Encoding,
    pub(super) rows: usize,
    /// Values and nulls.
    pub(super) levels: usize,
    pub(super) nulls: usize,
    /// `None` when there is no value, or none that is a bound.
    pub(super) span: Option<Span>,
}

/// A chunk that is written.
pub(super) struct Chunk {
    pub(super) bytes: Bytes,
    pub(super) close: ColumnCloseResult,
    pub(super) nulls: u64,
    /// Of all pages.
    pub(super) span: Option<Span>,
    /// Whether every page with values has bounds.
    pub(super) is_bounded: bool,
}

/// Packs pages.
pub(super) struct Packer {
    compressor: Compressor<'static>,
    keys_level: i32,
}

impl Packer {
    /// Keys of dictionaries at a level of their own: they are short and repeat, so that a high one costs little and
    /// saves a tenth of them. Anything else is packed at the lowest: ids take even more at a higher one.
    pub(super) fn new(keys_level: i32) -> Result<Self> {
        Ok(Self {
            compressor: Compressor::new(ZSTD_LEVEL)?,
            keys_level,
        })
    }

    fn pack(&mut self, bytes: &[u8], encoding: Encoding) -> Result<Bytes> {
        let level = match encoding {
            Encoding::RLE_DICTIONARY => self.keys_level,
            _ => ZSTD_LEVEL,
        };
        self.compressor.set_compression_level(level)?;
        Ok(self.compressor.compress(bytes)?.into())
    }
}

/// A chunk under construction.
pub(super) struct Pages<'a> {
    column: ColumnDescPtr,
    packer: &'a mut Packer,
    sink: TrackedWrite<Vec<u8>>,
    index: ColumnIndexBuilder,
    offsets: OffsetIndexBuilder,
    encodings: Vec<Encoding>,
    dictionary_at: Option<u64>,
    data_at: Option<u64>,
    uncompressed: usize,
    rows: usize,
    levels: usize,
    nulls: usize,
    span: Option<Span>,
    /// Whether every page with values has bounds.
    is_bounded: bool,
    /// And whether all of them are short.
    has_bounds: bool,
}

impl<'a> Pages<'a> {
    pub(super) fn new(column: &ColumnDescPtr, packer: &'a mut Packer) -> Self {
        let kind = column.physical_type();
        Self {
            column: ColumnDescPtr::clone(column),
            packer,
            sink: TrackedWrite::new(Vec::new()),
            index: ColumnIndexBuilder::new(kind),
            offsets: OffsetIndexBuilder::new(),
            encodings: vec![Encoding::RLE],
            dictionary_at: None,
            data_at: None,
            uncompressed: 0,
            rows: 0,
            levels: 0,
            nulls: 0,
            span: None,
            is_bounded: true,
            has_bounds: true,
        }
    }

    /// The dictionary, before the first page: plain values.
    pub(super) fn dictionary(&mut self, plain: &[u8], values: usize) -> Result<()> {
        let page = Page::DictionaryPage {
            buf: self.packer.pack(plain, Encoding::PLAIN)?,
            num_values: values as u32,
            encoding: Encoding::PLAIN,
            is_sorted: false,
        };
        self.encodings.push(Encoding::PLAIN);
        let (offset, _) = self.write(page, plain.len())?;
        self.dictionary_at = Some(offset);
        Ok(())
    }

    pub(super) fn page(&mut self, values: Values<'_>) -> Result<()> {
        let page = Page::DataPage {
            buf: self.packer.pack(values.bytes, values.encoding)?,
            num_values: values.levels as u32,
            encoding: values.encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        if !self.encodings.contains(&values.encoding) {
            self.encodings.push(values.encoding);
        }
        let (offset, bytes) = self.write(page, values.bytes.len())?;
        self.data_at.get_or_insert(offset);
        self.offsets.append_row_count(values.rows as i64);
        self.offsets
            .append_offset_and_size(offset as i64, bytes as i32);
        let is_empty = values.levels == values.nulls;
        let (min, max) = values.span.as_ref().map(Span::bytes).unwrap_or_default();
        self.is_bounded &= is_empty || values.span.is_some();
        self.has_bounds &= is_empty || values.span.as_ref().is_some_and(Span::is_short);
        self.index.append(is_empty, min, max, values.nulls as i64);
        self.rows += values.rows;
        self.levels += values.levels;
        self.nulls += values.nulls;
        self.span = Span::both(self.span.take(), values.span);
        Ok(())
    }

    pub(super) fn finish(self, bloom_filter: Option<Sbbf>) -> Result<Chunk> {
        let bytes = self.sink.into_inner()?;
        let data_at = self.data_at.unwrap_or(0);
        let mut metadata = ColumnChunkMetaData::builder(self.column)
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_encodings(self.encodings)
            .set_num_values(self.levels as i64)
            .set_total_compressed_size(bytes.len() as i64)
            .set_total_uncompressed_size(self.uncompressed as i64)
            .set_data_page_offset(data_at as i64)
            .set_dictionary_page_offset(self.dictionary_at.map(|offset| offset as i64));
        let bounds = self
            .span
            .as_ref()
            .filter(|span| self.has_bounds && span.is_short());
        if let Some(span) = bounds {
            metadata = metadata.set_statistics(span.statistics(self.nulls as u64));
        }
        let column_index = self.has_bounds.then(|| self.index.build()).transpose()?;
        Ok(Chunk {
            close: ColumnCloseResult {
                bytes_written: bytes.len() as u64,
                rows_written: self.rows as u64,
                metadata: metadata.build()?,
                bloom_filter,
                column_index,
                offset_index: Some(self.offsets.build()),
            },
            bytes: bytes.into(),
            nulls: self.nulls as u64,
            span: self.span,
            is_bounded: self.is_bounded,
        })
    }

    /// Where the page is, and how many bytes it takes.
    fn write(&mut self, page: Page, uncompressed: usize) -> Result<(u64, usize)> {
        let page = CompressedPage::new(page, uncompressed);
        let written = SerializedPageWriter::new(&mut self.sink).write_page(page)?;
        self.uncompressed += written.uncompressed_size;
        Ok((written.offset, written.compressed_size))
    }
}

impl Span {
    /// Of two pages or chunks; `None` is one without a value.
    pub(super) fn both(a: Option<Self>, b: Option<Self>) -> Option<Self> {
        match (a, b) {
            (Some(a), Some(b)) => Some(a.and(b)),
            (a, b) => a.or(b),
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Numbers(a, b), Self::Numbers(c, d)) => Self::Numbers(a.min(c), b.max(d)),
            (Self::Flags(a, b), Self::Flags(c, d)) => Self::Flags(a & c, b | d),
            (Self::Texts(a, b), Self::Texts(c, d)) => Self::Texts(a.min(c), b.max(d)),
            // Pages of a column are of one type.
            (span, _) => span,
        }
    }

    fn is_short(&self) -> bool {
        match self {
            Self::Texts(min, max) => min.len().max(max.len()) <= BOUND_BYTES_MAX,
            Self::Numbers(..) | Self::Flags(..) => true,
        }
    }

    fn bytes(&self) -> (Vec<u8>, Vec<u8>) {
        match self {
            Self::Numbers(min, max) => (min.to_le_bytes().into(), max.to_le_bytes().into()),
            Self::Flags(min, max) => (vec![(*min).into()], vec![(*max).into()]),
            Self::Texts(min, max) => (min.clone(), max.clone()),
        }
    }

    fn statistics(&self, nulls: u64) -> Statistics {
        let nulls = Some(nulls);
        match self {
            Self::Numbers(min, max) => Statistics::Int64(ValueStatistics::new(
                Some(*min),
                Some(*max),
                None,
                nulls,
                false,
            )),
            Self::Flags(min, max) => Statistics::Boolean(ValueStatistics::new(
                Some(*min),
                Some(*max),
                None,
                nulls,
                false,
            )),
            Self::Texts(min, max) => {
                let value = |bytes: &Vec<u8>| Some(ByteArray::from(bytes.clone()));
                let (min, max) = (value(min), value(max));
                Statistics::ByteArray(ValueStatistics::new(min, max, None, nulls, false))
            }
        }
    }
}
