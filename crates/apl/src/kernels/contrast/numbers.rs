//! Numbers of one field: one by one as long as few are different, else by ranges from 1, 2 or 5 times a power of ten
//! to the next. Which of both depends on the numbers alone, not on the order in which they come.

use super::super::difference::Pair;
use crate::limits::COMPARED_NUMBERS_MAX;
use crate::timespan;
use datafusion::common::HashMap;

/// What the 64 bits of a number are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Integer,
    Float,
    /// Nanoseconds.
    Timespan,
}

#[derive(Debug)]
pub(super) struct Numbers {
    form: Form,
    pub(super) counts: HashMap<i64, Pair>,
    /// What is counted is ranges, by their number.
    pub(super) by_ranges: bool,
}

/// Of the number of a range that has no lower power of ten: 10⁻³⁴⁰ is below all floats.
const LOWEST: i64 = 340;
const STEPS: [f64; 3] = [1.0, 2.0, 5.0];

impl Numbers {
    pub(super) fn new(form: Form) -> Self {
        Self {
            form,
            counts: HashMap::new(),
            by_ranges: false,
        }
    }

    /// Adds a number by its bits.
    pub(super) fn add(&mut self, bits: i64, pair: Pair) {
        let key = match self.by_ranges {
            true => range_of(self.number(bits)),
            false => bits,
        };
        self.counts.entry(key).or_default().add(pair);
        if !self.by_ranges && self.counts.len() > COMPARED_NUMBERS_MAX {
            self.widen();
        }
    }

    /// Adds a range by its number.
    pub(super) fn add_range(&mut self, range: i64, pair: Pair) {
        if !self.by_ranges {
            self.widen();
        }
        self.counts.entry(range).or_default().add(pair);
    }

    fn widen(&mut self) {
        self.by_ranges = true;
        for (bits, pair) in std::mem::take(&mut self.counts) {
            self.add(bits, pair);
        }
    }

    fn number(&self, bits: i64) -> f64 {
        match self.form {
            Form::Integer | Form::Timespan => bits as f64,
            Form::Float => f64::from_bits(bits.cast_unsigned()),
        }
    }

    /// The values as they are shown.
    pub(super) fn shown(&self) -> impl Iterator<Item = (String, Pair)> {
        self.counts.iter().map(|(key, pair)| {
            let shown = match (self.by_ranges, self.form) {
                (true, _) => self.range(*key),
                (false, Form::Timespan) => timespan::format(*key),
                (false, Form::Integer) => key.to_string(),
                (false, Form::Float) => self.number(*key).to_string(),
            };
            (shown, *pair)
        })
    }

    /// `100ms..200ms`: the first end is in it, the second is not; of negative numbers the other way round.
    fn range(&self, number: i64) -> String {
        if number == 0 {
            return self.end(0.0);
        }
        let (near, far) = (border(number.abs()), border(number.abs() + 1));
        match number > 0 {
            true => format!("{}..{}", self.end(near), self.end(far)),
            false => format!("{}..{}", self.end(-far), self.end(-near)),
        }
    }

    fn end(&self, number: f64) -> String {
        match self.form {
            Form::Timespan => timespan::format(number as i64),
            Form::Integer | Form::Float => number.to_string(),
        }
    }
}

/// The number of the range that a number is in: 0 of zero, negative of negative ones.
fn range_of(number: f64) -> i64 {
    let size = number.abs();
    if size == 0.0 {
        return 0;
    }
    let about = (size.log10().floor() as i64 + LOWEST) * STEPS.len() as i64;
    // The logarithm may be off by its last bit.
    let mut range = (about - 1).max(1);
    while border(range + 1) <= size {
        range += 1;
    }
    if number < 0.0 { -range } else { range }
}

/// Where a range begins.
fn border(range: i64) -> f64 {
    let steps = STEPS.len() as i64;
    let (power, step) = (range.div_euclid(steps), range.rem_euclid(steps));
    let text = format!("{}e{}", STEPS[step as usize], power - LOWEST);
    text.parse().unwrap_or(f64::INFINITY)
}
