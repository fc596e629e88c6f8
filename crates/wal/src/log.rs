//! The handle: append, replay, trim, close.

use crate::recovery::{self, Recovery};
use crate::segment::{self, Segment, Stamp};
use crate::writer::{Append, Command, Record, Writer};
use crate::{Config, Disk, Error, Replay};
use bytes::Bytes;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::{Semaphore, mpsc, oneshot};

/// An open log. Dropping it waits for what is queued; [`Wal::close`] does so without blocking.
#[derive(Debug)]
pub struct Wal {
    shared: Arc<Shared>,
    /// `None` only while the log is dropped.
    queue: Option<mpsc::Sender<Command>>,
    queue_bytes: Arc<Semaphore>,
    writer: Option<JoinHandle<()>>,
    config: Config,
}

impl Wal {
    /// Opens the log in `dir`, which is created if absent; appends go to a new segment. Blocks on disk.
    ///
    /// # Errors
    /// `Invalid` for a limit of 0, `Corrupt` for a format of the future, `Unavailable` when the disk
    /// does not answer.
    pub fn open(dir: &Path, config: Config) -> Result<(Self, Recovery), Error> {
        let (writer, shared, recovery) = start(dir, &config)?;
        let (queue, commands) = mpsc::channel(config.queue_records_max);
        let writer = std::thread::Builder::new()
            .name("wal".to_owned())
            .spawn(move || writer.run(commands))
            .map_err(Error::io("start the writer of", dir))?;
        let queue_bytes = Arc::new(Semaphore::new(config.queue_bytes_max));
        Ok((
            Self {
                shared,
                queue: Some(queue),
                queue_bytes,
                writer: Some(writer),
                config,
            },
            recovery,
        ))
    }

    /// Appends a record and answers its sequence number once it is on disk. Waits for room in the
    /// queue. When the future is dropped before it answers, the record may or may not be in the log.
    ///
    /// # Errors
    /// `Exhausted` for a record above the limit, `Unavailable` when the log is closed or has failed.
    pub async fn append(&self, record: Bytes) -> Result<u64, Error> {
        self.append_parts([Bytes::new(), record]).await
    }

    /// As [`Self::append`], for a record that is in two parts, such as a head and a body: they are written
    /// one behind the other and read back as one.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub async fn append_parts(&self, parts: [Bytes; 2]) -> Result<u64, Error> {
        self.shared.healthy()?;
        let bytes = parts[0].len().saturating_add(parts[1].len());
        let record_bytes_max = self.config.record_bytes_max;
        if bytes > record_bytes_max {
            return Err(Error::RecordTooLarge {
                bytes,
                record_bytes_max,
            });
        }
        // A record larger than the whole queue takes all of it: it waits until it is alone.
        let share = u32::try_from(bytes.min(self.config.queue_bytes_max)).unwrap_or(u32::MAX);
        let room = Arc::clone(&self.queue_bytes)
            .acquire_many_owned(share)
            .await
            .map_err(|_| Error::Closed)?;
        let record = Record::new(parts);
        let (answer, answered) = oneshot::channel();
        self.send(Command::Append(Append {
            record,
            answer,
            room,
        }))
        .await?;
        answered.await.map_err(|_| Error::Closed)?
    }

    /// The records above `after_seq` that are in the log now, in order. Segments trimmed before they are
    /// reached end the replay with an error, so trim no further than what was replayed.
    pub fn replay(&self, after_seq: u64) -> Replay {
        self.shared.replay(after_seq)
    }

    /// Whether the log stopped for good: every append answers `Unavailable` until it is opened anew.
    pub fn failed(&self) -> bool {
        self.shared.failure.get().is_some()
    }

    /// The newest number on disk; 0 before the first append ever.
    pub fn last_seq(&self) -> u64 {
        self.shared.last_seq()
    }

    /// Removes the segments all of whose records are at or below `through_seq`; the newest segment always
    /// stays. Blocks on disk.
    ///
    /// # Errors
    /// `Unavailable` when the disk does not answer; the call may be repeated.
    pub fn trim(&self, through_seq: u64) -> Result<(), Error> {
        self.shared.trim(through_seq)
    }

    /// Bytes that the log's files take on disk, space allocated ahead included.
    pub fn bytes(&self) -> u64 {
        let segments = self.shared.segments();
        segments
            .iter()
            .filter_map(|segment| self.shared.disk.bytes(&segment.path).ok())
            .sum()
    }

    /// Waits until everything queued is on disk, and takes nothing more.
    pub async fn close(&self) {
        let (answer, answered) = oneshot::channel();
        if self.send(Command::Close(answer)).await.is_ok() {
            let _ = answered.await;
        }
    }

    async fn send(&self, command: Command) -> Result<(), Error> {
        let queue = self.queue.as_ref().ok_or(Error::Closed)?;
        queue.send(command).await.map_err(|_| Error::Closed)
    }
}

impl Drop for Wal {
    fn drop(&mut self) {
        // Without its sender the writer ends after what is queued; the directory is then free.
        self.queue = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

/// Opens the log in `dir`, as far as it goes without a thread.
pub(crate) fn start(dir: &Path, config: &Config) -> Result<(Writer, Arc<Shared>, Recovery), Error> {
    config.check()?;
    let disk = &config.disk;
    segment::create_directory(disk, dir)?;
    let mut segments = segment::list(disk, dir)?;
    let (recovery, found) = recovery::recover(disk, &segments, config.quarantine_dir.as_deref())?;
    let next_seq = recovery.last_seq.max(config.floor_seq) + 1;
    // A newest segment without records has the name that the new one gets, and is replaced by it.
    segments.retain(|segment| segment.first_seq < next_seq);
    let stamp = Stamp {
        epoch: found.epoch.wrapping_add(1),
        salt: found.salt,
    };
    let shared = Arc::new(Shared {
        dir: dir.to_owned(),
        disk: disk.clone(),
        salt: stamp.salt,
        segments: Mutex::new(segments),
        last_seq: AtomicU64::new(next_seq - 1),
        failure: OnceLock::new(),
    });
    let writer = Writer::new(Arc::clone(&shared), config.clone(), stamp, next_seq)?;
    Ok((writer, shared, recovery))
}

/// What the handle and the writer both know.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) dir: PathBuf,
    disk: Disk,
    salt: u64,
    /// Oldest first; the last one is being written.
    segments: Mutex<Vec<Segment>>,
    last_seq: AtomicU64,
    /// What failed so that nobody knows what is on disk. Once set, nothing is acknowledged any more.
    failure: OnceLock<Arc<Error>>,
}

impl Shared {
    pub(crate) fn healthy(&self) -> Result<(), Error> {
        match self.failure.get() {
            Some(failure) => Err(Error::Poisoned(Arc::clone(failure))),
            None => Ok(()),
        }
    }

    /// Remembers the first failure; later ones follow from it.
    pub(crate) fn poison(&self, error: Error) -> Error {
        Error::Poisoned(Arc::clone(self.failure.get_or_init(|| Arc::new(error))))
    }

    pub(crate) fn register(&self, segment: Segment) {
        self.segments().push(segment);
    }

    pub(crate) fn set_last_seq(&self, seq: u64) {
        self.last_seq.store(seq, Ordering::Release);
    }

    pub(crate) fn last_seq(&self) -> u64 {
        self.last_seq.load(Ordering::Acquire)
    }

    pub(crate) fn replay(&self, after_seq: u64) -> Replay {
        let through_seq = self.last_seq();
        let disk = self.disk.clone();
        Replay::new(disk, self.salt, &self.segments(), after_seq, through_seq)
    }

    pub(crate) fn trim(&self, through_seq: u64) -> Result<(), Error> {
        let too_far = u64::from(model::planted::bug("wal_trim_one_too_far"));
        let mut segments = self.segments();
        let old = segments
            .iter()
            .skip(1)
            .take_while(|next| next.first_seq <= through_seq.saturating_add(1 + too_far))
            .count();
        for _ in 0..old {
            // Oldest first: a crash in between leaves no hole.
            let path = &segments[0].path;
            match self.disk.remove(path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Error::io("remove", path)(error));
                }
                _ => segments.remove(0),
            };
        }
        if old > 0 {
            let dir = &self.dir;
            self.disk
                .sync_directory(dir)
                .map_err(Error::io("sync", dir))?;
        }
        Ok(())
    }

    fn segments(&self) -> MutexGuard<'_, Vec<Segment>> {
        // The list is changed in single steps: it is whole even if a thread died holding it.
        self.segments.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
