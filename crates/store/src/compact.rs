//! Small data files → large ones: write the large file, commit it in the place of the small ones. They are
//! deleted later, as all files are that no snapshot has.
//!
//! What each crash leaves, and who puts it right:
//!
//! | after | left behind | put right by |
//! |---|---|---|
//! | [`Step::Files`] | a file that no commit names | removed at open or by the next compaction |
//! | [`Step::Commit`] | nothing: queries have the new file, earlier snapshots the others | |
//!
//! The answer to a commit can be lost, as with a flush: until a later commit has shown what became of it,
//! its file stays and nothing else is compacted.
//!
//! It gives way to ingest: one merge at a time, on one thread, which waits for a flush that is on its way and
//! rests as long as it worked.

/// Which data files become one.
mod plan;

pub use plan::{Candidate, Target, plan};

use crate::catalog::{DataFile, NewFile, Snapshot, Table};
use crate::config::nanos;
use crate::data_file::Source;
use crate::flush::Step;
use crate::place::{Place, UPLOAD_BYTES_MAX};
use crate::store::Shared;
use crate::{Error, catalog, data_file, name};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Mutex;

/// Part of a retention that a file may be kept too long.
const RETENTION_PARTS: u32 = 24;
/// A file of the target's size has so many stretches.
const STRETCHES: u64 = 8;
/// Between two stretches.
const REST_MAX: Duration = Duration::from_secs(1);
/// Of the thread that merges: with all processors busy it gets a tenth of what another has.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// How the compaction of a store stands.
#[derive(Debug, Default)]
pub(crate) struct Compaction {
    /// Held by the one that runs.
    running: Mutex<State>,
    is_stopped: AtomicBool,
    /// Data files now, and those that are about to be merged.
    pub(crate) files: AtomicU64,
    pub(crate) waiting: AtomicU64,
}

#[derive(Debug, Default)]
struct State {
    /// What is not known to be committed.
    leftover: Option<Leftover>,
    /// Files that cannot be merged, by their ids.
    left_alone: BTreeSet<i64>,
}

#[derive(Debug)]
struct Leftover {
    /// Below the data directory.
    path: String,
    /// Whether a commit was tried that names it.
    is_doubtful: bool,
    /// The newest snapshot that was seen after that.
    seen: Option<i64>,
}

/// Whether it gives way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    Gentle,
    Quick,
}

/// Files of one dataset that become one.
struct Merge {
    dataset: String,
    table: Arc<Table>,
    files: Vec<DataFile>,
}

impl Compaction {
    /// Ends it after the rows that it writes now; none begins any more.
    pub(crate) fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Waits for the end of one that runs.
    pub(crate) async fn ended(&self) {
        drop(self.running.lock().await);
    }

    fn check(&self) -> Result<(), Error> {
        match self.is_stopped.load(Ordering::Relaxed) {
            true => Err(Error::Closed),
            false => Ok(()),
        }
    }
}

/// Merges until nothing is due. Ends early after `last` of the first merge, unless that is [`Step::Release`].
pub(crate) async fn compact(shared: &Arc<Shared>, last: Step, pace: Pace) -> Result<(), Error> {
    let shared = Arc::clone(shared);
    // A task of its own: it is not left between two steps when nobody waits for it any more.
    tokio::spawn(async move {
        let mut state = shared.compaction.running.lock().await;
        while compact_next(&shared, &mut state, last, pace).await? && last == Step::Release {}
        Ok(())
    })
    .await?
}

/// One merge; `false` when none is due.
async fn compact_next(
    shared: &Arc<Shared>,
    state: &mut State,
    last: Step,
    pace: Pace,
) -> Result<bool, Error> {
    shared.compaction.check()?;
    let snapshot = shared.catalog.snapshot().await?;
    if !is_decided(shared, &mut state.leftover, &snapshot).await? {
        return Ok(false);
    }
    let Some(merge) = next(shared, &snapshot, &state.left_alone) else {
        return Ok(false);
    };
    if !has_room(shared, &merge)? {
        return Ok(false);
    }
    let merged = run(shared, state, &merge, last, pace).await;
    let left_alone: Vec<i64> = match &merged {
        Err(Error::Unreadable { path, .. } | Error::Damaged { path, .. }) => {
            let directory = shared.place.local().join(&merge.table.path);
            let is_it = |file: &&DataFile| directory.join(&file.path) == *path;
            merge
                .files
                .iter()
                .filter(is_it)
                .map(|file| file.id)
                .collect()
        }
        // The files themselves are the reason: so it would be the next time.
        Err(Error::Task(_) | Error::CatalogContent(_) | Error::Miscounted { .. }) => {
            merge.files.iter().map(|file| file.id).collect()
        }
        _ => Vec::new(),
    };
    if left_alone.is_empty() {
        return merged.map(|()| true);
    }
    if let Err(error) = &merged {
        shared.counters.compaction_failures.add(1);
        tracing::error!(
            error = error as &dyn std::error::Error,
            "could not compact data files"
        );
    }
    state.left_alone.extend(left_alone);
    Ok(true)
}

/// Whether it is known what became of the last file. One that no commit names is removed.
async fn is_decided(
    shared: &Shared,
    leftover: &mut Option<Leftover>,
    snapshot: &Snapshot,
) -> Result<bool, Error> {
    let Some(found) = leftover else {
        return Ok(true);
    };
    if found.is_doubtful && !shared.catalog.named().await?.contains(&found.path) {
        // It would have become this snapshot's successor, or one before it.
        let seen = *found.seen.get_or_insert(snapshot.id);
        if snapshot.id == seen {
            return Ok(false);
        }
        found.is_doubtful = false;
    }
    if !found.is_doubtful {
        shared.place.remove(vec![found.path.clone()]).await?;
    }
    *leftover = None;
    Ok(true)
}

/// The merge that is due next, the oldest of a dataset first; counts those that are due.
fn next(shared: &Shared, snapshot: &Snapshot, left_alone: &BTreeSet<i64>) -> Option<Merge> {
    let (mut next, mut files, mut waiting) = (None, 0, 0);
    for (dataset, table) in &snapshot.tables {
        files += table.files.len() as u64;
        let candidates = table
            .files
            .iter()
            .filter_map(|file| candidate(file, left_alone));
        let merges = plan(candidates.collect(), &target(shared, dataset));
        waiting += merges.iter().map(|merge| merge.len() as u64).sum::<u64>();
        if let (None, Some(ids)) = (&next, merges.first()) {
            let by_id = |id: &i64| table.files.iter().find(|file| file.id == *id).cloned();
            next = Some(Merge {
                dataset: dataset.clone(),
                table: Arc::clone(table),
                files: ids.iter().filter_map(by_id).collect(),
            });
        }
    }
    shared.compaction.files.store(files, Ordering::Relaxed);
    shared.compaction.waiting.store(waiting, Ordering::Relaxed);
    next
}

/// `None` for a file that another engine wrote.
fn candidate(file: &DataFile, left_alone: &BTreeSet<i64>) -> Option<Candidate> {
    let range = data_file::range(Path::new(&file.path))?;
    let newest_nanos = file.max_number(model::span::SYS_TIME);
    Some(Candidate {
        id: file.id,
        first_seq: *range.start(),
        last_seq: *range.end(),
        rows: file.rows,
        bytes: file.bytes,
        newest_nanos: newest_nanos.filter(|_| !left_alone.contains(&file.id)),
    })
}

fn target(shared: &Shared, dataset: &str) -> Target {
    let config = &shared.config;
    let window = config.retention_of(dataset) / RETENTION_PARTS;
    let bytes = match shared.place {
        Place::Directory(_) => config.compacted_bytes_max,
        Place::Objects { .. } => config.compacted_bytes_max.min(UPLOAD_BYTES_MAX),
    };
    Target {
        rows: config.compacted_rows_max,
        bytes,
        window_nanos: nanos(window.min(config.compacted_age_max)),
    }
}

/// Whether the disk has room for a file more, and for all else that comes meanwhile.
fn has_room(shared: &Shared, merge: &Merge) -> Result<bool, Error> {
    let data = shared.place.local();
    let found = rustix::fs::statvfs(data)
        .map_err(|error| Error::io("read the free space of", data)(error.into()))?;
    let bytes: u64 = merge.files.iter().map(|file| file.bytes).sum();
    // Of files that are elsewhere copies are merged.
    let bytes = match shared.place {
        Place::Directory(_) => bytes,
        Place::Objects { .. } => bytes.saturating_mul(2),
    };
    let free = found.f_bavail.saturating_mul(found.f_frsize);
    let has_room = free >= bytes.saturating_add(shared.config.compaction_free_bytes_min);
    if !has_room {
        tracing::warn!(
            free,
            "data files are not compacted: the disk is nearly full"
        );
    }
    Ok(has_room)
}

async fn run(
    shared: &Arc<Shared>,
    state: &mut State,
    merge: &Merge,
    last: Step,
    pace: Pace,
) -> Result<(), Error> {
    let leftover = &mut state.leftover;
    let target = shared
        .catalog
        .target(&merge.dataset, merge.table.created_nanos)
        .await?;
    let (name, path) = (merge.name(), |file: &str| {
        format!("{}{file}", merge.table.path)
    });
    let below = path(&name);
    *leftover = Some(Leftover {
        path: below.clone(),
        is_doubtful: false,
        seen: None,
    });
    let inputs: Vec<String> = merge.files.iter().map(|file| path(&file.path)).collect();
    shared.place.fetch(&inputs).await?;
    let written = merge_files(shared, &target, &below, merge, pace).await;
    shared.place.release(&inputs);
    let written = written?;
    let rows = merge.files.iter().map(|file| file.rows).sum();
    if written.rows != rows {
        let found = written.rows;
        return Err(Error::Miscounted { name, rows, found });
    }
    shared.place.keep(&below, false).await?;
    if last == Step::Files {
        return Ok(());
    }
    let file = NewFile {
        target,
        directory: name::directory(&merge.dataset),
        name,
        rows,
        bytes: written.bytes,
        footer_bytes: written.footer_bytes,
        columns: written.columns,
        sums: written.sums,
    };
    commit(shared, leftover, merge, file).await
}

/// Inputs and result are in the place's local directory.
async fn merge_files(
    shared: &Arc<Shared>,
    target: &catalog::Target,
    path: &str,
    merge: &Merge,
    pace: Pace,
) -> Result<data_file::Written, Error> {
    let (store, ids) = (Arc::clone(shared), target.ids.clone());
    let local = shared.place.local();
    let (path, directory) = (local.join(path), local.join(&merge.table.path));
    let inputs = merge.files.iter().map(|file| Source {
        path: directory.join(&file.path),
        sums: file.sums.clone(),
    });
    let inputs: Vec<Source> = inputs.collect();
    let rows_max = (shared.config.compacted_rows_max / STRETCHES) as usize;
    let work = move || {
        data_file::merge(&path, &inputs, &ids, rows_max, |worked| {
            rest(&store, pace, worked)
        })
    };
    let written = tokio::task::spawn_blocking(move || on_a_thread(pace, work)).await?;
    written.map_err(Error::io("start a thread to merge files of", &directory))?
}

async fn commit(
    shared: &Shared,
    leftover: &mut Option<Leftover>,
    merge: &Merge,
    file: NewFile,
) -> Result<(), Error> {
    // Before the answer: whoever waits for it may be gone by then.
    if let Some(leftover) = leftover {
        leftover.is_doubtful = true;
    }
    let mut inputs: Vec<i64> = merge.files.iter().map(|file| file.id).collect();
    if model::planted::bug("store_merge_keeps_the_small") {
        inputs.clear();
    }
    let now_nanos = shared.clock.now_nanos();
    let committed = shared.catalog.commit_merge(&inputs, &file, now_nanos).await;
    match committed {
        Ok(true) => *leftover = None,
        // Retention was first, or a commit was refused before it was tried: the file is of no use.
        Ok(false) | Err(Error::CatalogContent(_)) => {
            if let Some(leftover) = leftover {
                leftover.is_doubtful = false;
            }
        }
        Err(_) => {}
    }
    if committed? {
        let counters = &shared.counters;
        counters.compactions.add(1);
        counters.compacted_files.add(inputs.len() as u64);
        counters.compacted_rows.add(file.rows);
        counters.compacted_bytes.add(file.bytes);
    }
    Ok(())
}

/// Runs `work` on a thread of its own, which a gentle one leaves to others when they want the processor.
fn on_a_thread<T: Send>(pace: Pace, work: impl FnOnce() -> T + Send) -> std::io::Result<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("compact".to_owned());
        let thread = thread.spawn_scoped(scope, move || {
            #[cfg(target_os = "linux")]
            if pace == Pace::Gentle {
                // Of this thread alone. Where it may not be done, the rests have to do.
                let _ = rustix::process::setpriority_process(None, NICE);
            }
            #[cfg(not(target_os = "linux"))]
            let _ = pace;
            work()
        })?;
        let joined = thread.join();
        Ok(joined.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Between two stretches, on the thread that merges: an error when it is to end.
fn rest(shared: &Shared, pace: Pace, worked: Duration) -> Result<(), Error> {
    shared.compaction.check()?;
    if pace == Pace::Gentle {
        std::thread::sleep(worked.min(REST_MAX));
        drop(shared.flushing.blocking_lock());
    }
    shared.compaction.check()
}

impl Merge {
    fn name(&self) -> String {
        let range = |file: &DataFile| data_file::range(Path::new(&file.path));
        let ranges = || self.files.iter().filter_map(range);
        let first = ranges().map(|range| *range.start()).min().unwrap_or(0);
        let last = ranges().map(|range| *range.end()).max().unwrap_or(0);
        data_file::name(&(first..=last))
    }
}
