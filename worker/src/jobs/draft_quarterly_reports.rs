use super::{Context, JobError};

/// Drafts the report of every quarter that lacks one, and restates approved ones whose count has changed.
pub(super) async fn run(context: &Context) -> Result<(), JobError> {
    for quarter in context.app.draft_due_reports().await? {
        tracing::info!(%quarter, "the report of a quarter is drafted");
    }
    for quarter in context.app.restate_changed_reports().await? {
        tracing::info!(%quarter, "the report of a quarter is restated: its count has changed");
    }
    Ok(())
}
