use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::ReplaceMemberRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Ask somebody else in the place of a panel member who can act no more; the votes of the others stay (5.3a).
#[utoipa::path(
    tag = "actions",
    operation_id = "replace_member",
    params(("number" = String, Path), IfMatch),
    request_body = ReplaceMemberRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/replace_member")]
pub async fn replace_member(call: Update<String, ReplaceMemberRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        let command = Command::ReplaceMember {
            approval_id: body.approval_id,
            member: body.member,
            successor: body.successor,
            reason: body.reason.to_string(),
        };
        act(cx, number, version, &command)
    })
    .await
}
