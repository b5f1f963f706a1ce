//! The refresh cookie: out of reach of scripts and of other sites, sent as rarely as its name allows.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};
use fabu_app::{BaseUrl, secrets::Secret};

/// Name and path of the cookie at an address. Over https a prefix makes browsers refuse a cookie of that name that another
/// host or an unencrypted page set: `__Host-`, which asks for the path `/`, or below a path `__Secure-`.
fn name_and_path(base: &BaseUrl) -> (&'static str, String) {
    match (base.is_secure(), base.path()) {
        (true, "") => ("__Host-fabu_refresh", "/".to_owned()),
        (true, path) => ("__Secure-fabu_refresh", format!("{path}/api/v1/auth")),
        (false, path) => ("fabu_refresh", format!("{path}/api/v1/auth")),
    }
}

/// The cookie with a token that ends after so many seconds; zero removes it.
pub(crate) fn refresh_cookie(base: &BaseUrl, token: &str, seconds: i64) -> Cookie<'static> {
    let (name, path) = name_and_path(base);
    Cookie::build(name, token.to_owned())
        .path(path)
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(base.is_secure())
        .max_age(Duration::seconds(seconds))
        .finish()
}

/// The refresh token of a request, if it has one of a possible form.
pub(crate) fn refresh_token(base: &BaseUrl, request: &HttpRequest) -> Option<Secret<String>> {
    let token = request.cookie(name_and_path(base).0)?.value().to_owned();
    (token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit())).then(|| Secret::new(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cookie is bound to the host as tightly as the address allows, however `https` is spelled.
    #[test]
    fn the_cookie_is_bound_to_its_host() {
        for (base, head) in [
            ("https://host", "__Host-fabu_refresh=t; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=9"),
            ("HTTPS://host/", "__Host-fabu_refresh=t; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=9"),
            (
                "HttpS://host/fabu/",
                "__Secure-fabu_refresh=t; HttpOnly; SameSite=Strict; Secure; Path=/fabu/api/v1/auth; Max-Age=9",
            ),
            ("http://host/fabu", "fabu_refresh=t; HttpOnly; SameSite=Strict; Path=/fabu/api/v1/auth; Max-Age=9"),
            ("http://host", "fabu_refresh=t; HttpOnly; SameSite=Strict; Path=/api/v1/auth; Max-Age=9"),
        ] {
            assert_eq!(refresh_cookie(&base.parse().unwrap(), "t", 9).to_string(), head, "{base}");
        }
    }
}
