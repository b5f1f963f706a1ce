//! A call that brings a file as its body, to be taken over and not kept.

use super::{app, body, caller, limits, live, query};
use crate::{
    limits::{Body, Guard},
    problem::ApiError,
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::CONTENT_TYPE};
use fabu_app::{App, Caller, Fault};
use fabu_domain::ids::UserId;
use futures::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

/// The most bytes of a file.
const LIMIT: usize = 15 * 1024 * 1024;

/// A call whose body is a file.
pub struct FileBody<Q> {
    /// The application.
    pub app: App,
    /// Who calls.
    pub caller: Caller,
    /// The query.
    pub query: Q,
    /// The file.
    pub bytes: Vec<u8>,
    _held: Body,
    _under_way: Guard<UserId>,
}

impl<Q: DeserializeOwned + 'static> FromRequest for FileBody<Q> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let (app, caller) = (app(&request)?, caller(&request)?);
            let query = query::query(request.query_string())?;
            let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
            if kind.starts_with("multipart/") || kind.starts_with("application/json") {
                return Err(Fault::MediaType.into());
            }
            let under_way = limits(&request)?.upload(caller.user_id)?;
            live(&app, &caller).await?;
            let (bytes, held) = body::bytes(&request, payload, Some(caller.user_id), LIMIT).await?;
            Ok(Self { app, caller, query, bytes, _held: held, _under_way: under_way })
        })
    }
}
