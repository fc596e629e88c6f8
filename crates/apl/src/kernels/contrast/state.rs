//! What is counted, as it goes from one part of a plan to another: a row for each value of each field, and one for
//! all rows.

use super::super::difference::Pair;
use arrow::array::{
    Array, ArrayRef, AsArray, Int64Array, Int64Builder, StringViewArray, StringViewBuilder,
    StructArray,
};
use arrow::datatypes::{DataType, Field, Fields, Int64Type};
use datafusion::common::{Result, ScalarValue};
use std::sync::Arc;

/// What is counted of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What<'a> {
    /// Rows that have the field.
    Present,
    /// Nothing more: it has too many values.
    Many,
    Text(&'a str),
    Number(i64),
    Range(i64),
}

/// One count of a field, or of one key of a map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count<'a> {
    pub(super) field: usize,
    pub(super) key: Option<&'a str>,
    pub(super) what: What<'a>,
    pub(super) pair: Pair,
}

const ROWS: i64 = 0;
const PRESENT: i64 = 1;
const MANY: i64 = 2;
const TEXT: i64 = 3;
const NUMBER: i64 = 4;
const RANGE: i64 = 5;

pub(super) fn fields() -> Fields {
    let field = |name: &str, data_type: DataType| Field::new(name, data_type, true);
    Fields::from(vec![
        field("field", DataType::Int64),
        field("key", DataType::Utf8View),
        field("what", DataType::Int64),
        field("text", DataType::Utf8View),
        field("number", DataType::Int64),
        field("selected", DataType::Int64),
        field("others", DataType::Int64),
    ])
}

#[derive(Debug)]
pub(super) struct Writer {
    fields: Int64Builder,
    keys: StringViewBuilder,
    whats: Int64Builder,
    texts: StringViewBuilder,
    numbers: Int64Builder,
    selected: Int64Builder,
    others: Int64Builder,
}

impl Writer {
    pub(super) fn new(rows: Pair) -> Self {
        let mut writer = Self {
            fields: Int64Builder::new(),
            keys: StringViewBuilder::new(),
            whats: Int64Builder::new(),
            texts: StringViewBuilder::new(),
            numbers: Int64Builder::new(),
            selected: Int64Builder::new(),
            others: Int64Builder::new(),
        };
        writer.row(0, None, (ROWS, None, None), rows);
        writer
    }

    pub(super) fn add(&mut self, count: Count<'_>) {
        let what = match count.what {
            What::Present => (PRESENT, None, None),
            What::Many => (MANY, None, None),
            What::Text(text) => (TEXT, Some(text), None),
            What::Number(number) => (NUMBER, None, Some(number)),
            What::Range(number) => (RANGE, None, Some(number)),
        };
        self.row(count.field, count.key, what, count.pair);
    }

    fn row(
        &mut self,
        field: usize,
        key: Option<&str>,
        (what, text, number): (i64, Option<&str>, Option<i64>),
        pair: Pair,
    ) {
        self.fields.append_value(field as i64);
        self.keys.append_option(key);
        self.whats.append_value(what);
        self.texts.append_option(text);
        self.numbers.append_option(number);
        self.selected.append_value(pair.selected);
        self.others.append_value(pair.others);
    }

    pub(super) fn finish(mut self) -> Result<ScalarValue> {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.fields.finish()),
            Arc::new(self.keys.finish()),
            Arc::new(self.whats.finish()),
            Arc::new(self.texts.finish()),
            Arc::new(self.numbers.finish()),
            Arc::new(self.selected.finish()),
            Arc::new(self.others.finish()),
        ];
        super::list(fields(), columns)
    }
}

/// The rows of one state.
#[derive(Debug)]
pub(super) struct Counts<'a> {
    fields: &'a Int64Array,
    keys: &'a StringViewArray,
    whats: &'a Int64Array,
    texts: &'a StringViewArray,
    numbers: &'a Int64Array,
    selected: &'a Int64Array,
    others: &'a Int64Array,
}

impl<'a> Counts<'a> {
    pub(super) fn of(rows: &'a StructArray) -> Self {
        let numbers = |place: usize| rows.column(place).as_primitive::<Int64Type>();
        Self {
            fields: numbers(0),
            keys: rows.column(1).as_string_view(),
            whats: numbers(2),
            texts: rows.column(3).as_string_view(),
            numbers: numbers(4),
            selected: numbers(5),
            others: numbers(6),
        }
    }

    fn pair(&self, row: usize) -> Pair {
        Pair {
            selected: self.selected.value(row),
            others: self.others.value(row),
        }
    }

    /// How many rows were counted.
    pub(super) fn rows(&self) -> Pair {
        let mut rows = Pair::default();
        let of_rows = (0..self.whats.len()).filter(|row| self.whats.value(*row) == ROWS);
        of_rows.for_each(|row| rows.add(self.pair(row)));
        rows
    }

    pub(super) fn each(&self) -> impl Iterator<Item = Count<'a>> {
        (0..self.whats.len()).filter_map(|row| {
            let what = match self.whats.value(row) {
                PRESENT => What::Present,
                MANY => What::Many,
                TEXT => What::Text(self.texts.value(row)),
                NUMBER => What::Number(self.numbers.value(row)),
                RANGE => What::Range(self.numbers.value(row)),
                _ => return None,
            };
            Some(Count {
                field: usize::try_from(self.fields.value(row)).unwrap_or(usize::MAX),
                key: self.keys.is_valid(row).then(|| self.keys.value(row)),
                what,
                pair: self.pair(row),
            })
        })
    }
}
