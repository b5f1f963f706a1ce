use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::AddChangeRequest},
    extract::{IfMatch, Update},
    routes::releases::shown,
};
use actix_web::post;
use fabu_app::subjects::releases;

/// Add an approved change to the release (9.1a).
#[utoipa::path(
    tag = "actions",
    operation_id = "add_change",
    params(("number" = String, Path), IfMatch),
    request_body = AddChangeRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/add_change")]
pub async fn add_change(call: Update<String, AddChangeRequest>) -> Answer {
    call.answer(|cx, number, version, body| shown(&releases::add_change(cx, number, version, body.change_id)?, cx)).await
}
