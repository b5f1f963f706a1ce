use crate::{
    answer::{Answer, Reply},
    dto::{
        auth::secret,
        users::{CreateUserRequest, UserView, UserWithPasswordView},
    },
    extract::Create,
};
use actix_web::post;
use fabu_app::{secrets::one_time_password, subjects::registers::users};

/// Add a person; the answer shows a one-time password once.
#[utoipa::path(
    tag = "users",
    operation_id = "create_user",
    request_body = CreateUserRequest,
    responses((status = 201, description = "The new person.", body = UserWithPasswordView, headers(("ETag" = String), ("Location" = String))))
)]
#[post("/users")]
pub async fn create_user(call: Create<(), CreateUserRequest>) -> Answer {
    let password = one_time_password();
    let hash = call.app.hash_password(secret(&password)).await?;
    call.answer(move |cx, (), body| {
        let user = UserView::from(users::create_user(cx, &body.command(&hash))?);
        let (location, version) = (format!("users/{}", user.id), user.version);
        let mut view = UserWithPasswordView { user, one_time_password: None };
        let reply = Reply::created(location, &view)?.version(version);
        view.one_time_password = Some(password.clone());
        reply.showing_once(&view)
    })
    .await
}
