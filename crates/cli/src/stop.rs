//! The signals that ask a running command to stop.

/// Waits for SIGTERM (from a supervisor) or SIGINT (Ctrl-C).
pub async fn asked_to_stop() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        return;
    }
    if tokio::signal::ctrl_c().await.is_err() {
        // Without signals only the process itself can be ended; the work goes on.
        std::future::pending::<()>().await;
    }
}
