//! A mail server.

use super::{FailureClass, Mail, SendError};
use lettre::transport::smtp::{
    Error as SmtpError,
    authentication::{Credentials as Login, DEFAULT_MECHANISMS},
    client::{AsyncSmtpConnection, Certificate, TlsParameters},
    extension::ClientId,
};
use std::{
    error::Error as _,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    net::TcpStream,
    sync::Semaphore,
    time::{Instant, timeout},
};

/// Most connections to one server.
pub const MOST_CONNECTIONS: usize = 4;
/// The longest wait for an answer: what a careful server may take after the data (RFC 5321).
pub const LONGEST_TIMEOUT: Duration = Duration::from_secs(600);
/// A connection that was idle for longer is not used again: the server may be about to close it.
const IDLE: Duration = Duration::from_secs(60);

/// How a connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Begins in the clear and must turn to TLS (port 587).
    StartTls,
    /// TLS from the first byte (port 465).
    Tls,
    /// None: for a server on the same machine or in the same closed network, and only when somebody says so.
    Plain,
}

/// Name and password for the server.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The name.
    pub user: String,
    /// The password.
    pub password: String,
}

impl fmt::Debug for Credentials {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("user", &self.user).finish_non_exhaustive()
    }
}

/// Which server, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmtpSettings {
    /// Its name; the certificate must be made out to it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// For a server that asks for them.
    pub credentials: Option<Credentials>,
    /// The longest time to get a connection, and again to send one mail; at most [`LONGEST_TIMEOUT`].
    pub timeout: Duration,
    /// Certificates (PEM) of the company's own authority, beside the public ones.
    pub authority: Option<Vec<u8>>,
}

/// Sends over at most [`MOST_CONNECTIONS`] connections, which it keeps open for a while. The pool of lettre bounds only the
/// connections that wait in it, so a mail sent while another is being put back opens one more; here a connection belongs to
/// a permit from before it is opened until after it is closed or put back.
#[derive(Clone)]
pub struct SmtpMailer(Arc<Server>);

struct Server {
    settings: SmtpSettings,
    tls: Option<TlsParameters>,
    permits: Semaphore,
    waiting: Mutex<Vec<(AsyncSmtpConnection, Instant)>>,
}

impl fmt::Debug for SmtpMailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SmtpMailer").field(&self.0.settings).finish()
    }
}

impl SmtpMailer {
    /// A way to the server; nothing is connected yet.
    ///
    /// # Errors
    /// When the certificates of the company's own authority cannot be read.
    pub fn new(settings: SmtpSettings) -> Result<Self, SendError> {
        let tls = match settings.security {
            Security::StartTls | Security::Tls => Some(tls(&settings)?),
            Security::Plain => None,
        };
        let permits = Semaphore::new(MOST_CONNECTIONS);
        Ok(Self(Arc::new(Server { settings, tls, permits, waiting: Mutex::default() })))
    }

    pub(super) async fn send(&self, mail: &Mail) -> Result<String, SendError> {
        let server = &self.0;
        let _permit = server.permits.acquire().await.map_err(|error| SendError::new(FailureClass::Unreachable, &error))?;
        let mut connection = server.connection().await?;
        let (envelope, bytes) = (mail.message.envelope(), mail.message.formatted());
        let sent = async { connection.send(envelope, &bytes).await.map_err(|error| failure(&error)) };
        let answer = server.in_time(sent).await?;
        server.keep(connection);
        let words = answer.message().collect::<Vec<_>>().join(" ");
        Ok(crate::clean::cut(&format!("{} {words}", answer.code()), 500))
    }

    pub(super) async fn check(&self) -> Result<(), SendError> {
        let server = &self.0;
        let _permit = server.permits.acquire().await.map_err(|error| SendError::new(FailureClass::Unreachable, &error))?;
        let connection = server.connection().await?;
        server.keep(connection);
        Ok(())
    }
}

impl Server {
    /// A connection that was kept and still answers, or a new one.
    async fn connection(&self) -> Result<AsyncSmtpConnection, SendError> {
        while let Some((mut kept, since)) = self.pop() {
            if since.elapsed() < IDLE && timeout(self.settings.timeout, kept.test_connected()).await == Ok(true) {
                return Ok(kept);
            }
        }
        self.in_time(self.open()).await
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, SendError> {
        let SmtpSettings { host, port, security, credentials, .. } = &self.settings;
        let (name, address) = (ClientId::default(), (host.as_str(), *port));
        let begun = match security {
            Security::Tls => AsyncSmtpConnection::connect_tokio1(address, None, &name, self.tls.clone(), None).await,
            Security::StartTls | Security::Plain => {
                AsyncSmtpConnection::connect_with_transport(Box::new(connect(address).await?), &name).await
            }
        };
        let mut connection = begun.map_err(|error| failure(&error))?;
        if let Some(tls) = self.tls.clone().filter(|_| *security == Security::StartTls) {
            connection.starttls(tls, &name).await.map_err(|error| failure(&error))?;
        }
        if let Some(Credentials { user, password }) = credentials {
            let login = Login::new(user.clone(), password.clone());
            connection.auth(DEFAULT_MECHANISMS, &login).await.map_err(|error| failure(&error))?;
        }
        Ok(connection)
    }

    /// Puts a connection back that ended its mail well; the others are closed when they are dropped.
    fn keep(&self, connection: AsyncSmtpConnection) {
        if !connection.has_broken() {
            self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push((connection, Instant::now()));
        }
    }

    fn pop(&self) -> Option<(AsyncSmtpConnection, Instant)> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    async fn in_time<T>(&self, work: impl Future<Output = Result<T, SendError>>) -> Result<T, SendError> {
        let longest = self.settings.timeout.min(LONGEST_TIMEOUT);
        timeout(longest, work).await.unwrap_or_else(|_| {
            let words = format!("no answer within {} s", longest.as_secs());
            Err(SendError::new(FailureClass::Unreachable, &words))
        })
    }
}

/// A connection that sends every packet at once. The end of a mail is a small packet of its own, which would otherwise wait
/// until the server has acknowledged the one before: 40 ms for each mail.
async fn connect(address: (&str, u16)) -> Result<TcpStream, SendError> {
    let unreachable = |error: std::io::Error| SendError::new(FailureClass::Unreachable, &error);
    let stream = TcpStream::connect(address).await.map_err(unreachable)?;
    stream.set_nodelay(true).map_err(unreachable)?;
    Ok(stream)
}

/// How a certificate begins in a file.
const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";

fn tls(settings: &SmtpSettings) -> Result<TlsParameters, SendError> {
    let broken = |error: SmtpError| SendError::new(FailureClass::Unreachable, &error);
    let mut parameters = TlsParameters::builder(settings.host.clone());
    if let Some(pem) = &settings.authority {
        // The library takes a file without any certificate for an authority that signed nothing.
        if !pem.windows(BEGIN.len()).any(|window| window == BEGIN) {
            return Err(SendError::new(FailureClass::Unreachable, &"the file of the authority holds no certificate (PEM)"));
        }
        parameters = parameters.add_root_certificate(Certificate::from_pem(pem).map_err(broken)?);
    }
    parameters.build().map_err(broken)
}

fn failure(error: &SmtpError) -> SendError {
    let said = error.source().map(ToString::to_string).unwrap_or_default();
    let code = error.status().map(u16::from);
    SendError::new(class(code, &said), error)
}

/// What an answer means. With an enhanced status (RFC 3463) the second number says what it is about: 1 the address, 2 the
/// mailbox. Without one, the codes that RFC 5321 gives to mailboxes count.
fn class(code: Option<u16>, said: &str) -> FailureClass {
    match code {
        // Our own side saw that this server takes no address with such letters.
        None if said.contains("SMTPUTF8") => FailureClass::Recipient,
        // No connection; the server closes; login refused, or asked for.
        None | Some(421 | 454 | 530 | 534 | 535 | 538) => FailureClass::Unreachable,
        Some(..500) => FailureClass::Temporary,
        Some(code) => match enhanced(said) {
            // The sender's address.
            Some(["5", "1", "7" | "8"]) => FailureClass::Permanent,
            Some(["5", "1" | "2", _]) => FailureClass::Recipient,
            Some(["5", _, _]) => FailureClass::Permanent,
            _ if matches!(code, 550 | 551 | 553) => FailureClass::Recipient,
            _ => FailureClass::Permanent,
        },
    }
}

/// The numbers of an enhanced status at the beginning: `5.1.1 User unknown` is `["5", "1", "1"]`.
fn enhanced(said: &str) -> Option<[&str; 3]> {
    let is_number = |part: &&str| !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = said.split_whitespace().next()?.split('.').collect();
    <[&str; 3]>::try_from(parts).ok().filter(|parts| parts.iter().all(is_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_parks_the_recipient_the_mail_or_nothing() {
        for (code, said, expected) in [
            (Some(550), "5.1.1 User unknown", FailureClass::Recipient),
            (Some(552), "5.2.2 Mailbox full", FailureClass::Recipient),
            (Some(550), "5.1.8 Sender address rejected", FailureClass::Permanent),
            (Some(550), "No such user", FailureClass::Recipient),
            (Some(553), "Mailbox name not allowed", FailureClass::Recipient),
            (Some(550), "5.7.1 Message rejected as spam", FailureClass::Permanent),
            (Some(552), "5.3.4 Message too big", FailureClass::Permanent),
            (Some(554), "Transaction failed", FailureClass::Permanent),
            (Some(535), "5.7.8 Authentication credentials invalid", FailureClass::Unreachable),
            (Some(530), "5.7.0 Must issue a STARTTLS command first", FailureClass::Unreachable),
            (Some(451), "4.7.1 Greylisted", FailureClass::Temporary),
            (Some(421), "Service not available", FailureClass::Unreachable),
            (None, "connection reset by peer", FailureClass::Unreachable),
            (None, "STARTTLS is not supported on this server", FailureClass::Unreachable),
            (None, "Envelope contains non-ascii chars but server does not support SMTPUTF8", FailureClass::Recipient),
        ] {
            assert_eq!(class(code, said), expected, "{code:?} {said}");
        }
    }

    #[test]
    fn a_number_in_the_words_is_no_status() {
        assert_eq!(enhanced("10.0.0.1 refused"), None);
        assert_eq!(enhanced("5.1.1 User unknown"), Some(["5", "1", "1"]));
        assert_eq!(enhanced(""), None);
    }

    #[test]
    fn the_password_is_never_printed() {
        let credentials = Credentials { user: "qms".to_owned(), password: "geheim".to_owned() };
        assert!(!format!("{credentials:?}").contains("geheim"));
    }
}
