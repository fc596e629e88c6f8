//! How long spans are as JSON: written once to nowhere, so that the answer can be cut between two of them.

use serde::Serialize;
use std::io;

/// How many of the first `spans` fit into `bytes_max`.
pub(super) fn fit(spans: &[impl Serialize], bytes_max: usize) -> usize {
    let mut written = Written {
        bytes: 0,
        bytes_max,
    };
    let too_long = |span| serde_json::to_writer(&mut written, span).is_err();
    spans.iter().position(too_long).unwrap_or(spans.len())
}

/// Counts, and stops at its limit.
struct Written {
    bytes: usize,
    bytes_max: usize,
}

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes += bytes.len();
        if self.bytes > self.bytes_max {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
