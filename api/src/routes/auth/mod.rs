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
    dto::auth::TokenView,
    problem::ApiError,
    tokens::Tokens,
};
use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
    http::header::{HOST, ORIGIN},
};
use fabu_app::{
    App, Fault,
    auth::{RefreshToken, SignedIn},
    secrets::Secret,
};

const COOKIE: &str = "fabu_refresh";
const COOKIE_PATH: &str = "/api/v1/auth";

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

/// The refresh cookie: out of reach of scripts and of other sites, sent to the session's addresses only.
fn cookie(app: &App, token: &str, seconds: i64) -> Cookie<'static> {
    Cookie::build(COOKIE, token.to_owned())
        .path(COOKIE_PATH)
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(app.settings.secure())
        .max_age(Duration::seconds(seconds))
        .finish()
}

/// The refresh token of a request, if it has one of a possible form.
fn refresh_token(request: &HttpRequest) -> Option<Secret<String>> {
    let token = request.cookie(COOKIE)?.value().to_owned();
    (token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit())).then(|| Secret::new(token))
}

/// Refuses a request that a page of another site made: the cookie alone proves nothing (CSRF).
fn refuse_cross_site(request: &HttpRequest) -> Result<(), ApiError> {
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("?").to_owned());
    let same = match (header("Sec-Fetch-Site"), header(ORIGIN.as_str()), header(HOST.as_str())) {
        (Some(site), _, _) => site == "same-origin" || site == "none",
        (None, Some(origin), host) => origin.split_once("://").map(|(_, name)| name) == host.as_deref(),
        (None, None, _) => true,
    };
    if same { Ok(()) } else { Err(Fault::CrossSite.into()) }
}
