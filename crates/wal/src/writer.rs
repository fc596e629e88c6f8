//! The thread that writes: gather what waits, write it, sync once, answer everyone.

use crate::error::Failure;
use crate::format::{RECORD_HEAD_BYTES, RecordHead, SEGMENT_HEAD_BYTES};
use crate::log::Shared;
use crate::segment::{self, Segment};
use crate::{Config, Error, disk};
use bytes::Bytes;
use std::fs::File;
use std::io::{IoSlice, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

/// What the writer is asked to do.
pub(crate) enum Command {
    Append(Append),
    /// Answered when everything queued before is on disk; nothing is taken after it.
    Close(oneshot::Sender<()>),
}

/// A record on its way, and who waits for it.
pub(crate) struct Append {
    pub(crate) record: Bytes,
    pub(crate) answer: oneshot::Sender<Result<u64, Error>>,
    /// Its share of `queue_bytes_max`, given back when it is dropped.
    pub(crate) room: OwnedSemaphorePermit,
}

/// Owns the newest segment.
pub(crate) struct Writer {
    shared: Arc<Shared>,
    config: Config,
    epoch: u64,
    file: File,
    path: PathBuf,
    /// Where the next record goes.
    end: u64,
    /// The file's length: never less than `end`.
    allocated: u64,
    next_seq: u64,
}

impl Writer {
    /// Creates the segment that starts at `next_seq` and registers it.
    pub(crate) fn new(
        shared: Arc<Shared>,
        config: Config,
        epoch: u64,
        next_seq: u64,
    ) -> Result<Self, Error> {
        let (segment, file) = segment::create(&config.disk, &shared.dir, epoch, next_seq)?;
        let path = segment.path.clone();
        shared.register(segment);
        let end = SEGMENT_HEAD_BYTES as u64;
        Ok(Self {
            shared,
            config,
            epoch,
            file,
            path,
            end,
            allocated: end,
            next_seq,
        })
    }

    /// Serves until closed or until nobody is left to ask.
    pub(crate) fn run(mut self, mut queue: mpsc::Receiver<Command>) {
        let mut closed = Vec::new();
        while let Some(command) = queue.blocking_recv() {
            let (group, close) = gather(command, &mut queue, self.config.group_bytes_max);
            self.serve(group);
            if let Some(close) = close {
                // What was queued meanwhile is still served; then `blocking_recv` says `None`.
                queue.close();
                closed.push(close);
            }
        }
        // Gives back what was allocated ahead. If this fails the next open does it.
        if self.shared.healthy().is_ok() {
            let _ = self.seal();
        }
        for answer in closed {
            let _ = answer.send(());
        }
    }

    fn serve(&mut self, group: Vec<Append>) {
        if group.is_empty() {
            return;
        }
        let first_seq = self.next_seq;
        let healthy = self.shared.healthy();
        let committed = healthy.and_then(|()| self.commit(&group).map_err(|it| self.fail(it)));
        for (seq, append) in (first_seq..).zip(group) {
            let answer = match &committed {
                Ok(()) => Ok(seq),
                Err(error) => Err(error.again()),
            };
            // The caller may have gone; its record stays, as with a connection lost after the commit.
            let _ = append.answer.send(answer);
            drop(append.room);
        }
    }

    /// After a refusal the log is as before the group; if that cannot be brought about, or if nobody
    /// knows what is on disk, it stops.
    fn fail(&mut self, failure: Failure) -> Error {
        match failure {
            Failure::Refused(error) => match self.seal() {
                Ok(()) => Error::Refused(Arc::new(error)),
                Err(_) => self.shared.poison(error),
            },
            Failure::Fatal(error) => self.shared.poison(error),
        }
    }

    /// One write and one sync for the whole group.
    fn commit(&mut self, group: &[Append]) -> Result<(), Failure> {
        let bytes: u64 = group
            .iter()
            .map(|append| (RECORD_HEAD_BYTES + append.record.len()) as u64)
            .sum();
        let is_empty = self.end == SEGMENT_HEAD_BYTES as u64;
        if !is_empty && self.end + bytes > self.config.segment_bytes_max {
            self.rotate()?;
        }
        self.allocate(self.end + bytes)?;
        let heads: Vec<_> = (self.next_seq..)
            .zip(group)
            .map(|(seq, append)| head(seq, &append.record))
            .collect();
        let mut slices: Vec<_> = heads
            .iter()
            .zip(group)
            .flat_map(|(head, append)| [IoSlice::new(head), IoSlice::new(&append.record)])
            .collect();
        let disk = &self.config.disk;
        disk::write_all(disk, &mut self.file, &mut slices)
            .map_err(Failure::refused("write", &self.path))?;
        disk.sync(&self.file, &self.path)
            .map_err(Failure::fatal("sync", &self.path))?;
        self.end += bytes;
        self.next_seq += group.len() as u64;
        self.shared.set_last_seq(self.next_seq - 1);
        Ok(())
    }

    fn allocate(&mut self, bytes: u64) -> Result<(), Failure> {
        if bytes > self.allocated {
            let allocated = (self.end + self.config.preallocate_bytes).max(bytes);
            let disk = &self.config.disk;
            disk.set_len(&self.file, allocated)
                .map_err(Failure::refused("extend", &self.path))?;
            self.allocated = allocated;
        }
        Ok(())
    }

    fn rotate(&mut self) -> Result<(), Failure> {
        self.seal()?;
        let (Segment { first_seq, path }, file) = segment::create(
            &self.config.disk,
            &self.shared.dir,
            self.epoch,
            self.next_seq,
        )?;
        (self.file, self.path) = (file, path.clone());
        self.end = SEGMENT_HEAD_BYTES as u64;
        self.allocated = self.end;
        self.shared.register(Segment { first_seq, path });
        Ok(())
    }

    /// Cuts the file to what was acknowledged.
    fn seal(&mut self) -> Result<(), Failure> {
        let disk = &self.config.disk;
        disk.set_len(&self.file, self.end)
            .map_err(Failure::refused("truncate", &self.path))?;
        self.allocated = self.end;
        self.file
            .seek(SeekFrom::Start(self.end))
            .map_err(Failure::fatal("seek in", &self.path))?;
        disk.sync(&self.file, &self.path)
            .map_err(Failure::fatal("sync", &self.path))
    }
}

/// The command in hand and what waits behind it, as far as one write should go.
fn gather(
    first: Command,
    queue: &mut mpsc::Receiver<Command>,
    group_bytes_max: usize,
) -> (Vec<Append>, Option<oneshot::Sender<()>>) {
    let (mut group, mut bytes, mut command) = (Vec::new(), 0, Some(first));
    loop {
        match command {
            Some(Command::Append(append)) => {
                bytes += RECORD_HEAD_BYTES + append.record.len();
                group.push(append);
            }
            Some(Command::Close(answer)) => return (group, Some(answer)),
            None => return (group, None),
        }
        if bytes >= group_bytes_max {
            return (group, None);
        }
        command = queue.try_recv().ok();
    }
}

fn head(seq: u64, record: &Bytes) -> [u8; RECORD_HEAD_BYTES] {
    // `append` refused anything above `record_bytes_max`, which is below 4 GiB.
    RecordHead {
        len: record.len() as u32,
        seq,
        payload_crc: crc32c::crc32c(record),
    }
    .encode()
}
