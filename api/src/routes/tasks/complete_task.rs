use super::shown;
use crate::{
    answer::Answer,
    dto::releases::tasks::{CompleteTaskRequest, TaskView},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::releases;
use fabu_domain::ids::TaskId;

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
        let viewed = releases::complete_task(cx, *id, version, body.text.as_str(), &body.attachments)?;
        shown(&viewed, cx.caller.language)
    })
    .await
}
