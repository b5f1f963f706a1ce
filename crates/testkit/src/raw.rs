//! A client that speaks HTTP by hand: for requests that no client library sends.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Duration, timeout},
};

/// A connection on which a request was begun.
#[derive(Debug)]
pub struct RawRequest(TcpStream);

impl RawRequest {
    /// Sends the head of a request, each header a line, and as much of the body as is given.
    ///
    /// # Panics
    /// When the server cannot be reached.
    pub async fn begin(url: &str, line: &str, headers: &[String], body: &[u8]) -> Self {
        let mut connection = TcpStream::connect(url.trim_start_matches("http://")).await.expect("the server accepts");
        let mut head = format!("{line} HTTP/1.1\r\nHost: fabu\r\nAccept-Language: en\r\n");
        for header in headers {
            head.push_str(header);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        connection.write_all(head.as_bytes()).await.expect("the head is sent");
        connection.write_all(body).await.expect("the body is sent");
        Self(connection)
    }

    /// The answer, up to the end of what the server says at once.
    ///
    /// # Panics
    /// When nothing comes within 20 seconds.
    pub async fn answer(&mut self) -> String {
        let (mut answer, mut piece) = (String::new(), [0; 16 * 1024]);
        let complete = |answer: &str| answer.split_once("\r\n\r\n").is_some_and(|(head, body)| body.len() >= length(head));
        while !complete(&answer) {
            let read = timeout(Duration::from_secs(20), self.0.read(&mut piece)).await;
            match read.expect("the server answers in time").expect("the connection is readable") {
                0 => break,
                n => answer.push_str(&String::from_utf8_lossy(&piece[..n])),
            }
        }
        answer
    }
}

fn length(head: &str) -> usize {
    let lower = head.to_ascii_lowercase();
    lower.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok()).unwrap_or(0)
}
