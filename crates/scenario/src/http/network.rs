//! Over the network, in real time.

use super::{Method, Request, Response, Timeline, Transport};
use chrono::{DateTime, Utc};
use fabu_domain::time::clock::{Clock, SystemClock};
use std::time::Duration;

/// An HTTP client to be set up. Another crate of the program has reqwest compiled with TLS and without a choice of its
/// cryptography, and then no client can be made before that choice.
pub fn client_builder() -> reqwest::ClientBuilder {
    // An error says that it was chosen before.
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::builder()
}

/// A server somewhere.
#[derive(Debug, Clone)]
pub struct Network {
    url: String,
    client: reqwest::Client,
}

impl Network {
    /// The server at `url`, such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn new(url: &str) -> Result<Self, String> {
        let client = client_builder().no_proxy().timeout(Duration::from_secs(60)).build();
        Ok(Self { url: url.trim_end_matches('/').to_owned(), client: client.map_err(|error| error.to_string())? })
    }
}

impl Transport for Network {
    async fn send(&self, request: Request) -> Result<Response, String> {
        let url = format!("{}{}", self.url, request.path);
        let mut builder = match request.method {
            Method::Get => self.client.get(url),
            Method::Post => self.client.post(url),
            Method::Put => self.client.put(url),
        };
        if let Some(token) = &request.token {
            builder = builder.bearer_auth(token);
        }
        if let Some(etag) = &request.if_match {
            builder = builder.header("If-Match", etag);
        }
        if let Some(body) = &request.body {
            builder = builder.json(body);
        }
        let answer = builder.send().await.map_err(|error| format!("{error:?}"))?;
        let status = answer.status().as_u16();
        let etag = answer.headers().get("etag").and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
        let body = answer.bytes().await.map_err(|error| format!("{error:?}"))?.to_vec();
        Ok(Response { status, etag, body })
    }
}

/// The time of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealTime;

impl Timeline for RealTime {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now()
    }

    fn work(&self) {}

    async fn wait_until(&self, at: DateTime<Utc>) {
        if let Ok(time) = (at - self.now()).to_std() {
            tokio::time::sleep(time).await;
        }
    }
}
