//! From an ended span to an OTLP request: a bounded queue, a thread with a runtime of its own, and a client that says
//! what happened. Nothing here can block the host or take more memory than the queue holds; what is not sent is counted.

use std::path::PathBuf;

/// Spans and log records as lines of JSON.
mod console;
/// What became of everything that was to be sent.
mod counts;
/// Log records on their way out.
mod logs;
/// Metrics by OTLP.
pub(crate) mod metrics;
/// OTLP exporters from settings.
mod otlp;
/// The thread that empties a queue.
mod pipeline;
/// What waits to be sent.
mod queue;
/// What the service is.
mod resource;
/// Spans on their way out.
mod spans;
/// Certificates and keys.
mod tls;
/// One HTTP request to the store, and what came of it.
mod wire;

pub use counts::Counts;
pub(crate) use logs::{Record, logger_provider};
pub(crate) use otlp::spans as spans_by_otlp;
pub(crate) use pipeline::Pipeline;
pub(crate) use resource::resource;
pub(crate) use spans::{in_memory, tracer_provider};
pub(crate) use wire::{Answer, Beside, Failure, Heard, try_connection};

/// Why an exporter could not be made. It never holds a header's value, nor a secret in the endpoint.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("could not build the exporter to {0}: {1}")]
    Endpoint(String, String),
    #[error("could not read {what} from {path}: {reason}", path = path.display())]
    File {
        what: &'static str,
        path: PathBuf,
        reason: String,
    },
    #[error("could not start a thread for the exporter: {0}")]
    Thread(String),
}
