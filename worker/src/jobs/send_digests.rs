use super::{Context, JobError};

/// Puts what was held for a person into one mail.
pub(super) async fn run(context: &Context) -> Result<(), JobError> {
    let digests = context.app.send_digests().await?;
    tracing::debug!(digests, "digests are put in");
    Ok(())
}
