use super::{Context, JobError};

/// Sends what every arrangement owes by now.
pub(super) async fn run(context: &Context) -> Result<(), JobError> {
    let messages = context.app.send_due_reports().await?;
    tracing::debug!(messages, "digests and reports are put in");
    Ok(())
}
