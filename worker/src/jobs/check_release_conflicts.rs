use super::{Context, JobError, payload};
use fabu_app::jobs::Job;
use fabu_domain::ids::ReleaseId;
use serde::Deserialize;

#[derive(Deserialize)]
struct Asked {
    release_id: ReleaseId,
}

/// Compares the window of a release that changed, and those that it collides with.
pub(super) async fn run(context: &Context, job: &Job) -> Result<(), JobError> {
    let Asked { release_id } = payload(job)?;
    let changed = context.app.check_release_conflicts(release_id).await?;
    tracing::debug!(changed, "windows are compared");
    Ok(())
}
