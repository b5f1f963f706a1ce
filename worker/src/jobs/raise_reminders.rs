use super::{Context, JobError};

/// Raises the reminders that are due.
pub(super) async fn run(context: &Context) -> Result<(), JobError> {
    let raised = context.app.raise_reminders().await?;
    tracing::debug!(raised, "reminders are raised");
    Ok(())
}
