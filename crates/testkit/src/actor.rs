//! Somebody who calls the API.

use crate::{Answered, Call, Calls};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};

/// A person with a client: keeps the access token and, in a jar of its own, the refresh cookie.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The user's id; empty for nobody.
    pub id: String,
    /// The name to sign in with.
    pub login: String,
    /// The password.
    pub password: String,
    pub(crate) url: String,
    pub(crate) client: Client,
    pub(crate) token: Arc<Mutex<Option<String>>>,
    /// What this person, and everybody made from it, asked the server.
    pub calls: Calls,
}

impl Actor {
    /// Somebody who has not signed in.
    ///
    /// # Panics
    /// When no HTTP client can be made.
    #[must_use]
    pub fn nobody(url: &str) -> Self {
        let client = fabu_scenario::http::client_builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();
        Self {
            id: String::new(),
            login: String::new(),
            password: String::new(),
            url: url.to_owned(),
            client: client.expect("an HTTP client"),
            token: Arc::default(),
            calls: Calls::default(),
        }
    }

    /// Signs in and becomes that person.
    ///
    /// # Panics
    /// When it fails.
    pub async fn sign_in(&self, login: &str, password: &str) -> Self {
        let answer = self.post("/auth/login", json!({ "login": login, "password": password })).await;
        let actor = self.with_token(answer.ok()["access_token"].as_str().unwrap_or_default());
        let me = actor.get("/me").await.ok();
        Self {
            id: me["id"].as_str().unwrap_or_default().to_owned(),
            login: login.to_owned(),
            password: password.to_owned(),
            ..actor
        }
    }

    /// Somebody who has not signed in, at the same server; what they ask is noted with what this person asks.
    ///
    /// # Panics
    /// When no HTTP client can be made.
    #[must_use]
    pub fn stranger(&self) -> Self {
        Self { calls: self.calls.clone(), ..Self::nobody(&self.url) }
    }

    /// Signs in anew, for a fresh password or after the sessions ended.
    ///
    /// # Panics
    /// When it fails.
    pub async fn again(&self) -> Self {
        self.stranger().sign_in(&self.login, &self.password).await
    }

    /// The same client with another access token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Arc::new(Mutex::new(Some(token.to_owned()))), ..self.clone() }
    }

    /// The access token.
    #[must_use]
    pub fn token(&self) -> Option<String> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The same person at another server.
    #[must_use]
    pub fn at(&self, url: &str) -> Self {
        Self { url: url.to_owned(), ..self.clone() }
    }

    /// A request to a path below `/api/v1` (or to an absolute path that begins with `/api` or `//`), with the token.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let path = match path.strip_prefix('/') {
            Some(rest) if rest.starts_with('/') => rest.to_owned(),
            _ if path.starts_with("/api/") => path.to_owned(),
            _ => format!("/api/v1{path}"),
        };
        let request = self.client.request(method, format!("{}{path}", self.url)).header("Accept-Language", "en");
        match self.token() {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a request.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn send(&self, request: RequestBuilder) -> Answered {
        let request = request.build().expect("a complete request");
        let (method, path) = (request.method().to_string(), request.url().path().to_owned());
        let name = format!("{method} {path} by {}", self.login);
        let response = self.client.execute(request).await;
        let response = response.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let answer = Answered::read(name, response).await;
        let request_id = answer.header("x-request-id").unwrap_or_default();
        self.calls.add(Call { method, path, status: answer.status.as_u16(), request_id });
        answer
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answered {
        self.send(self.request(Method::GET, path)).await
    }

    /// POST of something new.
    pub async fn post(&self, path: &str, body: Value) -> Answered {
        self.send(self.request(Method::POST, path).json(&body)).await
    }

    /// PUT with the version that is current now.
    pub async fn put(&self, path: &str, body: Value) -> Answered {
        self.change(Method::PUT, path, body).await
    }

    /// PATCH with the version that is current now.
    pub async fn patch(&self, path: &str, body: Value) -> Answered {
        self.change(Method::PATCH, path, body).await
    }

    /// POST of an action on a thing, with the version that is current now.
    pub async fn act(&self, path: &str, body: Value) -> Answered {
        self.change(Method::POST, path, body).await
    }

    /// DELETE with the version that is current now.
    pub async fn delete(&self, path: &str) -> Answered {
        let etag = self.etag(path).await;
        self.send(self.request(Method::DELETE, path).header("If-Match", etag)).await
    }

    /// Any method, with a version that the test chooses.
    pub async fn change_if(&self, method: Method, path: &str, etag: &str, body: Value) -> Answered {
        self.send(self.request(method, path).header("If-Match", etag).json(&body)).await
    }

    async fn change(&self, method: Method, path: &str, body: Value) -> Answered {
        let etag = self.etag(path).await;
        self.change_if(method, path, &etag, body).await
    }

    /// The ETag of the thing that a path names or acts on: the nearest one above that has an ETag.
    async fn etag(&self, path: &str) -> String {
        let mut place = path.trim_start_matches("/api/v1").to_owned();
        while place.len() > 1 {
            if let Some(etag) = self.get(&place).await.header("etag") {
                return etag;
            }
            place.truncate(place.rfind('/').unwrap_or(0));
        }
        "\"v0\"".to_owned()
    }
}
