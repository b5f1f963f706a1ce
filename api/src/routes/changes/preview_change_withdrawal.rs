use crate::{
    answer::{Answer, Reply},
    dto::change_progress::WithdrawalPreviewView,
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::changes;
use fabu_domain::ids::ChangeId;

/// What the withdrawal of a change would void, before anybody decides on it (9.1).
#[utoipa::path(
    tag = "changes",
    operation_id = "preview_change_withdrawal",
    params(("id" = ChangeId, Path)),
    responses((status = 200, description = "What would become void.", body = WithdrawalPreviewView))
)]
#[get("/changes/{id}/withdrawal")]
pub async fn preview_change_withdrawal(call: Read<ChangeId>) -> Answer {
    call.answer(|rx, id, _| {
        let preview = changes::preview_change_withdrawal(rx, *id)?;
        Reply::ok(&WithdrawalPreviewView::new(preview, rx.caller.language))
    })
    .await
}
