//! How spans and log records wait for their export. The defaults are the specification's; the longer spelling of the
//! delay is the original system's.

use std::time::Duration;

use super::reader::Reader;

/// A queue of more would be memory that nobody planned for.
const QUEUE_MAX: usize = 1_000_000;

/// The queue between the ends of spans, or log records, and their export. What does not fit is dropped and counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// How many may wait.
    pub queue_max: usize,
    /// How many go into one request.
    pub export_max: usize,
    /// The longest one waits when the batch does not fill up.
    pub delay: Duration,
}

/// `OTEL_BSP_*`, for spans.
pub(super) fn spans(env: &mut Reader) -> Batch {
    let delays = ["OTEL_BSP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY_MILLIS"];
    batch(
        env,
        "OTEL_BSP_MAX_QUEUE_SIZE",
        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
        &delays,
        Duration::from_secs(5),
    )
}

/// `OTEL_BLRP_*`, for log records.
pub(super) fn logs(env: &mut Reader) -> Batch {
    batch(
        env,
        "OTEL_BLRP_MAX_QUEUE_SIZE",
        "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE",
        &["OTEL_BLRP_SCHEDULE_DELAY"],
        Duration::from_secs(1),
    )
}

fn batch(env: &mut Reader, queue: &str, export: &str, delays: &[&str], delay: Duration) -> Batch {
    let queue_max = env.count_to(queue, QUEUE_MAX).unwrap_or(2048);
    let export_max = env.count_to(export, QUEUE_MAX).unwrap_or(512);
    Batch {
        queue_max,
        export_max: export_max.min(queue_max),
        delay: env.first_millis(delays).unwrap_or(delay),
    }
}
