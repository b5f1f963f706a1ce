use crate::{
    answer::{Answer, Reply},
    dto::jobs::JobView,
    extract::Read,
};
use actix_web::get;
use fabu_app::jobs;
use fabu_domain::ids::JobId;

/// One background job.
#[utoipa::path(
    tag = "jobs",
    operation_id = "view_job",
    params(("id" = JobId, Path)),
    responses((status = 200, description = "The job.", body = JobView, headers(("ETag" = String))))
)]
#[get("/jobs/{id}")]
pub async fn view_job(call: Read<JobId>) -> Answer {
    call.answer(|rx, id, _| {
        let job = JobView::from(jobs::view_job(rx, *id)?);
        Ok(Reply::ok(&job)?.version(job.version))
    })
    .await
}
