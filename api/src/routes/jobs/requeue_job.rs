use crate::{
    answer::{Answer, Reply},
    dto::jobs::JobView,
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::jobs;
use fabu_domain::ids::JobId;

/// Give a job that was given up its tries back; it runs at once.
#[utoipa::path(
    tag = "jobs",
    operation_id = "requeue_job",
    params(("id" = JobId, Path), IfMatch),
    responses((status = 200, description = "The job.", body = JobView, headers(("ETag" = String))))
)]
#[post("/jobs/{id}/requeue")]
pub async fn requeue_job(call: Update<JobId>) -> Answer {
    call.answer(|cx, id, version, _| {
        let job = JobView::from(jobs::requeue_job(cx, *id, version)?);
        Ok(Reply::ok(&job)?.version(job.version))
    })
    .await
}
