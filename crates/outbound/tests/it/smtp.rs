//! A mail server with a script.

use crate::support::{mail, notice};
use fabu_outbound::mail::{Credentials, FailureClass, Mailer, Security, SmtpMailer, SmtpSettings};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

/// What the server says to a command, and what it was told.
#[derive(Clone, Default)]
struct Script {
    /// `(command, answer)`; an empty answer closes the connection.
    answers: Vec<(&'static str, &'static str)>,
    log: Arc<Mutex<Vec<String>>>,
    mails: Arc<Mutex<Vec<String>>>,
}

impl Script {
    fn answer(&self, command: &str) -> Option<&'static str> {
        let upper = command.to_uppercase();
        self.answers.iter().find(|(start, _)| upper.starts_with(start)).map(|(_, answer)| *answer)
    }

    async fn serve(self, listener: TcpListener, tls: Option<(Security, TlsAcceptor)>) {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(self.clone().greet(stream, tls.clone()));
        }
    }

    async fn greet(self, stream: TcpStream, tls: Option<(Security, TlsAcceptor)>) -> Option<()> {
        stream.set_nodelay(true).ok()?;
        match tls {
            Some((Security::Tls, acceptor)) => drop(self.talk(acceptor.accept(stream).await.ok()?, true, false).await),
            Some((Security::StartTls, acceptor)) => {
                let clear = self.talk(stream, true, true).await?;
                self.talk(acceptor.accept(clear).await.ok()?, false, false).await;
            }
            _ => drop(self.talk(stream, true, false).await),
        }
        Some(())
    }

    /// Answers until the client goes, or wants to turn to TLS: then the stream comes back.
    async fn talk<S: AsyncRead + AsyncWrite + Unpin>(&self, stream: S, greets: bool, offers_tls: bool) -> Option<S> {
        let mut stream = BufReader::new(stream);
        if greets {
            stream.write_all(b"220 test ESMTP\r\n").await.ok()?;
        }
        while let Some(line) = line(&mut stream).await {
            self.log.lock().unwrap().push(line.clone());
            let usual = match line.split_whitespace().next().unwrap_or_default().to_uppercase().as_str() {
                "EHLO" if offers_tls => "250-test\r\n250 STARTTLS",
                "EHLO" => "250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME",
                "AUTH" => "235 2.7.0 ok",
                "DATA" => "354 go ahead",
                "QUIT" => "221 bye",
                "STARTTLS" => "220 go",
                _ => "250 2.0.0 ok",
            };
            let answer = self.answer(&line).unwrap_or(usual);
            if answer.is_empty() {
                return None;
            }
            stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
            stream.flush().await.ok()?;
            if answer == "220 go" {
                return Some(stream.into_inner());
            }
            if answer.starts_with("354") {
                self.take(&mut stream).await?;
            }
        }
        None
    }

    async fn take<S: AsyncRead + AsyncWrite + Unpin>(&self, stream: &mut BufReader<S>) -> Option<()> {
        let mut mail = String::new();
        while let Some(line) = line(stream).await.filter(|line| line != ".") {
            mail.push_str(line.strip_prefix('.').unwrap_or(&line));
            mail.push_str("\r\n");
        }
        let answer = self.answer("<END>").unwrap_or("250 2.0.0 queued as 42");
        if answer.is_empty() {
            return None;
        }
        self.mails.lock().unwrap().push(mail);
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        stream.flush().await.ok()
    }
}

async fn line<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Option<String> {
    let mut line = String::new();
    let length = stream.read_line(&mut line).await.ok()?;
    (length > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}

async fn server(answers: &[(&'static str, &'static str)]) -> (SmtpSettings, Script) {
    server_with(answers, None).await
}

async fn server_with(answers: &[(&'static str, &'static str)], tls: Option<(Security, TlsAcceptor)>) -> (SmtpSettings, Script) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let script = Script { answers: answers.to_vec(), ..Script::default() };
    tokio::spawn(script.clone().serve(listener, tls));
    let settings = SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::Plain,
        credentials: None,
        timeout: Duration::from_secs(5),
        authority: None,
    };
    (settings, script)
}

fn mailer(settings: &SmtpSettings) -> Mailer {
    Mailer::Smtp(SmtpMailer::new(settings.clone()).unwrap())
}

#[tokio::test]
async fn an_accepted_mail_arrives_as_it_was_built() {
    let (settings, script) = server(&[]).await;
    let mail = mail(&notice("x\n.\nQUIT"));
    let said = mailer(&settings).send(&mail).await.unwrap();
    assert_eq!(said, "250 2.0.0 queued as 42");
    let (mails, built) = (script.mails.lock().unwrap(), String::from_utf8(mail.bytes()).unwrap());
    assert_eq!(mails.iter().map(|mail| mail.trim_end()).collect::<Vec<_>>(), [built.trim_end()]);
    let log = script.log.lock().unwrap();
    assert!(log.iter().any(|line| line == "RCPT TO:<wang.fang@example.cn>"), "{log:?}");
}

#[tokio::test]
async fn each_answer_gets_its_class_and_keeps_the_words_of_the_server() {
    for (command, answer, class) in [
        ("RCPT", "550 5.1.1 No such user", FailureClass::Recipient),
        ("RCPT", "451 4.7.1 Greylisted", FailureClass::Temporary),
        ("MAIL", "421 4.3.2 Too busy", FailureClass::Unreachable),
        ("<END>", "554 5.7.1 Looks like spam", FailureClass::Permanent),
        ("<END>", "452 4.3.1 Disk full", FailureClass::Temporary),
        ("DATA", "", FailureClass::Unreachable),
        ("<END>", "", FailureClass::Unreachable),
    ] {
        let (settings, _) = server(&[(command, answer)]).await;
        let error = mailer(&settings).send(&mail(&notice("x"))).await.unwrap_err();
        assert_eq!(error.class, class, "{command} {answer}: {error}");
        let words = answer.get(4..).unwrap_or_default();
        assert!(error.words.contains(words), "{command} {answer}: {error}");
    }
}

#[tokio::test]
async fn a_refused_recipient_leaves_the_connection_fit_for_the_next_mail() {
    let (settings, script) = server(&[("RCPT TO:<WANG", "550 5.1.1 No such user")]).await;
    let mailer = mailer(&settings);
    assert!(mailer.send(&mail(&notice("x"))).await.is_err());
    assert!(mailer.send(&mail(&notice("x"))).await.is_err());
    mailer.check().await.unwrap();
    assert!(script.mails.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_wrong_password_is_worth_another_try_and_is_not_repeated_in_the_words() {
    let (mut settings, script) = server(&[("AUTH", "535 5.7.8 Bad credentials")]).await;
    settings.credentials = Some(Credentials { user: "qms".to_owned(), password: "geheim".to_owned() });
    let error = mailer(&settings).send(&mail(&notice("x"))).await.unwrap_err();
    assert_eq!(error.class, FailureClass::Unreachable);
    assert!(error.words.contains("Bad credentials") && !error.words.contains("geheim"), "{error}");
    assert!(script.mails.lock().unwrap().is_empty());
}

#[tokio::test]
async fn nothing_goes_in_the_clear_when_tls_is_set() {
    for security in [Security::StartTls, Security::Tls] {
        let (mut settings, script) = server(&[]).await;
        settings.security = security;
        settings.timeout = Duration::from_secs(1);
        let error = mailer(&settings).send(&mail(&notice("x"))).await.unwrap_err();
        assert_eq!(error.class, FailureClass::Unreachable, "{error}");
        assert!(script.mails.lock().unwrap().is_empty());
        assert!(!script.log.lock().unwrap().iter().any(|line| line.starts_with("MAIL")), "{security:?}");
    }
}

/// A certificate of its own for 127.0.0.1: what the server shows, and the PEM that makes a client trust it.
fn certificate() -> (TlsAcceptor, Vec<u8>) {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), made.cert.pem().into_bytes())
}

#[tokio::test]
async fn a_server_of_the_company_is_trusted_by_its_own_authority_and_only_by_it() {
    for security in [Security::StartTls, Security::Tls] {
        let (acceptor, pem) = certificate();
        let (mut settings, script) = server_with(&[], Some((security, acceptor))).await;
        settings.security = security;
        settings.credentials = Some(Credentials { user: "qms".to_owned(), password: "geheim".to_owned() });
        let error = mailer(&settings).send(&mail(&notice("x"))).await.unwrap_err();
        assert_eq!(error.class, FailureClass::Unreachable, "{security:?}: {error}");
        assert!(!script.log.lock().unwrap().iter().any(|line| line.starts_with("AUTH")), "{security:?}");
        settings.authority = Some(pem);
        mailer(&settings).send(&mail(&notice("x"))).await.unwrap();
        assert_eq!(script.mails.lock().unwrap().len(), 1, "{security:?}");
        let log = script.log.lock().unwrap();
        assert_eq!(log.iter().any(|line| line == "STARTTLS"), security == Security::StartTls, "{log:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_worth_another_try() {
    let (mut settings, _) = server(&[]).await;
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    settings.port = free.local_addr().unwrap().port();
    drop(free);
    assert_eq!(mailer(&settings).send(&mail(&notice("x"))).await.unwrap_err().class, FailureClass::Unreachable);
}

#[tokio::test]
async fn a_broken_authority_is_said_at_once() {
    let (mut settings, _) = server(&[]).await;
    settings.security = Security::Tls;
    settings.authority = Some(b"-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n".to_vec());
    assert!(SmtpMailer::new(settings).is_err());
}
