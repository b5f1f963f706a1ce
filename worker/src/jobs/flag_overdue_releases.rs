use super::{Context, JobError};

/// Flags releases that have become late, and takes away flags that no longer hold.
pub(super) async fn run(context: &Context) -> Result<(), JobError> {
    let changed = context.app.flag_overdue_releases().await?;
    tracing::debug!(changed, "late releases are flagged");
    Ok(())
}
