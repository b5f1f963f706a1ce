use super::{Context, JobError};

/// Compares every window ahead with what stands against it.
pub(super) async fn run(context: &Context) -> Result<(), JobError> {
    let changed = context.app.check_conflicts().await?;
    tracing::debug!(changed, "windows are compared");
    Ok(())
}
