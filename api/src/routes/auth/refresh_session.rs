use super::{refuse_cross_site, signed_in};
use crate::{answer::Answer, cookies::refresh_token, dto::auth::TokenView, extract::Open};
use actix_web::post;
use fabu_app::Fault;

/// Renew the session with the refresh cookie, which is replaced.
#[utoipa::path(
    tag = "auth",
    operation_id = "refresh_session",
    security(()),
    responses((status = 200, description = "An access token; the refresh cookie is replaced.", body = TokenView))
)]
#[post("/auth/refresh")]
pub async fn refresh_session(call: Open) -> Answer {
    refuse_cross_site(&call.app, &call.request)?;
    let token = refresh_token(&call.app.settings.base_url, &call.request).ok_or(Fault::SessionEnded)?;
    let (who, refresh) = call.app.refresh_session(&call.caller, token).await?;
    signed_in(&call.app, &call.tokens, &who, Some(&refresh))
}
