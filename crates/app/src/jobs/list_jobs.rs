use crate::{
    AppError, Rx,
    paging::{Page, PageRequest},
};
use fabu_domain::{ids::JobId, notifications::delivery::JobStatus, subject::operation::Operation};
use fabu_store::{Job, JobFilter};

/// Which jobs are wanted.
#[derive(Debug, Clone, Default)]
pub struct JobQuery {
    /// Where it stands.
    pub status: Option<JobStatus>,
    /// What it does.
    pub kind: Option<String>,
    /// Which part of the list.
    pub page: PageRequest,
}

/// Background jobs, the newest first.
///
/// # Errors
/// Not permitted, an invalid cursor or limit.
pub fn list_jobs(rx: &mut Rx<'_, '_>, query: &JobQuery) -> Result<Page<Job>, AppError> {
    rx.permit(Operation::ListJobs)?;
    let filter = JobFilter { status: query.status, kind: query.kind.clone() };
    let (after, size) = (query.page.stored_cursor()?, query.page.size()?);
    Ok(rx.tx.list_jobs(&filter, after.as_ref(), size)?.into())
}

/// One background job.
///
/// # Errors
/// Not permitted, not found.
pub fn view_job(rx: &mut Rx<'_, '_>, id: JobId) -> Result<Job, AppError> {
    rx.permit(Operation::ViewJob)?;
    rx.tx.job(id)?.ok_or(AppError::NotFound { what: "job" })
}
