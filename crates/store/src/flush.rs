//! Buffer → data files → commit → trim, in steps that a crash may separate.
//!
//! What each crash leaves, and who puts it right:
//!
//! | after | left behind | put right by |
//! |---|---|---|
//! | [`Step::Files`] | data files that no commit names | removed at open or by the next flush; the rows are in the log |
//! | [`Step::Commit`] | log and buffer hold rows that data files hold | the commit's position: neither is read |
//! | [`Step::Trim`] | the buffer (gone with the process) | |
//!
//! The answer to a commit can be lost: the commit may have landed, may not have, or may land later (SQLite
//! finds it whole in its log after a crash although the sync of it failed). So nothing that such a commit
//! names is removed before a later one is known to be durable, a flush reads the catalog's position
//! before it decides what to write, and its own commit demands that the position is still that one.
//!
//! What becomes of identical requests A and B, logged as 5 and 9 because both were on their way at once
//! (one that is recognised earlier never reaches the log). Digests are committed with the rows of their
//! request, so of the two exactly one is in the buffer or in a data file at any time:
//!
//! | inserted first | crash after | the next open |
//! |---|---|---|
//! | either | nothing, or [`Step::Files`] through 7 | replays both in order: A is inserted, B is the duplicate |
//! | B | [`Step::Commit`] through 7 | the commit has neither A's rows nor its digest: B is replayed and inserted |
//! | A | [`Step::Commit`] through 7 | the commit has A's rows and digest: B is replayed and the duplicate |
//! | either | [`Step::Commit`] through 9 | the commit has the rows of one, and its digest |
//! | either | [`Step::Trim`] | as after the commit: what is trimmed would not be read |

use crate::Error;
use crate::buffer::{Entry, Prefix};
use crate::catalog::{Flushed, NewFile};
use crate::data_file;
use crate::log::Log;
use crate::name;
use crate::place::Place;
use crate::store::Shared;
use model::planted::bug;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;
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

/// What flushes wrote and may have to remove again, by the path below the place of the data files.
#[derive(Debug, Default)]
pub(crate) struct Leftovers {
    /// No commit was tried that names them.
    written: Vec<String>,
    /// A commit was tried that names them, and nobody knows yet what became of it.
    doubtful: Vec<Doubtful>,
}

#[derive(Debug)]
struct Doubtful {
    path: String,
    after_seq: u64,
    through_seq: u64,
}

impl Leftovers {
    /// The catalog's position is known to be durable: of the commits that begin below it the one that
    /// ends there landed, and no other can any more, since each demands the position it begins at.
    async fn decide(&mut self, place: &Place, committed_seq: u64) {
        let decided = self
            .doubtful
            .extract_if(.., |it| it.after_seq < committed_seq);
        let lost: Vec<_> = decided
            .filter(|it| it.through_seq != committed_seq)
            .map(|it| it.path)
            .collect();
        if let Err(error) = place.remove(lost).await {
            tracing::warn!(%error, "could not remove what a failed flush left; nothing refers to it");
        }
    }
}

/// Flushes the rows that are settled when it begins, one commit after the other; one flush at a time.
/// Rows that arrive meanwhile are the next flush's: else a flush under load would never end, and each of
/// its files would be smaller than the one before. Ends early after `last` of the first commit, unless
/// that is [`Step::Release`].
pub(crate) async fn flush(shared: &Arc<Shared>, last: Step) -> Result<(), Error> {
    let mut leftovers = shared.flushing.lock().await;
    let through_seq = shared.buffer.settled_seq();
    while flush_next(shared, through_seq, last, &mut leftovers).await? && last == Step::Release {}
    Ok(())
}

/// Flushes while the buffer asks for it, and leaves a rest that is neither large nor old where it is.
pub(crate) async fn flush_due(shared: &Arc<Shared>) -> Result<(), Error> {
    let mut leftovers = shared.flushing.lock().await;
    while shared
        .buffer
        .is_due(shared.clock.now_nanos(), &shared.config)
    {
        let through_seq = shared.buffer.settled_seq();
        if !flush_next(shared, through_seq, Step::Release, &mut leftovers).await? {
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
    leftovers: &mut Leftovers,
) -> Result<bool, Error> {
    // The catalog knows how far the commits got, even when the answer to the last one was lost.
    let committed_seq = shared.catalog.wal_seq().await?;
    if leftovers.doubtful.is_empty() || !bug("store_new_file_name_on_retry") {
        shared.buffer.discard(committed_seq);
    }
    leftovers.decide(&shared.place, committed_seq).await;
    let prefix = shared.buffer.prefix(through_seq, &shared.config);
    let next = prefix.as_ref().map(|it| committed_seq + 1..=it.through_seq);
    // A flush that failed before its commit: the next one may cover more and use other names. A file that gets
    // the same name stays: a removal that an object store is late with must not hit the new one.
    let is_over = |path: &String| {
        let range = data_file::range(Path::new(path));
        range.is_some_and(|it| *it.start() > committed_seq && Some(&it) != next.as_ref())
    };
    let over = leftovers.written.iter().filter(|it| is_over(it));
    shared.place.remove(over.cloned().collect()).await?;
    leftovers.written.clear();
    let Some(prefix) = prefix else {
        return Ok(false);
    };
    flush_prefix(shared, committed_seq, prefix, last, leftovers).await?;
    Ok(true)
}

async fn flush_prefix(
    shared: &Arc<Shared>,
    committed_seq: u64,
    prefix: Prefix,
    last: Step,
    leftovers: &mut Leftovers,
) -> Result<(), Error> {
    let Prefix {
        through_seq,
        mut entries,
    } = prefix;
    if bug("store_flush_leaves_out") && entries.len() > 1 {
        entries.pop();
    }
    let rows: usize = entries.iter().map(|entry| entry.batch.num_rows()).sum();
    let flushed = Flushed::new(&entries, shared.config.resend_bytes_max);
    if bug("store_discard_before_commit") {
        shared.buffer.discard(through_seq);
    }
    if bug("store_trim_before_commit") {
        trim(shared, through_seq).await?;
    }
    let range = committed_seq + 1..=through_seq;
    let files = write_files(shared, range, entries, &mut leftovers.written).await?;
    if last == Step::Files {
        return Ok(());
    }
    let file_count = files.len();
    commit(
        shared,
        files,
        &flushed,
        committed_seq,
        through_seq,
        leftovers,
    )
    .await?;
    shared.counters.flushes.add(1);
    shared.counters.flushed_rows.add(rows as u64);
    shared.counters.flushed_files.add(file_count as u64);
    if last == Step::Commit {
        return Ok(());
    }
    trim(shared, through_seq).await?;
    if last == Step::Trim {
        return Ok(());
    }
    shared.buffer.discard(through_seq);
    Ok(())
}

async fn commit(
    shared: &Shared,
    files: Vec<NewFile>,
    flushed: &Flushed,
    after_seq: u64,
    through_seq: u64,
    leftovers: &mut Leftovers,
) -> Result<(), Error> {
    // Before the answer: who waits for it may be gone by then.
    let written = std::mem::take(&mut leftovers.written);
    leftovers
        .doubtful
        .extend(written.into_iter().map(|path| Doubtful {
            path,
            after_seq,
            through_seq,
        }));
    let now_nanos = shared.clock.now_nanos();
    shared
        .catalog
        .commit_flush(files, flushed, after_seq, through_seq, now_nanos)
        .await?;
    leftovers.decide(&shared.place, through_seq).await;
    Ok(())
}

async fn trim(shared: &Arc<Shared>, through_seq: u64) -> Result<(), Error> {
    let trimmed = match &shared.log {
        Log::Objects(log) => log.trim(through_seq, &shared.catalog).await,
        Log::Disk(_) => {
            let shared = Arc::clone(shared);
            let trim = move || match &shared.log {
                Log::Disk(log) => log.trim(through_seq),
                Log::Objects(_) => Ok(()),
            };
            Ok(tokio::task::spawn_blocking(trim).await??)
        }
    };
    if let Err(error) = trimmed {
        // The rows are safe; the next flush trims again.
        tracing::warn!(%error, through_seq, "could not trim the log");
    }
    Ok(())
}

/// One data file for each dataset that has rows in the range.
async fn write_files(
    shared: &Arc<Shared>,
    range: RangeInclusive<u64>,
    entries: Vec<Arc<Entry>>,
    uncommitted: &mut Vec<String>,
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
        let below = format!("{directory}/{name}");
        let path = shared.place.local().join(&below);
        uncommitted.push(below.clone());
        let written = tokio::task::spawn_blocking(move || {
            let batches: Vec<_> = entries.iter().map(|entry| &entry.batch).collect();
            let now_nanos = store.clock.now_nanos();
            data_file::write(&path, &batches, &columns, now_nanos)
        })
        .await??;
        shared.place.keep(&below, true).await?;
        let data_file::Written {
            rows,
            bytes,
            footer_bytes,
            columns,
            sums,
        } = written;
        files.push(NewFile {
            target,
            directory,
            name,
            rows,
            bytes,
            footer_bytes,
            columns,
            sums,
        });
    }
    Ok(files)
}
