//! The values of one field, and how often each is in both sets of rows. A field with too many different texts is
//! counted by its presence alone.

use super::super::difference::Pair;
use super::numbers::{Form, Numbers};
use super::state::{Count, What, Writer};
use crate::limits::{COMPARED_KEYS_MAX, COMPARED_SHOWN_MAX, COMPARED_VALUES_MAX};
use arrow::array::{Array, ArrayRef, AsArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use datafusion::common::cast::{as_map_array, as_string_array};
use datafusion::common::{HashMap, Result};

/// What is shown of a field that has too many values.
const ANY: &str = "(any)";

/// A row of the result; no value: the rows without the field.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) field: String,
    pub(super) value: Option<String>,
    pub(super) counts: Pair,
}

#[derive(Debug)]
pub(super) enum Values {
    Texts(Texts),
    Numbers(Numbers, Pair),
    /// By the keys of a map.
    Keys(HashMap<Box<str>, Texts>),
}

#[derive(Debug, Default)]
pub(super) struct Texts {
    counts: HashMap<Box<str>, Pair>,
    present: Pair,
    is_many: bool,
    /// Of the texts.
    bytes: usize,
}

impl Texts {
    fn add(&mut self, text: &str, pair: Pair) {
        self.present.add(pair);
        self.count(text, pair);
    }

    fn count(&mut self, text: &str, pair: Pair) {
        if self.is_many {
            return;
        }
        if let Some(counts) = self.counts.get_mut(text) {
            return counts.add(pair);
        }
        self.bytes += text.len();
        self.counts.insert(text.into(), pair);
        if self.counts.len() > COMPARED_VALUES_MAX {
            self.give_up();
        }
    }

    fn give_up(&mut self) {
        self.is_many = true;
        (self.counts, self.bytes) = (HashMap::new(), 0);
    }

    fn merge(&mut self, count: &Count<'_>) {
        match count.what {
            What::Present => self.present.add(count.pair),
            What::Many => self.give_up(),
            What::Text(text) => self.count(text, count.pair),
            What::Number(_) | What::Range(_) => {}
        }
    }

    fn write(&self, field: usize, key: Option<&str>, counts: &mut Writer) {
        let mut add = |what, pair| {
            let count = Count {
                field,
                key,
                what,
                pair,
            };
            counts.add(count);
        };
        add(What::Present, self.present);
        if self.is_many {
            add(What::Many, Pair::default());
        }
        for (text, pair) in &self.counts {
            add(What::Text(text), *pair);
        }
    }

    fn rows(&self, field: &str, all: Pair, rows: &mut Vec<Row>) {
        let values = match self.is_many {
            true => vec![(ANY.to_owned(), self.present)],
            false => {
                let counts = self.counts.iter();
                counts
                    .map(|(text, pair)| (text.to_string(), *pair))
                    .collect()
            }
        };
        add_rows(field, values, self.present, all, rows);
    }

    fn size(&self) -> usize {
        self.bytes + self.counts.capacity() * size_of::<(Box<str>, Pair)>()
    }
}

impl Values {
    /// Of a column of this type.
    pub(super) fn of(data_type: &DataType) -> Self {
        let numbers = |form| Self::Numbers(Numbers::new(form), Pair::default());
        match data_type {
            DataType::Int64 => numbers(Form::Integer),
            DataType::Float64 => numbers(Form::Float),
            DataType::Duration(_) => numbers(Form::Timespan),
            DataType::Map(..) => Self::Keys(HashMap::new()),
            _ => Self::Texts(Texts::default()),
        }
    }

    /// Counts the values of a column, a pair for each row.
    pub(super) fn add(&mut self, column: &ArrayRef, pairs: &[Pair]) -> Result<()> {
        let counted = pairs.iter().enumerate();
        let counted =
            counted.filter(|(row, pair)| **pair != Pair::default() && column.is_valid(*row));
        match self {
            Self::Texts(texts) => {
                let column = cast(column, &DataType::Utf8View)?;
                let column = column.as_string_view();
                counted.for_each(|(row, pair)| texts.add(column.value(row), *pair));
            }
            Self::Numbers(numbers, present) => {
                let bits = bits(column)?;
                for (row, pair) in counted {
                    if let Some(bits) = bits(row) {
                        numbers.add(bits, *pair);
                        present.add(*pair);
                    }
                }
            }
            Self::Keys(keys) => {
                let maps = as_map_array(column)?;
                let names = as_string_array(maps.keys())?;
                let values = as_string_array(maps.values())?;
                let offsets = maps.offsets();
                for (row, pair) in counted {
                    for entry in offsets[row] as usize..offsets[row + 1] as usize {
                        if values.is_valid(entry)
                            && let Some(texts) = of_key(keys, names.value(entry))
                        {
                            texts.add(values.value(entry), *pair);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    pub(super) fn merge(&mut self, count: &Count<'_>) {
        match self {
            Self::Texts(texts) => texts.merge(count),
            Self::Numbers(numbers, present) => match count.what {
                What::Present => present.add(count.pair),
                What::Number(bits) => numbers.add(bits, count.pair),
                What::Range(range) => numbers.add_range(range, count.pair),
                What::Many | What::Text(_) => {}
            },
            Self::Keys(keys) => {
                if let Some(texts) = of_key(keys, count.key.unwrap_or("")) {
                    texts.merge(count);
                }
            }
        }
    }

    pub(super) fn write(&self, field: usize, counts: &mut Writer) {
        match self {
            Self::Texts(texts) => texts.write(field, None, counts),
            Self::Numbers(numbers, present) => {
                let key = None;
                let mut add = |what, pair| {
                    let count = Count {
                        field,
                        key,
                        what,
                        pair,
                    };
                    counts.add(count);
                };
                add(What::Present, *present);
                for (number, pair) in &numbers.counts {
                    let what = match numbers.by_ranges {
                        true => What::Range(*number),
                        false => What::Number(*number),
                    };
                    add(what, *pair);
                }
            }
            Self::Keys(keys) => {
                for (key, texts) in keys {
                    texts.write(field, Some(key), counts);
                }
            }
        }
    }

    /// Adds the rows of the result that are of this field.
    pub(super) fn rows(&self, field: &str, all: Pair, rows: &mut Vec<Row>) {
        match self {
            Self::Texts(texts) => texts.rows(field, all, rows),
            Self::Numbers(numbers, present) => {
                add_rows(field, numbers.shown().collect(), *present, all, rows);
            }
            Self::Keys(keys) => {
                for (key, texts) in keys {
                    texts.rows(&format!("{field}.{key}"), all, rows);
                }
            }
        }
    }

    pub(super) fn size(&self) -> usize {
        match self {
            Self::Texts(texts) => texts.size(),
            Self::Numbers(numbers, _) => numbers.counts.capacity() * size_of::<(i64, Pair)>(),
            Self::Keys(keys) => {
                let own = keys.capacity() * size_of::<(Box<str>, Texts)>();
                own + keys.values().map(Texts::size).sum::<usize>()
            }
        }
    }
}

/// The texts of a key, if it is one of those that are compared.
fn of_key<'k>(keys: &'k mut HashMap<Box<str>, Texts>, key: &str) -> Option<&'k mut Texts> {
    if !keys.contains_key(key) {
        if keys.len() >= COMPARED_KEYS_MAX {
            return None;
        }
        keys.insert(key.into(), Texts::default());
    }
    keys.get_mut(key)
}

/// The bits of the number in a row; none of a float that is no finite number.
fn bits(column: &ArrayRef) -> Result<impl Fn(usize) -> Option<i64>> {
    let floats = column.as_primitive_opt::<Float64Type>().cloned();
    let integers = match floats {
        Some(_) => None,
        None => Some(
            cast(column, &DataType::Int64)?
                .as_primitive::<Int64Type>()
                .clone(),
        ),
    };
    Ok(move |row: usize| match (&floats, &integers) {
        (Some(floats), _) => {
            let float = floats.value(row);
            // -0 and 0 are one number.
            float
                .is_finite()
                .then(|| (float + 0.0).to_bits().cast_signed())
        }
        (None, Some(integers)) => Some(integers.value(row)),
        (None, None) => None,
    })
}

/// Adds the values of a field that are furthest apart, and the rows without it.
fn add_rows(
    field: &str,
    values: Vec<(String, Pair)>,
    present: Pair,
    all: Pair,
    rows: &mut Vec<Row>,
) {
    if present == Pair::default() {
        return;
    }
    let mut values: Vec<(Option<String>, Pair)> = values
        .into_iter()
        .map(|(value, pair)| (Some(value), pair))
        .collect();
    let absent = all.less(present);
    if absent != Pair::default() {
        values.push((None, absent));
    }
    let effect = |pair: &Pair| pair.difference(all).map_or(0.0, |it| it.effect);
    values.sort_by(|a, b| {
        let by_effect = effect(&b.1).total_cmp(&effect(&a.1));
        by_effect.then_with(|| a.0.cmp(&b.0))
    });
    values.truncate(COMPARED_SHOWN_MAX);
    rows.extend(values.into_iter().map(|(value, counts)| Row {
        field: field.to_owned(),
        value,
        counts,
    }));
}
