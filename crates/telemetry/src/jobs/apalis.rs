//! apalis 1.0: [`layer`](crate::jobs::apalis::layer) makes one CONSUMER span for each attempt of a worker, and [`push`](crate::jobs::apalis::push) sends a job with
//! the trace context in its metadata.
//!
//! ```no_run
//! # async fn start(pool: &apalis_sqlite::SqlitePool) -> Result<(), apalis::prelude::BoxDynError> {
//! use apalis::prelude::*;
//! use apalis_sqlite::SqliteStorage;
//! use throughline_telemetry::jobs::{self, Job};
//!
//! let config = apalis_sqlite::Config::default().queue("mails");
//! let mut storage = SqliteStorage::<u32>::new(pool).with_config(config);
//!
//! let job = Job { system: jobs::apalis::SYSTEM, queue: "mails", name: "send_mail", id: None, due: None };
//! let task = TaskBuilder::new(7).max_attempts(3); // apalis' own default is 25
//! jobs::apalis::push(&mut storage, task, &job).await?;
//!
//! async fn send_mail(_booking: u32) -> Result<(), BoxDynError> { Ok(()) }
//! let worker = WorkerBuilder::new("mailer")
//!     .backend(storage)
//!     .retry(RetryPolicy::retries(2)) // 3 runs
//!     .catch_panic()
//!     .layer(jobs::apalis::layer("mails", "send_mail")) // last: below what repeats and what catches
//!     .build(send_mail);
//! worker.run().await?;
//! # Ok(()) }
//! ```
//!
//! The first layer of a worker is the outermost. Above `.retry(…)`, this layer would make one span for all
//! the attempts of one process; above `.catch_panic()`, a panic would look like an error. Do not add
//! `.enable_tracing()`: it makes a second span.

use std::convert::Infallible;
use std::time::{Duration, SystemTime};

use apalis_core::backend::{TaskSink, TaskSinkError};
use apalis_core::task::builder::TaskBuilder;
use apalis_core::task::metadata::{Metadata, MetadataStore};

use super::producer::{produce, start};
use super::{Carrier, Job, Options};
use crate::kit;

/// What apalis itself writes into a job's metadata, read where a sender does not use this kit.
mod foreign;
/// The worker's side.
mod layer;

pub use layer::{Attempts, AttemptsLayer, layer};

/// `messaging.system` of jobs in apalis.
pub const SYSTEM: &str = "apalis";

/// Pushes `task` under a PRODUCER span, with the trace context in its metadata. Where the task says when
/// to run or which id it has, that counts, not what `job` says.
///
/// # Errors
/// Those of the storage, unchanged; they mark the span as failed.
pub async fn push<Args, Kind, S>(
    storage: &mut S,
    task: TaskBuilder<Args>,
    job: &Job<'_>,
) -> Result<(), TaskSinkError<S::Error>>
where
    S: TaskSink<Args, Kind>,
{
    push_with(&kit::current().jobs, storage, task, job).await
}

/// [`push`] with options of your own.
///
/// # Errors
/// As `push`.
pub async fn push_with<Args, Kind, S>(
    options: &Options,
    storage: &mut S,
    task: TaskBuilder<Args>,
    job: &Job<'_>,
) -> Result<(), TaskSinkError<S::Error>>
where
    S: TaskSink<Args, Kind>,
{
    let (task, known) = known(task);
    let job = Job {
        id: known.id.as_deref().or(job.id),
        due: known.due.or(job.due),
        ..*job
    };
    let insert = |carrier| storage.push_task(with_carrier(task, carrier).build());
    produce(start(options, &job), &job, 1, kind, |()| None, insert).await
}

/// Puts `carrier`, as [`enqueue`](super::enqueue) hands it out, into the metadata of a task. Values that
/// are there already give way: unlike `TaskBuilder::metadata` of apalis' own tracing context, this never
/// panics. For inserts that `push` does not cover, such as those inside a transaction.
pub fn with_carrier<Args>(task: TaskBuilder<Args>, carrier: Carrier) -> TaskBuilder<Args> {
    task.metadata(&Carried(carrier))
}

struct Carried(Carrier);

impl Metadata for Carried {
    type Error = Infallible;

    fn extract(store: &MetadataStore) -> Result<Self, Infallible> {
        Ok(Self(store.as_map().clone()))
    }

    fn inject(&self, store: &mut MetadataStore) -> Result<(), Infallible> {
        store.extend(
            self.0
                .iter()
                .map(|(key, value)| (key.as_str(), value.as_str())),
        );
        Ok(())
    }
}

/// What a task says about itself. The builder shows it only while it is being changed.
#[derive(Default)]
struct Known {
    id: Option<String>,
    due: Option<SystemTime>,
}

fn known<Args>(task: TaskBuilder<Args>) -> (TaskBuilder<Args>, Known) {
    let mut known = Known::default();
    let task = task.map_context(|cx| {
        known.id = cx.task_id().map(ToString::to_string);
        let due = cx.run_at().map(Duration::from_secs);
        known.due = due.and_then(|due| SystemTime::UNIX_EPOCH.checked_add(due));
        cx
    });
    (task, known)
}

fn kind<E>(error: &TaskSinkError<E>) -> &'static str {
    match error {
        TaskSinkError::PushError(_) => "push_failed",
        TaskSinkError::CodecError(_) => "encode_failed",
        _ => "send_failed",
    }
}
