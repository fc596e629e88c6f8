//! Where ended spans are kept and waited for. Whoever waits is woken by a span that ends; nobody polls.

use std::fmt::{Display, Write as _};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use opentelemetry::trace::{SpanKind, Status};
use opentelemetry_sdk::trace::SpanData;
use tokio::sync::Notify;

use super::check;
use super::forest::Forest;
use super::mismatch::{Late, Mismatch};

/// The spans that one or several services have ended, in the order they ended. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Recorder(Arc<Shelf>);

#[derive(Debug, Default)]
struct Shelf {
    spans: Mutex<Vec<Span>>,
    /// Wakes threads that wait.
    grown: Condvar,
    /// Wakes tasks that wait.
    notify: Notify,
}

/// An ended span and the service it belongs to.
#[derive(Clone, Debug)]
pub struct Span {
    /// `service.name`.
    pub service: String,
    /// What would have been exported.
    pub data: SpanData,
}

impl Span {
    /// The value of an attribute as text. None when the span has none of that name.
    pub fn attribute(&self, key: &str) -> Option<String> {
        let found = self
            .data
            .attributes
            .iter()
            .find(|attribute| attribute.key.as_str() == key)?;
        Some(found.value.as_str().into_owned())
    }

    /// Whether its status is an error.
    pub fn failed(&self) -> bool {
        matches!(self.data.status, Status::Error { .. })
    }

    /// `<service> <KIND> <name>`.
    pub(super) fn head(&self) -> String {
        let kind = kind_text(&self.data.span_kind);
        format!("{} {kind} {}", self.service, self.data.name)
    }
}

/// As it is written in trees and patterns: `SERVER`.
pub(super) fn kind_text(kind: &SpanKind) -> String {
    format!("{kind:?}").to_uppercase()
}

/// What a [`Recorder`] is waited for to hold.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Until {
    /// At least so many spans.
    Count(usize),
    /// No orphans: every span's parent, when it is of this process, has ended as well.
    Whole,
    /// Spans that match a pattern. It should not be open (`...`) where more spans are still to come.
    Matches(String),
}

impl From<usize> for Until {
    fn from(spans: usize) -> Self {
        Self::Count(spans)
    }
}

impl From<&str> for Until {
    fn from(pattern: &str) -> Self {
        Self::Matches(pattern.to_owned())
    }
}

impl Until {
    fn reached(&self, spans: &[Span]) -> Result<(), Mismatch> {
        match self {
            Self::Count(wanted) if spans.len() >= *wanted => Ok(()),
            Self::Count(wanted) => Err(Mismatch::Late(Late::few(*wanted, spans))),
            Self::Whole => {
                let orphans = Forest::new(spans).orphans();
                if orphans.is_empty() {
                    return Ok(());
                }
                Err(Mismatch::Late(Late::orphans(&orphans)))
            }
            Self::Matches(pattern) => check(spans, pattern),
        }
    }
}

/// What has spans to look at: a [`Recorder`], or spans taken from one.
pub trait Spans {
    /// A copy of them.
    fn to_spans(&self) -> Vec<Span>;
}

impl Spans for Recorder {
    fn to_spans(&self) -> Vec<Span> {
        self.spans()
    }
}

impl Spans for [Span] {
    fn to_spans(&self) -> Vec<Span> {
        self.to_vec()
    }
}

impl Spans for Vec<Span> {
    fn to_spans(&self) -> Vec<Span> {
        self.clone()
    }
}

impl Recorder {
    /// The spans that have ended so far.
    pub fn spans(&self) -> Vec<Span> {
        self.lock().clone()
    }

    /// The first ended span of that name.
    pub fn find(&self, name: &str) -> Option<Span> {
        self.lock()
            .iter()
            .find(|span| span.data.name == name)
            .cloned()
    }

    /// The spans of one trace, by its id as 32 lower-case hex digits: what an answer's `X-Trace-ID` says.
    pub fn trace(&self, trace_id: impl Display) -> Vec<Span> {
        let trace_id = trace_id.to_string();
        let mut spans = self.spans();
        spans.retain(|span| span.data.span_context.trace_id().to_string() == trace_id);
        spans
    }

    /// Forgets the spans that have ended so far: a test may prepare before it looks.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// One line for each span, `<service> <KIND> <name>`, children below their parents by start time; a
    /// failed one ends in ` !`. A span whose parent was not recorded is shown as a root.
    pub fn tree(&self) -> String {
        let spans = self.spans();
        let forest = Forest::new(&spans);
        let mut text = String::new();
        for root in forest.roots() {
            forest.walk(*root, 0, &mut |span, depth| {
                let mark = if span.failed() { " !" } else { "" };
                // Writing into a String cannot fail.
                let _ = writeln!(text, "{}{}{mark}", "  ".repeat(depth), span.head());
            });
        }
        text
    }

    /// Waits for spans that end in background tasks: for a number of them, or for a pattern to match.
    /// Returns the spans of that moment.
    ///
    /// ```
    /// # use throughline_telemetry::testing;
    /// # use std::time::Duration;
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// let recorder = testing::Recorder::default();
    /// let late = recorder.wait_for(1, Duration::ZERO).await.unwrap_err();
    /// assert_eq!(late.to_string(), "could not see 1 spans within 0ns: 0 have ended\n");
    /// # }
    /// ```
    ///
    /// # Errors
    /// When they have not come after `within` of real time, with what is missing; when the pattern cannot
    /// be read, at once.
    pub async fn wait_for(
        &self,
        until: impl Into<Until>,
        within: Duration,
    ) -> Result<Vec<Span>, Mismatch> {
        let until = until.into();
        let reached = async {
            loop {
                let grown = self.0.notify.notified();
                let spans = self.spans();
                match until.reached(&spans) {
                    Ok(()) => return Ok(spans),
                    Err(unreadable @ Mismatch::Pattern(_)) => return Err(unreadable),
                    Err(_) => grown.await,
                }
            }
        };
        let waited = tokio::time::timeout(within, reached).await;
        waited.unwrap_or_else(|_elapsed| self.at_last(&until, within))
    }

    /// [`wait_for`](Recorder::wait_for) for a test without a runtime: it blocks the thread.
    ///
    /// # Errors
    /// As [`wait_for`](Recorder::wait_for).
    pub fn blocking_wait_for(
        &self,
        until: impl Into<Until>,
        within: Duration,
    ) -> Result<Vec<Span>, Mismatch> {
        let until = until.into();
        let missing = |spans: &mut Vec<Span>| {
            let reached = until.reached(spans);
            !matches!(reached, Ok(()) | Err(Mismatch::Pattern(_)))
        };
        let waited = self
            .0
            .grown
            .wait_timeout_while(self.lock(), within, missing);
        drop(waited);
        self.at_last(&until, within)
    }

    /// The answer when the time is over.
    fn at_last(&self, until: &Until, within: Duration) -> Result<Vec<Span>, Mismatch> {
        let spans = self.spans();
        match until.reached(&spans) {
            Ok(()) => Ok(spans),
            Err(mismatch) => Err(mismatch.after(within)),
        }
    }

    pub(super) fn add(&self, spans: impl Iterator<Item = Span>) {
        self.lock().extend(spans);
        self.0.grown.notify_all();
        self.0.notify.notify_waiters();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Span>> {
        self.0.spans.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
