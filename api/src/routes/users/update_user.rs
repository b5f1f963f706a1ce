use crate::{
    answer::{Answer, Reply},
    dto::users::{UpdateUserRequest, UserView},
    extract::{IfMatch, Update},
};
use actix_web::put;
use fabu_app::registers::users;
use fabu_domain::ids::UserId;

/// Replace what is stated about a person.
#[utoipa::path(
    tag = "users",
    operation_id = "update_user",
    params(("id" = UserId, Path), IfMatch),
    request_body = UpdateUserRequest,
    responses((status = 200, description = "The person.", body = UserView, headers(("ETag" = String))))
)]
#[put("/users/{id}")]
pub async fn update_user(call: Update<UserId, UpdateUserRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        let user = UserView::from(users::update_user(cx, *id, version, &body.fields())?);
        Ok(Reply::ok(&user)?.version(user.version))
    })
    .await
}
