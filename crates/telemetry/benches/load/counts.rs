//! The kit's own books, as the service process reads them and the parent checks them.

/// Spans, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) ended: u64,
    pub(crate) exported: u64,
    /// By the collector, out of a request that it accepted otherwise.
    pub(crate) rejected: u64,
    pub(crate) dropped_queue_full: u64,
    pub(crate) dropped_export_failed: u64,
    pub(crate) dropped_shutdown: u64,
    pub(crate) queued: u64,
}

impl Counts {
    pub(crate) fn of(books: throughline_telemetry::Counts) -> Self {
        Self {
            ended: books.ended,
            exported: books.exported,
            rejected: books.rejected,
            dropped_queue_full: books.dropped_queue_full,
            dropped_export_failed: books.dropped_export_failed,
            dropped_shutdown: books.dropped_shutdown,
            queued: books.queued,
        }
    }

    pub(crate) fn to_line(self) -> String {
        self.list().map(|count| count.to_string()).join(" ")
    }

    pub(crate) fn from_line(line: &str) -> Self {
        let mut numbers = line.split(' ').map(|word| word.parse().unwrap());
        let mut next = || numbers.next().unwrap();
        Self {
            ended: next(),
            exported: next(),
            rejected: next(),
            dropped_queue_full: next(),
            dropped_export_failed: next(),
            dropped_shutdown: next(),
            queued: next(),
        }
    }

    fn list(self) -> [u64; 7] {
        [
            self.ended,
            self.exported,
            self.rejected,
            self.dropped_queue_full,
            self.dropped_export_failed,
            self.dropped_shutdown,
            self.queued,
        ]
    }

    /// Whether every span is somewhere.
    pub(crate) fn balance(&self) -> bool {
        self.list()[1..].iter().sum::<u64>() == self.ended
    }
}
