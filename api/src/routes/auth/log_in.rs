use super::signed_in;
use crate::{
    address::client_address,
    answer::Answer,
    dto::auth::{LoginRequest, TokenView, secret},
    extract::Open,
};
use actix_web::post;
use fabu_app::auth::Attempt;

/// Sign in: an access token, and a refresh cookie for the browser.
#[utoipa::path(
    tag = "auth",
    operation_id = "log_in",
    security(()),
    request_body = LoginRequest,
    responses((status = 200, description = "An access token; the refresh cookie is set.", body = TokenView))
)]
#[post("/auth/login")]
pub async fn log_in(call: Open<LoginRequest>) -> Answer {
    let address = client_address(&call.request, call.app.settings.trusted_proxies);
    let attempt = Attempt { login: call.body.login, password: secret(&call.body.password), address };
    let (who, refresh) = call.app.log_in(&call.caller, attempt).await?;
    signed_in(&call.app, &call.tokens, &who, Some(&refresh))
}
