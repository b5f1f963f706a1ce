use super::act;
use crate::{
    answer::Answer,
    dto::releases::{
        optional,
        tasks::{TaskView, VerifyTaskRequest},
    },
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::{ids::TaskId, subjects::release::command::Command};

/// Accept the evidence of a task (5.7).
#[utoipa::path(
    tag = "tasks",
    operation_id = "verify_task",
    params(("id" = TaskId, Path), IfMatch),
    request_body = VerifyTaskRequest,
    responses((status = 200, description = "The task after it.", body = TaskView, headers(("ETag" = String))))
)]
#[post("/tasks/{id}/verification")]
pub async fn verify_task(call: Update<TaskId, VerifyTaskRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        act(cx, *id, version, &Command::VerifyTask { task_id: *id, remark: optional(body.remark.as_ref()) })
    })
    .await
}
