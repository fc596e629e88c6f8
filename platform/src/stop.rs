//! The signal that everything stops on: SIGTERM, Ctrl-C, or a test that is done.

use tokio::sync::watch;

/// Seen by every loop and server of a process; clones see the same signal.
#[derive(Clone, Debug)]
pub struct Stop(watch::Receiver<bool>);

/// Asks for the stop. Dropping it asks as well.
#[derive(Debug)]
pub struct Trigger(watch::Sender<bool>);

impl Stop {
    pub fn by_hand() -> (Trigger, Self) {
        let (sender, receiver) = watch::channel(false);
        (Trigger(sender), Self(receiver))
    }

    /// Stops on SIGTERM or SIGINT. Call once a process, inside the runtime.
    pub(crate) fn on_signal() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let (trigger, stop) = Self::by_hand();
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            trigger.stop();
        });
        Ok(stop)
    }

    /// Returns once the stop was asked for.
    pub async fn requested(&self) {
        let mut receiver = self.0.clone();
        // an error means that the trigger is gone, which is a stop as well
        let _ = receiver.wait_for(|stop| *stop).await;
    }

    pub(crate) fn is_requested(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }
}

impl Trigger {
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}
