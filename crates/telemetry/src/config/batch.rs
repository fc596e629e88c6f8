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
    /// The longest one request may take; the time-out of the way to the store counts as well, and is shorter by default.
    pub export_timeout: Duration,
}

/// The variables of one signal's queue.
struct Names<'a> {
    queue: &'a str,
    export: &'a str,
    delays: &'a [&'a str],
    timeout: &'a str,
}

/// `OTEL_BSP_*`, for spans.
pub(super) fn spans(env: &mut Reader) -> Batch {
    let names = Names {
        queue: "OTEL_BSP_MAX_QUEUE_SIZE",
        export: "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
        delays: &["OTEL_BSP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY_MILLIS"],
        timeout: "OTEL_BSP_EXPORT_TIMEOUT",
    };
    batch(env, &names, Duration::from_secs(5))
}

/// `OTEL_BLRP_*`, for log records.
pub(super) fn logs(env: &mut Reader) -> Batch {
    let names = Names {
        queue: "OTEL_BLRP_MAX_QUEUE_SIZE",
        export: "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE",
        delays: &["OTEL_BLRP_SCHEDULE_DELAY"],
        timeout: "OTEL_BLRP_EXPORT_TIMEOUT",
    };
    batch(env, &names, Duration::from_secs(1))
}

fn batch(env: &mut Reader, names: &Names<'_>, delay: Duration) -> Batch {
    let queue_max = env.count_to(names.queue, QUEUE_MAX).unwrap_or(2048);
    let export_max = env.count_to(names.export, QUEUE_MAX).unwrap_or(512);
    Batch {
        queue_max,
        export_max: export_max.min(queue_max),
        delay: env.first_millis(names.delays).unwrap_or(delay),
        export_timeout: env
            .first_millis(&[names.timeout])
            .unwrap_or(Duration::from_secs(30)),
    }
}
