//! Set-up and the login session.

mod create_administrator;
mod log_in;
mod log_out;
mod reauthenticate;
mod refresh_session;
mod view_setup;

use crate::mount::Mount;
use crate::{
    answer::{Answer, Reply},
    cookies::refresh_cookie,
    dto::auth::TokenView,
    problem::ApiError,
    tokens::Tokens,
};
use actix_web::{
    HttpRequest,
    cookie::Cookie,
    http::header::{HOST, ORIGIN},
};
use fabu_app::{
    App, Fault,
    auth::{RefreshToken, SignedIn},
};

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(view_setup::view_setup)
        .service(create_administrator::create_administrator)
        .service(log_in::log_in)
        .service(refresh_session::refresh_session)
        .service(log_out::log_out)
        .service(reauthenticate::reauthenticate);
}

/// The answer to somebody who has just proved who they are.
pub(super) fn signed_in(app: &App, tokens: &Tokens, who: &SignedIn, refresh: Option<&RefreshToken>) -> Answer {
    let view = TokenView {
        access_token: tokens.issue(app, who)?,
        token_type: "Bearer",
        expires_in: app.settings.session_times.access.num_seconds(),
        must_change_password: who.must_change_password,
    };
    let reply = Reply::ok(&view)?;
    Ok(match refresh {
        Some(token) => reply.cookie(cookie(app, token.token.expose(), (token.expires_at - who.at).num_seconds())),
        None => reply,
    })
}

/// The refresh cookie with a token.
fn cookie(app: &App, token: &str, seconds: i64) -> Cookie<'static> {
    refresh_cookie(&app.settings.base_url, token, seconds)
}

/// Refuses a request that a page of another site made: the cookie alone proves nothing (CSRF). Where a browser does not say
/// `Sec-Fetch-Site` (it does so over https and on its own machine only), the page must be from the address that people use.
/// `Host` proves that only without a proxy, which may put another name there, and over plain http.
fn refuse_cross_site(app: &App, request: &HttpRequest) -> Result<(), ApiError> {
    let base = &app.settings.base_url;
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("?").to_owned());
    let same = match (header("Sec-Fetch-Site"), header(ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) if origin == base.origin() => true,
        (None, Some(origin)) => {
            !base.is_secure() && origin.strip_prefix("http://").is_some_and(|name| Some(name) == header(HOST.as_str()).as_deref())
        }
        (None, None) => true,
    };
    if same { Ok(()) } else { Err(Fault::CrossSite.into()) }
}
