//! What a store says of its datasets.

use crate::buffer::Entry;
use crate::catalog::{Audit, DataFile, Look};
use crate::store::Moment;
use crate::{Config, Error, Store};
use model::span;
use std::sync::Arc;

/// One dataset: data files and buffer together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    pub name: String,
    /// When it was first written to.
    pub created_nanos: i64,
    /// Rows in data files and in the buffer.
    pub rows: u64,
    /// Of its data files.
    pub bytes: u64,
    /// The smallest and largest `_time`.
    pub times: Option<(i64, i64)>,
}

/// The names of the datasets that have data files, in no order, for who only looks; a server may go on. What is not
/// flushed yet is not known here.
///
/// # Errors
/// `Unavailable` or `Corrupt` when there is no catalog that can be read.
pub async fn dataset_names(config: &Config) -> Result<Vec<String>, Error> {
    match &config.catalog {
        Some(url) => Look::open(url).await?.dataset_names().await,
        None => {
            let mut audit = Audit::open(&config.data_dir.join("catalog.sqlite")).await?;
            let names = audit.dataset_names().await?;
            audit.close().await?;
            Ok(names)
        }
    }
}

impl Store {
    /// All datasets, by name. Waits until the log is replayed.
    ///
    /// # Errors
    /// `Unavailable` when the catalog cannot be read.
    pub async fn datasets(&self) -> Result<Vec<Dataset>, Error> {
        let Moment { entries, snapshot } = self.shared.moment().await?;
        let names = self.shared.buffer.datasets().into_iter();
        // A name whose first request did not reach the log is no dataset.
        let exists = |name: &String| {
            snapshot.tables.contains_key(name) || entries.iter().any(|entry| entry.dataset == *name)
        };
        Ok(names
            .filter(|(name, _)| exists(name))
            .map(|(name, created_nanos)| {
                let files = snapshot
                    .tables
                    .get(&name)
                    .map_or([].as_slice(), |table| &table.files);
                let buffered = entries.iter().filter(|entry| entry.dataset == name);
                summarize(&name, created_nanos, files, buffered)
            })
            .collect())
    }
}

fn summarize<'a>(
    name: &str,
    created_nanos: i64,
    files: &[DataFile],
    entries: impl Iterator<Item = &'a Arc<Entry>>,
) -> Dataset {
    let in_files = files.iter().map(|file| {
        let times = file.min_number(span::TIME).zip(file.max_number(span::TIME));
        (file.rows, times)
    });
    let in_buffer = entries.map(|entry| (entry.batch.num_rows() as u64, entry.times));
    let (rows, times) = in_files
        .chain(in_buffer)
        .fold((0, None), |(rows, times), (more, theirs)| {
            (rows + more, widen(times, theirs))
        });
    let bytes = files.iter().map(|file| file.bytes).sum();
    Dataset {
        name: name.to_owned(),
        created_nanos,
        rows,
        bytes,
        times,
    }
}

fn widen(a: Option<(i64, i64)>, b: Option<(i64, i64)>) -> Option<(i64, i64)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    }
}
