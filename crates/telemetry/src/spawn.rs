//! Work that leaves the running task, by a task, a thread or a channel, and keeps its trace.
//!
//! Two contexts have to be carried: OpenTelemetry's, which edges set, and the current `tracing` span, which
//! `#[instrument]` does. A plain `tokio::spawn` carries none of them, and `in_current_span` alone loses the
//! parent whenever the innermost span is an edge's. The suppression of an excluded request is part of the
//! first, so that what it starts stays unrecorded as well.

use std::future::Future;
use std::thread;

use tokio::task::{self, JoinHandle};

/// A value and the context it was sent from.
mod carried;

pub use carried::{Carried, carry};

/// `tokio::spawn` that keeps the trace: spans made by `future` are children of the current span.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let mail = throughline_telemetry::spawn(async { /* SELECT, POST: spans of this trace */ });
/// mail.await.unwrap();
/// # }
/// ```
///
/// # Panics
/// Outside a tokio runtime, as `tokio::spawn` does.
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tokio::spawn(in_context(future))
}

/// `tokio::task::spawn_local` that keeps the trace.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let local = tokio::task::LocalSet::new();
/// let work = local.run_until(async {
///     let shared = std::rc::Rc::new(7);
///     throughline_telemetry::spawn_local(async move { *shared }).await
/// });
/// assert_eq!(work.await.unwrap(), 7);
/// # }
/// ```
///
/// # Panics
/// Outside a `LocalSet`, as tokio's does.
pub fn spawn_local<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    task::spawn_local(in_context(future))
}

/// `tokio::task::spawn_blocking` that keeps the trace.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let digest = throughline_telemetry::spawn_blocking(|| "a slow computation".len());
/// assert_eq!(digest.await.unwrap(), 18);
/// # }
/// ```
///
/// # Panics
/// Outside a tokio runtime, as tokio's does.
pub fn spawn_blocking<F, R>(work: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    task::spawn_blocking(in_context_blocking(work))
}

/// `std::thread::spawn` that keeps the trace. For a named thread, or one of a pool, see
/// [`in_context_blocking`].
///
/// ```
/// let thread = throughline_telemetry::spawn_thread(|| 7);
/// assert_eq!(thread.join().unwrap(), 7);
/// ```
///
/// # Panics
/// When the system gives no thread, as `std::thread::spawn` does.
pub fn spawn_thread<F, R>(work: F) -> thread::JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    thread::spawn(in_context_blocking(work))
}

/// `future` in the context of this call, whoever polls it: for a `JoinSet`, or another executor.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let mut set = tokio::task::JoinSet::new();
/// for lesson in 1..=3 {
///     set.spawn(throughline_telemetry::in_context(async move { lesson }));
/// }
/// assert_eq!(set.join_all().await.iter().sum::<i32>(), 6);
/// # }
/// ```
pub fn in_context<F: Future>(future: F) -> impl Future<Output = F::Output> + use<F> {
    carry(future).run_async(|future| future)
}

/// `work` in the context of this call, wherever it is called: for `JoinSet::spawn_blocking`, a named
/// thread, or a pool of threads.
///
/// ```
/// let work = throughline_telemetry::in_context_blocking(|| 7);
/// let thread = std::thread::Builder::new().name("images".to_owned()).spawn(work)?;
/// assert_eq!(thread.join().unwrap(), 7);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn in_context_blocking<F, R>(work: F) -> impl FnOnce() -> R + use<F, R>
where
    F: FnOnce() -> R,
{
    let carried = carry(work);
    move || carried.run(|work| work())
}
