use super::signed_in;
use crate::{
    answer::Answer,
    dto::auth::{ReauthenticationRequest, TokenView, secret},
    extract::Create,
};
use actix_web::post;

/// Give the password again, for a step that needs a fresh one.
#[utoipa::path(
    tag = "auth",
    operation_id = "reauthenticate",
    request_body = ReauthenticationRequest,
    responses((status = 200, description = "An access token that says when the password was given.", body = TokenView))
)]
#[post("/auth/reauthenticate")]
pub async fn reauthenticate(call: Create<(), ReauthenticationRequest>) -> Answer {
    let who = call.app.reauthenticate(&call.caller, secret(&call.body.password)).await?;
    signed_in(&call.app, &call.tokens, &who, None)
}
