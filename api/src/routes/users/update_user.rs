use crate::{
    answer::{Answer, Reply},
    dto::users::{ChangedUserView, UpdateUserRequest},
    extract::{IfMatch, Update},
};
use actix_web::put;
use fabu_app::subjects::registers::users;
use fabu_domain::ids::UserId;

/// Replace what is stated about a person.
#[utoipa::path(
    tag = "users",
    operation_id = "update_user",
    params(("id" = UserId, Path), IfMatch),
    request_body = UpdateUserRequest,
    responses((status = 200, description = "The person, with what is left waiting.", body = ChangedUserView, headers(("ETag" = String))))
)]
#[put("/users/{id}")]
pub async fn update_user(call: Update<UserId, UpdateUserRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        let (user, waiting) = users::update_user(cx, *id, version, &body.fields())?;
        let version = user.version;
        Ok(Reply::ok(&ChangedUserView::new(user, waiting, cx.caller.language))?.version(version))
    })
    .await
}
