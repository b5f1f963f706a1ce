//! What the URL of a PostgreSQL database asks of the connection: the wait for it, and its protection.
//!
//! libpq does TLS itself (OpenSSL, built from source). Here stands only what would otherwise fail late or protect less than
//! it seems to.

use crate::StoreError;

/// The values of `sslmode`, from none to the certificate checked together with the name of the host.
const SSL_MODES: [&str; 6] = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

/// A database that does not answer must not hold a caller for minutes.
pub(crate) fn with_timeout(url: &str) -> String {
    if url.contains("connect_timeout=") {
        return url.to_owned();
    }
    format!("{url}{}connect_timeout=3", if url.contains('?') { '&' } else { '?' })
}

/// Refuses a protection that cannot be given: an unknown `sslmode`, the roots of the machine, a root file that cannot be
/// read.
///
/// # Errors
/// [`StoreError::Setup`] with what to write instead.
pub(crate) fn check(url: &str) -> Result<(), StoreError> {
    let refuse = |text: String| Err(StoreError::Setup(text));
    for (name, value) in parameters(url) {
        match name {
            "sslmode" if !SSL_MODES.contains(&value.as_str()) => {
                return refuse(format!("sslmode={value} is not known: use one of {}", SSL_MODES.join(", ")));
            }
            "sslrootcert" if value == "system" => {
                return refuse(
                    "sslrootcert=system is not supported: name the file with the certificates of the authority, such as \
                     sslrootcert=/etc/ssl/certs/ca-certificates.crt"
                        .to_owned(),
                );
            }
            "sslrootcert" => {
                if let Err(error) = std::fs::File::open(&value) {
                    return refuse(format!("the certificates of the authority (sslrootcert={value}) cannot be read: {error}"));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Names and values behind the `?`.
fn parameters(url: &str) -> impl Iterator<Item = (&str, String)> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (name, decoded(value)))
}

/// `%2F` and the like as the bytes that they stand for.
fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, tail @ ..] = rest {
        let escaped = tail.get(..2).filter(|_| *first == b'%').and_then(|digits| {
            let digits = std::str::from_utf8(digits).ok()?;
            u8::from_str_radix(digits, 16).ok()
        });
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A protection that cannot be given is refused at the start, with what to write instead.
    #[test]
    fn refuses_a_protection_that_it_cannot_give() {
        for (query, advice) in [
            ("sslmode=verify_full", "verify-full"),
            ("sslmode=Verify-Full", "verify-full"),
            ("sslmode=", "verify-full"),
            ("sslmode=verify-full&sslrootcert=system", "ca-certificates.crt"),
            ("connect_timeout=3&sslrootcert=%2Fno%2Fsuch%2Ffile", "/no/such/file"),
        ] {
            let refused = check(&format!("postgres://u:secret@h/d?{query}")).unwrap_err().to_string();
            assert!(refused.contains(advice) && !refused.contains("secret"), "{query}: {refused}");
        }
        for mode in SSL_MODES {
            check(&format!("postgres://u@h/d?sslmode={mode}")).unwrap();
        }
        check("postgres://u@h/d").unwrap();
    }

    #[test]
    fn waits_three_seconds_unless_the_url_says_otherwise() {
        assert_eq!(with_timeout("postgres://h/d"), "postgres://h/d?connect_timeout=3");
        assert_eq!(with_timeout("postgres://h/d?sslmode=require"), "postgres://h/d?sslmode=require&connect_timeout=3");
        assert_eq!(with_timeout("postgres://h/d?connect_timeout=9"), "postgres://h/d?connect_timeout=9");
    }
}
