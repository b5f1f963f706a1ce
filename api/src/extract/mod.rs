//! What a handler gets. The type in its signature says who may call and what is checked before it runs:
//!
//! * [`Read<P, Q>`](Read): somebody signed in, a path, a strict query; for GET.
//! * [`Create<P, B>`](Create): somebody signed in, a path, a strict JSON body, Idempotency-Key; for POST.
//! * [`Update<P, B>`](Update): the same with If-Match; for PUT, PATCH, DELETE and for POST on a thing that has a version.
//! * [`Upload<T>`](Upload): somebody signed in, a release or a medium in the path, a form with one file, Idempotency-Key; for POST.
//! * [`FileBody<Q>`](FileBody): somebody signed in, a strict query, a file as the body; for POST that changes nothing when repeated.
//! * [`Open<B>`](Open): nobody need have signed in; for set-up and login.
//!
//! Checks run in this order: who, path, query, If-Match, whether the session is still valid, body. A request that is refused
//! before has cost no memory for its body.

mod body;
mod calls;
mod file;
mod headers;
mod query;
mod upload;
mod values;

pub use body::typed;
pub use calls::{Create, Listed, Open, Read, Update};
pub use file::FileBody;
pub use headers::{IdempotencyKey, IfMatch, IfNoneMatch, last_event_id};
pub use query::{NoQuery, commas, parsed};
pub use upload::{OfMedium, OfRelease, Receives, Upload};

use crate::{envelope::RequestInfo, limits::Limits, problem::ApiError, tokens::Tokens};
use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    http::header::AUTHORIZATION,
    web::{Data, Path},
};
use fabu_app::{App, AppError, Caller, Fault};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;

/// A body without content: the operation takes none.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoBody;

/// The application behind a request.
pub(crate) fn app(request: &HttpRequest) -> Result<App, ApiError> {
    let data = request.app_data::<Data<App>>().map(|app| app.get_ref().clone());
    data.ok_or_else(|| AppError::Internal("the application is not mounted".to_owned()).into())
}

pub(crate) fn tokens(request: &HttpRequest) -> Result<Data<Tokens>, ApiError> {
    let tokens = request.app_data::<Data<Tokens>>().cloned();
    tokens.ok_or_else(|| AppError::Internal("the token keys are not mounted".to_owned()).into())
}

pub(crate) fn limits(request: &HttpRequest) -> Result<Data<Limits>, ApiError> {
    let limits = request.app_data::<Data<Limits>>().cloned();
    limits.ok_or_else(|| AppError::Internal("the limits are not mounted".to_owned()).into())
}

pub(crate) fn info(request: &HttpRequest) -> Result<RequestInfo, ApiError> {
    let info = request.extensions().get::<RequestInfo>().cloned();
    info.ok_or_else(|| AppError::Internal("the envelope is not mounted".to_owned()).into())
}

/// The caller named by the bearer token. That the session is still valid is checked in the transaction of the use case. The
/// request counts as one of the caller's until it is answered.
///
/// # Errors
/// 401 without a valid token, 429 when the caller has too many requests under way.
pub fn caller(request: &HttpRequest) -> Result<Caller, ApiError> {
    let (app, info) = (app(request)?, info(request)?);
    let mut values = request.headers().get_all(AUTHORIZATION);
    let value = values.next().ok_or(Fault::TokenMissing)?;
    if values.next().is_some() {
        return Err(Fault::TokenInvalid.into());
    }
    let text = value.to_str().map_err(|_| Fault::TokenInvalid)?;
    let token = match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => return Err(Fault::TokenInvalid.into()),
    };
    let caller = tokens(request)?.read(token, app.clock.now(), &info.id, info.accepted)?;
    info.prefer(caller.language);
    let guard = limits(request)?.request(caller.user_id)?;
    request.extensions_mut().insert(guard);
    Ok(caller)
}

/// Checks that the caller's session is still valid, before anything of the body is read.
///
/// # Errors
/// 401 when it has ended.
pub(crate) async fn live(app: &App, caller: &Caller) -> Result<(), ApiError> {
    Ok(app.read(caller, |_| Ok(())).await?)
}

/// Somebody who need not have signed in.
///
/// # Errors
/// Only a defect.
pub fn anonymous(request: &HttpRequest) -> Result<Caller, ApiError> {
    let info = info(request)?;
    Ok(Caller { language: info.language(), ..Caller::anonymous(info.id.clone()) })
}

/// The path's values.
///
/// # Errors
/// 404: a path that cannot be read, or that holds a control character, names nothing.
pub fn path<P: DeserializeOwned>(request: &HttpRequest) -> Result<P, ApiError> {
    let text = percent_decode_str(request.path()).decode_utf8();
    if !text.is_ok_and(|text| !text.chars().any(char::is_control)) {
        return Err(AppError::NotFound { what: "resource" }.into());
    }
    let values = Path::<P>::extract(request).into_inner();
    values.map(Path::into_inner).map_err(|_| AppError::NotFound { what: "resource" }.into())
}
