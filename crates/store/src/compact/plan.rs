//! Which data files become one: a function of what the catalog says of them, and of nothing else.
//!
//! Files lie in the order of the log, and only neighbours are merged. Files that are neighbours for good make a
//! *stretch*: it ends where the next file is large already, or arrived in another window of time (so that
//! retention can drop whole files), or is to be left alone.
//!
//! * Of the newest stretch neighbours are merged when they are four or more, and the result is three times as
//!   large as the largest of them. So a row is written again about log₄(target / flush) times, and at most log₃,
//!   whatever order the sizes come in.
//! * A stretch that another file follows gets no more files. What is left of it is merged, once.
//!
//! After the merges nothing is due until another file comes.

use std::ops::Range;

/// A live data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub id: i64,
    /// The first and the last number of the log that it covers.
    pub first_seq: u64,
    pub last_seq: u64,
    pub rows: u64,
    pub bytes: u64,
    /// The arrival of its newest row; `None` leaves the file alone.
    pub newest_nanos: Option<i64>,
}

/// What files are to become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub rows: u64,
    pub bytes: u64,
    /// Files whose newest rows arrived in the same window may become one.
    pub window_nanos: i64,
}

/// A merge takes at least so many files, none of which is larger than such a part of the target, ...
const FILES_MIN: usize = 4;
/// ... and makes one at least so many times as large as the largest: four of much the same size are enough.
const GROWTH: u64 = 3;
/// Files of one merge: their footers are in memory together.
const FILES_MAX: usize = 64;
/// Parts of a target: sizes are counted in these.
const PARTS: u64 = 1 << 20;

impl Candidate {
    /// By rows or by bytes, whichever is more.
    fn size(&self, target: &Target) -> u64 {
        let parts = |of: u64, whole: u64| {
            let parts = u128::from(of) * u128::from(PARTS) / u128::from(whole.max(1));
            u64::try_from(parts).unwrap_or(u64::MAX)
        };
        parts(self.rows, target.rows)
            .max(parts(self.bytes, target.bytes))
            .max(1)
    }

    fn window(&self, target: &Target) -> Option<i64> {
        Some(self.newest_nanos?.div_euclid(target.window_nanos.max(1)))
    }
}

/// The files of one dataset that are to become one, several times over: the ids of neighbours.
pub fn plan(mut files: Vec<Candidate>, target: &Target) -> Vec<Vec<i64>> {
    files.sort_by_key(|file| file.first_seq);
    let sizes: Vec<u64> = files.iter().map(|file| file.size(target)).collect();
    let joins = |before: usize| {
        let (a, b) = (&files[before], &files[before + 1]);
        let is_small = |at: usize| sizes[at].saturating_mul(FILES_MIN as u64) <= PARTS;
        is_small(before)
            && is_small(before + 1)
            && a.last_seq < b.first_seq
            && a.window(target).is_some()
            && a.window(target) == b.window(target)
    };
    let (mut merges, mut start) = (Vec::new(), 0);
    while start < files.len() {
        let more = (start..files.len() - 1).take_while(|at| joins(*at)).count();
        let end = start + more + 1;
        let due = match end == files.len() {
            true => due_of_newest(&sizes[start..end]),
            false => due_of_older(&sizes[start..end]),
        };
        merges.extend(due.into_iter().map(|merge| {
            let merged = &files[start + merge.start..start + merge.end];
            merged.iter().map(|file| file.id).collect()
        }));
        start = end;
    }
    merges
}

/// From the left, and as many as fit: a row is written once where it could be written twice.
fn due_of_newest(sizes: &[u64]) -> Vec<Range<usize>> {
    let (mut due, mut start) = (Vec::new(), 0);
    while start < sizes.len() {
        let (mut total, mut largest, mut end) = (0, 0, start);
        for (at, size) in sizes.iter().enumerate().skip(start).take(FILES_MAX) {
            total += size;
            largest = largest.max(*size);
            if total > PARTS {
                break;
            }
            if at + 1 - start >= FILES_MIN && total >= largest * GROWTH {
                end = at + 1;
            }
        }
        if end > start {
            due.push(start..end);
        }
        start = end.max(start + 1);
    }
    due
}

/// As many as fit, two at least.
fn due_of_older(sizes: &[u64]) -> Vec<Range<usize>> {
    let (mut due, mut start) = (Vec::new(), 0);
    while start < sizes.len() {
        let mut total = 0;
        let fits = |size: &&u64| {
            total += **size;
            total <= PARTS
        };
        let count = sizes[start..]
            .iter()
            .take(FILES_MAX)
            .take_while(fits)
            .count();
        if count > 1 {
            due.push(start..start + count);
        }
        start += count.max(1);
    }
    due
}
