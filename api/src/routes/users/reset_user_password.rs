use crate::{
    answer::{Answer, Reply},
    dto::{
        auth::secret,
        users::{UserView, UserWithPasswordView},
    },
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::{secrets::one_time_password, subjects::registers::users};
use fabu_domain::ids::UserId;

/// Give a person a new one-time password; all their sessions end.
#[utoipa::path(
    tag = "users",
    operation_id = "reset_user_password",
    params(("id" = UserId, Path), IfMatch),
    responses((status = 200, description = "The person.", body = UserWithPasswordView, headers(("ETag" = String))))
)]
#[post("/users/{id}/password-reset")]
pub async fn reset_user_password(call: Update<UserId>) -> Answer {
    let password = one_time_password();
    let hash = call.app.hash_password(secret(&password)).await?;
    call.answer(move |cx, id, version, _| {
        let user = UserView::from(users::reset_user_password(cx, *id, version, &hash)?);
        let version = user.version;
        let mut view = UserWithPasswordView { user, one_time_password: None };
        let reply = Reply::ok(&view)?.version(version);
        view.one_time_password = Some(password.clone());
        reply.showing_once(&view)
    })
    .await
}
