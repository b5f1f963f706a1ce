//! The same service without the network: the program itself makes requests, for instance to fill in example data.

use crate::{
    limits::LimitOptions,
    live::Pace,
    server::{Parts, web_app},
};
use actix_web::{Error, body::to_bytes, dev::ServiceResponse, http::Method, test};
use fabu_app::App;
use futures::future::LocalBoxFuture;
use serde_json::Value;
use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    rc::Rc,
};

/// A request.
#[derive(Debug, Clone)]
pub struct LocalRequest {
    /// Method, in capitals.
    pub method: &'static str,
    /// Path with query.
    pub path: String,
    /// Access token.
    pub token: Option<String>,
    /// The ETag that the caller has seen.
    pub if_match: Option<String>,
    /// A JSON body.
    pub body: Option<Value>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct LocalAnswer {
    /// Status code.
    pub status: u16,
    /// The ETag header.
    pub etag: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

type Call = dyn Fn(test::TestRequest) -> LocalBoxFuture<'static, Result<ServiceResponse, Error>>;

/// The service of an application, to be called from one thread.
#[derive(Clone)]
pub struct Local(Rc<Call>);

impl Local {
    /// The service.
    ///
    /// # Errors
    /// When the settings are unsafe.
    pub async fn new(app: App) -> io::Result<Self> {
        app.settings.check().map_err(io::Error::other)?;
        // Despite its name the module is part of the framework's ordinary build; it makes requests without a connection.
        let service =
            Rc::new(test::init_service(web_app(&Parts::of(app, Pace::default(), &LimitOptions::default()), None)).await);
        Ok(Self(Rc::new(move |request| {
            let service = Rc::clone(&service);
            Box::pin(async move { test::try_call_service(service.as_ref(), request.to_request()).await })
        })))
    }

    /// Sends a request, as if it came from this machine.
    ///
    /// # Errors
    /// When the method is none, or the handler gave no answer.
    pub async fn send(&self, request: LocalRequest) -> Result<LocalAnswer, String> {
        let method = Method::from_bytes(request.method.as_bytes()).map_err(|error| error.to_string())?;
        let mut made = test::TestRequest::default().method(method).uri(&request.path);
        made = made.peer_addr(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        if let Some(token) = request.token {
            made = made.insert_header(("Authorization", format!("Bearer {token}")));
        }
        if let Some(etag) = request.if_match {
            made = made.insert_header(("If-Match", etag));
        }
        if let Some(body) = request.body {
            made = made.set_json(body);
        }
        let answer = (self.0)(made).await.map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        let etag = answer.headers().get("etag").and_then(|value| value.to_str().ok()).map(str::to_owned);
        let body = to_bytes(answer.into_body()).await.map_err(|error| error.to_string())?.to_vec();
        Ok(LocalAnswer { status, etag, body })
    }
}
