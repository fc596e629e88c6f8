//! What is known of the spans of many traces, as it comes in: flat, with the group of each.

use datafusion::logical_expr::EmitTo;

/// As many rows there is room for from the first one on.
const LEAST: usize = 256;

#[derive(Debug)]
pub(super) struct Grouped<T> {
    rows: Vec<(u32, T)>,
    groups: usize,
}

/// Rows that are given out, those of one group beside each other.
#[derive(Debug)]
pub(super) struct Emitted<T> {
    rows: Vec<(u32, T)>,
    groups: usize,
}

impl<T> Grouped<T> {
    pub(super) fn new() -> Self {
        Self {
            rows: Vec::new(),
            groups: 0,
        }
    }

    /// There are so many groups now.
    pub(super) fn grow(&mut self, groups: usize) {
        self.groups = groups;
    }

    pub(super) fn push(&mut self, group: usize, row: T) {
        if self.rows.len() == self.rows.capacity() {
            // By a quarter: twice as much would be held for nothing.
            self.rows.reserve_exact(self.rows.len() / 4 + LEAST);
        }
        self.rows.push((group as u32, row));
    }

    pub(super) fn emit(&mut self, to: EmitTo) -> Emitted<T> {
        let rows = std::mem::take(&mut self.rows);
        let (groups, mut rows) = match to {
            EmitTo::All => (self.groups, rows),
            EmitTo::First(groups) => {
                let first = groups as u32;
                let (emitted, mut kept): (Vec<_>, Vec<_>) =
                    rows.into_iter().partition(|(group, _)| *group < first);
                kept.iter_mut().for_each(|(group, _)| *group -= first);
                self.rows = kept;
                (groups, emitted)
            }
        };
        self.groups -= groups;
        rows.sort_unstable_by_key(|(group, _)| *group);
        Emitted { rows, groups }
    }

    pub(super) fn size(&self) -> usize {
        self.rows.capacity() * size_of::<(u32, T)>()
    }
}

impl<T> Emitted<T> {
    /// All rows, group by group.
    pub(super) fn rows(&self) -> impl Iterator<Item = &T> {
        self.rows.iter().map(|(_, row)| row)
    }

    /// How many rows each group has.
    pub(super) fn lengths(&self) -> Vec<usize> {
        let mut lengths = vec![0; self.groups];
        for (group, _) in &self.rows {
            lengths[*group as usize] += 1;
        }
        lengths
    }

    /// The rows of each group.
    pub(super) fn each(&self) -> impl Iterator<Item = &[(u32, T)]> {
        let mut start = 0;
        self.lengths().into_iter().map(move |length| {
            let group = &self.rows[start..start + length];
            start += length;
            group
        })
    }
}
