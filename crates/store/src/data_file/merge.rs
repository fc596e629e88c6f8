//! Many data files → one, a stretch of rows at a time.
//!
//! The rows of a stretch, which may come from several files, are read into the buffer's layout, sorted among
//! themselves and written as a flush writes its rows. So what a merge takes in memory is a stretch and the
//! index of the new file, however large that becomes.

/// Rows of a data file in the types of the buffer.
mod buffered;
/// One file that is read: its footer, its columns, its index.
mod input;

use super::keys::{self, COLUMNS_MAX, Chosen};
use super::sums::Sums;
use super::write::{Written, durably};
use super::writer::{Layout, Part, ROW_GROUP_ROWS, Writer};
use crate::Error;
use crate::catalog::columns::Ids;
use arrow::array::RecordBatch;
use input::{Input, Rows};
use model::span::KEYED_MAPS;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A file that is written again is kept for long, and nobody waits for it.
const KEYS_LEVEL: i32 = 6;
/// Memory of a stretch, before it is sorted.
const STRETCH_BYTES_MAX: usize = 32 << 20;

/// A file that is to be read.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// Its bytes are checked against these, so that no damage gets a new checksum.
    pub(crate) sums: Option<Arc<Sums>>,
}

/// Writes the rows of `inputs`, in their order, to `path`; stretches have at most `rows_max` rows. It is as old
/// as the newest of them. After each input that was checked and each stretch `pause` is told how long it took; its error ends the merge.
/// Blocks on disk. When it returns, a loss of power does not take the file away.
///
/// # Errors
/// `Corrupt` for a file whose rows cannot be read: the error has its path.
pub(crate) fn merge(
    path: &Path,
    inputs: &[Source],
    ids: &Ids,
    rows_max: usize,
    mut pause: impl FnMut(Duration) -> Result<(), Error>,
) -> Result<Written, Error> {
    let open = |input: &Source| {
        let started = Instant::now();
        let input = Input::open(input)?;
        pause(started.elapsed())?;
        Ok(input)
    };
    let inputs: Vec<Input> = inputs.iter().map(open).collect::<Result<_, Error>>()?;
    let newest = inputs.iter().map(|input| input.written_nanos).max();
    let columns: BTreeSet<usize> = inputs.iter().flat_map(Input::columns).collect();
    let layout = Layout {
        columns: columns.into_iter().collect(),
        keys: chosen(&inputs),
    };
    let chosen = layout.keys.clone();
    let mut stretches = Stretches {
        rows: Rows::default(),
        inputs: inputs.into_iter(),
        rest: None,
        rows_max: rows_max.clamp(1, ROW_GROUP_ROWS),
    };
    durably(path, newest.unwrap_or(0), |file| {
        let mut writer = Writer::new(file, layout, ids, KEYS_LEVEL)?;
        let mut first_row = 0;
        loop {
            let started = Instant::now();
            let stretch = stretches.next()?;
            if stretch.is_empty() {
                return Ok(writer.finish()?);
            }
            let batches: Vec<&RecordBatch> = stretch.iter().collect();
            writer.add(&Part::new(&batches, first_row, Some(&chosen))?)?;
            first_row += rows_of(&batches);
            // The pause may be long.
            drop(stretch);
            // Now, and not all at the end: the log's own syncs would wait for it.
            file.file().sync_data().map_err(Error::io("sync", path))?;
            pause(started.elapsed())?;
        }
    })
}

fn rows_of(batches: &[&RecordBatch]) -> u64 {
    batches.iter().map(|batch| batch.num_rows() as u64).sum()
}

/// The rows of all inputs, some at a time.
struct Stretches {
    inputs: std::vec::IntoIter<Input>,
    rows: Rows,
    /// What did not fit into the last stretch.
    rest: Option<RecordBatch>,
    rows_max: usize,
}

impl Stretches {
    /// Empty at the end.
    fn next(&mut self) -> Result<Vec<RecordBatch>, Error> {
        let (mut stretch, mut rows, mut bytes) = (Vec::new(), 0, 0);
        while rows < self.rows_max && bytes < STRETCH_BYTES_MAX {
            let Some((batch, batch_bytes)) = self.read()? else {
                break;
            };
            let taken = batch.num_rows().min(self.rows_max - rows);
            if taken < batch.num_rows() {
                self.rest = Some(batch.slice(taken, batch.num_rows() - taken));
            }
            stretch.push(batch.slice(0, taken));
            rows += taken;
            bytes += batch_bytes;
        }
        Ok(stretch)
    }

    /// The next rows, and the memory they take.
    fn read(&mut self) -> Result<Option<(RecordBatch, usize)>, Error> {
        if let Some(rest) = self.rest.take() {
            return Ok(Some((rest, 0)));
        }
        loop {
            if let Some(read) = self.rows.next()? {
                return Ok(Some(read));
            }
            match self.inputs.next() {
                None => return Ok(None),
                Some(input) => self.rows = input.rows()?,
            }
        }
    }
}

/// What the inputs have of a key.
#[derive(Default)]
struct Found {
    /// Of the files that have the key at all.
    file_rows: u64,
    /// Of those that have a column of it.
    column_rows: u64,
    /// Rows with the key.
    rows: u64,
    text_bytes: u64,
}

/// The custom keys with a column: those that have one in most of the rows already, where it pays for all of
/// them together. A key that has few values in each file may have another few in the next.
fn chosen(inputs: &[Input]) -> Chosen {
    let mut all: BTreeMap<_, Found> = BTreeMap::new();
    for input in inputs {
        let keys = input.index.iter().flat_map(|index| &index.keys);
        for (key, of_file) in keys {
            let found = all.entry(key).or_default();
            found.file_rows += input.row_count;
            found.rows += of_file.rows;
            if of_file.has_column {
                found.column_rows += input.row_count;
                found.text_bytes += input.text_bytes(key);
            }
        }
    }
    let pays = |found: &Found| {
        2 * found.column_rows > found.file_rows
            && keys::pays(found.text_bytes as usize, found.rows as usize)
    };
    let mut paying: Vec<_> = all.into_iter().filter(|(_, found)| pays(found)).collect();
    paying.sort_by_key(|(_, found)| std::cmp::Reverse(found.rows));
    let mut chosen = Chosen::new();
    for (map, name) in paying.into_iter().map(|(key, _)| key) {
        let of_map = chosen.iter().filter(|(other, _)| other == map).count();
        if of_map < COLUMNS_MAX / KEYED_MAPS.len() {
            chosen.insert((*map, name.clone()));
        }
    }
    chosen
}
