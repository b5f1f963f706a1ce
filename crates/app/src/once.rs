//! Requests that may be sent twice: the answer is kept in the transaction of the effect (RELIABILITY 4.3).

use crate::{
    context::{App, Caller, Cx},
    error::{AppError, Failure},
    fault::Fault,
};
use fabu_store::{Idempotent, StoredAnswer};
use serde::{Deserialize, Serialize};

/// What identifies a request that is sent twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// The caller's Idempotency-Key; none when the caller wants no protection.
    pub key: Option<String>,
    /// Method and path.
    pub route: String,
    /// SHA-256 of the body.
    pub body_sha256: [u8; 32],
}

/// An answer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// HTTP status.
    pub status: u16,
    /// ETag of the resource after the effect.
    pub etag: Option<String>,
    /// Address of what was made.
    pub location: Option<String>,
    /// The exact body.
    pub body: String,
}

/// The answer of a request that may be sent twice.
#[derive(Debug, Clone)]
pub enum Answered<R> {
    /// The effect happened now.
    Now(R),
    /// The effect happened before; this is its answer.
    Before(Kept),
}

impl App {
    /// Like [`App::write`], but a second request with the same key gets the first answer and has no effect.
    ///
    /// # Errors
    /// Those of `f`, and [`Fault::KeyReused`] when the key was used for another request.
    pub async fn write_once<R, F>(&self, caller: &Caller, once: Once, f: F) -> Result<Answered<R>, Failure>
    where
        R: AsRef<Kept> + Send + 'static,
        F: Fn(&mut Cx<'_, '_>) -> Result<R, AppError> + Send + 'static,
    {
        self.write(caller, move |cx| {
            let Some(key) = once.key.as_deref() else { return f(cx).map(Answered::Now) };
            let principal = cx.caller.user_id.to_string();
            match cx.tx.idempotency(&principal, key, &once.route, &once.body_sha256, cx.now)? {
                Idempotent::New => {}
                Idempotent::OtherBody => return Err(Fault::KeyReused.into()),
                Idempotent::Replay(answer) => return Ok(Answered::Before(kept(answer)?)),
            }
            let reply = f(cx)?;
            cx.tx.keep_answer(&principal, key, &stored(reply.as_ref()))?;
            Ok(Answered::Now(reply))
        })
        .await
    }
}

fn stored(kept: &Kept) -> StoredAnswer {
    let headers = [("ETag", &kept.etag), ("Location", &kept.location)];
    let headers = headers.into_iter().filter_map(|(name, value)| value.clone().map(|value| (name.to_owned(), value)));
    StoredAnswer { status: kept.status, headers: headers.collect(), body: kept.body.clone().into_bytes() }
}

fn kept(answer: StoredAnswer) -> Result<Kept, AppError> {
    let header = |wanted: &str| answer.headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
    let (etag, location) = (header("ETag"), header("Location"));
    let body = String::from_utf8(answer.body).map_err(|error| AppError::Internal(format!("kept answer: {error}")))?;
    Ok(Kept { status: answer.status, etag, location, body })
}
