use super::act;
use crate::{
    answer::Answer,
    dto::releases::tasks::{CompleteTaskRequest, TaskView},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::{ids::TaskId, subjects::release::command::Command};

/// Give evidence that a task is done.
#[utoipa::path(
    tag = "tasks",
    operation_id = "complete_task",
    params(("id" = TaskId, Path), IfMatch),
    request_body = CompleteTaskRequest,
    responses((status = 200, description = "The task after it.", body = TaskView, headers(("ETag" = String))))
)]
#[post("/tasks/{id}/completion")]
pub async fn complete_task(call: Update<TaskId, CompleteTaskRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        let (text, attachments) = (body.text.to_string(), body.attachments.clone());
        act(cx, *id, version, &Command::CompleteTask { task_id: *id, text, attachments })
    })
    .await
}
