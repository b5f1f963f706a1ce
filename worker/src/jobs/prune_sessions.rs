use super::{Context, JobError};

/// Forgets login sessions that ended more than a day ago.
pub(super) async fn run(context: &Context) -> Result<(), JobError> {
    let pruned = context.app.prune_sessions().await?;
    tracing::debug!(pruned, "the tokens of ended sessions are forgotten");
    Ok(())
}
