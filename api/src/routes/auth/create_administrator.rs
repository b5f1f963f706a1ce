use crate::{
    answer::{Answer, Reply},
    dto::{
        auth::{SetupRequest, secret},
        users::UserView,
    },
    extract::Open,
};
use actix_web::post;
use fabu_app::auth::Administrator;

/// Create the first administrator; possible only while nobody has an account, with the token that the server printed.
#[utoipa::path(
    tag = "auth",
    operation_id = "create_administrator",
    security(()),
    request_body = SetupRequest,
    responses((status = 201, description = "The administrator.", body = UserView, headers(("ETag" = String), ("Location" = String))))
)]
#[post("/setup")]
pub async fn create_administrator(call: Open<SetupRequest>) -> Answer {
    let SetupRequest { login, name, password, language, token } = call.body;
    let new = Administrator { login, name, password: secret(&password), language, token: secret(&token) };
    let user = UserView::from(call.app.create_administrator(&call.caller, new).await?);
    Ok(Reply::created(format!("users/{}", user.id), &user)?.version(user.version))
}
