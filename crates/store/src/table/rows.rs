//! Which rows of which files a query's filters leave, by the files' indexes.
//!
//! Looked for are the equalities that an index answers: a trace id, and a custom attribute. What an index
//! says may be too much, never too little: the filters are applied again.

use super::files::Reader;
use super::indexes::{FileIndex, damaged};
use crate::catalog::DataFile;
use crate::data_file::index::{self, GRANULE_ROWS, Granules, MapNumber};
use crate::hex;
use datafusion::common::ScalarValue;
use datafusion::error::Result;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator};
use model::span;
use std::ops::Range;
use std::path::Path;

/// Traces that are looked up one by one.
const TRACES_MAX: usize = 256;
/// A selection of more than this part of a file is not worth its jumps.
const PART_MAX: u64 = 2;

/// Something that every row of a query's answer has: one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    Traces(Vec<Vec<u8>>),
    Values(Vec<Value>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Value {
    map: MapNumber,
    key: String,
    value: String,
}

/// What filters want that an index can tell of.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    wanted: Vec<Wanted>,
}

/// Rows of a file, in order, not overlapping.
pub(super) type Ranges = Vec<Range<u64>>;

impl Lookup {
    pub(super) fn of(filters: &[Expr]) -> Self {
        let mut lookup = Self::default();
        filters.iter().for_each(|filter| lookup.add(filter));
        lookup
    }

    fn add(&mut self, filter: &Expr) {
        match filter {
            Expr::BinaryExpr(BinaryExpr { left, op, right }) if *op == Operator::And => {
                self.add(left);
                self.add(right);
            }
            Expr::BinaryExpr(BinaryExpr { left, op, right }) if *op == Operator::Eq => {
                let pair = match (text(left), text(right)) {
                    (None, Some(value)) => Some((left, value)),
                    (Some(value), None) => Some((right, value)),
                    _ => None,
                };
                let wanted = pair.and_then(|(field, value)| wanted(field, &[value]));
                self.wanted.extend(wanted);
            }
            Expr::InList(list) if !list.negated && list.list.len() <= TRACES_MAX => {
                let values: Option<Vec<&str>> = list.list.iter().map(text).collect();
                let wanted = values.and_then(|values| wanted(&list.expr, &values));
                self.wanted.extend(wanted);
            }
            _ => {}
        }
    }

    /// The rows that may be wanted; `None` is all of them.
    pub(super) async fn rows(
        &self,
        reader: &Reader,
        directory: &Path,
        file: &DataFile,
        index: &FileIndex,
    ) -> Result<Option<Ranges>> {
        let mut rows: Option<Ranges> = None;
        for wanted in &self.wanted {
            let found = match wanted {
                Wanted::Traces(ids) => Some(traces(reader, directory, file, index, ids).await?),
                Wanted::Values(values) => values_of(reader, directory, file, index, values).await?,
            };
            rows = match (rows, found) {
                (Some(rows), Some(found)) => Some(both(&rows, &found)),
                (rows, found) => rows.or(found),
            };
            if rows.as_ref().is_some_and(Vec::is_empty) {
                break;
            }
        }
        let count = |rows: &Ranges| rows.iter().map(|rows| rows.end - rows.start).sum::<u64>();
        Ok(rows.filter(|rows| count(rows) <= file.rows / PART_MAX))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }
}

/// A field that is to have one of these texts.
fn wanted(field: &Expr, values: &[&str]) -> Option<Wanted> {
    match field {
        Expr::Column(column) if column.name == span::TRACE_ID => Some(Wanted::Traces(
            values.iter().map(|value| id(value)).collect(),
        )),
        Expr::Column(column) => {
            let (map, key) = span::of_key_column(&column.name)?;
            let map = MapNumber::of(map)?;
            let value = |value: &&str| Value {
                map,
                key: key.to_owned(),
                value: (*value).to_owned(),
            };
            Some(Wanted::Values(values.iter().map(value).collect()))
        }
        // The first of several maps that has the key: any of them may have it.
        Expr::ScalarFunction(call) if call.func.name() == FIRST_PRESENT => {
            let mut all = Vec::new();
            for argument in &call.args {
                match wanted(argument, values)? {
                    Wanted::Values(values) => all.extend(values),
                    Wanted::Traces(_) => return None,
                }
            }
            Some(Wanted::Values(all))
        }
        _ => None,
    }
}

/// The function of the query language that gives the first of its arguments that is not null.
const FIRST_PRESENT: &str = "first_present";

fn text(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Literal(
            ScalarValue::Utf8(Some(text))
            | ScalarValue::Utf8View(Some(text))
            | ScalarValue::LargeUtf8(Some(text)),
            _,
        ) => Some(text),
        _ => None,
    }
}

/// An id from lower-case hex, as it is stored; another text is no id, and so in no file: its bytes are found
/// nowhere.
fn id(text: &str) -> Vec<u8> {
    let mut id = Vec::with_capacity(text.len() / 2);
    match hex::decode(text.as_bytes(), &mut id) {
        Some(()) => id,
        None => Vec::new(),
    }
}

async fn traces(
    reader: &Reader,
    directory: &Path,
    file: &DataFile,
    index: &FileIndex,
    ids: &[Vec<u8>],
) -> Result<Ranges> {
    let hashes = ids.iter().map(|id| index::trace_hash(id));
    let asked: Vec<(u64, Range<u64>)> = hashes
        .filter(|hash| index.may_have_trace(*hash))
        .filter_map(|hash| Some((hash, index.index.trace_block(hash)?)))
        .collect();
    let mut rows = Ranges::new();
    for (hash, block) in read(reader, directory, file, asked).await? {
        rows.extend(index.index.find_trace(&block, hash).map_err(damaged)?);
    }
    Ok(tidied(rows, file.rows))
}

async fn values_of(
    reader: &Reader,
    directory: &Path,
    file: &DataFile,
    index: &FileIndex,
    values: &[Value],
) -> Result<Option<Ranges>> {
    let hash = |value: &Value| {
        let seed = index::key_seed(value.map, value.key.as_bytes());
        index::value_hash(seed, value.value.as_bytes())
    };
    let asked: Vec<(u64, Range<u64>)> = values
        .iter()
        .map(hash)
        .filter_map(|hash| Some((hash, index.index.value_block(hash)?)))
        .collect();
    let mut rows = Ranges::new();
    for (hash, block) in read(reader, directory, file, asked).await? {
        match index.index.find_value(&block, hash).map_err(damaged)? {
            Granules::All => return Ok(None),
            Granules::These(granules) => rows.extend(granules.into_iter().map(|granule| {
                let first = u64::from(granule) * GRANULE_ROWS as u64;
                first..first + GRANULE_ROWS as u64
            })),
        }
    }
    Ok(Some(tidied(rows, file.rows)))
}

/// The blocks that were asked for, each with what is looked for in it.
async fn read(
    reader: &Reader,
    directory: &Path,
    file: &DataFile,
    asked: Vec<(u64, Range<u64>)>,
) -> Result<Vec<(u64, bytes::Bytes)>> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let ranges: Vec<Range<u64>> = asked.iter().map(|(_, block)| block.clone()).collect();
    let blocks = reader.blocks(directory, file, &ranges).await?;
    Ok(asked.iter().map(|(hash, _)| *hash).zip(blocks).collect())
}

/// In order, joined where they touch, and within the file.
fn tidied(mut rows: Ranges, count: u64) -> Ranges {
    rows.sort_by_key(|rows| rows.start);
    let mut tidied = Ranges::new();
    for rows in rows {
        let rows = rows.start.min(count)..rows.end.min(count);
        match tidied.last_mut() {
            Some(last) if rows.start <= last.end => last.end = last.end.max(rows.end),
            _ if rows.is_empty() => {}
            _ => tidied.push(rows),
        }
    }
    tidied
}

/// Rows that are in both.
fn both(a: &[Range<u64>], b: &[Range<u64>]) -> Ranges {
    let (mut both, mut a, mut b) = (Ranges::new(), a.iter().peekable(), b.iter().peekable());
    while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
        let common = left.start.max(right.start)..left.end.min(right.end);
        if !common.is_empty() {
            both.push(common);
        }
        if left.end <= right.end {
            a.next();
        } else {
            b.next();
        }
    }
    both
}
