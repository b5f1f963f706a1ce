use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::RequestOpinionsRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Ask the departments concerned for their opinion (RA1).
#[utoipa::path(
    tag = "actions",
    operation_id = "request_opinions",
    params(("number" = String, Path), IfMatch),
    request_body = RequestOpinionsRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/request_opinions")]
pub async fn request_opinions(call: Update<String, RequestOpinionsRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(
            cx,
            number,
            version,
            &Command::RequestOpinions { departments: body.departments.clone(), question: body.question.to_string() },
        )
    })
    .await
}
