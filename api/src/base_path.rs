//! An address with a path, such as `https://intranet.example.com/fabu`: what comes in is read without that path, and what
//! goes out is written with it. A proxy in front may take the path away or leave it.

use actix_web::{
    HttpRequest,
    dev::ServiceRequest,
    http::{
        Uri,
        uri::{Parts, PathAndQuery},
    },
    web::Data,
};
use fabu_app::App;

/// The path of the address that people use: empty, or `/fabu`.
pub(crate) fn of(request: &HttpRequest) -> String {
    request.app_data::<Data<App>>().map_or_else(String::new, |app| app.settings.base_url.path().to_owned())
}

/// Takes the path of the address off a request, before it is routed.
pub(crate) fn remove(request: &mut ServiceRequest) {
    let path = of(request.request());
    if path.is_empty() {
        return;
    }
    let Some(uri) = without(&path, request.uri()) else { return };
    request.match_info_mut().get_mut().update(&uri);
    request.head_mut().uri = uri;
}

/// The address without the path; nothing when it does not begin with it.
fn without(path: &str, uri: &Uri) -> Option<Uri> {
    let rest = uri.path_and_query()?.as_str().strip_prefix(path)?;
    let rest = match rest.as_bytes().first() {
        Some(b'/') => rest.to_owned(),
        None | Some(b'?') => format!("/{rest}"),
        Some(_) => return None,
    };
    let mut parts: Parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(rest).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_is_taken_off_whole_and_once() {
        for (given, rest) in [
            ("/fabu", Some("/")),
            ("/fabu/", Some("/")),
            ("/fabu?x=1", Some("/?x=1")),
            ("/fabu/api/v1/me?x=%2F", Some("/api/v1/me?x=%2F")),
            ("/fabu/fabu/x", Some("/fabu/x")),
            ("/fabulous", None),
            ("/api/v1/me", None),
            ("http://host/fabu/x", Some("http://host/x")),
        ] {
            let uri = given.parse().unwrap();
            assert_eq!(without("/fabu", &uri).map(|uri| uri.to_string()).as_deref(), rest, "{given}");
        }
    }
}
