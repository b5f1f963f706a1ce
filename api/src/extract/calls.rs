//! The four kinds of call.

use super::{anonymous, app, body::FromBody, caller, headers, live, path, query, tokens};
use crate::{
    answer::{Answer, Reply},
    dto::Page,
    problem::ApiError,
    tokens::Tokens,
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use fabu_app::{
    App, AppError, Caller, Cx, Rx,
    once::{Answered, Once},
};
use futures::future::{LocalBoxFuture, Ready, ready};
use serde::{Serialize, de::DeserializeOwned};

/// A call that reads.
#[derive(Clone)]
pub struct Read<P = (), Q = super::NoQuery> {
    /// The application.
    pub app: App,
    /// Who calls.
    pub caller: Caller,
    /// The path's values.
    pub path: P,
    /// The query.
    pub query: Q,
    address: String,
    query_text: String,
}

impl<P: Send + 'static, Q: Send + 'static> Read<P, Q> {
    /// Runs a use case in a reading transaction and answers, with 304 if the caller has this ETag already.
    ///
    /// # Errors
    /// Those of the use case.
    pub async fn answer<F>(self, f: F) -> Answer
    where
        F: FnOnce(&mut Rx<'_, '_>, &P, &Q) -> Result<Reply, AppError> + Send + 'static,
    {
        let (path, query) = (self.path, self.query);
        Ok(self.app.read(&self.caller, move |rx| f(rx, &path, &query)).await?)
    }

    /// Runs a use case that gives a part of a list, and links to the next part.
    ///
    /// # Errors
    /// Those of the use case.
    pub async fn page<T, F>(self, f: F) -> Answer
    where
        T: Serialize,
        F: FnOnce(&mut Rx<'_, '_>, &P, &Q) -> Result<Page<T>, AppError> + Send + 'static,
    {
        self.list(|rx, path, query| Listed::new(&f(rx, path, query)?)).await
    }

    /// The same for items that borrow from the transaction: they are written as JSON inside it.
    ///
    /// # Errors
    /// Those of the use case.
    pub async fn list<F>(self, f: F) -> Answer
    where
        F: FnOnce(&mut Rx<'_, '_>, &P, &Q) -> Result<Listed, AppError> + Send + 'static,
    {
        let (path, query) = (self.path, self.query);
        let listed = self.app.read(&self.caller, move |rx| f(rx, &path, &query)).await?;
        let link = listed.next_cursor.as_deref().map(|cursor| next_link(&self.address, &self.query_text, cursor));
        Ok(listed.reply.linking(link))
    }
}

impl<P: DeserializeOwned, Q: DeserializeOwned> FromRequest for Read<P, Q> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = || {
            Ok(Self {
                app: app(request)?,
                caller: caller(request)?,
                path: path(request)?,
                query: query::query(request.query_string())?,
                address: request.path().to_owned(),
                query_text: request.query_string().to_owned(),
            })
        };
        ready(read())
    }
}

/// A part of a list, written as JSON.
#[derive(Debug)]
pub struct Listed {
    reply: Reply,
    next_cursor: Option<String>,
}

impl Listed {
    /// A page as it goes over the wire.
    ///
    /// # Errors
    /// [`AppError::Internal`] when it cannot be written as JSON.
    pub fn new<T: Serialize>(page: &Page<T>) -> Result<Self, AppError> {
        Ok(Self { reply: Reply::ok(page)?, next_cursor: page.next_cursor.clone() })
    }
}

/// A call that makes something.
#[derive(Clone)]
pub struct Create<P = (), B = super::NoBody> {
    /// The application.
    pub app: App,
    /// Who calls.
    pub caller: Caller,
    /// The path's values.
    pub path: P,
    /// The body.
    pub body: B,
    /// Makes access tokens, for the few calls that give one.
    pub tokens: Data<Tokens>,
    once: Once,
}

impl<P: Send + 'static, B: Send + 'static> Create<P, B> {
    /// Runs a use case in one transaction; a repeated Idempotency-Key gives the first answer again.
    ///
    /// # Errors
    /// Those of the use case.
    pub async fn answer<F>(self, f: F) -> Answer
    where
        F: Fn(&mut Cx<'_, '_>, &P, &B) -> Result<Reply, AppError> + Send + 'static,
    {
        let (path, body) = (self.path, self.body);
        once(&self.app, &self.caller, self.once, move |cx| f(cx, &path, &body)).await
    }
}

impl<P: DeserializeOwned + 'static, B: FromBody + 'static> FromRequest for Create<P, B> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let (app, tokens, caller, path) = (app(&request)?, tokens(&request)?, caller(&request)?, path(&request)?);
            let _: super::NoQuery = query::query(request.query_string())?;
            let key = headers::idempotency_key(&request)?;
            let route = route(&request);
            live(&app, &caller).await?;
            let (body, body_sha256) = B::from_body(request, payload, Some(caller.user_id)).await?;
            Ok(Self { app, caller, path, body, tokens, once: Once { key, route, body_sha256 } })
        })
    }
}

/// A call that changes something which has a version.
#[derive(Clone)]
pub struct Update<P = (), B = super::NoBody> {
    /// The application.
    pub app: App,
    /// Who calls.
    pub caller: Caller,
    /// The path's values.
    pub path: P,
    /// The version that the caller saw (If-Match).
    pub version: i64,
    /// The body.
    pub body: B,
    once: Once,
}

impl<P: Send + 'static, B: Send + 'static> Update<P, B> {
    /// Runs a use case in one transaction; its third argument is the version that the caller saw.
    ///
    /// # Errors
    /// Those of the use case.
    pub async fn answer<F>(self, f: F) -> Answer
    where
        F: Fn(&mut Cx<'_, '_>, &P, i64, &B) -> Result<Reply, AppError> + Send + 'static,
    {
        let (path, version, body) = (self.path, self.version, self.body);
        once(&self.app, &self.caller, self.once, move |cx| f(cx, &path, version, &body)).await
    }
}

impl<P: DeserializeOwned + 'static, B: FromBody + 'static> FromRequest for Update<P, B> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let (app, caller, path) = (app(&request)?, caller(&request)?, path(&request)?);
            let _: super::NoQuery = query::query(request.query_string())?;
            let (key, version) = (headers::idempotency_key(&request)?, headers::if_match(&request)?);
            let route = route(&request);
            live(&app, &caller).await?;
            let (body, body_sha256) = B::from_body(request, payload, Some(caller.user_id)).await?;
            Ok(Self { app, caller, path, version, body, once: Once { key, route, body_sha256 } })
        })
    }
}

/// A call that needs no login.
pub struct Open<B = super::NoBody> {
    /// The application.
    pub app: App,
    /// Nobody, with the request's id and language.
    pub caller: Caller,
    /// The body.
    pub body: B,
    /// The request, for cookies, origin and address.
    pub request: HttpRequest,
    /// Makes access tokens.
    pub tokens: Data<Tokens>,
}

impl<B: FromBody + 'static> FromRequest for Open<B> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let (app, caller) = (app(&request)?, anonymous(&request)?);
            let _: super::NoQuery = query::query(request.query_string())?;
            let (body, _) = B::from_body(request.clone(), payload, None).await?;
            let tokens = tokens(&request)?;
            Ok(Self { app, caller, body, request, tokens })
        })
    }
}

/// The path of the next page: the same query with another cursor.
fn next_link(address: &str, query: &str, cursor: &str) -> String {
    let others = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "cursor");
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(others).append_pair("cursor", cursor).finish();
    format!("{address}?{query}")
}

fn route(request: &HttpRequest) -> String {
    format!("{} {}", request.method(), request.path())
}

async fn once<F>(app: &App, caller: &Caller, once: Once, f: F) -> Answer
where
    F: Fn(&mut Cx<'_, '_>) -> Result<Reply, AppError> + Send + 'static,
{
    match app.write_once(caller, once, f).await? {
        Answered::Now(reply) => Ok(reply),
        Answered::Before(kept) => Ok(Reply::replayed(kept)),
    }
}
