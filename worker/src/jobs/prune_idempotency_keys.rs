use super::{Context, JobError};

/// Forgets Idempotency-Keys older than a day.
pub(super) async fn run(context: &Context) -> Result<(), JobError> {
    let pruned = context.app.prune_idempotency_keys().await?;
    tracing::debug!(pruned, "old Idempotency-Keys are forgotten");
    Ok(())
}
