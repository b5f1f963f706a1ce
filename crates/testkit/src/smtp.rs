//! A mail server for tests, on a loopback port of its own: it speaks SMTP, keeps what it accepted, and misbehaves as told.

use base64::{Engine, engine::general_purpose::STANDARD};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// What the server does with the next mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Accepts it.
    Accept,
    /// Accepts it, with the final reply after so long.
    AcceptAfter(Duration),
    /// Says so at RCPT: `451 4.2.1 try later`, `550 5.1.1 no such user`.
    RefuseRecipient(&'static str),
    /// Says so after the data.
    RefuseData(&'static str),
    /// Takes the mail, keeps it, and hangs up without the final reply.
    DropAfterKeeping,
    /// Hangs up when the data begins: nothing is kept.
    DropBeforeKeeping,
}

/// A mail that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The address it went to.
    pub to: String,
    /// Its Message-ID, with the angle brackets.
    pub message_id: String,
    /// The whole mail.
    pub text: String,
}

#[derive(Default)]
struct State {
    script: VecDeque<Turn>,
    taken: Vec<Taken>,
    down: bool,
    /// `user\0password`, if a login is asked for.
    login: Option<String>,
    connections: usize,
    most_connections: usize,
}

/// A running mail server; it ends with its owner.
pub struct SmtpServer {
    port: u16,
    state: Arc<Mutex<State>>,
    count: watch::Receiver<usize>,
    answers: watch::Receiver<usize>,
    hold: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl SmtpServer {
    /// Starts a server that accepts everything.
    ///
    /// # Panics
    /// When no port can be had.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("a bound port").port();
        let state = Arc::new(Mutex::new(State::default()));
        let (counted, count) = watch::channel(0);
        let (answered, answers) = watch::channel(0);
        let (hold, held) = watch::channel(false);
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (state, counted) = (Arc::clone(&shared), counted.clone());
                let (answered, mut held) = (answered.clone(), held.clone());
                if lock(&state).down {
                    drop(stream);
                    continue;
                }
                tokio::spawn(async move {
                    {
                        let mut state = lock(&state);
                        state.connections += 1;
                        state.most_connections = state.most_connections.max(state.connections);
                    }
                    // A client that hangs up is no news.
                    drop(talk(stream, &state, &counted, &answered, &mut held).await);
                    lock(&state).connections -= 1;
                });
            }
        });
        Self { port, state, count, answers, hold, task }
    }

    /// The port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// `smtp://127.0.0.1:port`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// The same for somebody with a name and a password.
    #[must_use]
    pub fn url_for(&self, user: &str, password: &str) -> String {
        format!("smtp://{user}:{password}@127.0.0.1:{}", self.port)
    }

    /// Asks for this login from now on.
    pub fn require_login(&self, user: &str, password: &str) {
        lock(&self.state).login = Some(format!("{user}\0{password}"));
    }

    /// What happens to the next mails, one after the other; afterwards everything is accepted.
    pub fn play(&self, turns: impl IntoIterator<Item = Turn>) {
        lock(&self.state).script.extend(turns);
    }

    /// Hangs up on everybody who calls, or no longer does.
    pub fn set_down(&self, down: bool) {
        lock(&self.state).down = down;
    }

    /// Keeps the final reply of every mail back, or no longer does.
    pub fn hold_replies(&self, hold: bool) {
        self.hold.send_replace(hold);
    }

    /// Waits until so many mails were answered with 250.
    ///
    /// # Panics
    /// When it does not happen within `patience`.
    pub async fn wait_for_replies(&self, mails: usize, patience: Duration) {
        let mut answers = self.answers.clone();
        let came = tokio::time::timeout(patience, answers.wait_for(|sent| *sent >= mails)).await;
        assert!(matches!(came, Ok(Ok(_))), "{mails} replies were sent within {patience:?}");
    }

    /// What was taken so far.
    #[must_use]
    pub fn taken(&self) -> Vec<Taken> {
        lock(&self.state).taken.clone()
    }

    /// The most connections that were open at the same time.
    #[must_use]
    pub fn most_connections(&self) -> usize {
        lock(&self.state).most_connections
    }

    /// Waits until so many mails were taken.
    ///
    /// # Panics
    /// When they do not come within `patience`.
    pub async fn wait_for(&self, mails: usize, patience: Duration) {
        let mut count = self.count.clone();
        let came = tokio::time::timeout(patience, count.wait_for(|taken| *taken >= mails)).await;
        assert!(matches!(came, Ok(Ok(_))), "{} of {mails} mails came within {patience:?}", self.taken().len());
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One connection.
async fn talk(
    stream: TcpStream,
    state: &Mutex<State>,
    counted: &watch::Sender<usize>,
    answered: &watch::Sender<usize>,
    held: &mut watch::Receiver<bool>,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let (mut to, mut turn, mut known) = (None, Turn::Accept, lock(state).login.is_none());
    writer.write_all(b"220 test ESMTP\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        if lock(state).down {
            return Ok(());
        }
        let upper = line.to_ascii_uppercase();
        let answer = match upper.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" if lock(state).login.is_some() => "250-test\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN".to_owned(),
            "EHLO" => "250-test\r\n250-8BITMIME\r\n250 SMTPUTF8".to_owned(),
            "AUTH" => {
                known = login_of(&line) == lock(state).login;
                if known { "235 2.7.0 welcome" } else { "535 5.7.8 wrong name or password" }.to_owned()
            }
            "MAIL" if !known => "530 5.7.0 sign in first".to_owned(),
            "MAIL" => {
                turn = lock(state).script.pop_front().unwrap_or(Turn::Accept);
                "250 2.1.0 ok".to_owned()
            }
            "RCPT" => match turn {
                Turn::RefuseRecipient(words) => words.to_owned(),
                _ => {
                    to = line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(address, _)| address.to_owned());
                    "250 2.1.5 ok".to_owned()
                }
            },
            "DATA" if turn == Turn::DropBeforeKeeping => return Ok(()),
            "DATA" => {
                writer.write_all(b"354 go ahead\r\n").await?;
                let text = data(&mut lines).await?;
                match &turn {
                    Turn::RefuseData(words) => (*words).to_owned(),
                    _ => {
                        keep(state, counted, to.take().unwrap_or_default(), text);
                        match turn {
                            Turn::DropAfterKeeping => return Ok(()),
                            Turn::AcceptAfter(time) => tokio::time::sleep(time).await,
                            _ => {}
                        }
                        // An error means that the server has gone away with its owner.
                        drop(held.wait_for(|held| !*held).await);
                        writer.write_all(b"250 2.0.0 taken\r\n").await?;
                        answered.send_modify(|sent| *sent += 1);
                        continue;
                    }
                }
            }
            "QUIT" => {
                writer.write_all(b"221 2.0.0 bye\r\n").await?;
                return Ok(());
            }
            _ => "250 2.0.0 ok".to_owned(),
        };
        writer.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}

fn login_of(line: &str) -> Option<String> {
    let token = line.split_whitespace().nth(2)?;
    let text = String::from_utf8(STANDARD.decode(token).ok()?).ok()?;
    Some(text.trim_start_matches('\0').to_owned())
}

async fn data(lines: &mut tokio::io::Lines<BufReader<tokio::net::tcp::OwnedReadHalf>>) -> std::io::Result<String> {
    let mut text = String::new();
    while let Some(line) = lines.next_line().await? {
        if line == "." {
            break;
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
        text.push_str("\r\n");
    }
    Ok(text)
}

fn keep(state: &Mutex<State>, counted: &watch::Sender<usize>, to: String, text: String) {
    let head = text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap_or_default();
    let message_id = head.to_owned();
    let mut state = lock(state);
    state.taken.push(Taken { to, message_id, text });
    counted.send_replace(state.taken.len());
}
