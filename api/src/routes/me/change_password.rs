use crate::{
    answer::Answer,
    dto::auth::{PasswordRequest, TokenView, secret},
    extract::Create,
    routes::auth::signed_in,
};
use actix_web::put;
use fabu_app::auth::PasswordChange;

/// Change one's own password; all sessions end and a new one begins.
#[utoipa::path(
    tag = "me",
    operation_id = "change_password",
    request_body = PasswordRequest,
    responses((status = 200, description = "A token of the new session; the refresh cookie is set.", body = TokenView))
)]
#[put("/me/password")]
pub async fn change_password(call: Create<(), PasswordRequest>) -> Answer {
    let change = PasswordChange { current: secret(&call.body.current_password), new: secret(&call.body.new_password) };
    let (who, refresh) = call.app.change_password(&call.caller, change).await?;
    signed_in(&call.app, &call.tokens, &who, Some(&refresh))
}
