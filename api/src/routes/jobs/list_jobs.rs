use crate::{
    answer::Answer,
    dto::{
        Page,
        jobs::{JobQuery, JobView},
    },
    extract::Read,
};
use actix_web::get;
use fabu_app::jobs;

/// Background jobs, the newest first: those given up have the status `dead`.
#[utoipa::path(
    tag = "jobs",
    operation_id = "list_jobs",
    params(JobQuery),
    responses((status = 200, description = "A part of the list.", body = Page<JobView>))
)]
#[get("/jobs")]
pub async fn list_jobs(call: Read<(), JobQuery>) -> Answer {
    call.page(|rx, (), query| Ok(Page::<JobView>::from(jobs::list_jobs(rx, &query.wanted())?))).await
}
