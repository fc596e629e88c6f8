//! Reading a log in an object store back: slot by slot, a few of them ahead.

use super::objects::{Shared, path};
use super::slot::Slot;
use crate::Error;
use bytes::Bytes;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use wal::Damage;

/// So many slots are asked for at a time, ...
const AHEAD_SLOTS: usize = 8;
/// ... if together they are no larger.
const AHEAD_BYTES: u64 = 16 << 20;
/// A slot that is not as it was written is asked for again: it may have been damaged on its way.
const TRIES: usize = 3;

type Asked = JoinHandle<Result<Option<(u64, Slot)>, Error>>;

/// The records of a log above a number, in order.
#[derive(Debug)]
pub(crate) struct Replay {
    shared: Arc<Shared>,
    /// Slots not asked for yet, and their bytes; oldest first.
    waiting: VecDeque<(u64, u64)>,
    asked: VecDeque<(u64, u64, Asked)>,
    /// Of the slot in hand.
    records: VecDeque<(u64, Bytes)>,
    /// The next number to yield; and the last. As they are in the slots.
    expected: u64,
    through: u64,
    /// What was in the way since the last record.
    passed_bytes: u64,
    quarantine: PathBuf,
}

impl Replay {
    pub(super) fn new(
        shared: Arc<Shared>,
        slots: VecDeque<(u64, u64)>,
        after: u64,
        through: u64,
        quarantine: &Path,
    ) -> Self {
        Self {
            shared,
            waiting: slots,
            asked: VecDeque::new(),
            records: VecDeque::new(),
            expected: after + 1,
            through,
            passed_bytes: 0,
            quarantine: quarantine.to_owned(),
        }
    }

    fn step(&mut self) -> Result<Option<(u64, Bytes)>, Error> {
        loop {
            if let Some((number, record)) = self.records.pop_front() {
                if number >= self.expected {
                    self.expected = number + 1;
                    return Ok(Some((number + self.shared.chain.shift, record)));
                }
                continue;
            }
            self.ask();
            let Some((number, bytes, asked)) = self.asked.pop_front() else {
                let behind = self.through + 1;
                return self.pass(behind, "").map(|()| None);
            };
            let found = Handle::current().block_on(asked)??;
            self.accept(number, bytes, found)?;
        }
    }

    /// Takes a slot in hand, or reports what is missing before it.
    fn accept(&mut self, number: u64, bytes: u64, found: Option<(u64, Slot)>) -> Result<(), Error> {
        let path = path(number);
        let (head, records) = match found {
            Some((_, Slot::Whole(head, records))) => (head, records),
            Some((bytes, slot)) => {
                tracing::error!(path, bytes, "a slot of the log is damaged");
                self.passed_bytes += bytes;
                match slot.head() {
                    None => return self.passed(number, bytes),
                    Some(head) => (head, Vec::new()),
                }
            }
            None => return self.passed(number, bytes),
        };
        self.shared.holds(number, bytes, head.next() - 1);
        let numbered = (head.first..).zip(records);
        self.records = numbered.collect();
        let reached = match self.records.is_empty() {
            true => head.next(),
            false => head.first,
        };
        self.pass(reached, &path)
    }

    /// Nobody knows how many records it had: they are missed when the next one comes.
    fn passed(&mut self, number: u64, bytes: u64) -> Result<(), Error> {
        self.shared.holds(number, bytes, self.expected - 1);
        Ok(())
    }

    /// Goes on at `reached`.
    ///
    /// # Errors
    /// For the records that are missing before it.
    fn pass(&mut self, reached: u64, path: &str) -> Result<(), Error> {
        let bytes = std::mem::take(&mut self.passed_bytes);
        if reached <= self.expected {
            return Ok(());
        }
        let lost_from = std::mem::replace(&mut self.expected, reached);
        Err(Error::Log(wal::Error::Damaged(Damage {
            segment: self.shared.objects.shown(path).into(),
            resumed_at: 0,
            bytes,
            lost_from: lost_from + self.shared.chain.shift,
            lost_records: reached - lost_from,
        })))
    }

    fn ask(&mut self) {
        let asked = self.asked.iter().map(|(_, bytes, _)| bytes);
        let mut ahead: u64 = asked.sum();
        while self.asked.len() < AHEAD_SLOTS {
            let Some((number, bytes)) = self.waiting.front().copied() else {
                return;
            };
            if !self.asked.is_empty() && ahead + bytes > AHEAD_BYTES {
                return;
            }
            ahead += bytes;
            self.waiting.pop_front();
            let (shared, quarantine) = (Arc::clone(&self.shared), self.quarantine.clone());
            let asked =
                Handle::current().spawn(async move { read(&shared, number, &quarantine).await });
            self.asked.push_back((number, bytes, asked));
        }
    }
}

/// What is in a slot; what is damaged is kept for a person to look at.
async fn read(
    shared: &Shared,
    number: u64,
    quarantine: &Path,
) -> Result<Option<(u64, Slot)>, Error> {
    for _ in 1..TRIES {
        match shared.objects.slot(number).await? {
            Some((_, Slot::Damaged(_))) => {}
            found => return Ok(found),
        }
    }
    let found = shared.objects.slot(number).await?;
    if let Some((_, Slot::Damaged(_))) = found {
        let kept = quarantine.join(format!("log-{number:016}.damaged"));
        shared.objects.fetch(&path(number), &kept).await?;
    }
    Ok(found)
}

impl Iterator for Replay {
    type Item = Result<(u64, Bytes), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.step();
        if matches!(&item, Err(error) if !matches!(error, Error::Log(wal::Error::Damaged(_)))) {
            // Reading cannot go on: the error is said once, then the iterator ends.
            (self.waiting, self.asked) = (VecDeque::new(), VecDeque::new());
            self.expected = self.through + 1;
        }
        item.transpose()
    }
}
