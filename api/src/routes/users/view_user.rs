use crate::{
    answer::{Answer, Reply},
    dto::users::UserView,
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::registers::users;
use fabu_domain::ids::UserId;

/// One person.
#[utoipa::path(
    tag = "users",
    operation_id = "view_user",
    params(("id" = UserId, Path)),
    responses((status = 200, description = "The person.", body = UserView, headers(("ETag" = String))))
)]
#[get("/users/{id}")]
pub async fn view_user(call: Read<UserId>) -> Answer {
    call.answer(|rx, id, _| {
        let user = UserView::from(users::view_user(rx, *id)?);
        Ok(Reply::ok(&user)?.version(user.version).live())
    })
    .await
}
