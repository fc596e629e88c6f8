//! The thread that empties a queue. It has a runtime of its own: the host's may be busy, of one thread, or gone, and a
//! flush must not wait for it. Everything on this thread runs with telemetry suppressed, so that exporting makes no spans.

use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use futures::FutureExt as _;
use opentelemetry::Context;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use tokio::runtime;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout};
use tracing::instrument::WithSubscriber as _;
use tracing::subscriber::NoSubscriber;

use super::queue::{Outcome, Queue};
use super::{Counts, Error};
use crate::config::Batch;

/// At most this often one is told that spans are lost.
const COMPLAINT_EVERY: Duration = Duration::from_secs(60);
/// The longest that anybody waits for the end.
const LIMIT_MAX: Duration = Duration::from_secs(24 * 3600);
/// What waking and joining the thread may take beyond the deadline it was given.
const GRACE: Duration = Duration::from_millis(200);

/// How much the thread gives way to the host's: a batch takes some milliseconds to encode, and on a machine of two cores
/// those would be felt by the requests that run meanwhile. Linux counts it for the calling thread alone.
const NICENESS: i32 = 10;

/// Where batches go.
pub(crate) trait Sink<T>: Send + 'static {
    /// Sends one batch; returns how many of it the store refused.
    fn export(&self, batch: Vec<T>) -> impl Future<Output = Result<u64, OTelSdkError>> + Send;

    /// What was last heard from the store, better than the SDK says it.
    fn reason(&self) -> Option<String>;
}

/// A queue and the thread that empties it.
#[derive(Clone, Debug)]
pub(crate) struct Pipeline<T>(Arc<Inner<T>>);

#[derive(Debug)]
struct Inner<T> {
    queue: Arc<Queue<T>>,
    /// When the thread has to be done.
    end: watch::Sender<Option<Instant>>,
    /// Disconnected when the thread is gone.
    gone: Mutex<Receiver<()>>,
}

impl<T: Send + 'static> Pipeline<T> {
    /// Starts the thread. `build` runs on it, inside its runtime, and makes the sink.
    pub(crate) fn start<S: Sink<T>>(
        what: &'static str,
        limits: Batch,
        way_timeout: Duration,
        build: impl FnOnce() -> Result<S, Error> + Send + 'static,
    ) -> Result<Self, Error> {
        let queue = Arc::new(Queue::new(limits));
        let (end, ending) = watch::channel(None);
        let (started, start) = sync_channel(1);
        let (alive, gone) = sync_channel(0);
        let work = Work {
            what,
            queue: queue.clone(),
            ending,
            export_timeout: way_timeout.min(limits.export_timeout),
        };
        let body = move || {
            let _alive = alive;
            // Where it is not allowed, the thread is one like others.
            let _ = rustix::process::setpriority_process(None, NICENESS);
            let _quiet = Context::new().with_telemetry_suppressed().attach();
            let built = runtime::Builder::new_current_thread().enable_all().build();
            let runtime = match built {
                Ok(runtime) => runtime,
                Err(error) => {
                    let _ = started.send(Err(Error::Thread(error.to_string())));
                    return;
                }
            };
            let sink = {
                let _inside = runtime.enter();
                build()
            };
            match sink {
                Ok(sink) => {
                    let _ = started.send(Ok(()));
                    runtime.block_on(work.run(sink));
                }
                Err(error) => drop(started.send(Err(error))),
            }
            // A look-up of a name that never comes back must not keep the process.
            runtime.shutdown_background();
        };
        let thread = thread::Builder::new().name(format!("telemetry-{what}"));
        let spawned = thread.spawn(body);
        spawned.map_err(|error| Error::Thread(error.to_string()))?;
        let lost = |_| Error::Thread("it ended at once".to_owned());
        start.recv().map_err(lost)??;
        Ok(Self(Arc::new(Inner {
            queue,
            end,
            gone: Mutex::new(gone),
        })))
    }

    pub(crate) fn push(&self, item: T) {
        self.0.queue.push(item);
    }

    pub(crate) fn counts(&self) -> Counts {
        self.0.queue.counts()
    }

    /// Sends what waits now. Blocks for `limit` at most.
    pub(crate) fn flush(&self, limit: Duration) -> OTelSdkResult {
        let (done, wait) = sync_channel(1);
        self.0.queue.flush(done);
        match wait.recv_timeout(limit) {
            Ok(()) => Ok(()),
            Err(RecvTimeoutError::Timeout) => Err(OTelSdkError::Timeout(limit)),
            Err(RecvTimeoutError::Disconnected) => Err(OTelSdkError::AlreadyShutdown),
        }
    }

    /// Sends what can be sent within `limit`, drops and counts the rest, ends the thread.
    pub(crate) fn shutdown(&self, limit: Duration) -> OTelSdkResult {
        let limit = limit.min(LIMIT_MAX);
        self.0.end.send_replace(Some(Instant::now() + limit));
        let gone = self.0.gone.lock().unwrap_or_else(PoisonError::into_inner);
        match gone.recv_timeout(limit + GRACE) {
            Err(RecvTimeoutError::Disconnected) => {}
            Ok(()) | Err(RecvTimeoutError::Timeout) => return Err(OTelSdkError::Timeout(limit)),
        }
        match self.counts().dropped_shutdown {
            0 => Ok(()),
            _ => Err(OTelSdkError::Timeout(limit)),
        }
    }
}

/// What the thread knows.
struct Work<T> {
    what: &'static str,
    queue: Arc<Queue<T>>,
    ending: watch::Receiver<Option<Instant>>,
    export_timeout: Duration,
}

impl<T> Work<T> {
    async fn run<S: Sink<T>>(mut self, sink: S) {
        let mut complaint = Complaint::default();
        loop {
            let at_end = self.wait().await;
            let (waiting, flushes) = self.queue.demand();
            let mut left = waiting;
            loop {
                let batch = self.queue.take();
                if batch.is_empty() {
                    break;
                }
                let size = batch.len();
                left = left.saturating_sub(size);
                let outcome = self.send(&sink, batch, &mut complaint).await;
                self.queue.settle(size, outcome);
                if outcome == Outcome::Abandoned || left == 0 {
                    break;
                }
            }
            for done in flushes {
                let _ = done.try_send(());
            }
            if at_end {
                self.queue.close();
                return;
            }
        }
    }

    /// Until a request is full, the delay is over or somebody asks; true at the end.
    async fn wait(&mut self) -> bool {
        tokio::select! {
            () = self.queue.bell.notified() => {}
            () = tokio::time::sleep(self.queue.limits.delay) => {}
            ended = self.ending.wait_for(Option::is_some) => {
                // An error: nobody is left to end it in order, which is an end as well.
                if ended.is_err() {
                    return true;
                }
            }
        }
        self.ending.borrow().is_some()
    }

    async fn send<S: Sink<T>>(
        &self,
        sink: &S,
        batch: Vec<T>,
        complaint: &mut Complaint,
    ) -> Outcome {
        let size = batch.len();
        // Silent: what the exporter and its client have to say would be exported as well.
        let export = AssertUnwindSafe(sink.export(batch))
            .catch_unwind()
            .with_subscriber(NoSubscriber::new());
        let sent = tokio::select! {
            sent = timeout(self.export_timeout, export) => sent,
            () = expired(self.ending.clone()) => return Outcome::Abandoned,
        };
        let reason = match sent {
            Ok(Ok(Ok(rejected))) => {
                complaint.settle(self.what);
                return Outcome::Sent { rejected };
            }
            Ok(Ok(Err(error))) => sink.reason().unwrap_or_else(|| error.to_string()),
            Ok(Err(_)) => "the exporter panicked".to_owned(),
            Err(_) => format!("no answer within {:?}", self.export_timeout),
        };
        complaint.make(self.what, size, &reason);
        Outcome::Failed
    }
}

/// Returns when the time for the shutdown is over; never, as long as nobody has asked for one.
async fn expired(mut ending: watch::Receiver<Option<Instant>>) {
    let end = ending
        .wait_for(Option::is_some)
        .await
        .ok()
        .and_then(|end| *end);
    match end {
        Some(end) => sleep_until(end).await,
        None => std::future::pending().await,
    }
}

/// Says that something is lost when it begins, then once a minute, and when it is over.
#[derive(Debug, Default)]
struct Complaint {
    since: Option<Instant>,
    lost: u64,
}

impl Complaint {
    fn make(&mut self, what: &str, size: usize, reason: &str) {
        self.lost += size as u64;
        let now = Instant::now();
        if self.since.is_some_and(|last| now - last < COMPLAINT_EVERY) {
            return;
        }
        self.since = Some(now);
        tracing::warn!("could not send {what}: {reason}; {} lost so far", self.lost);
    }

    fn settle(&mut self, what: &str) {
        if self.since.take().is_some() {
            tracing::info!("sending {what} again; {} were lost", self.lost);
            self.lost = 0;
        }
    }
}
