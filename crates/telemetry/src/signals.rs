//! SIGTERM and Ctrl-C: what ends a service, and what must not cost it its last spans.

use std::io;
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use tokio::signal::unix::{SignalKind, signal};

use crate::Telemetry;

/// Returns when the process is asked to end, by SIGTERM or Ctrl-C: what a server's graceful shutdown waits for. The last
/// spans are sent after it by [`Telemetry::shutdown`].
///
/// ```no_run
/// # async fn serve(listener: tokio::net::TcpListener, app: axum::Router, telemetry: throughline_telemetry::Telemetry)
/// # -> std::io::Result<()> {
/// axum::serve(listener, app).with_graceful_shutdown(throughline_telemetry::asked_to_end()).await?;
/// telemetry.shutdown(std::time::Duration::from_secs(5)).await;
/// # Ok(()) }
/// ```
///
/// # Panics
/// Outside a tokio runtime.
pub async fn asked_to_end() {
    let both = signal(SignalKind::terminate())
        .and_then(|term| Ok((term, signal(SignalKind::interrupt())?)));
    match both {
        Ok((mut term, mut interrupt)) => {
            tokio::select! {
                _ = term.recv() => {}
                _ = interrupt.recv() => {}
            }
        }
        // Then the signals still do what they do by default, and end the process.
        Err(error) => {
            tracing::warn!("could not watch for signals: {error}");
            std::future::pending().await
        }
    }
}

impl Telemetry {
    /// For a program that does nothing about signals itself: on SIGTERM or Ctrl-C, what has ended by then is sent, within
    /// `deadline`, and the process ends as it would have without.
    ///
    /// A server that ends gracefully waits for [`asked_to_end`] instead.
    ///
    /// # Errors
    /// When the signals cannot be watched or there is no thread to do it.
    pub fn flush_on_signal(&self, deadline: Duration) -> io::Result<()> {
        let ways = self.ways();
        let mut signals = Signals::new([SIGTERM, SIGINT])?;
        let watch = move || {
            if let Some(signal) = signals.forever().next() {
                ways.flush(deadline);
                // It fails only for signals that cannot be watched either.
                let _ = emulate_default_handler(signal);
            }
        };
        let thread = thread::Builder::new().name("telemetry-signals".to_owned());
        thread.spawn(watch).map(drop)
    }
}
