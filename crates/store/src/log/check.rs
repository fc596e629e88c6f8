//! Looking at a log in an object store without opening it: another process may be writing it.

use super::slot::Slot;
use crate::Error;
use crate::config::Objects;
use futures::stream::{self, StreamExt};

/// Slots that are in memory at a time.
const SIDE_BY_SIDE: usize = 4;
/// Slots that may be missing one after the other, and be told of.
const GAP_MAX: u64 = 1_000;

/// What was found of the slots of a log.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    /// Records that are whole.
    pub(crate) records: u64,
    /// By the slot's number, what is wrong with it.
    pub(crate) damaged: Vec<(u64, String)>,
}

impl Slots {
    /// Reads all slots from `first_slot` up to the newest that a list shows, and compares them with their checksums.
    ///
    /// # Errors
    /// `Invalid` for a slot of a newer program, `Unavailable` when the store does not answer.
    pub(crate) async fn check(objects: &Objects, first_slot: u64) -> Result<Self, Error> {
        let mut found = Self::default();
        let mut end = first_slot;
        for number in objects.slots().await?.into_keys() {
            // A name far from all others is none of the chain's.
            if number > end.saturating_add(GAP_MAX) {
                break;
            }
            end = end.max(number + 1);
        }
        let slots = first_slot..end;
        let slots = slots.map(|number| async move { (number, objects.slot(number).await) });
        let mut slots = stream::iter(slots).buffered(SIDE_BY_SIDE);
        while let Some((number, slot)) = slots.next().await {
            let what = match slot? {
                Some((_, Slot::Whole(_, records))) => {
                    found.records += records.len() as u64;
                    continue;
                }
                Some((bytes, _)) => format!("its {bytes} bytes do not match their checksum"),
                None => "it is not there".to_owned(),
            };
            found.damaged.push((number, what));
        }
        Ok(found)
    }
}
