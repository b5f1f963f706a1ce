use crate::{
    answer::Answer,
    dto::{
        Page,
        users::{UserQuery, UserView},
    },
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::registers::users;

/// People by login.
#[utoipa::path(
    tag = "users",
    operation_id = "list_users",
    params(UserQuery),
    responses((status = 200, description = "A part of the list.", body = Page<UserView>))
)]
#[get("/users")]
pub async fn list_users(call: Read<(), UserQuery>) -> Answer {
    call.page(|rx, (), query| Ok(Page::<UserView>::from(users::list_users(rx, &query.filter())?))).await
}
