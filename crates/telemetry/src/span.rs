//! A span at the edge of the service: a request, a query, a job. It is made on the OpenTelemetry API, not
//! with `tracing` macros, because edges need a kind, links and a remote parent.

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;

use futures::FutureExt as _;
use opentelemetry::trace::{
    FutureExt as _, Link, Span as _, SpanContext, SpanKind, Status, TraceContextExt, Tracer,
};
use opentelemetry::{Context, KeyValue, Value};

use crate::attrs;
use crate::kit::Kit;

/// What a span is known by when it starts.
pub(crate) struct Start {
    pub(crate) name: Cow<'static, str>,
    pub(crate) kind: SpanKind,
    pub(crate) attributes: Vec<KeyValue>,
    pub(crate) links: Vec<SpanContext>,
}

/// An open span and the context that code under it runs in. Dropping it open means that the work was
/// abandoned: the span ends, marked `kit.cancelled`.
#[derive(Debug)]
pub(crate) struct EdgeSpan {
    cx: Context,
    /// False when nothing is recorded here (off, suppressed, shut down): then `cx` still holds the
    /// caller's span, which is not ours to touch.
    open: bool,
    must_finish: bool,
}

impl EdgeSpan {
    /// Starts a span under the span of `parent`, or passes `parent` on when nothing is to be recorded.
    pub(crate) fn start(kit: &Kit, start: Start, parent: &Context) -> Self {
        let idle = || Self::idle(parent.clone());
        let Some(tracer) = kit
            .tracer
            .as_ref()
            .filter(|_| !parent.is_telemetry_suppressed())
        else {
            return idle();
        };
        let links = start.links.into_iter().map(Link::with_context).collect();
        let builder = tracer
            .span_builder(start.name)
            .with_kind(start.kind)
            .with_attributes(start.attributes)
            .with_links(links);
        let span = tracer.build_with_context(builder, parent);
        // After shutdown the SDK hands out spans without an id; they would hide the caller's.
        if !span.span_context().is_valid() {
            return idle();
        }
        Self {
            cx: parent.with_span(span),
            open: true,
            must_finish: false,
        }
    }

    /// No span, only a context to run in.
    pub(crate) fn idle(cx: Context) -> Self {
        Self {
            cx,
            open: false,
            must_finish: false,
        }
    }

    /// Makes abandoned work a failure. A client may go away at will, but a job has to be done.
    pub(crate) fn must_finish(mut self) -> Self {
        self.must_finish = true;
        self
    }

    /// The context in which the work under this span runs.
    pub(crate) fn context(&self) -> &Context {
        &self.cx
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    pub(crate) fn set(&self, key: &'static str, value: impl Into<Value>) {
        if self.open {
            self.cx.span().set_attribute(KeyValue::new(key, value));
        }
    }

    /// Marks the span as failed. `kind` is of low cardinality; messages may hold personal data and are
    /// never recorded.
    pub(crate) fn fail(&self, kind: impl Into<Value>) {
        if self.open {
            self.cx.span().set_status(Status::error(""));
            self.set(attrs::ERROR_TYPE, kind);
        }
    }

    pub(crate) fn end(mut self) {
        self.close();
    }

    fn close(&mut self) {
        if std::mem::take(&mut self.open) {
            self.cx.span().end();
        }
    }

    /// Runs `work` in the span's context. A panic marks the span `error.type=panic`, ends it and goes on.
    pub(crate) async fn run<F: Future>(self, work: F) -> (Self, F::Output) {
        let cx = self.cx.clone();
        let caught = std::panic::AssertUnwindSafe(work.with_context(cx))
            .catch_unwind()
            .await;
        match caught {
            Ok(output) => (self, output),
            Err(panic) => {
                self.fail("panic");
                self.end();
                std::panic::resume_unwind(panic)
            }
        }
    }
}

impl Drop for EdgeSpan {
    fn drop(&mut self) {
        if self.open {
            self.set(attrs::CANCELLED, true);
            if self.must_finish {
                self.fail("cancelled");
            }
            self.close();
        }
    }
}

/// Work in a box of its own, so that the futures around it stay small: each that takes another by value and awaits it
/// holds it twice, and a query inside a job inside a tick would fill the stack.
pub(crate) fn boxed<F: Future>(work: F) -> Pin<Box<F>> {
    Box::pin(work)
}

/// The methods that have a name of their own in spans and metrics.
pub(crate) const METHODS: [&str; 9] = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
];

/// An HTTP method as the conventions spell it, as the attribute and as the first word of a span's name.
/// An unknown one would be text of a stranger's choosing.
pub(crate) fn method(method: &http::Method) -> (&'static str, &'static str) {
    let known = METHODS.iter().find(|known| **known == method.as_str());
    known
        .copied()
        .map_or(("_OTHER", "HTTP"), |known| (known, known))
}
