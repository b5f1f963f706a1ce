//! The address that people use, checked once at the start.

use std::{fmt, net::SocketAddr, str::FromStr};
use url::{Host, Url};

/// The address that people use: `https://release.example.com`, or with a path `https://intranet.example.com/fabu`. Kept as
/// browsers write it: scheme and host in small letters, no port that the scheme implies, no slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    /// How long scheme, host and port are in `text`.
    origin: usize,
}

/// Paths that the program has itself: with one of them as prefix nobody could tell which is meant.
const TAKEN: [&str; 5] = ["/api", "/assets", "/livez", "/readyz", "/workerz"];

/// Why a text is no address that people can use; for the operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}: give an address such as https://release.example.com or https://intranet.example.com/fabu")]
pub struct BaseUrlError(String);

impl BaseUrl {
    /// The address of a socket that the program listens on, as a browser on this machine opens it.
    #[must_use]
    pub fn listening(address: SocketAddr) -> Self {
        let host = if address.ip().is_unspecified() { "localhost".to_owned() } else { host_of(address) };
        let port = if address.port() == 80 { String::new() } else { format!(":{}", address.port()) };
        let text = format!("http://{host}{port}");
        Self { origin: text.len(), text }
    }

    /// The whole address, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Scheme, host and port, as browsers write them in `Origin`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.text[..self.origin]
    }

    /// The path, without a slash at its end: empty, or `/fabu`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.text[self.origin..]
    }

    /// True when people reach the instance by https.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.text.starts_with("https://")
    }
}

fn host_of(address: SocketAddr) -> String {
    match address {
        SocketAddr::V4(address) => address.ip().to_string(),
        SocketAddr::V6(address) => format!("[{}]", address.ip()),
    }
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    /// Reads an address.
    ///
    /// # Errors
    /// [`BaseUrlError`] for another scheme than http and https, no host or one that nobody can open, user, password, query,
    /// fragment, and a path that the program has itself or that must be escaped.
    fn from_str(text: &str) -> Result<Self, BaseUrlError> {
        let refuse = |why: &str| Err(BaseUrlError(format!("\"{}\" {why}", shown(text))));
        // The parser takes these away in silence.
        if text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
            return refuse("holds a blank or another character that no address has");
        }
        let Ok(url) = Url::parse(text) else { return refuse("is no address") };
        if !matches!(url.scheme(), "http" | "https") || !text[url.scheme().len()..].starts_with("://") {
            return refuse("does not begin with https:// or http://");
        }
        let unspecified = match url.host() {
            None => return refuse("names no host"),
            Some(Host::Domain(name)) => name.is_empty(),
            Some(Host::Ipv4(address)) => address.is_unspecified(),
            Some(Host::Ipv6(address)) => address.is_unspecified(),
        };
        if unspecified || url.port() == Some(0) {
            return refuse("names no host and port that a browser could open");
        }
        if !url.username().is_empty() || url.password().is_some() || text.contains('@') {
            return refuse("holds a user or password");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("holds a query or fragment");
        }
        let path = url.path().trim_end_matches('/');
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        if !path.split('/').skip(1).all(|part| !part.is_empty() && part.chars().all(plain)) {
            return refuse("has a path with other characters than letters, digits, '-', '.', '_', '~' and '/'");
        }
        if TAKEN.contains(&path) {
            return refuse("has a path that Fabu itself uses");
        }
        let origin = url.origin().ascii_serialization();
        Ok(Self { text: format!("{origin}{path}"), origin: origin.len() })
    }
}

/// The text for a message: without what may be a password.
fn shown(text: &str) -> String {
    let start = text.find("://").map_or(0, |at| at + 3);
    match text.rfind('@').filter(|at| *at >= start) {
        Some(at) => format!("{}…{}", &text[..start], &text[at..]),
        None => text.to_owned(),
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_as_browsers_write_it() {
        for (text, origin, path, secure) in [
            ("https://release.example.com", "https://release.example.com", "", true),
            ("HTTPS://Release.Example.COM:443/", "https://release.example.com", "", true),
            ("hTTp://10.0.0.7:80", "http://10.0.0.7", "", false),
            ("https://host:8443/fabu/", "https://host:8443", "/fabu", true),
            ("https://host/it/fabu", "https://host", "/it/fabu", true),
            ("https://发布.example.cn", "https://xn--oor20v.example.cn", "", true),
            ("http://[::1]:8080", "http://[::1]:8080", "", false),
            ("https://host/api/fabu", "https://host", "/api/fabu", true),
        ] {
            let url: BaseUrl = text.parse().unwrap_or_else(|error| panic!("{error}"));
            assert_eq!((url.origin(), url.path(), url.is_secure()), (origin, path, secure), "{text}");
            assert_eq!(url.as_str(), format!("{origin}{path}"), "{text}");
        }
    }

    /// What people cannot open, or what would end up in links and cookies as something else, is refused at the start.
    #[test]
    fn refuses_an_address_that_nobody_can_open() {
        for text in [
            "",
            "release.example.com",
            "ftp://host",
            "https:host",
            "https:/host",
            "https://",
            "https://:8443",
            "https://user:secret@host",
            "https://@host",
            "https://host?x=1",
            "https://host/?",
            "https://host/#top",
            "https://host /",
            " https://host",
            "https://host\\fabu",
            "https://host//fabu",
            "https://host/发布",
            "https://host/a%2fb",
            "https://host/api",
            "https://host/assets/",
            "https://0.0.0.0:8080",
            "https://[::]",
            "https://host:0",
            "https://host:70000",
        ] {
            let error = text.parse::<BaseUrl>().expect_err(text).to_string();
            assert!(!error.contains("secret") && error.contains("https://release.example.com"), "{error}");
        }
    }

    #[test]
    fn an_address_listened_on_can_be_opened_on_this_machine() {
        for (address, url) in [
            ("0.0.0.0:8080", "http://localhost:8080"),
            ("[::]:8080", "http://localhost:8080"),
            ("127.0.0.1:80", "http://127.0.0.1"),
            ("[::1]:9", "http://[::1]:9"),
        ] {
            assert_eq!(BaseUrl::listening(address.parse().unwrap()).as_str(), url);
        }
    }
}
