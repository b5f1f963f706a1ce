use super::act;
use crate::{
    answer::Answer,
    dto::releases::release::ReleaseView,
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Confirm for change management that the changes form one release (9.1a).
#[utoipa::path(
    tag = "actions",
    operation_id = "confirm_grouping",
    params(("number" = String, Path), IfMatch),
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/confirm_grouping")]
pub async fn confirm_grouping(call: Update<String>) -> Answer {
    call.answer(|cx, number, version, _| act(cx, number, version, &Command::ConfirmGrouping)).await
}
