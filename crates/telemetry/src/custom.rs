//! Spans of the program's own, in one line: a step inside a request that deserves a name.
//!
//! ```
//! use throughline_telemetry::{fail, in_span, record, span};
//! # #[tokio::main(flavor = "current_thread")] async fn main() {
//! # async fn charge() -> bool { false }
//! in_span("payment.process", async {
//!     record("payment.amount_cents", 4500);
//!     if !charge().await {
//!         fail("declined");
//!     }
//! }).await;
//!
//! // with attributes from the start
//! span("payment.process").with("payment.provider", "stripe").run(async { charge().await }).await;
//! # }
//! ```
//!
//! `#[tracing::instrument(skip_all)]` makes such spans too, and is shorter where a span is a function.
//! Its guard rails: without `skip_all` it records every argument, which is personal data sooner or later
//! (`fields(booking.id = id)` says what to keep); `err` and `ret` print messages and values, so leave them
//! off and use [`fail`]; its name is fixed, and fields not named in it cannot be added, but [`record`] can.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use opentelemetry::trace::{SpanKind, Status, TraceContextExt};
use opentelemetry::{Context, KeyValue, Value};

use crate::span::{EdgeSpan, Start, boxed};
use crate::{attrs, kit};

/// Runs `work` under a span. It becomes a child of the current one, or begins a trace where there is none.
///
/// A panic marks it `error.type=panic` and goes on; work dropped before its end is marked
/// `kit.cancelled`. An `Err` is passed on without a mark, as it may be an answer: see
/// [`NewSpan::run_result`].
pub fn in_span<F: Future>(name: &'static str, work: F) -> impl Future<Output = F::Output> {
    span(name).run(work)
}

/// [`in_span`] for work that does not wait, or blocks.
///
/// ```
/// let total = throughline_telemetry::in_span_blocking("price.total", || 3 * 4500);
/// assert_eq!(total, 13500);
/// ```
pub fn in_span_blocking<R>(name: &'static str, work: impl FnOnce() -> R) -> R {
    span(name).run_blocking(work)
}

/// A span with attributes. Its name is fixed, so that there are few; what differs is an attribute.
pub fn span(name: &'static str) -> NewSpan {
    NewSpan {
        name,
        attributes: Vec::new(),
    }
}

/// Sets an attribute of the current span, whoever made it. Never a name, an address or a token of a
/// person. Without a recorded span it does nothing.
pub fn record(key: &'static str, value: impl Into<Value>) {
    Context::map_current(|cx| {
        if !cx.is_telemetry_suppressed() {
            cx.span().set_attribute(KeyValue::new(key, value));
        }
    });
}

/// Marks the current span as failed. `kind` becomes `error.type`: one of few words, not a message.
pub fn fail(kind: &'static str) {
    Context::map_current(|cx| {
        if !cx.is_telemetry_suppressed() {
            cx.span().set_status(Status::error(""));
            cx.span()
                .set_attribute(KeyValue::new(attrs::ERROR_TYPE, kind));
        }
    });
}

/// A span that has not started, from [`span`].
#[derive(Clone, Debug)]
#[must_use = "it starts with one of the `run` functions"]
pub struct NewSpan {
    name: &'static str,
    attributes: Vec<KeyValue>,
}

impl NewSpan {
    /// Adds an attribute.
    pub fn with(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.attributes.push(KeyValue::new(key, value));
        self
    }

    /// Runs `work` under it, as [`in_span`] does.
    pub async fn run<F: Future>(self, work: F) -> F::Output {
        let work = boxed(work);
        let (span, output) = self.start().run(work).await;
        span.end();
        output
    }

    /// Runs `work` under it. An error marks it as failed, named by `kind`, which is one of few words.
    ///
    /// ```no_run
    /// # async fn slots(pool: sqlx::SqlitePool) -> Result<(), sqlx::Error> {
    /// use throughline_telemetry::{span, sql};
    /// span("slots.expire").run_result(sql::kind, async {
    ///     sqlx::query("DELETE FROM slots WHERE ends_at < 0").execute(&pool).await
    /// }).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Those of `work`, unchanged.
    pub async fn run_result<T, E, F, K>(self, kind: K, work: F) -> Result<T, E>
    where
        F: Future<Output = Result<T, E>>,
        K: FnOnce(&E) -> &'static str,
    {
        let work = boxed(work);
        let (span, result) = self.start().run(work).await;
        if let Err(error) = &result {
            span.fail(kind(error));
        }
        span.end();
        result
    }

    /// [`run`](Self::run) for work that does not wait, or blocks.
    pub fn run_blocking<R>(self, work: impl FnOnce() -> R) -> R {
        let (span, output) = blocking(self.start(), work);
        span.end();
        output
    }

    /// [`run_result`](Self::run_result) for work that does not wait, or blocks.
    ///
    /// # Errors
    /// Those of `work`, unchanged.
    pub fn run_result_blocking<T, E, K>(
        self,
        kind: K,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E>
    where
        K: FnOnce(&E) -> &'static str,
    {
        let (span, result) = blocking(self.start(), work);
        if let Err(error) = &result {
            span.fail(kind(error));
        }
        span.end();
        result
    }

    fn start(self) -> EdgeSpan {
        let parent = Context::current();
        let start = Start {
            name: self.name.into(),
            kind: SpanKind::Internal,
            attributes: self.attributes,
            links: Vec::new(),
        };
        EdgeSpan::start(&kit::of(&parent), start, &parent)
    }
}

/// `EdgeSpan::run` without waiting.
fn blocking<R>(span: EdgeSpan, work: impl FnOnce() -> R) -> (EdgeSpan, R) {
    let attached = span.context().clone().attach();
    let caught = catch_unwind(AssertUnwindSafe(work));
    drop(attached);
    match caught {
        Ok(output) => (span, output),
        Err(panic) => {
            span.fail("panic");
            span.end();
            resume_unwind(panic)
        }
    }
}
