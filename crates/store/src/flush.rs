//! Buffer → data files → commit → trim, in steps that a crash may separate.
//!
//! What each crash leaves, and who puts it right:
//!
//! | after | left behind | put right by |
//! |---|---|---|
//! | [`Step::Files`] | data files that no commit names | removed at open or by the next flush; the rows are in the log |
//! | [`Step::Commit`] | log and buffer hold rows that data files hold | the commit's position: neither is read |
//! | [`Step::Trim`] | the buffer (gone with the process) | |

use crate::Error;
use crate::buffer::{Entry, Prefix};
use crate::catalog::NewFile;
use crate::data_file;
use crate::name;
use crate::store::Shared;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::Arc;

/// The steps of a flush, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The data files are on disk under their names.
    Files,
    /// The catalog names them, and the log's position.
    Commit,
    /// The log let go of what the commit covers.
    Trim,
    /// The buffer dropped its rows.
    Release,
}

/// Flushes the rows that are settled when it begins, one commit after the other; one flush at a time.
/// Rows that arrive meanwhile are the next flush's: else a flush under load would never end, and each of
/// its files would be smaller than the one before. Ends early after `last` of the first commit, unless
/// that is [`Step::Release`].
pub(crate) async fn flush(shared: &Arc<Shared>, last: Step) -> Result<(), Error> {
    let mut uncommitted = shared.flushing.lock().await;
    let through_seq = shared.buffer.settled_seq();
    while flush_next(shared, through_seq, last, &mut uncommitted).await? && last == Step::Release {}
    Ok(())
}

/// Flushes while the buffer asks for it, and leaves a rest that is neither large nor old where it is.
pub(crate) async fn flush_due(shared: &Arc<Shared>) -> Result<(), Error> {
    let mut uncommitted = shared.flushing.lock().await;
    while shared
        .buffer
        .is_due(shared.clock.now_nanos(), &shared.config)
    {
        let through_seq = shared.buffer.settled_seq();
        if !flush_next(shared, through_seq, Step::Release, &mut uncommitted).await? {
            // What is due is not settled yet: it comes with the next wake or tick.
            return Ok(());
        }
    }
    Ok(())
}

/// One commit of the oldest rows up to `through_seq`; `false` when there are none.
async fn flush_next(
    shared: &Arc<Shared>,
    through_seq: u64,
    last: Step,
    uncommitted: &mut Vec<PathBuf>,
) -> Result<bool, Error> {
    // The catalog knows how far the commits got, even when the answer to the last one was lost.
    let committed_seq = shared.catalog.wal_seq().await?;
    shared.buffer.discard(committed_seq);
    // A flush that failed before its commit: the next one may cover more and use other names.
    data_file::remove_uncommitted(uncommitted, committed_seq)?;
    uncommitted.clear();
    let Some(prefix) = shared.buffer.prefix(through_seq, &shared.config) else {
        return Ok(false);
    };
    flush_prefix(shared, committed_seq, prefix, last, uncommitted).await?;
    Ok(true)
}

async fn flush_prefix(
    shared: &Arc<Shared>,
    committed_seq: u64,
    prefix: Prefix,
    last: Step,
    uncommitted: &mut Vec<PathBuf>,
) -> Result<(), Error> {
    let through_seq = prefix.through_seq;
    let rows: usize = prefix
        .entries
        .iter()
        .map(|entry| entry.batch.num_rows())
        .sum();
    let files = write_files(
        shared,
        committed_seq + 1..=through_seq,
        prefix.entries,
        uncommitted,
    )
    .await?;
    if last == Step::Files {
        return Ok(());
    }
    let (file_count, now_nanos) = (files.len(), shared.clock.now_nanos());
    shared
        .catalog
        .commit_flush(files, through_seq, now_nanos)
        .await?;
    shared.counters.flushes.add(1);
    shared.counters.flushed_rows.add(rows as u64);
    shared.counters.flushed_files.add(file_count as u64);
    if last == Step::Commit {
        return Ok(());
    }
    let log = Arc::clone(shared);
    if let Err(error) = tokio::task::spawn_blocking(move || log.log.trim(through_seq)).await? {
        // The rows are safe; the next flush trims again.
        tracing::warn!(%error, through_seq, "could not trim the log");
    }
    if last == Step::Trim {
        return Ok(());
    }
    shared.buffer.discard(through_seq);
    Ok(())
}

/// One data file for each dataset that has rows in the range.
async fn write_files(
    shared: &Arc<Shared>,
    range: RangeInclusive<u64>,
    entries: Vec<Arc<Entry>>,
    uncommitted: &mut Vec<PathBuf>,
) -> Result<Vec<NewFile>, Error> {
    let mut datasets: BTreeMap<String, Vec<Arc<Entry>>> = BTreeMap::new();
    for entry in entries {
        datasets
            .entry(entry.dataset.clone())
            .or_default()
            .push(entry);
    }
    let mut files = Vec::new();
    for (dataset, entries) in datasets {
        let created_nanos = shared.buffer.created_nanos(&dataset);
        let target = shared.catalog.target(&dataset, created_nanos).await?;
        let (directory, name) = (name::directory(&dataset), data_file::name(&range));
        // The blocking part holds the store, and so the directory's lock, until it is done.
        let (store, columns) = (Arc::clone(shared), target.ids.clone());
        let path = shared.directory.data().join(&directory).join(&name);
        uncommitted.push(path.clone());
        let written = tokio::task::spawn_blocking(move || {
            let batches: Vec<_> = entries.iter().map(|entry| &entry.batch).collect();
            let now_nanos = store.clock.now_nanos();
            data_file::write(&path, &batches, &columns, now_nanos)
        })
        .await??;
        let data_file::Written {
            rows,
            bytes,
            footer_bytes,
            columns,
        } = written;
        files.push(NewFile {
            target,
            directory,
            name,
            rows,
            bytes,
            footer_bytes,
            columns,
        });
    }
    Ok(files)
}
