//! A load generator: prebuilt requests over HTTP/1.1 connections that are kept open, without TLS.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{
    fmt::Write,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// The longest that one answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The bytes of a request.
pub type Bytes = Vec<u8>;

/// Who asks, and which version was seen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Head<'h> {
    /// The access token.
    pub token: Option<&'h str>,
    /// The ETag for If-Match.
    pub if_match: Option<&'h str>,
}

/// A GET.
pub fn get(path: &str, head: Head<'_>) -> Bytes {
    message("GET", path, head, None)
}

/// A POST with a JSON body.
pub fn post(path: &str, head: Head<'_>, body: &Value) -> Bytes {
    message("POST", path, head, Some(&body.to_string()))
}

fn message(method: &str, path: &str, head: Head<'_>, body: Option<&str>) -> Bytes {
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n");
    // Writing to a text cannot fail.
    if let Some(token) = head.token {
        let _ = write!(text, "Authorization: Bearer {token}\r\n");
    }
    if let Some(etag) = head.if_match {
        let _ = write!(text, "If-Match: {etag}\r\n");
    }
    if let Some(body) = body {
        let _ = write!(text, "Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
    }
    let _ = write!(text, "\r\n{}", body.unwrap_or_default());
    text.into_bytes()
}

/// What is sent.
#[derive(Debug, Clone)]
pub enum Supply {
    /// These requests in turn, again and again, until the time is over.
    For(Duration, Arc<Vec<Bytes>>),
    /// Each request once.
    Once(Arc<Vec<Bytes>>),
}

/// An answer that is kept.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// Status code.
    pub status: u16,
    /// The ETag header.
    pub etag: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How long each answer took.
    pub times: Vec<Duration>,
    /// How many answers were no success.
    pub errors: usize,
    /// The first of them, to be shown.
    pub first_error: Option<String>,
    /// The length of the last body, in bytes.
    pub body: usize,
    /// From the first request to the last answer.
    pub elapsed: Duration,
    /// The answers by the place of their request, for requests that are sent once.
    pub replies: Vec<(usize, Reply)>,
}

/// Sends over so many connections at once; each waits for its answer before the next request.
///
/// # Errors
/// When a connection breaks or an answer cannot be read. An error status is counted and is no error here.
pub async fn send(address: SocketAddr, connections: usize, supply: &Supply) -> Result<Outcome> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(Connection::open(address).await?);
    }
    let begin = Instant::now();
    let workers: Vec<_> =
        open.into_iter().map(|connection| tokio::spawn(work(connection, supply.clone(), Arc::clone(&next), begin))).collect();
    let mut all = Outcome::default();
    for worker in workers {
        let part = worker.await.context("a connection's task ended")??;
        all.times.extend(part.times);
        all.errors += part.errors;
        all.first_error = all.first_error.or(part.first_error);
        all.body = all.body.max(part.body);
        all.replies.extend(part.replies);
    }
    all.elapsed = begin.elapsed();
    all.replies.sort_by_key(|(place, _)| *place);
    Ok(all)
}

async fn work(mut connection: Connection, supply: Supply, next: Arc<AtomicUsize>, begin: Instant) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    loop {
        let place = next.fetch_add(1, Ordering::Relaxed);
        let request = match &supply {
            Supply::For(time, requests) if begin.elapsed() < *time => requests.get(place % requests.len().max(1)),
            Supply::For(..) => None,
            Supply::Once(requests) => requests.get(place),
        };
        let Some(request) = request else { return Ok(outcome) };
        let start = Instant::now();
        let reply = timeout(PATIENCE, connection.ask(request)).await.context("no answer in time")??;
        outcome.times.push(start.elapsed());
        outcome.body = reply.body.len();
        if !reply.is_success() {
            outcome.errors += 1;
            let told = || format!("{} {}", reply.status, String::from_utf8_lossy(&reply.body));
            outcome.first_error.get_or_insert_with(told);
        }
        if matches!(supply, Supply::Once(_)) {
            outcome.replies.push((place, reply));
        }
    }
}

/// One connection, kept open.
struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await.with_context(|| format!("cannot connect to {address}"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    async fn ask(&mut self, request: &[u8]) -> Result<Reply> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let mut searched = 0;
        let head = loop {
            self.fill().await?;
            if let Some(end) = self.buffer[searched..].windows(4).position(|four| four == b"\r\n\r\n") {
                break searched + end + 4;
            }
            searched = self.buffer.len().saturating_sub(3);
        };
        let (status, length, etag) = read_head(&self.buffer[..head])?;
        while self.buffer.len() < head + length {
            self.fill().await?;
        }
        Ok(Reply { status, etag, body: self.buffer[head..head + length].to_vec() })
    }

    async fn fill(&mut self) -> Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => bail!("the server closed the connection"),
            _ => Ok(()),
        }
    }
}

/// Status, length of the body, ETag.
fn read_head(head: &[u8]) -> Result<(u16, usize, Option<String>)> {
    let text = std::str::from_utf8(head).context("the head of an answer is no text")?;
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
    let status = status.with_context(|| format!("an answer without a status: {text}"))?;
    let (mut length, mut etag) = (0, None);
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().context("Content-Length is no number")?;
        } else if name.eq_ignore_ascii_case("etag") {
            etag = Some(value.trim().to_owned());
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            bail!("an answer without Content-Length: {text}");
        }
    }
    Ok((status, length, etag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_status_length_and_etag_of_an_answer() {
        let head = b"HTTP/1.1 201 Created\r\ncontent-length: 17\r\nETag: \"v1\"\r\n\r\n";
        assert_eq!(read_head(head).unwrap(), (201, 17, Some("\"v1\"".to_owned())));
        assert!(read_head(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
    }

    #[test]
    fn a_request_tells_the_length_of_its_body_in_bytes() {
        let head = Head { token: Some("t"), if_match: Some("\"v1\"") };
        let text = String::from_utf8(post("/x", head, &serde_json::json!("发布"))).unwrap();
        assert!(text.contains("\r\nContent-Length: 8\r\n") && text.contains("\r\nIf-Match: \"v1\"\r\n"), "{text}");
    }
}
