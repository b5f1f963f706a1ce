use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, tasks::AddTaskRequest},
    extract::Create,
    routes::releases::shown,
};
use actix_web::post;
use fabu_app::subjects::releases::{self, Seen};
use fabu_domain::subjects::release::command::Command;

/// Add a task to a release (RA3).
#[utoipa::path(
    tag = "tasks",
    operation_id = "add_task",
    params(("number" = String, Path)),
    request_body = AddTaskRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/tasks")]
pub async fn add_task(call: Create<String, AddTaskRequest>) -> Answer {
    call.answer(|cx, number, body| {
        let command = Command::AddTask { task: body.task() };
        shown(&releases::act_on_release(cx, number, Seen::Nothing, &command)?, cx)
    })
    .await
}
