//! What writes a log in an object store: gather what waits, create one object of it, answer everyone; the next one
//! after that.

use super::objects::{Shared, path};
use super::slot::{self, RECORDS_MAX};
use crate::Error;
use bytes::Bytes;
use object_store::Attributes;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use tokio::time::{Instant, sleep, timeout};

/// One try, which repeats its request by itself where an error says that it may; and so much more for each MiB.
const TRY_MAX: Duration = Duration::from_secs(15);
const MIB_MAX: Duration = Duration::from_secs(1);
/// Between two tries.
const AGAIN: Duration = Duration::from_millis(200);

/// What the writer is asked to do.
#[derive(Debug)]
pub(super) enum Command {
    Append(Append),
    /// Answered when everything queued before is durable; nothing is taken after it.
    Close(oneshot::Sender<()>),
}

/// A record on its way, and who waits for it.
#[derive(Debug)]
pub(super) struct Append {
    pub(super) parts: [Bytes; 2],
    pub(super) answer: oneshot::Sender<Result<u64, Error>>,
    /// Its share of the queue's bytes, given back when it is dropped.
    pub(super) room: OwnedSemaphorePermit,
}

/// Owns the end of the chain.
#[derive(Debug)]
pub(super) struct Writer {
    pub(super) shared: Arc<Shared>,
    /// The next slot, and the number of its first record.
    pub(super) slot: u64,
    pub(super) next: u64,
    pub(super) group_bytes_max: usize,
}

impl Writer {
    /// Serves until closed or until nobody is left to ask.
    pub(super) async fn run(mut self, mut queue: mpsc::Receiver<Command>) {
        let mut closed = Vec::new();
        while let Some(command) = queue.recv().await {
            let (group, close) = self.gather(command, &mut queue);
            if !group.is_empty() {
                self.serve(group).await;
            }
            if let Some(close) = close {
                // What was queued meanwhile is still served; then the queue says `None`.
                queue.close();
                closed.push(close);
            }
        }
        for answer in closed {
            let _ = answer.send(());
        }
    }

    /// The command in hand and what waits behind it, as far as one object should go.
    fn gather(
        &self,
        first: Command,
        queue: &mut mpsc::Receiver<Command>,
    ) -> (Vec<Append>, Option<oneshot::Sender<()>>) {
        let (mut group, mut bytes, mut command) = (Vec::new(), 0, Some(first));
        loop {
            match command {
                Some(Command::Append(append)) => {
                    bytes += append.parts[0].len() + append.parts[1].len();
                    group.push(append);
                }
                Some(Command::Close(answer)) => return (group, Some(answer)),
                None => return (group, None),
            }
            if bytes >= self.group_bytes_max || group.len() >= RECORDS_MAX {
                return (group, None);
            }
            command = queue.try_recv().ok();
        }
    }

    /// Creates the object of a group and answers all of it.
    async fn serve(&mut self, group: Vec<Append>) {
        *self.shared.waits_since() = Some(Instant::now());
        let created = self.create(&group).await;
        *self.shared.waits_since() = None;
        let first_seq = self.next + self.shared.chain.shift;
        for (seq, append) in (first_seq..).zip(group) {
            // The caller may have gone; its record stays, as with a connection lost after the answer.
            let _ = append.answer.send(match created {
                true => Ok(seq),
                false => Err(self.shared.taken(self.slot)),
            });
            drop(append.room);
            self.next += u64::from(created);
        }
        self.slot += u64::from(created);
    }

    /// Tries until it is known what became of the group: whether it is in its slot, or something else is.
    async fn create(&self, group: &[Append]) -> bool {
        if self.shared.is_taken() {
            return false;
        }
        let Shared { objects, chain, .. } = &*self.shared;
        let records: Vec<[Bytes; 2]> = group.iter().map(|append| append.parts.clone()).collect();
        let object = slot::encode(chain.epoch, self.slot, self.next, &records);
        let path = path(self.slot);
        let mib = u32::try_from(object.len() >> 20).unwrap_or(u32::MAX);
        let (nothing, try_max) = (Attributes::new(), TRY_MAX + MIB_MAX * mib);
        loop {
            let error = match timeout(try_max, objects.create(&path, &object, &nothing)).await {
                Ok(Ok(())) => {
                    let last = self.next + group.len() as u64 - 1;
                    self.shared.holds(self.slot, object.len() as u64, last);
                    return true;
                }
                Ok(Err(Error::ObjectTaken { .. })) => {
                    self.shared.take(self.slot);
                    return false;
                }
                Ok(Err(error)) => crate::error::whole(&error),
                Err(_) => "it does not answer".to_owned(),
            };
            tracing::warn!(error, path, "could not write the log yet; trying again");
            sleep(AGAIN).await;
        }
    }
}
