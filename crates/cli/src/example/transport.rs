//! Requests to the service in this process.

use fabu_api::{Local, local::LocalRequest};
use fabu_scenario::http::{Request, Response, Transport};

/// The service itself, without the network.
pub struct InProcess(pub Local);

impl Transport for InProcess {
    async fn send(&self, request: Request) -> Result<Response, String> {
        let Request { method, path, token, if_match, body } = request;
        let answer = self.0.send(LocalRequest { method: method.as_str(), path, token, if_match, body }).await?;
        Ok(Response { status: answer.status, etag: answer.etag, body: answer.body })
    }
}
