//! The pages: files that were built by `frontend/` and compressed there, served from inside the program.
//!
//! A file below `assets/` carries the hash of its content in its name and is kept by browsers for ever; every other is asked
//! for again, which costs an ETag. An address outside the API and the files is a page of the single-page application: below a page
//! the rest is data, such as the number of a release, and may hold dots.

use crate::{base_path, etag};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{
            ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap, VARY,
        },
    },
};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../frontend/dist/pages"]
#[allow_missing = true]
struct Built;

/// In place of the pages while they have not been built.
const MISSING: &str = include_str!("missing.html");

/// Scripts come from our own address only, and none stands in a page; Ant Design writes its styles into the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
                      font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
                      frame-ancestors 'none'";
const INDEX: &str = "index.html";
/// Encodings that files were compressed with, best first, and the ending of such a file.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// The file or page at the request's address; nothing for other methods, for the API, and for files that do not exist.
pub(crate) fn answer(request: &HttpRequest) -> Option<HttpResponse> {
    (request.method() == Method::GET || request.method() == Method::HEAD).then_some(())?;
    let base = base_path::of(request);
    find(request.path(), request.headers(), |name| below(&base, name, Built::get))
}

/// A file as it is served below a path: the page names its files and its own place with it, and is not compressed.
fn below(base: &str, name: &str, get: impl Fn(&str) -> Option<EmbeddedFile>) -> Option<EmbeddedFile> {
    if base.is_empty() || !name.starts_with(INDEX) {
        return get(name);
    }
    let page = get(name).filter(|_| name == INDEX)?;
    let text = String::from_utf8_lossy(&page.data).replace("=\"/", &format!("=\"{base}/"));
    let text = text.replace("data-base=\"\"", &format!("data-base=\"{base}\""));
    Some(EmbeddedFile { data: text.into_bytes().into(), ..page })
}

/// As [`answer`], with the files given.
fn find(path: &str, headers: &HeaderMap, get: impl Fn(&str) -> Option<EmbeddedFile>) -> Option<HttpResponse> {
    let name = path.strip_prefix('/')?;
    let (name, kind) = match route(name) {
        Route::Api => return None,
        Route::Page => (INDEX, content_type(INDEX)?),
        Route::File => (name, content_type(name)?),
    };
    for (encoding, ending) in ENCODINGS {
        if accepts(headers, encoding)
            && let Some(file) = get(&format!("{name}{ending}"))
        {
            return Some(respond(name, kind, Some(encoding), file, headers));
        }
    }
    match get(name) {
        Some(file) => Some(respond(name, kind, None, file, headers)),
        None if name == INDEX => Some(missing()),
        None => None,
    }
}

/// Whose an address is.
enum Route {
    Api,
    File,
    Page,
}

/// Decides by the first segment: the API and the folder of the files have their own; a name with a dot at the root is a file; all
/// else is a page, whatever stands below it.
fn route(name: &str) -> Route {
    match name.split_once('/').map_or((name, false), |(first, _)| (first, true)) {
        ("api", _) => Route::Api,
        ("assets", true) => Route::File,
        (first, _) if first.contains('.') => Route::File,
        _ => Route::Page,
    }
}

fn respond(
    name: &str,
    kind: &'static str,
    encoding: Option<&'static str>,
    file: EmbeddedFile,
    headers: &HeaderMap,
) -> HttpResponse {
    let etag = format!("\"{}\"", hex::encode(file.metadata.sha256_hash()));
    let is_known = etag::is_held(headers, &etag);
    let mut answer = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    let forever = name.starts_with("assets/");
    answer
        .insert_header((CACHE_CONTROL, if forever { "public, max-age=31536000, immutable" } else { "no-cache" }))
        .insert_header((ETAG, etag))
        .insert_header((VARY, "Accept-Encoding"))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY));
    if is_known {
        return answer.finish();
    }
    answer.insert_header((CONTENT_TYPE, kind));
    if let Some(encoding) = encoding {
        answer.insert_header((CONTENT_ENCODING, encoding));
    }
    answer.body(file.data.into_owned())
}

fn missing() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-cache"))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .content_type("text/html; charset=utf-8")
        .body(MISSING)
}

/// The type of a file by its ending; nothing for endings that our pages do not have.
fn content_type(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json",
        "md" => "text/markdown; charset=utf-8",
        _ => return None,
    })
}

/// True when the request takes the encoding: named, and not with a weight of zero.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers.get_all(ACCEPT_ENCODING).filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|text| text.parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case(encoding) && weight.is_some_and(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::IF_NONE_MATCH;
    use actix_web::{
        body::to_bytes,
        http::header::{HeaderName, HeaderValue},
    };
    use rust_embed::Metadata;

    /// Pages with one script in both encodings and a page in one.
    fn built(name: &str) -> Option<EmbeddedFile> {
        let names =
            ["index.html", "index.html.br", "assets/a-1.js", "assets/a-1.js.br", "assets/a-1.js.gz", "favicon.svg", "secret.key"];
        let place = u8::try_from(names.iter().position(|known| *known == name)?).ok()?;
        let metadata = Metadata::__rust_embed_new([place; 32], None, None);
        Some(EmbeddedFile { data: name.to_owned().into_bytes().into(), metadata })
    }

    fn headers(list: &[(HeaderName, &'static str)]) -> HeaderMap {
        list.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    /// The answer, or one that no assertion holds for.
    fn ask(path: &str, list: &[(HeaderName, &'static str)]) -> HttpResponse {
        find(path, &headers(list), built).unwrap_or_else(|| HttpResponse::NotFound().finish())
    }

    fn header(answer: &HttpResponse, name: HeaderName) -> &str {
        answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    async fn body(answer: HttpResponse) -> String {
        let bytes = to_bytes(answer.into_body()).await.unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[actix_web::test]
    async fn below_a_path_the_page_names_its_files_with_it() {
        let page = r#"<html data-base=""><link href="/favicon.svg" /><script src="/assets/a-1.js"></script>"#;
        let get = |name: &str| built(name).map(|file| EmbeddedFile { data: page.as_bytes().into(), ..file });
        let brotli = headers(&[(ACCEPT_ENCODING, "br")]);
        let served = find("/releases/REL-1", &brotli, |name| below("/fabu", name, get)).unwrap();
        assert_eq!(header(&served, CONTENT_ENCODING), "");
        assert_eq!(
            body(served).await,
            r#"<html data-base="/fabu"><link href="/fabu/favicon.svg" /><script src="/fabu/assets/a-1.js"></script>"#
        );
        let script = find("/assets/a-1.js", &brotli, |name| below("/fabu", name, built)).unwrap();
        assert_eq!(
            (header(&script, CONTENT_ENCODING).to_owned(), body(script).await),
            ("br".to_owned(), "assets/a-1.js.br".to_owned())
        );
        let root = find("/", &brotli, |name| below("", name, built)).unwrap();
        assert_eq!(body(root).await, "index.html.br");
    }

    #[actix_web::test]
    async fn the_address_of_a_page_gives_the_application_and_is_asked_for_again() {
        for path in [
            "/",
            "/releases",
            "/releases/REL-2026-0007/plan",
            "/apiary",
            "/releases/HIST-a-0.1.0",
            "/releases/a.json",
            "/releases/a%2Fb%23c%3Fd.js/plan",
        ] {
            let answer = ask(path, &[]);
            assert_eq!(header(&answer, CACHE_CONTROL), "no-cache", "{path}");
            assert_eq!(header(&answer, CONTENT_TYPE), "text/html; charset=utf-8");
            assert!(header(&answer, CONTENT_SECURITY_POLICY).contains("script-src 'self';"));
            assert_eq!(body(answer).await, "index.html", "{path}");
        }
    }

    #[actix_web::test]
    async fn a_hashed_file_is_kept_for_ever_in_the_best_encoding_that_is_taken() {
        for (accepted, encoding, name) in [
            ("gzip, deflate, br", "br", "assets/a-1.js.br"),
            ("GZIP;q=0.5", "gzip", "assets/a-1.js.gz"),
            ("br;q=0, gzip", "gzip", "assets/a-1.js.gz"),
            ("identity", "", "assets/a-1.js"),
        ] {
            let answer = ask("/assets/a-1.js", &[(ACCEPT_ENCODING, accepted)]);
            assert_eq!(header(&answer, CONTENT_ENCODING), encoding, "{accepted}");
            assert_eq!(header(&answer, CACHE_CONTROL), "public, max-age=31536000, immutable");
            assert_eq!(header(&answer, VARY), "Accept-Encoding");
            assert_eq!(body(answer).await, name);
        }
        let page = ask("/", &[(ACCEPT_ENCODING, "gzip")]);
        assert_eq!(header(&page, CONTENT_ENCODING), "");
        assert_eq!(body(page).await, "index.html");
    }

    #[actix_web::test]
    async fn a_known_file_is_not_sent_again() {
        let etag = "\"0000000000000000000000000000000000000000000000000000000000000000\"";
        assert_eq!(header(&ask("/", &[]), ETAG), etag);
        for known in [etag, "W/\"0000000000000000000000000000000000000000000000000000000000000000\"", "\"x\", *"] {
            let answer = ask("/", &[(IF_NONE_MATCH, known)]);
            assert_eq!(answer.status().as_u16(), if known.starts_with("\"x") { 200 } else { 304 }, "{known}");
        }
    }

    #[actix_web::test]
    async fn the_api_files_that_do_not_exist_and_unknown_kinds_are_no_pages() {
        for path in ["/api", "/api/v1/nothing", "/assets/b-2.js", "/robots.txt", "/secret.key", "/../index.html.br"] {
            assert_eq!(ask(path, &[]).status().as_u16(), 404, "{path}");
        }
    }

    #[actix_web::test]
    async fn a_program_without_pages_says_how_they_are_built() {
        let nothing = |path: &str| find(path, &HeaderMap::new(), |_| None);
        let answer = nothing("/").unwrap_or_else(|| HttpResponse::NotFound().finish());
        assert!(body(answer).await.contains("npm run build"));
        assert!(nothing("/favicon.svg").is_none());
    }
}
