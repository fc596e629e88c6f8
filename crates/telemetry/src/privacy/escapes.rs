//! Text in which characters are written as `%40` or `\u0040`, read as what it means.

/// What the text means, and for each of its bytes where it begins in the text; one more for the end.
pub(super) struct Decoded {
    pub(super) bytes: Vec<u8>,
    origins: Vec<usize>,
}

impl Decoded {
    /// None when nothing is escaped.
    pub(super) fn of(text: &[u8]) -> Option<Self> {
        let first = (0..text.len()).find(|at| escape(text, *at).is_some())?;
        let mut bytes = text.get(..first)?.to_vec();
        let mut origins: Vec<usize> = (0..first).collect();
        let mut at = first;
        while let Some(&plain) = text.get(at) {
            let (byte, length) = escape(text, at).unwrap_or((plain, 1));
            bytes.push(byte);
            origins.push(at);
            at += length;
        }
        origins.push(text.len());
        Some(Self { bytes, origins })
    }

    /// The same one level deeper: `%2540`.
    pub(super) fn again(&self) -> Option<Self> {
        let mut deeper = Self::of(&self.bytes)?;
        for origin in &mut deeper.origins {
            *origin = self.origin(*origin);
        }
        Some(deeper)
    }

    pub(super) fn origin(&self, at: usize) -> usize {
        let last = || self.origins.last().copied().unwrap_or_default();
        self.origins.get(at).copied().unwrap_or_else(last)
    }
}

/// The byte that an escape at that position stands for, and the bytes it takes.
fn escape(text: &[u8], at: usize) -> Option<(u8, usize)> {
    let (digits, length) = match text.get(at..)? {
        [b'%', high, low, ..] => ([*high, *low], 3),
        [b'\\', b'u', b'0', b'0', high, low, ..] => ([*high, *low], 6),
        _ => return None,
    };
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    Some((u8::try_from(high? * 16 + low?).ok()?, length))
}
