//! A value and the context it was sent from, for channels: a task that lives as long as the process has
//! no trace of its own, and what it does for a message belongs to the sender's.

use std::future::Future;

use opentelemetry::Context;
use opentelemetry::trace::FutureExt as _;
use tracing::{Instrument as _, Span};

/// A value from another task or thread, with the context in which [`carry`] was called.
///
/// ```
/// use throughline_telemetry::{Carried, carry};
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let (to_mailer, mut mails) = tokio::sync::mpsc::channel::<Carried<&str>>(16);
/// let mailer = tokio::spawn(async move {
///     let mut sent = Vec::new();
///     while let Some(mail) = mails.recv().await {
///         sent.push(mail.run_async(|mail| async move { mail.len() }).await); // in the sender's trace
///     }
///     sent
/// });
/// to_mailer.send(carry("welcome")).await.unwrap();
/// drop(to_mailer);
/// assert_eq!(mailer.await.unwrap(), [7]);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Carried<T> {
    value: T,
    cx: Context,
    span: Span,
}

/// `value` with the current context, to be sent elsewhere.
pub fn carry<T>(value: T) -> Carried<T> {
    Carried {
        value,
        cx: Context::current(),
        span: Span::current(),
    }
}

impl<T> Carried<T> {
    /// Runs `work` with the value, in its context.
    pub fn run<R>(self, work: impl FnOnce(T) -> R) -> R {
        // The `tracing` span first: entering it sets its own OpenTelemetry context, which is not the
        // innermost under an edge. Dropped in the opposite order.
        let _entered = self.span.enter();
        let _attached = self.cx.attach();
        work(self.value)
    }

    /// Runs asynchronous `work` with the value, in its context.
    pub fn run_async<F, W>(self, work: W) -> impl Future<Output = F::Output> + use<F, W, T>
    where
        W: FnOnce(T) -> F,
        F: Future,
    {
        let Self { value, cx, span } = self;
        async move { work(value).await }
            .with_context(cx)
            .instrument(span)
    }

    /// The value, and its context alone, for a value that is needed before the work begins.
    pub fn into_parts(self) -> (T, Carried<()>) {
        let context = Carried {
            value: (),
            cx: self.cx,
            span: self.span,
        };
        (self.value, context)
    }

    /// The context alone: where one piece of work is done for several values, its span can be linked to
    /// the span of each.
    pub fn context(&self) -> &Context {
        &self.cx
    }
}
