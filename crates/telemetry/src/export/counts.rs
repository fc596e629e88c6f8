//! What became of everything that was to be sent.

/// The books of one signal. At every moment
/// `ended == exported + rejected + dropped() + queued`, exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Sampled spans that ended, or log records that were written.
    pub ended: u64,
    /// What the store has accepted.
    pub exported: u64,
    /// What the store has refused out of requests that it accepted otherwise (OTLP's partial success). Over gRPC
    /// it is not known, and counts as exported.
    pub rejected: u64,
    /// What found the queue full.
    pub dropped_queue_full: u64,
    /// What was in a request that failed for good, retries included.
    pub dropped_export_failed: u64,
    /// What was left when the time for the shutdown was over.
    pub dropped_shutdown: u64,
    /// What waits, or is on its way.
    pub queued: u64,
}

impl Counts {
    /// Everything that was lost on this side.
    pub fn dropped(&self) -> u64 {
        self.dropped_queue_full + self.dropped_export_failed + self.dropped_shutdown
    }
}
