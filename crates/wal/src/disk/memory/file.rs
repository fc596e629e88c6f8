//! One file: what is seen, what is durable, what a loss of power makes of it.

use super::Dice;
use std::collections::BTreeSet;

/// What a disk writes whole or not at all.
const SECTOR_BYTES: usize = 512;
/// Sectors of a page, which a file system writes at once, though not always whole.
const PAGE_SECTORS: usize = 8;

/// The content of a file.
#[derive(Debug, Default)]
pub(super) struct Content {
    seen: Vec<u8>,
    durable: Vec<u8>,
    /// Sectors written since the last sync.
    unsynced: BTreeSet<usize>,
    len_is_unsynced: bool,
}

impl Content {
    pub(super) fn durable(bytes: Vec<u8>) -> Self {
        Self {
            durable: bytes.clone(),
            seen: bytes,
            ..Self::default()
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.seen
    }

    pub(super) fn write(&mut self, at: usize, bytes: &[u8]) {
        let end = at + bytes.len();
        if end > self.seen.len() {
            self.set_len(end);
        }
        self.seen[at..end].copy_from_slice(bytes);
        self.touch(at, end);
    }

    pub(super) fn set_len(&mut self, bytes: usize) {
        // What was cut off reads as zeros when the file grows again.
        let longest = self.seen.len().max(self.durable.len());
        self.touch(bytes.min(longest), longest);
        self.seen.resize(bytes, 0);
        self.len_is_unsynced = true;
    }

    fn touch(&mut self, from: usize, to: usize) {
        let sectors = from / SECTOR_BYTES..to.div_ceil(SECTOR_BYTES);
        self.unsynced.extend(sectors);
    }

    pub(super) fn sync(&mut self) {
        let bytes = if self.len_is_unsynced {
            self.seen.len()
        } else {
            self.durable.len()
        };
        let mut result = std::mem::take(&mut self.durable);
        result.resize(result.len().max(self.seen.len()), 0);
        for sector in std::mem::take(&mut self.unsynced) {
            self.put(sector, &mut result);
        }
        result.resize(bytes, 0);
        self.durable = result;
        self.len_is_unsynced = false;
    }

    /// What was not synced is still seen, and will never be durable unless it is written again. The
    /// length is not among the pages; the next sync has it.
    pub(super) fn forget_unsynced(&mut self) {
        self.unsynced.clear();
    }

    pub(super) fn lose_power(&mut self, dice: Dice<'_>) {
        // 0: nothing unsynced is left; 1: all; 2: torn; 3: any of it.
        let mode = dice(4);
        let unit = if dice(2) == 0 { 1 } else { PAGE_SECTORS };
        let unsynced: Vec<_> = std::mem::take(&mut self.unsynced).into_iter().collect();
        let units: Vec<_> = unsynced
            .chunk_by(|one, other| one / unit == other / unit)
            .collect();
        let torn_at = dice(units.len() as u64 + 1) as usize;
        let mut result = self.durable.clone();
        result.resize(result.len().max(self.seen.len()), 0);
        for (place, unit) in units.iter().enumerate() {
            let is_left = match mode {
                0 => false,
                1 => true,
                2 => place < torn_at,
                _ => dice(2) == 1,
            };
            if is_left {
                unit.iter()
                    .for_each(|sector| self.put(*sector, &mut result));
            }
        }
        result.resize(self.len_left(mode, dice), 0);
        *self = Self::durable(result);
    }

    /// The length is not written together with the bytes.
    fn len_left(&self, mode: u64, dice: Dice<'_>) -> usize {
        let (durable, seen) = (self.durable.len(), self.seen.len());
        if !self.len_is_unsynced || mode == 0 {
            return durable;
        }
        match (mode, dice(3)) {
            (1, _) | (_, 0) => seen,
            (_, 1) => durable,
            _ => durable.min(seen) + dice(durable.abs_diff(seen) as u64 + 1) as usize,
        }
    }

    /// Copies a sector of what is seen to where it is in `result`; zeros where nothing is seen.
    fn put(&self, sector: usize, result: &mut [u8]) {
        let from = (sector * SECTOR_BYTES).min(result.len());
        let to = (from + SECTOR_BYTES).min(result.len());
        let seen = self.seen.get(from..).unwrap_or_default();
        let seen = seen.iter().copied().chain(std::iter::repeat(0));
        for (byte, seen) in result[from..to].iter_mut().zip(seen) {
            *byte = seen;
        }
    }
}
