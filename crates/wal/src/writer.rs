//! The thread that writes: gather what waits, write it, sync once, answer everyone.

use crate::disk::File;
use crate::error::Failure;
use crate::format::{RECORD_HEAD_BYTES, RecordHead, SEGMENT_HEAD_BYTES, Void};
use crate::log::Shared;
use crate::segment::{self, Segment, Stamp};
use crate::{Config, Error};
use bytes::Bytes;
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
    pub(crate) record: Record,
    pub(crate) answer: oneshot::Sender<Result<u64, Error>>,
    /// Its share of `queue_bytes_max`, given back when it is dropped.
    pub(crate) room: OwnedSemaphorePermit,
}

/// A record in parts, written one behind the other.
pub(crate) struct Record {
    parts: [Bytes; 2],
    /// Computed by who appends, so that the writer has less to do.
    crc: u32,
}

impl Record {
    pub(crate) fn new(parts: [Bytes; 2]) -> Self {
        let crc = crc32c::crc32c_append(crc32c::crc32c(&parts[0]), &parts[1]);
        Self { parts, crc }
    }

    pub(crate) fn len(&self) -> usize {
        self.parts[0].len() + self.parts[1].len()
    }

    /// What it takes in a segment.
    fn bytes(&self) -> u64 {
        (RECORD_HEAD_BYTES + self.len()) as u64
    }
}

/// Owns the newest segment.
pub(crate) struct Writer {
    shared: Arc<Shared>,
    config: Config,
    stamp: Stamp,
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
        stamp: Stamp,
        next_seq: u64,
    ) -> Result<Self, Error> {
        let (segment, file) = segment::create(&config.disk, &shared.dir, stamp, next_seq)?;
        let path = segment.path.clone();
        shared.register(segment);
        let end = SEGMENT_HEAD_BYTES as u64;
        Ok(Self {
            shared,
            config,
            stamp,
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
            let (group, close) = gather(command, &mut queue, self.config.group_bytes_max as u64);
            self.serve(group);
            if let Some(close) = close {
                // What was queued meanwhile is still served; then `blocking_recv` says `None`.
                queue.close();
                closed.push(close);
            }
        }
        self.finish();
        for answer in closed {
            let _ = answer.send(());
        }
    }

    /// Writes a group and answers all of it.
    pub(crate) fn serve(&mut self, mut group: Vec<Append>) {
        if group.is_empty() {
            return;
        }
        let first_seq = self.next_seq;
        if model::planted::bug("wal_ack_before_sync") {
            for (seq, append) in (first_seq..).zip(&mut group) {
                let unheard = oneshot::channel().0;
                let _ = std::mem::replace(&mut append.answer, unheard).send(Ok(seq));
            }
        }
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
        let bytes = group.iter().map(|append| append.record.bytes()).sum();
        let is_empty = self.end == SEGMENT_HEAD_BYTES as u64;
        if !is_empty && self.end + bytes > self.config.segment_bytes_max {
            self.rotate()?;
        }
        self.allocate(self.end + bytes)?;
        let heads = self.heads(group, bytes);
        let mut slices: Vec<_> = heads
            .iter()
            .zip(group)
            .flat_map(|(head, append)| {
                let [one, two] = &append.record.parts;
                [head.as_slice(), one, two].map(IoSlice::new)
            })
            .filter(|slice| !slice.is_empty())
            .collect();
        self.file
            .write_slices(&mut slices)
            .map_err(Failure::refused("write", &self.path))?;
        self.file
            .sync()
            .map_err(Failure::fatal("sync", &self.path))?;
        self.end += bytes;
        self.next_seq += group.len() as u64;
        self.shared.set_last_seq(self.next_seq - 1);
        Ok(())
    }

    fn heads(&self, group: &[Append], group_bytes: u64) -> Vec<[u8; RECORD_HEAD_BYTES]> {
        let mut after = group_bytes;
        let records = group.iter().map(|append| &append.record);
        records
            .zip(0..)
            .map(|(record, before)| {
                after -= record.bytes();
                // `Config::check` keeps a record below 4 GiB, and a group too.
                RecordHead {
                    len: record.len() as u32,
                    seq: self.next_seq + u64::from(before),
                    before,
                    after: after as u32,
                    payload_crc: record.crc,
                }
                .encode(self.stamp.salt)
            })
            .collect()
    }

    fn allocate(&mut self, bytes: u64) -> Result<(), Failure> {
        if bytes > self.allocated {
            let allocated = (self.end + self.config.preallocate_bytes).max(bytes);
            self.file
                .set_len(allocated)
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
            self.stamp,
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
        if model::planted::bug("wal_no_cut_back") {
            return Ok(());
        }
        self.file
            .set_len(self.end)
            .map_err(Failure::refused("truncate", &self.path))?;
        self.allocated = self.end;
        self.file
            .seek(SeekFrom::Start(self.end))
            .map_err(Failure::fatal("seek in", &self.path))?;
        self.file.sync().map_err(Failure::fatal("sync", &self.path))
    }

    /// Gives back what was allocated ahead, and marks the end, so that nothing before it is in doubt at
    /// the next open. If this fails that open does it, and doubts the last group.
    pub(crate) fn finish(&mut self) {
        if self.shared.healthy().is_err() {
            return;
        }
        let end = Void {
            seq: self.next_seq,
            count: 0,
            len: 0,
        }
        .encode(self.stamp.salt);
        let is_marked = self.file.write_slices(&mut [IoSlice::new(&end)]).is_ok();
        let acknowledged = self.end;
        if is_marked {
            self.end += end.len() as u64;
        }
        if let Err(error) = self.seal() {
            self.end = acknowledged;
            tracing::debug!(error = %Error::from(error), "the end of the log is not marked");
        }
    }
}

/// The command in hand and what waits behind it, as far as one write should go.
fn gather(
    first: Command,
    queue: &mut mpsc::Receiver<Command>,
    group_bytes_max: u64,
) -> (Vec<Append>, Option<oneshot::Sender<()>>) {
    let (mut group, mut bytes, mut command) = (Vec::new(), 0, Some(first));
    loop {
        match command {
            Some(Command::Append(append)) => {
                bytes += append.record.bytes();
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
