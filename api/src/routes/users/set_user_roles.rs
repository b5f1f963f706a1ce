use crate::{
    answer::{Answer, Reply},
    dto::users::{ChangedUserView, RolesRequest},
    extract::{IfMatch, Update},
};
use actix_web::put;
use fabu_app::subjects::registers::users;
use fabu_domain::ids::UserId;

/// Replace the roles of a person; needs a fresh password, and ends the person's sessions.
#[utoipa::path(
    tag = "users",
    operation_id = "set_user_roles",
    params(("id" = UserId, Path), IfMatch),
    request_body = RolesRequest,
    responses((status = 200, description = "The person, with what is left waiting.", body = ChangedUserView, headers(("ETag" = String))))
)]
#[put("/users/{id}/roles")]
pub async fn set_user_roles(call: Update<UserId, RolesRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        let (user, waiting) = users::set_user_roles(cx, *id, version, &body.roles)?;
        let version = user.version;
        Ok(Reply::ok(&ChangedUserView::new(user, waiting, cx.caller.language))?.version(version))
    })
    .await
}
