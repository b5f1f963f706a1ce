use super::act;
use crate::{
    answer::Answer,
    dto::releases::{requests::ReasonRequest, tasks::TaskView},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::{ids::TaskId, subjects::release::command::Command};

/// Excuse a task, where the clause allows it.
#[utoipa::path(
    tag = "tasks",
    operation_id = "waive_task",
    params(("id" = TaskId, Path), IfMatch),
    request_body = ReasonRequest,
    responses((status = 200, description = "The task after it.", body = TaskView, headers(("ETag" = String))))
)]
#[post("/tasks/{id}/waiver")]
pub async fn waive_task(call: Update<TaskId, ReasonRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        act(cx, *id, version, &Command::WaiveTask { task_id: *id, reason: body.reason.to_string() })
    })
    .await
}
