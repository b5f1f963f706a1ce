use super::{Context, JobError};

/// Forgets limits on attempts that are whole again.
pub(super) async fn run(context: &Context) -> Result<(), JobError> {
    let pruned = context.app.prune_attempt_limits().await?;
    tracing::debug!(pruned, "limits on attempts that are whole again are forgotten");
    Ok(())
}
