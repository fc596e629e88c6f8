//! Values of one column → numbers from 0 on, in the order in which they come.

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, StringViewArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int32Type, Int64Type};
use datafusion::error::Result;
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::sync::Arc;

/// Not a number of a value.
const NONE: u32 = u32::MAX;

/// The values of a column that were seen.
#[derive(Debug)]
pub(super) struct Values {
    kind: DataType,
    null: Option<u32>,
    texts: HashMap<Box<str>, u32, RandomState>,
    integers: HashMap<i64, u32, RandomState>,
    /// The dictionary of the last rows, and the numbers of its texts that a row had.
    dictionary: Option<(ArrayRef, Vec<u32>)>,
    text_bytes: usize,
    count: u32,
}

impl Values {
    /// `kind` is the type that [`Self::array`] gives.
    pub(super) fn new(kind: DataType) -> Self {
        Self {
            kind,
            null: None,
            texts: HashMap::default(),
            integers: HashMap::default(),
            dictionary: None,
            text_bytes: 0,
            count: 0,
        }
    }

    /// The number of each row's value.
    pub(super) fn numbers(&mut self, column: &ArrayRef, numbers: &mut Vec<u32>) -> Result<()> {
        numbers.clear();
        match column.data_type() {
            DataType::Dictionary(..) => self.of_keys(column, numbers),
            DataType::Utf8View => {
                let texts = column.as_string_view();
                numbers.extend(texts.iter().map(|text| match text {
                    Some(text) => self.of_text(text),
                    None => self.of_null(),
                }));
            }
            _ => {
                let integers = cast(column, &DataType::Int64)?;
                let mut last = (None, NONE);
                for integer in integers.as_primitive::<Int64Type>() {
                    if last.1 == NONE || last.0 != integer {
                        let number = match integer {
                            Some(integer) => self.of_integer(integer),
                            None => self.of_null(),
                        };
                        last = (integer, number);
                    }
                    numbers.push(last.1);
                }
            }
        }
        Ok(())
    }

    fn of_keys(&mut self, column: &ArrayRef, numbers: &mut Vec<u32>) {
        let column = column.as_dictionary::<Int32Type>();
        let texts = column.values();
        let mut of_keys = match self.dictionary.take() {
            Some((last, of_keys)) if Arc::ptr_eq(&last, texts) => of_keys,
            _ => vec![NONE; texts.len()],
        };
        let null = match column.keys().null_count() {
            0 => NONE,
            _ => self.of_null(),
        };
        let values = texts.as_string::<i32>();
        let mut of_key = |key: i32| {
            let number = &mut of_keys[key as usize];
            if *number == NONE {
                *number = match values.is_valid(key as usize) {
                    true => self.of_text(values.value(key as usize)),
                    false => self.of_null(),
                };
            }
            *number
        };
        match column.keys().nulls() {
            None => numbers.extend(column.keys().values().iter().map(|key| of_key(*key))),
            Some(_) => numbers.extend(
                column
                    .keys()
                    .iter()
                    .map(|key| key.map_or(null, &mut of_key)),
            ),
        }
        self.dictionary = Some((Arc::clone(texts), of_keys));
    }

    fn of_text(&mut self, text: &str) -> u32 {
        if let Some(number) = self.texts.get(text) {
            return *number;
        }
        let number = self.next();
        self.text_bytes += text.len();
        self.texts.insert(text.into(), number);
        number
    }

    fn of_integer(&mut self, integer: i64) -> u32 {
        if let Some(number) = self.integers.get(&integer) {
            return *number;
        }
        let number = self.next();
        self.integers.insert(integer, number);
        number
    }

    fn of_null(&mut self) -> u32 {
        if let Some(number) = self.null {
            return number;
        }
        let number = self.next();
        self.null = Some(number);
        number
    }

    fn next(&mut self) -> u32 {
        self.count += 1;
        self.count - 1
    }

    /// The values with these numbers.
    pub(super) fn array(&self, numbers: &[u32]) -> Result<ArrayRef> {
        if self.kind == DataType::Utf8View {
            let mut texts = vec![None; self.count as usize];
            for (text, number) in &self.texts {
                texts[*number as usize] = Some(text.as_ref());
            }
            let texts: StringViewArray = numbers.iter().map(|it| texts[*it as usize]).collect();
            return Ok(Arc::new(texts));
        }
        let mut integers = vec![None; self.count as usize];
        for (integer, number) in &self.integers {
            integers[*number as usize] = Some(*integer);
        }
        let integers: Int64Array = numbers.iter().map(|it| integers[*it as usize]).collect();
        Ok(cast(&integers, &self.kind)?)
    }

    pub(super) fn count(&self) -> usize {
        self.count as usize
    }

    /// About the memory they take.
    pub(super) fn bytes(&self) -> usize {
        let dictionary = self.dictionary.as_ref().map_or(0, |(texts, of_keys)| {
            texts.get_array_memory_size() + of_keys.len() * size_of::<u32>()
        });
        dictionary + self.count as usize * size_of::<(Box<str>, u32)>() * 2 + self.text_bytes
    }
}
