//! Looking for the next intact record behind a bad one.

use super::{Found, Mark, Scan, WINDOW_BYTES};
use crate::Error;

impl Scan {
    /// Looks from a bad head on for the next intact record, at every byte, since a bad head hides where
    /// the next one starts. `bad` is where the bad stretch began: payloads may be bad before the head is.
    pub(super) fn resynchronise(&mut self, bad: Mark) -> Result<Option<Found>, Error> {
        let here = self.mark;
        if let Some((barren_at, nonzero_end)) = self.barren
            && here.at >= barren_at
        {
            return self.give_up(bad, nonzero_end);
        }
        let head_bytes = self.format.record_head_bytes() as u64;
        let mut nonzero_end = here.at;
        let mut window = Vec::with_capacity(WINDOW_BYTES);
        let mut from = here.at;
        while from < self.file_bytes {
            let bytes = (self.file_bytes - from).min(WINDOW_BYTES as u64);
            window.resize(bytes as usize, 0);
            self.seek(from)?;
            self.read_exact(&mut window)?;
            if let Some(last) = window.iter().rposition(|byte| *byte != 0) {
                nonzero_end = from + last as u64 + 1;
                if let Some((at, found)) = self.search(here, from, &window)? {
                    self.skipped_bytes += at - bad.at;
                    self.gap = Some(bad);
                    return Ok(Some(found));
                }
            }
            if from + bytes == self.file_bytes {
                break;
            }
            // Windows overlap by a head less one byte: no head hides on the border of two.
            from += bytes - (head_bytes - 1);
        }
        self.mark = here;
        self.barren = Some((here.at, nonzero_end));
        self.give_up(bad, nonzero_end)
    }

    /// Nothing is intact from `bad` on. `nonzero_end` is known of what is behind the cursor.
    fn give_up(&mut self, bad: Mark, nonzero_end: u64) -> Result<Option<Found>, Error> {
        let here = std::mem::replace(&mut self.mark, bad);
        let mut end = nonzero_end;
        if end <= here.at {
            // Then the last byte that is not zero is in what was passed over with intact heads.
            end = bad.at;
            self.seek(bad.at)?;
            let mut window = vec![0; (here.at - bad.at).min(WINDOW_BYTES as u64) as usize];
            let mut from = bad.at;
            while from < here.at {
                window.truncate((here.at - from).min(WINDOW_BYTES as u64) as usize);
                self.read_exact(&mut window)?;
                if let Some(last) = window.iter().rposition(|byte| *byte != 0) {
                    end = from + last as u64 + 1;
                }
                from += window.len() as u64;
            }
        }
        self.skipped_bytes += end - bad.at;
        Ok(None)
    }

    /// The first intact record that starts in `window`, which was read at `from`.
    fn search(
        &mut self,
        bad: Mark,
        from: u64,
        window: &[u8],
    ) -> Result<Option<(u64, Found)>, Error> {
        // Each lost record takes at least a head: a number further ahead is not ours. This spares nearly
        // every checksum, and keeps log bytes inside a payload from being taken for records.
        let head_bytes = self.format.record_head_bytes() as u64;
        let ahead = (from + window.len() as u64 - bad.at) / head_bytes;
        let plausible = bad.seq..=bad.seq.saturating_add(ahead);
        let mut next = 0;
        while let Some(offset) = self.format.find(window, next, &plausible) {
            next = offset + 1;
            let at = from + offset as u64;
            let ahead = (at - bad.at) / head_bytes;
            let head = self.format.decode(&window[offset..]);
            if head.is_none_or(|head| head.seq() - bad.seq > ahead) {
                continue;
            }
            self.seek(at)?;
            self.mark = Mark { at, ..bad };
            if let Some(head) = self.head_here()?
                && let Some(found) = self.read_behind(head)?
            {
                return Ok(Some((at, found)));
            }
        }
        Ok(None)
    }
}
