use super::{Context, JobError};

/// Removes files that no attachment knows.
pub(super) async fn run(context: &Context) -> Result<(), JobError> {
    let swept = context.app.sweep_files().await?;
    tracing::debug!(swept, "unused files are removed");
    Ok(())
}
