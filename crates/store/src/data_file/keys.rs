//! Custom attributes by key: which of them get a column of their own in a file, beside the map that has them
//! all, and where the values of the others are.
//!
//! A column of its own is what makes an attribute quick to filter by and to group by. It is worth its bytes
//! when a key has few distinct values; where it has many, a value is looked up in the file's index.

use super::chunk::{Chunk, Pages};
use super::index::{self, GRANULE_ROWS, MapNumber};
use super::leaf::{self, Shape};
use super::maps::Maps;
use foldhash::fast::RandomState;
use model::span::KEYED_MAPS;
use model::texts::Interner;
use parquet::errors::Result;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// Custom keys of a file with a column.
pub(crate) const COLUMNS_MAX: usize = 64;
/// A key's distinct texts may take this much, ...
const TEXT_BYTES_FREE: usize = 16 << 10;
/// ... and above it a byte for so many rows that have it.
const ROWS_A_TEXT_BYTE: usize = 2;

/// Keys that are to have a column, whatever their values are.
pub(crate) type Chosen = BTreeSet<(MapNumber, String)>;

/// The keys of one map in some rows.
pub(super) struct Keys {
    map: MapNumber,
    /// The number in the file of the first of the rows.
    first_row: u64,
    found: Vec<Found>,
    /// Hash and granule of the values of keys without a column.
    elsewhere: Vec<(u64, u32)>,
}

struct Found {
    name: Vec<u8>,
    seed: u64,
    rows: u64,
    values: Option<Values>,
    /// The key that came after this one last.
    next: u32,
}

/// The values of a key, by row.
#[derive(Default)]
struct Values {
    rows: Vec<u32>,
    ids: Vec<u32>,
    texts: Interner,
    text_bytes: usize,
}

impl Keys {
    /// Reads the rows of `order`, which come after `first_row` others of the file. Without `chosen` keys get
    /// a column when it pays.
    pub(super) fn read(
        maps: &Maps<'_>,
        order: &[u32],
        map: MapNumber,
        first_row: u64,
        chosen: Option<&Chosen>,
    ) -> Self {
        let mut keys = Self {
            map,
            first_row,
            found: Vec::new(),
            elsewhere: Vec::new(),
        };
        let mut numbers: HashMap<&[u8], u32, RandomState> = HashMap::default();
        let mut before = 0;
        for (row, source) in order.iter().enumerate() {
            for (name, value) in maps.entries(*source) {
                let number = match keys.follows(before, name) {
                    Some(number) => number,
                    None => *numbers
                        .entry(name)
                        .or_insert_with(|| keys.add(name, chosen)),
                };
                if let Some(found) = keys.found.get_mut(before as usize) {
                    found.next = number;
                }
                before = number;
                keys.value(number, row as u32, value, chosen.is_none());
            }
        }
        if chosen.is_none() {
            keys.keep_most_used();
        }
        keys
    }

    /// Spans of a kind have the same keys in the same order.
    fn follows(&self, before: u32, name: &[u8]) -> Option<u32> {
        let next = self.found.get(before as usize)?.next;
        let found = self.found.get(next as usize)?;
        (found.name == name).then_some(next)
    }

    fn add(&mut self, name: &[u8], chosen: Option<&Chosen>) -> u32 {
        let is_chosen = |chosen: &Chosen| {
            let name = String::from_utf8_lossy(name).into_owned();
            chosen.contains(&(self.map, name))
        };
        self.found.push(Found {
            name: name.to_vec(),
            seed: index::key_seed(self.map, name),
            rows: 0,
            values: chosen.is_none_or(is_chosen).then(Values::default),
            next: u32::MAX,
        });
        self.found.len() as u32 - 1
    }

    fn value(&mut self, number: u32, row: u32, value: &[u8], may_give_up: bool) {
        let found = &mut self.found[number as usize];
        found.rows += 1;
        match &mut found.values {
            None => {
                let granule = granule(self.first_row, row);
                let hash = index::value_hash(found.seed, value);
                self.elsewhere.push((hash, granule));
            }
            Some(values) => {
                values.add(row, value);
                if may_give_up && !values.pays() {
                    self.give_up(number as usize);
                }
            }
        }
    }

    fn give_up(&mut self, number: usize) {
        let found = &mut self.found[number];
        if let Some(values) = found.values.take() {
            let entries = values.rows.iter().zip(&values.ids);
            self.elsewhere.extend(entries.map(|(row, id)| {
                let hash = index::value_hash(found.seed, values.texts.texts().get(*id));
                (hash, granule(self.first_row, *row))
            }));
        }
    }

    fn keep_most_used(&mut self) {
        let mut with_column: Vec<usize> = (0..self.found.len())
            .filter(|number| self.found[*number].values.is_some())
            .collect();
        with_column.sort_by_key(|number| std::cmp::Reverse(self.found[*number].rows));
        for number in with_column.into_iter().skip(COLUMNS_MAX / KEYED_MAPS.len()) {
            self.give_up(number);
        }
    }

    /// The keys with a column.
    pub(super) fn chosen(&self) -> impl Iterator<Item = (MapNumber, String)> {
        let with_column = self.found.iter().filter(|found| found.values.is_some());
        with_column.map(|found| {
            let name = String::from_utf8_lossy(&found.name).into_owned();
            (self.map, name)
        })
    }

    /// Tells the index which keys there are and where their values are.
    pub(super) fn index(&self, index: &mut index::Builder) {
        for found in &self.found {
            let key = index::Key {
                rows: found.rows,
                has_column: found.values.is_some(),
            };
            index.key(self.map, &String::from_utf8_lossy(&found.name), key);
            let Some(values) = &found.values else {
                continue;
            };
            let texts = values.texts.texts();
            let mut last = vec![u32::MAX; texts.len()];
            for (row, id) in values.rows.iter().zip(&values.ids) {
                let granule = granule(self.first_row, *row);
                let last = &mut last[*id as usize];
                if *last != granule {
                    *last = granule;
                    index.value(index::value_hash(found.seed, texts.get(*id)), granule);
                }
            }
        }
        for (hash, granule) in &self.elsewhere {
            index.value(*hash, *granule);
        }
    }

    /// The column of a key for a range of the rows; all null when none has it.
    pub(super) fn chunk(&self, key: &str, rows: Range<usize>, pages: Pages<'_>) -> Result<Chunk> {
        let mut is_value = vec![0; rows.len()];
        let found = self
            .found
            .iter()
            .find(|found| found.name == key.as_bytes())
            .and_then(|found| found.values.as_ref());
        let Some(values) = found else {
            return leaf::keyed(pages, &Shape::flat(is_value, true), &[], 0, |_| &[]);
        };
        let from = values
            .rows
            .partition_point(|row| (*row as usize) < rows.start);
        let to = values
            .rows
            .partition_point(|row| (*row as usize) < rows.end);
        for row in &values.rows[from..to] {
            is_value[*row as usize - rows.start] = 1;
        }
        let texts = values.texts.texts();
        let shape = Shape::flat(is_value, true);
        leaf::keyed(pages, &shape, &values.ids[from..to], texts.len(), |id| {
            texts.get(id)
        })
    }
}

impl Values {
    fn add(&mut self, row: u32, value: &[u8]) {
        // A map may have a key twice; the first counts, as it does where the map is read.
        if self.rows.last() == Some(&row) {
            return;
        }
        let count = self.texts.texts().len();
        let id = self.texts.intern(value);
        if self.texts.texts().len() > count {
            self.text_bytes += value.len() + 4;
        }
        self.rows.push(row);
        self.ids.push(id);
    }

    fn pays(&self) -> bool {
        pays(self.text_bytes, self.rows.len())
    }
}

/// Whether a column of so many rows with a value is worth its distinct texts.
pub(super) fn pays(text_bytes: usize, rows: usize) -> bool {
    text_bytes <= TEXT_BYTES_FREE + rows / ROWS_A_TEXT_BYTE
}

fn granule(first_row: u64, row: u32) -> u32 {
    ((first_row + u64::from(row)) / GRANULE_ROWS as u64) as u32
}
