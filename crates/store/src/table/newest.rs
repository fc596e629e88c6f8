//! Where the newest rows of a table begin, about.

use super::Table;
use super::covered::Range;
use crate::buffer::Entry;
use crate::catalog::DataFile;
use datafusion::catalog::TableProvider;
use datafusion::logical_expr::Expr;
use model::span;
use std::sync::Arc;

/// A moment since which a table has about so many rows that are in the range of time of the filters, by the
/// bounds of its files; `None` when it has hardly more than that, or is none of ours.
pub fn newest_since(table: &dyn TableProvider, filters: &[Expr], rows: u64) -> Option<i64> {
    let table = table.downcast_ref::<Table>()?;
    let range = Range::of(filters);
    let until = range.until();
    let of_file = |(file, _): (&DataFile, _)| {
        let (min, max) = (file.min_number(span::TIME)?, file.max_number(span::TIME)?);
        Some((max, min, file.rows))
    };
    let of_entry = |entry: &Arc<Entry>| {
        let (min, max) = entry.times?;
        Some((max, min, entry.batch.num_rows() as u64))
    };
    let files = table.files().filter_map(of_file);
    let entries = table.entries.iter().filter_map(of_entry);
    let mut parts: Vec<(i64, i64, u64)> = files
        .chain(entries)
        .filter(|(_, min, _)| *min < until)
        .map(|(max, min, rows)| (max.min(until), min, rows))
        .collect();
    parts.sort_unstable_by(|a, b| b.cmp(a));
    let mut left = rows;
    for (max, min, rows) in parts {
        if rows > left {
            // As if they were spread evenly.
            let part = (max as f64 - min as f64) * left as f64 / rows as f64;
            return Some(max.saturating_sub(part as i64));
        }
        left -= rows;
    }
    None
}
