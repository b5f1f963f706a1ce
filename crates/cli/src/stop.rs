//! The signals that ask a running command to stop.

use std::future::pending;

/// Listens for SIGTERM (from a supervisor) and SIGINT (Ctrl-C), from its making on: whoever was told that the command runs may
/// stop it at once.
pub struct Stop {
    #[cfg(unix)]
    signals: Vec<tokio::signal::unix::Signal>,
}

impl Stop {
    /// Begins to listen.
    #[must_use]
    pub fn listen() -> Self {
        Self {
            #[cfg(unix)]
            signals: {
                use tokio::signal::unix::{SignalKind, signal};
                [SignalKind::terminate(), SignalKind::interrupt()].into_iter().filter_map(|kind| signal(kind).ok()).collect()
            },
        }
    }

    /// Waits for one of them.
    pub async fn asked(&mut self) {
        #[cfg(unix)]
        if !self.signals.is_empty() {
            let each = self.signals.iter_mut().map(|signal| Box::pin(signal.recv()));
            drop(futures::future::select_all(each).await);
            return;
        }
        if tokio::signal::ctrl_c().await.is_err() {
            // Without signals only the process itself can be ended; the work goes on.
            pending::<()>().await;
        }
    }
}
