use crate::{
    answer::Answer,
    dto::{
        Page,
        releases::{
            approvals::{ApprovalItemView, ApprovalQuery},
            people::Names,
        },
    },
    extract::{Listed, Read},
};
use actix_web::get;
use fabu_app::subjects::work;

/// Approvals on whose panel the caller sits, or somebody the caller stands in for, or those that somebody convened; soonest
/// due first.
#[utoipa::path(
    tag = "approvals",
    operation_id = "list_approvals",
    params(ApprovalQuery),
    responses((status = 200, description = "A part of the list.", body = Page<ApprovalItemView>))
)]
#[get("/approvals")]
pub async fn list_approvals(call: Read<(), ApprovalQuery>) -> Answer {
    call.list(|rx, (), query| {
        let (found, names) = (work::list_approvals(rx, &query.wanted(rx.caller.user_id))?, Names::of(rx));
        let items = found.items.iter().map(|item| ApprovalItemView::new(&names, item)).collect();
        Listed::new(&Page { items, next_cursor: found.next_cursor })
    })
    .await
}
