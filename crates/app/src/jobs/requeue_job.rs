use crate::{AppError, Cx, Fault};
use fabu_domain::{ids::JobId, subject::operation::Operation};
use fabu_store::Job;
use serde_json::json;

/// Gives a dead job its tries back; it runs at once.
///
/// # Errors
/// Not permitted, not found, stale, not dead.
pub fn requeue_job(cx: &mut Cx<'_, '_>, id: JobId, seen: i64) -> Result<Job, AppError> {
    cx.about(format!("jobs/{id}"), None);
    cx.permit(Operation::RequeueJob)?;
    let job = cx.tx.job(id)?.ok_or(AppError::NotFound { what: "job" })?;
    cx.fresh(seen, job.version())?;
    let payload = json!({ "kind": job.kind, "attempts": job.attempts, "error": job.last_error });
    let entry = cx.entry("job.requeued", format!("jobs/{id}"), payload);
    if !cx.tx.requeue_job(id, cx.now, &entry)? {
        return Err(Fault::JobNotDead.into());
    }
    cx.tx.job(id)?.ok_or(AppError::NotFound { what: "job" })
}
