use super::act;
use crate::{
    answer::Answer,
    dto::releases::{requests::ReasonRequest, tasks::TaskView},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::{ids::TaskId, subjects::release::command::Command};

/// Send the evidence of a task back (5.7).
#[utoipa::path(
    tag = "tasks",
    operation_id = "return_task",
    params(("id" = TaskId, Path), IfMatch),
    request_body = ReasonRequest,
    responses((status = 200, description = "The task after it.", body = TaskView, headers(("ETag" = String))))
)]
#[post("/tasks/{id}/return")]
pub async fn return_task(call: Update<TaskId, ReasonRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        act(cx, *id, version, &Command::ReturnTask { task_id: *id, reason: body.reason.to_string() })
    })
    .await
}
