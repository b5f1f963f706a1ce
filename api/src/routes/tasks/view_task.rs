use super::shown;
use crate::{answer::Answer, dto::releases::tasks::TaskView, extract::Read};
use actix_web::get;
use fabu_app::subjects::work;
use fabu_domain::ids::TaskId;

/// One task.
#[utoipa::path(
    tag = "tasks",
    operation_id = "view_task",
    params(("id" = TaskId, Path)),
    responses((status = 200, description = "The task.", body = TaskView, headers(("ETag" = String))))
)]
#[get("/tasks/{id}")]
pub async fn view_task(call: Read<TaskId>) -> Answer {
    call.answer(|rx, id, _| shown(&work::view_task(rx, *id)?, rx.caller.language)).await
}
