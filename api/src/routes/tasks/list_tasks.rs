use crate::{
    answer::Answer,
    dto::{
        Page,
        releases::{
            people::Names,
            tasks::{TaskQuery, TaskView},
        },
    },
    extract::{Listed, Read},
};
use actix_web::get;
use fabu_app::subjects::work;

/// Tasks that the caller, or somebody the caller stands in for, owes or verifies; soonest due first.
#[utoipa::path(
    tag = "tasks",
    operation_id = "list_tasks",
    params(TaskQuery),
    responses((status = 200, description = "A part of the list.", body = Page<TaskView>))
)]
#[get("/tasks")]
pub async fn list_tasks(call: Read<(), TaskQuery>) -> Answer {
    call.list(|rx, (), query| {
        let (found, names) = (work::list_tasks(rx, &query.wanted())?, Names::of(rx));
        let items = found.items.iter().map(|item| TaskView::listed(&names, item)).collect();
        Listed::new(&Page { items, next_cursor: found.next_cursor })
    })
    .await
}
