//! The `lcov` format, of which five records matter: `SF:` a file, `DA:` a line and how often it ran, `LF:`
//! and `LH:` LLVM's own count of its lines and of those that ran, `end_of_record`.
//!
//! LLVM counts line by line within each function, so one that a closure shares with its function counts
//! twice. Shares are told by its count, which is the one that other tools report, and here the lower.

use std::collections::BTreeMap;

/// One source file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct File {
    pub(super) path: String,
    /// Lines that have code.
    pub(super) total: usize,
    /// Those of them that ran.
    pub(super) ran: usize,
    /// Where no code ran, in order.
    pub(super) missed: Vec<u32>,
}

impl File {
    pub(super) fn percent(&self) -> f64 {
        percent(self.total, self.ran)
    }

    /// `3, 7-9`.
    pub(super) fn missed_ranges(&self) -> String {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for &line in &self.missed {
            match ranges.last_mut() {
                Some((_, end)) if *end + 1 == line => *end = line,
                _ => ranges.push((line, line)),
            }
        }
        let shown = ranges.iter().map(|&(start, end)| {
            if start == end {
                start.to_string()
            } else {
                format!("{start}-{end}")
            }
        });
        shown.collect::<Vec<_>>().join(", ")
    }
}

/// How many of `total` lines ran, in percent; all of none.
pub(super) fn percent(total: usize, ran: usize) -> f64 {
    if total == 0 {
        return 100.0;
    }
    100.0 * ran as f64 / total as f64
}

/// The files of a report. A line that is compiled several times has run when one of them has.
pub(super) fn read(report: &str) -> Vec<File> {
    report.split("end_of_record").filter_map(file).collect()
}

fn file(records: &str) -> Option<File> {
    let number = |name: &str| {
        let mut found = records
            .lines()
            .filter_map(|record| record.strip_prefix(name));
        found.next()?.parse().ok()
    };
    let path = records
        .lines()
        .find_map(|record| record.strip_prefix("SF:"))?;
    let mut runs: BTreeMap<u32, u64> = BTreeMap::new();
    for (line, count) in records.lines().filter_map(counted) {
        *runs.entry(line).or_default() += count;
    }
    runs.retain(|_, count| *count == 0);
    Some(File {
        path: path.to_owned(),
        total: number("LF:")?,
        ran: number("LH:")?,
        missed: runs.into_keys().collect(),
    })
}

fn counted(record: &str) -> Option<(u32, u64)> {
    let (line, count) = record.strip_prefix("DA:")?.split_once(',')?;
    Some((line.parse().ok()?, count.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{File, percent, read};

    #[test]
    fn lines_that_never_ran_are_found() {
        let report = "SF:src/a.rs\nFN:1,f\nDA:1,2\nDA:2,0\nDA:3,0\nDA:4,0\nDA:4,1\nDA:7,0\nLF:5\nLH:2\n\
            end_of_record\nSF:src/b.rs\nDA:1,1\nLF:1\nLH:1\nend_of_record\n";
        let [a, b] = &read(report)[..] else {
            unreachable!("two files")
        };
        assert_eq!((a.total, a.ran), (5, 2));
        assert_eq!(a.missed_ranges(), "2-3, 7");
        let expected = File {
            path: "src/b.rs".to_owned(),
            total: 1,
            ran: 1,
            missed: Vec::new(),
        };
        assert_eq!(*b, expected);
    }

    #[test]
    fn the_share_of_nothing_is_all() {
        assert_eq!(percent(0, 0).to_string(), "100");
        assert_eq!(percent(4, 3).to_string(), "75");
    }
}
