//! Rows → the numbers of their groups.

use super::values::Values;
use arrow::array::ArrayRef;
use arrow::datatypes::DataType;
use datafusion::error::Result;
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// A table of pairs has at most so many places; what does not fit in it is hashed.
const PLACES_MAX: usize = 1 << 20;
const NONE: u32 = u32::MAX;

/// The groups that rows had, numbered in the order in which they come.
#[derive(Debug)]
pub(super) struct Groups {
    columns: Vec<Values>,
    /// For each column but the first: the groups by all columns up to it.
    pairs: Vec<Pairs>,
    numbers: Vec<u32>,
    more: Vec<u32>,
}

impl Groups {
    /// By columns of these types.
    pub(super) fn new(kinds: impl Iterator<Item = DataType>) -> Self {
        let columns: Vec<_> = kinds.map(Values::new).collect();
        let pairs = columns.iter().skip(1).map(|_| Pairs::default()).collect();
        Self {
            columns,
            pairs,
            numbers: Vec::new(),
            more: Vec::new(),
        }
    }

    /// The group of each row.
    pub(super) fn of(&mut self, columns: &[ArrayRef], groups: &mut Vec<usize>) -> Result<()> {
        self.columns[0].numbers(&columns[0], &mut self.numbers)?;
        let others = self.columns.iter_mut().zip(columns).skip(1);
        for ((values, column), pairs) in others.zip(&mut self.pairs) {
            values.numbers(column, &mut self.more)?;
            pairs.reserve(values.count());
            for (number, more) in self.numbers.iter_mut().zip(&self.more) {
                *number = pairs.number(*number, *more);
            }
        }
        groups.clear();
        groups.extend(self.numbers.iter().map(|number| *number as usize));
        Ok(())
    }

    pub(super) fn count(&self) -> usize {
        match self.pairs.last() {
            Some(pairs) => pairs.parts.len(),
            None => self.columns[0].count(),
        }
    }

    /// What all rows of each group have in common, a column each.
    pub(super) fn arrays(&self) -> Result<Vec<ArrayRef>> {
        let mut numbers: Vec<u32> = (0..self.count() as u32).collect();
        let mut arrays = Vec::new();
        for (values, pairs) in self.columns.iter().skip(1).zip(&self.pairs).rev() {
            let parts = numbers.iter().map(|it| pairs.parts[*it as usize]);
            let (before, last): (Vec<u32>, Vec<u32>) = parts.unzip();
            arrays.push(values.array(&last)?);
            numbers = before;
        }
        arrays.push(self.columns[0].array(&numbers)?);
        arrays.reverse();
        Ok(arrays)
    }

    /// About the memory they take.
    pub(super) fn bytes(&self) -> usize {
        let values: usize = self.columns.iter().map(Values::bytes).sum();
        values + self.pairs.iter().map(Pairs::bytes).sum::<usize>()
    }
}

/// Pairs of numbers that came together, numbered.
#[derive(Debug, Default)]
struct Pairs {
    /// By the first number, in lines as long as there are second numbers.
    table: Vec<u32>,
    line: usize,
    hashed: HashMap<(u32, u32), u32, RandomState>,
    parts: Vec<(u32, u32)>,
}

impl Pairs {
    /// Makes the lines long enough for so many second numbers.
    fn reserve(&mut self, seconds: usize) {
        if seconds <= self.line {
            return;
        }
        let line = seconds.next_power_of_two();
        let lines = self.table.len() / self.line.max(1);
        let mut table = vec![NONE; (lines * line).min(PLACES_MAX)];
        for (number, (first, second)) in self.parts.iter().enumerate() {
            let place = *first as usize * line + *second as usize;
            match table.get_mut(place) {
                Some(at) => *at = number as u32,
                None => {
                    self.hashed.insert((*first, *second), number as u32);
                }
            }
        }
        (self.table, self.line) = (table, line);
    }

    fn number(&mut self, first: u32, second: u32) -> u32 {
        let place = first as usize * self.line + second as usize;
        match self.table.get(place) {
            Some(number) if *number != NONE => *number,
            _ => self.search(place, first, second),
        }
    }

    #[cold]
    fn search(&mut self, place: usize, first: u32, second: u32) -> u32 {
        let next = self.parts.len() as u32;
        if place < PLACES_MAX {
            if place >= self.table.len() {
                let lines = (first as usize + 1).next_power_of_two();
                self.table.resize((lines * self.line).min(PLACES_MAX), NONE);
            }
            self.table[place] = next;
        } else {
            let number = *self.hashed.entry((first, second)).or_insert(next);
            if number != next {
                return number;
            }
        }
        self.parts.push((first, second));
        next
    }

    fn bytes(&self) -> usize {
        self.table.len() * size_of::<u32>()
            + (self.parts.len() + 2 * self.hashed.len()) * size_of::<(u32, u32)>()
    }
}
