//! The layer: one CONSUMER span for each attempt, when it stands below the layers that repeat and catch.

use std::borrow::Cow;
use std::error::Error;
use std::sync::Arc;
use std::task::{Context, Poll};

use apalis_core::error::{AbortError, BoxDynError, DeferredError, RetryAfterError};
use apalis_core::task::{ExecutionContext, Task};
use futures::future::BoxFuture;
use opentelemetry::trace::FutureExt as _;
use tower::{Layer, Service};

use super::{SYSTEM, foreign};
use crate::jobs::{Attempt, Failure, Options, consume_with};
use crate::kit;

/// Names a failure by its error; None leaves it to the kit.
type Kind = fn(&(dyn Error + 'static)) -> Option<&'static str>;

/// The layer of a worker that takes jobs called `name` from `queue`. The names are the caller's: apalis'
/// own would be those of Rust types.
///
/// Failures are called `job_failed`, or by what apalis' error says of the job: `aborted` (it is not tried
/// again), `retry_later`, `deferred`. [`AttemptsLayer::kind`] tells more.
pub fn layer(
    queue: impl Into<Cow<'static, str>>,
    name: impl Into<Cow<'static, str>>,
) -> AttemptsLayer {
    AttemptsLayer(Arc::new(Settings {
        queue: queue.into(),
        name: name.into(),
        options: None,
        max_attempts: None,
        kind: |_| None,
    }))
}

/// Made by [`layer`].
#[derive(Clone, Debug)]
pub struct AttemptsLayer(Arc<Settings>);

#[derive(Clone, Debug)]
struct Settings {
    queue: Cow<'static, str>,
    name: Cow<'static, str>,
    options: Option<Options>,
    max_attempts: Option<u32>,
    kind: Kind,
}

impl AttemptsLayer {
    /// With options of your own; else the service's are used.
    pub fn options(mut self, options: Options) -> Self {
        Arc::make_mut(&mut self.0).options = Some(options);
        self
    }

    /// After how many runs the worker gives up, where the tasks do not say or say otherwise: a task's own
    /// number is apalis' limit for taking it from the storage again, 25 by default, whatever the worker's
    /// retry policy.
    pub fn max_attempts(mut self, runs: u32) -> Self {
        Arc::make_mut(&mut self.0).max_attempts = Some(runs);
        self
    }

    /// Names failures in `error.type`. `kind` is given the job's error, taken out of apalis' `AbortError`
    /// and its like; where it returns None, the kit's names stand.
    pub fn kind(mut self, kind: Kind) -> Self {
        Arc::make_mut(&mut self.0).kind = kind;
        self
    }
}

impl<S> Layer<S> for AttemptsLayer {
    type Service = Attempts<S>;

    fn layer(&self, inner: S) -> Attempts<S> {
        Attempts {
            inner,
            settings: self.0.clone(),
        }
    }
}

/// A worker's service whose attempts are traced. Made by [`AttemptsLayer`].
#[derive(Clone, Debug)]
pub struct Attempts<S> {
    inner: S,
    settings: Arc<Settings>,
}

impl<S, Args> Service<Task<Args>> for Attempts<S>
where
    S: Service<Task<Args>, Error = BoxDynError> + Clone + Send + 'static,
    S::Future: Send,
    S::Response: Send,
    Args: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxDynError;
    type Future = BoxFuture<'static, Result<S::Response, BoxDynError>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxDynError>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, task: Task<Args>) -> Self::Future {
        let settings = self.settings.clone();
        // The one that said it was ready is the one to call.
        let fresh = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, fresh);
        let running = async move {
            let cx = task.ctx().clone();
            // Called inside the span as well: a job's function may do its work before its first await.
            settings
                .run(&cx, async move { inner.call(task).await })
                .await
        };
        // A layer above may run this in a task of its own, where the service would not be known.
        Box::pin(running.with_context(opentelemetry::Context::current()))
    }
}

impl Settings {
    async fn run<T>(
        &self,
        task: &ExecutionContext,
        work: impl Future<Output = Result<T, BoxDynError>>,
    ) -> Result<T, BoxDynError> {
        let carrier = foreign::carrier(task.metadata().as_map());
        let id = task.task_id().map(ToString::to_string).unwrap_or_default();
        let tasks_max = task
            .max_attempts()
            .map(|runs| u32::try_from(runs).unwrap_or(u32::MAX));
        let attempt = Attempt {
            system: SYSTEM,
            queue: &self.queue,
            name: &self.name,
            message_id: &id,
            // apalis counts when the innermost future is first polled: here the number is that of the
            // runs before this one, also of those in other processes.
            attempt: u32::try_from(task.attempt())
                .unwrap_or(u32::MAX)
                .saturating_add(1),
            max_attempts: self.max_attempts.or(tasks_max).unwrap_or_default(),
            carrier: &carrier,
        };
        let options = self.options.unwrap_or_else(|| kit::current().jobs);
        consume_with(&options, &attempt, |error| self.failure(error), work).await
    }

    fn failure(&self, error: &BoxDynError) -> Failure {
        let error: &(dyn Error + 'static) = error.as_ref();
        let (kind, says) = if error.is::<AbortError>() {
            ("aborted", error.source())
        } else if error.is::<RetryAfterError>() {
            ("retry_later", error.source())
        } else if error.is::<DeferredError>() {
            ("deferred", error.source())
        } else {
            ("job_failed", None)
        };
        let kind = (self.kind)(says.unwrap_or(error)).unwrap_or(kind);
        if error.is::<AbortError>() {
            Failure::gives_up(kind)
        } else {
            kind.into()
        }
    }
}
