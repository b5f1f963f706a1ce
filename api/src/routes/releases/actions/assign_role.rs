use super::act;
use crate::{
    answer::Answer,
    dto::releases::{optional, release::ReleaseView, requests::AssignRoleRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Give a role of the release to a person, or hand it over (R0).
#[utoipa::path(
    tag = "actions",
    operation_id = "assign_role",
    params(("number" = String, Path), IfMatch),
    request_body = AssignRoleRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/assign_role")]
pub async fn assign_role(call: Update<String, AssignRoleRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(
            cx,
            number,
            version,
            &Command::AssignRole { role: body.role, user_id: body.user_id, reason: optional(body.reason.as_ref()) },
        )
    })
    .await
}
