//! Values of one leaf column in the order of the file → pages.
//!
//! A dictionary is tried first and given up as soon as it does not pay. Without one texts are written as
//! lengths and bytes, numbers as differences.

use super::chunk::{Chunk, Pages, Span, Values};
use super::encode;
use crate::hex;
use foldhash::fast::RandomState;
use model::texts::Interner;
use parquet::basic::Encoding;
use parquet::bloom_filter::Sbbf;
use parquet::errors::Result;
use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

/// A page has no more rows than this, unless one row alone has more values than fit.
const PAGE_ROWS: usize = 4 << 10;
const PAGE_LEVELS: usize = 16 << 10;
/// Texts of a page: a reader of one row reads them all.
const PAGE_BYTES: usize = 256 << 10;
/// A larger dictionary costs a reader of a few rows too much, unless it saves far more than that.
const DICTIONARY_BYTES_MAX: usize = 1 << 20;
const DICTIONARY_SAVES_MIN: usize = 4;
/// After this many values a dictionary has shown what it is worth.
const TRIED: usize = 1024;
/// So many different numbers have a dictionary, more if it is the smaller, and no more than that.
const NUMBERS_FEW: usize = 4 << 10;
const NUMBERS_MAX: usize = 16 << 10;
/// Durations repeat late: of some thousand different ones nearly all come among the first.
const NUMBERS_TRIED: usize = 2 * NUMBERS_MAX;

/// Which rows have a value, and how often.
pub(super) struct Shape {
    /// One a value and one a null.
    pub(super) definition: Vec<u8>,
    /// The level of a value; what is below is null. 0 for a column that is never null.
    pub(super) definition_max: u8,
    /// 0 where a row begins, 1 where it goes on; `None` when each row has one level.
    pub(super) repetition: Option<Vec<u8>>,
}

impl Shape {
    /// Of a column that is no list: a row is a value or a null.
    pub(super) fn flat(is_value: Vec<u8>, is_nullable: bool) -> Self {
        Self {
            definition: is_value,
            definition_max: is_nullable.into(),
            repetition: None,
        }
    }

    /// The pages: rows, levels and values of each, of which each takes `bytes`.
    fn pages(&self, bytes: impl Fn(usize) -> usize) -> Vec<(usize, Range<usize>, Range<usize>)> {
        let mut pages = Vec::new();
        let (mut level, mut value) = (0, 0);
        while level < self.definition.len() {
            let (level_from, value_from, mut rows, mut page_bytes) = (level, value, 0, 0);
            while level < self.definition.len() {
                let is_start = self.repetition.as_ref().is_none_or(|it| it[level] == 0);
                let is_full = rows == PAGE_ROWS
                    || level - level_from >= PAGE_LEVELS
                    || page_bytes >= PAGE_BYTES;
                if is_start && is_full {
                    break;
                }
                rows += usize::from(is_start);
                if self.is_value(level) {
                    page_bytes += bytes(value);
                    value += 1;
                }
                level += 1;
            }
            pages.push((rows, level_from..level, value_from..value));
        }
        pages
    }

    fn is_value(&self, level: usize) -> bool {
        self.definition_max == 0 || self.definition[level] == self.definition_max
    }
}

/// Writes the pages; `encode` appends a range of values to a page, and says how and between which bounds.
fn write(
    pages: &mut Pages<'_>,
    shape: &Shape,
    value_bytes: impl Fn(usize) -> usize,
    mut encode: impl FnMut(Range<usize>, &mut Vec<u8>) -> (Encoding, Option<Span>),
) -> Result<()> {
    let mut bytes = Vec::new();
    for (rows, levels, values) in shape.pages(value_bytes) {
        bytes.clear();
        if let Some(repetition) = &shape.repetition {
            encode::levels(&repetition[levels.clone()], 1, &mut bytes);
        }
        if shape.definition_max > 0 {
            let definition = &shape.definition[levels.clone()];
            encode::levels(definition, shape.definition_max, &mut bytes);
        }
        let (levels, nulls) = (levels.len(), levels.len() - values.len());
        let (encoding, span) = encode(values, &mut bytes);
        pages.page(Values {
            bytes: &bytes,
            encoding,
            rows,
            levels,
            nulls,
            span,
        })?;
    }
    Ok(())
}

/// A dictionary and the number of each value in it.
struct Dictionary {
    ids: Vec<u32>,
    count: usize,
    plain: Vec<u8>,
}

/// The numbers of the values that `find` gives, in the order of their first coming (`true`); `None` when
/// too many are new after `tried` of them.
fn numbers<T>(
    values: impl ExactSizeIterator<Item = T>,
    tried: usize,
    mut find: impl FnMut(T) -> (u32, bool),
) -> Option<Vec<u32>> {
    let (mut ids, mut fresh) = (Vec::with_capacity(values.len()), 0);
    for value in values {
        let (id, is_new) = find(value);
        fresh += usize::from(is_new);
        ids.push(id);
        if ids.len() >= tried && fresh * 2 > ids.len() {
            return None;
        }
    }
    Some(ids)
}

fn with_dictionary(
    pages: &mut Pages<'_>,
    shape: &Shape,
    dictionary: &Dictionary,
    span: impl Fn(&[u32]) -> Option<Span>,
) -> Result<()> {
    pages.dictionary(&dictionary.plain, dictionary.count)?;
    let width = encode::width(dictionary.count.saturating_sub(1) as u32);
    write(
        pages,
        shape,
        |_| 4,
        |values, out| {
            let ids = &dictionary.ids[values];
            out.push(width as u8);
            encode::rle(ids, width, out);
            (Encoding::RLE_DICTIONARY, span(ids))
        },
    )
}

/// Texts, of which each distinct one has a key already: `keys` (without nulls) into `text`.
pub(super) fn keyed<'t>(
    mut pages: Pages<'_>,
    shape: &Shape,
    keys: &[u32],
    text_count: usize,
    text: impl Fn(u32) -> &'t [u8],
) -> Result<Chunk> {
    let mut ids_of = vec![u32::MAX; text_count];
    let (mut used, mut plain) = (Vec::new(), Vec::new());
    let ids = numbers(keys.iter(), TRIED, |key| {
        let id = &mut ids_of[*key as usize];
        let is_new = *id == u32::MAX;
        if is_new {
            *id = used.len() as u32;
            used.push(*key);
            plain_text(text(*key), &mut plain);
        }
        (*id, is_new)
    });
    let all_bytes = || keys.iter().map(|key| text(*key).len()).sum();
    match ids.filter(|_| pays(plain.len(), all_bytes)) {
        Some(ids) => {
            let ranks = ranks(&used, &text);
            let dictionary = Dictionary {
                ids,
                count: used.len(),
                plain,
            };
            with_dictionary(&mut pages, shape, &dictionary, |ids| {
                let by_rank = |id: &&u32| ranks[**id as usize];
                let (min, max) = (
                    ids.iter().min_by_key(by_rank)?,
                    ids.iter().max_by_key(by_rank)?,
                );
                let bytes = |id: &u32| text(used[*id as usize]).to_vec();
                Some(Span::Texts(bytes(min), bytes(max)))
            })?;
        }
        None => plain_texts(&mut pages, shape, |value| text(keys[value]))?,
    }
    pages.finish(None)
}

/// Whether a dictionary of so many bytes is worth it for texts that take so many without.
fn pays(dictionary_bytes: usize, all_bytes: impl Fn() -> usize) -> bool {
    dictionary_bytes <= DICTIONARY_BYTES_MAX
        || all_bytes() / DICTIONARY_SAVES_MIN >= dictionary_bytes
}

/// The place of each used text when they are sorted.
fn ranks<'t>(used: &[u32], text: impl Fn(u32) -> &'t [u8]) -> Vec<u32> {
    let mut sorted: Vec<u32> = (0..used.len() as u32).collect();
    sorted.sort_unstable_by_key(|id| text(used[*id as usize]));
    let mut ranks = vec![0; used.len()];
    for (rank, id) in sorted.iter().enumerate() {
        ranks[*id as usize] = rank as u32;
    }
    ranks
}

/// Texts as they come, without nulls.
pub(super) fn texts(mut pages: Pages<'_>, shape: &Shape, texts: &[&[u8]]) -> Result<Chunk> {
    let mut interner = Interner::default();
    let mut plain_bytes = 0;
    let ids = numbers(texts.iter(), TRIED, |text| {
        let count = interner.texts().len();
        let id = interner.intern(text);
        let is_new = interner.texts().len() > count;
        plain_bytes += if is_new { text.len() + 4 } else { 0 };
        (id, is_new)
    });
    let all_bytes = || texts.iter().map(|text| text.len()).sum();
    match ids {
        Some(ids) if pays(plain_bytes, all_bytes) => {
            let (count, mut plain) = (interner.texts().len(), Vec::with_capacity(plain_bytes));
            for id in 0..count as u32 {
                plain_text(interner.texts().get(id), &mut plain);
            }
            let dictionary = Dictionary { ids, count, plain };
            // No column of these is looked up by its bounds.
            with_dictionary(&mut pages, shape, &dictionary, |_| None)?;
        }
        _ => plain_texts(&mut pages, shape, |value| texts[value])?,
    }
    pages.finish(None)
}

/// `DELTA_LENGTH_BYTE_ARRAY`: lengths, then bytes.
fn plain_texts<'t>(
    pages: &mut Pages<'_>,
    shape: &Shape,
    text: impl Fn(usize) -> &'t [u8],
) -> Result<()> {
    write(
        pages,
        shape,
        |value| text(value).len(),
        |values, out| {
            encode::delta(values.clone().map(|value| text(value).len() as i64), out);
            for value in values {
                out.extend_from_slice(text(value));
            }
            (Encoding::DELTA_LENGTH_BYTE_ARRAY, None)
        },
    )
}

fn plain_text(text: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(&(text.len() as u32).to_le_bytes());
    out.extend_from_slice(text);
}

/// Ids of `id_bytes` each as lower-case hex, with a bloom filter when it is asked for.
pub(super) fn ids(
    mut pages: Pages<'_>,
    shape: &Shape,
    ids: &[u128],
    id_bytes: usize,
    bloom_false_positives: Option<f64>,
) -> Result<Chunk> {
    let text = |id: u128, out: &mut Vec<u8>| hex::encode(&id.to_be_bytes()[16 - id_bytes..], out);
    let page_span = |ids: &mut dyn Iterator<Item = u128>| {
        let (min, max) = ids.fold((u128::MAX, 0), |(min, max), id| (min.min(id), max.max(id)));
        let bytes = |id| {
            let mut bytes = Vec::with_capacity(2 * id_bytes);
            text(id, &mut bytes);
            bytes
        };
        (min <= max).then(|| Span::Texts(bytes(min), bytes(max)))
    };
    let mut bloom = None;
    match distinct(ids, TRIED, DICTIONARY_BYTES_MAX / (2 * id_bytes + 4)) {
        Some((numbers, used)) => {
            let mut plain = Vec::with_capacity(used.len() * (2 * id_bytes + 4));
            for id in &used {
                plain.extend_from_slice(&(2 * id_bytes as u32).to_le_bytes());
                text(*id, &mut plain);
            }
            if let Some(rate) = bloom_false_positives {
                let texts = plain
                    .chunks_exact(2 * id_bytes + 4)
                    .map(|plain| &plain[4..]);
                bloom = Some(bloom_filter(texts, used.len(), rate)?);
            }
            let dictionary = Dictionary {
                ids: numbers,
                count: used.len(),
                plain,
            };
            with_dictionary(&mut pages, shape, &dictionary, |ids| {
                page_span(&mut ids.iter().map(|id| used[*id as usize]))
            })?;
        }
        None => {
            let mut plain = Vec::with_capacity(ids.len() * 2 * id_bytes);
            ids.iter().for_each(|id| text(*id, &mut plain));
            if let Some(rate) = bloom_false_positives {
                bloom = Some(bloom_filter(
                    plain.chunks_exact(2 * id_bytes),
                    ids.len(),
                    rate,
                )?);
            }
            write(
                &mut pages,
                shape,
                |_| 2 * id_bytes,
                |values, out| {
                    encode::delta(values.clone().map(|_| 2 * id_bytes as i64), out);
                    out.extend_from_slice(
                        &plain[values.start * 2 * id_bytes..values.end * 2 * id_bytes],
                    );
                    let span = page_span(&mut ids[values].iter().copied());
                    (Encoding::DELTA_LENGTH_BYTE_ARRAY, span)
                },
            )?;
        }
    }
    pages.finish(bloom)
}

fn bloom_filter<'t>(
    texts: impl Iterator<Item = &'t [u8]>,
    count: usize,
    false_positives: f64,
) -> Result<Sbbf> {
    let mut filter = Sbbf::new_with_ndv_fpp(count.max(1) as u64, false_positives)?;
    texts.for_each(|text| filter.insert(text));
    Ok(filter)
}

/// Each value's number and the distinct values; `None` when they are too many.
fn distinct<T: Copy + Eq + Hash>(
    values: &[T],
    tried: usize,
    max: usize,
) -> Option<(Vec<u32>, Vec<T>)> {
    let mut known: HashMap<T, u32, RandomState> = HashMap::default();
    let (mut used, mut last): (Vec<T>, u32) = (Vec::new(), 0);
    let ids = numbers(values.iter(), tried, |value| {
        // Most rows have the value of the row before.
        if used.get(last as usize) == Some(value) {
            return (last, false);
        }
        let count = used.len();
        last = *known.entry(*value).or_insert(count as u32);
        let is_new = last as usize == count;
        if is_new {
            used.push(*value);
        }
        (last, is_new || count > max)
    })?;
    (used.len() <= max).then_some((ids, used))
}

/// Whether numbers of which so many are different take less as a dictionary than as differences.
fn is_smaller(distinct: usize, values: &[i64]) -> bool {
    let ids_bits = values.len() * encode::width(distinct.saturating_sub(1) as u32) as usize;
    let mut tried = Vec::new();
    let sample = &values[..values.len().min(TRIED)];
    encode::delta(sample.iter().copied(), &mut tried);
    // Of both a part of the values is looked at: the products are of bytes times values.
    (ids_bits / 8 + distinct * size_of::<i64>()) * sample.len() <= tried.len() * values.len()
}

/// Integers, times, durations.
pub(super) fn integers(mut pages: Pages<'_>, shape: &Shape, values: &[i64]) -> Result<Chunk> {
    let span = |values: &mut dyn Iterator<Item = i64>| {
        let (min, max) = values.fold((i64::MAX, i64::MIN), |(min, max), value| {
            (min.min(value), max.max(value))
        });
        (min <= max).then_some(Span::Numbers(min, max))
    };
    let known = distinct(values, NUMBERS_TRIED, NUMBERS_MAX);
    match known.filter(|(_, used)| used.len() <= NUMBERS_FEW || is_smaller(used.len(), values)) {
        Some((ids, used)) => {
            let plain = used.iter().flat_map(|value| value.to_le_bytes()).collect();
            let dictionary = Dictionary {
                ids,
                count: used.len(),
                plain,
            };
            with_dictionary(&mut pages, shape, &dictionary, |ids| {
                span(&mut ids.iter().map(|id| used[*id as usize]))
            })?;
        }
        None => write(
            &mut pages,
            shape,
            |_| 8,
            |range, out| {
                let values = &values[range];
                encode::delta(values.iter().copied(), out);
                (
                    Encoding::DELTA_BINARY_PACKED,
                    span(&mut values.iter().copied()),
                )
            },
        )?,
    }
    pages.finish(None)
}

/// Floats, as their bits. They have no bounds: a NaN would be one.
pub(super) fn floats(mut pages: Pages<'_>, shape: &Shape, values: &[i64]) -> Result<Chunk> {
    write(
        &mut pages,
        shape,
        |_| 8,
        |range, out| {
            out.extend(values[range].iter().flat_map(|value| value.to_le_bytes()));
            (Encoding::PLAIN, None)
        },
    )?;
    pages.finish(None)
}

pub(super) fn flags(mut pages: Pages<'_>, shape: &Shape, values: &[i64]) -> Result<Chunk> {
    write(
        &mut pages,
        shape,
        |_| 8,
        |range, out| {
            let values = &values[range];
            encode::flags(values.iter().map(|value| *value != 0), values.len(), out);
            let min = values.iter().all(|value| *value != 0);
            let max = values.iter().any(|value| *value != 0);
            let span = (!values.is_empty()).then_some(Span::Flags(min, max));
            (Encoding::PLAIN, span)
        },
    )?;
    pages.finish(None)
}
