//! Rows of a dataset, removed on request: whole data files, like retention, so that a file that has newer rows as well
//! keeps its older ones.

use crate::{Error, Store};
use model::span;

/// A compaction may put one file in the place of several meanwhile; it does not do so for ever.
const TRIES: usize = 16;

impl Store {
    /// Removes the data files of `dataset` whose rows all have a `_time` before `before_nanos`, and says how many rows
    /// that were; with `i64::MAX` all that were there. A snapshot keeps them for as long as it is kept itself. An
    /// identical request that is sent again within ten minutes is still taken for a duplicate.
    ///
    /// # Errors
    /// `Unavailable` when the disk or the catalog does not answer. It may be called again.
    pub async fn trim(&self, dataset: &str, before_nanos: i64) -> Result<u64, Error> {
        self.flush().await?;
        let catalog = &self.shared.catalog;
        let mut removed = 0;
        for _ in 0..TRIES {
            let snapshot = catalog.snapshot().await?;
            let Some(table) = snapshot.tables.get(dataset) else {
                break;
            };
            let is_old = |file: &&crate::catalog::DataFile| {
                let newest = file.max_number(span::TIME);
                before_nanos == i64::MAX || newest.is_some_and(|newest| newest < before_nanos)
            };
            let old: Vec<_> = table.files.iter().filter(is_old).collect();
            if old.is_empty() {
                break;
            }
            let files: Vec<(i64, i64)> = old.iter().map(|file| (table.id, file.id)).collect();
            let now_nanos = self.shared.clock.now_nanos();
            removed += catalog.retire(&files, now_nanos).await?;
            self.shared.counters.retired_files.add(files.len() as u64);
        }
        Ok(removed)
    }
}
