//! The server of a provider of chat groups, for tests: an HTTP server on a loopback port of its own that answers as told and
//! remembers what it was asked.

use serde_json::Value;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// What the server answers: an HTTP status and a body.
pub type Said = (u16, &'static str);

/// Every provider's word for "it is in the group".
const FINE: Said = (200, r#"{"errcode":0,"code":0,"errmsg":"ok"}"#);

#[derive(Default)]
struct State {
    script: VecDeque<Said>,
    asked: Vec<(String, Value)>,
}

/// A running server; it ends with its owner.
pub struct RobotServer {
    port: u16,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl RobotServer {
    /// Starts a server that accepts everything.
    ///
    /// # Panics
    /// When no port can be had.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("a bound port").port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                // A client that hangs up is no news.
                tokio::spawn(async move { drop(answer(stream, &state).await) });
            }
        });
        Self { port, state, task }
    }

    /// `http://127.0.0.1:port`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What is answered next, one after the other; afterwards everything is accepted.
    pub fn play(&self, answers: impl IntoIterator<Item = Said>) {
        lock(&self.state).script.extend(answers);
    }

    /// The target and the body of every message so far.
    #[must_use]
    pub fn asked(&self) -> Vec<(String, Value)> {
        lock(&self.state).asked.clone()
    }
}

impl Drop for RobotServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One request on one connection.
async fn answer(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    let request = loop {
        let mut part = [0; 4096];
        let length = stream.read(&mut part).await?;
        bytes.extend_from_slice(&part[..length]);
        match whole(&bytes) {
            Some(request) => break request,
            None if length == 0 => return Ok(()),
            None => {}
        }
    };
    let (status, body) = match request {
        Some(message) => {
            let mut state = lock(state);
            state.asked.push(message);
            state.script.pop_front().unwrap_or(FINE)
        }
        None => (200, ""),
    };
    let head = format!("HTTP/1.1 {status} said\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    stream.write_all((head + body).as_bytes()).await
}

/// The target and the body of a POST, once all of it is there; nothing for a HEAD, which only looks.
fn whole(bytes: &[u8]) -> Option<Option<(String, Value)>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    if head.starts_with("HEAD ") {
        return Some(None);
    }
    let target = head.split_whitespace().nth(1)?.to_owned();
    Some(Some((target, serde_json::from_str(body).ok()?)))
}
