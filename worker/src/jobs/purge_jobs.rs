use super::{Context, JobError};

/// Forgets jobs that ended long ago.
pub(super) async fn run(context: &Context) -> Result<(), JobError> {
    let purged = context.app.purge_jobs().await?;
    tracing::debug!(purged, "old jobs are forgotten");
    Ok(())
}
