//! A log in an object store as one on a disk: for a backup, which has all in one directory. Another process goes on
//! writing it.

use super::slot::Slot;
use crate::Error;
use crate::catalog::Look;
use crate::config::Objects;
use std::path::Path;
use wal::Inline;

/// Writes the records that no data file has to a new log in `to`, up to the newest now; its number. `None` when what is
/// not needed any more was removed meanwhile: then a new try begins further on.
///
/// # Errors
/// `Corrupt` for a slot that is not as it was written, `Invalid` for one of a newer program, `Unavailable` when a place does
/// not answer.
pub(crate) async fn copied(
    objects: &Objects,
    look: &Look,
    to: &Path,
) -> Result<Option<u64>, Error> {
    let Some(begin) = look.chain().await? else {
        return Ok(None);
    };
    let config = wal::Config {
        floor_seq: begin.wal_seq,
        ..wal::Config::default()
    };
    let (mut log, _) = Inline::open(to, &config)?;
    let mut last_seq = begin.wal_seq;
    let mut number = begin.first_slot;
    while let Some((_, slot)) = objects.slot(number).await? {
        let damaged = |damage: &str| Error::Damaged {
            path: objects.shown(&super::slot_path(number)).into(),
            damage: damage.to_owned(),
        };
        let Slot::Whole(head, records) = slot else {
            return Err(damaged("it does not match its checksum"));
        };
        let first_seq = head.first.saturating_add(begin.shift);
        let known = last_seq.saturating_add(1).saturating_sub(first_seq);
        let new = records.get(known as usize..).unwrap_or_default();
        if !new.is_empty() && first_seq > last_seq + 1 {
            return Err(damaged("it is not the one behind those before it"));
        }
        for written in log.append_group(new) {
            last_seq = written?;
        }
        number += 1;
    }
    log.close();
    // The catalog lets go of a slot before the slot is removed.
    let now = look.chain().await?;
    let is_all = now.is_some_and(|now| now.first_slot <= number && now.shift == begin.shift);
    Ok(is_all.then_some(last_seq))
}
