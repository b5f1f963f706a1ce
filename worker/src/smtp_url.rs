//! The address of a mail server, as the operator writes it.

use fabu_outbound::mail::{Credentials, LONGEST_TIMEOUT, Mailer, Security, SmtpMailer, SmtpSettings};
use percent_encoding::percent_decode_str;
use url::Url;

/// The way to the mail server of `smtp://[user:password@]host[:port]`: `smtps` for TLS from the first byte (port 465),
/// `smtp+starttls` for STARTTLS, which must succeed (port 587), `smtp` for none at all (port 25). A password given apart
/// takes the place of the one in the address. `authority` holds the certificates (PEM) of the company's own authority, which is
/// trusted beside the public ones. Nothing is connected yet.
///
/// # Errors
/// A sentence for the operator; it never holds the password.
pub fn mailer(address: &str, password: Option<String>, authority: Option<Vec<u8>>) -> Result<Mailer, String> {
    let settings = SmtpSettings { authority, ..settings(address, password)? };
    if settings.security == Security::Plain && settings.authority.is_some() {
        return Err("smtp:// has no TLS, so that certificates mean nothing: use smtps:// or smtp+starttls://".to_owned());
    }
    SmtpMailer::new(settings).map(Mailer::Smtp).map_err(|error| error.to_string())
}

fn settings(address: &str, password: Option<String>) -> Result<SmtpSettings, String> {
    let url = Url::parse(address).map_err(|error| format!("the address of the mail server cannot be read: {error}"))?;
    let (security, port) = match url.scheme() {
        "smtps" => (Security::Tls, 465),
        "smtp+starttls" => (Security::StartTls, 587),
        "smtp" => (Security::Plain, 25),
        other => return Err(format!("\"{other}\" is no way to a mail server: use smtps, smtp+starttls or smtp")),
    };
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or("the address of the mail server names no host")?;
    if !matches!(url.path(), "" | "/") || url.query().is_some() {
        return Err("the address of the mail server ends after the port".to_owned());
    }
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().map(|text| text.into_owned());
    let user = decoded(url.username()).map_err(|_| "the user of the mail server is no UTF-8")?;
    let in_url = url.password().map(decoded).transpose().map_err(|_| "the password of the mail server is no UTF-8")?;
    let password = password.or(in_url);
    let credentials = match (user.is_empty(), password) {
        (true, None) => None,
        (false, Some(password)) => Some(Credentials { user, password }),
        (true, Some(_)) => return Err("the mail server has a password but no user: smtps://user@host".to_owned()),
        (false, None) => return Err("the mail server has a user but no password".to_owned()),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    Ok(SmtpSettings { host, port: url.port().unwrap_or(port), security, credentials, timeout: LONGEST_TIMEOUT, authority: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_way_port_user_and_password() {
        let full = settings("smtps://fabu%40example.cn:p%3A%2Fss@mail.example.cn", None).unwrap();
        assert_eq!((full.host.as_str(), full.port, full.security), ("mail.example.cn", 465, Security::Tls));
        let credentials = full.credentials.unwrap();
        assert_eq!((credentials.user.as_str(), credentials.password.as_str()), ("fabu@example.cn", "p:/ss"));
        let plain = settings("smtp://127.0.0.1:2525", None).unwrap();
        assert_eq!((plain.port, plain.security, plain.credentials), (2525, Security::Plain, None));
        let apart = settings("smtp+starttls://fabu@mail.example.cn", Some("secret".into())).unwrap();
        assert_eq!((apart.port, apart.credentials.unwrap().password.as_str()), (587, "secret"));
    }

    #[test]
    fn refuses_what_it_cannot_mean_and_shows_no_password() {
        for address in [
            "mail.example.cn",
            "http://mail.example.cn",
            "smtp://",
            "smtps://user@host",
            "smtps://:secret@host",
            "smtp://u:secret@host/x",
        ] {
            let error = settings(address, None).unwrap_err();
            assert!(!error.contains("secret"), "{error}");
        }
    }

    /// An authority that cannot matter is refused: without TLS, and a file without a certificate.
    #[test]
    fn refuses_an_authority_that_cannot_matter() {
        let refused = |address, pem: &str| mailer(address, None, Some(pem.into())).map(drop).unwrap_err();
        let certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert!(refused("smtp://127.0.0.1", certificate).contains("no TLS"));
        for pem in ["", "no certificate", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
            assert!(refused("smtps://127.0.0.1", pem).contains("holds no certificate"), "{pem}");
        }
        refused("smtps://127.0.0.1", certificate);
    }
}
