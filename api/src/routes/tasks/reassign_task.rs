use super::act;
use crate::{
    answer::Answer,
    dto::releases::tasks::{ReassignTaskRequest, TaskView},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::{ids::TaskId, subjects::release::command::Command};

/// Give a task to somebody else (R0).
#[utoipa::path(
    tag = "tasks",
    operation_id = "reassign_task",
    params(("id" = TaskId, Path), IfMatch),
    request_body = ReassignTaskRequest,
    responses((status = 200, description = "The task after it.", body = TaskView, headers(("ETag" = String))))
)]
#[post("/tasks/{id}/assignment")]
pub async fn reassign_task(call: Update<TaskId, ReassignTaskRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        act(cx, *id, version, &Command::ReassignTask { task_id: *id, assignee: body.assignee, reason: body.reason.to_string() })
    })
    .await
}
