use super::{cookie, refuse_cross_site};
use crate::{
    answer::{Answer, Reply},
    cookies::refresh_token,
    extract::Open,
};
use actix_web::post;

/// End the session of the refresh cookie; its access tokens end with it.
#[utoipa::path(
    tag = "auth",
    operation_id = "log_out",
    security(()),
    responses((status = 204, description = "The session has ended."))
)]
#[post("/auth/logout")]
pub async fn log_out(call: Open) -> Answer {
    refuse_cross_site(&call.app, &call.request)?;
    if let Some(token) = refresh_token(&call.app.settings.base_url, &call.request) {
        call.app.log_out(&call.caller, token).await?;
    }
    Ok(Reply::no_content().cookie(cookie(&call.app, "", 0)))
}
