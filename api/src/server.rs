//! The HTTP server.

use crate::{
    envelope::envelope,
    limits::{LimitOptions, Limits},
    live::{Live, Pace},
    openapi, routes,
    tokens::Tokens,
};
use actix_web::{
    App as WebApp, Error, HttpRequest, HttpResponse, HttpServer,
    dev::{ResourceDef, ServerHandle, ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::from_fn,
    web::{self, Bytes, Data},
};
use fabu_app::App;
use socket2::SockRef;
use std::{collections::BTreeMap, io, net::TcpListener, sync::LazyLock, time::Duration};
use utoipa_swagger_ui::SwaggerUi;

/// How the server runs.
#[derive(Debug, Clone, Copy)]
pub struct ServerOptions {
    /// Threads that handle connections.
    pub workers: usize,
    /// How long running requests may take after the stop signal.
    pub shutdown: Duration,
    /// True to stop at SIGTERM and SIGINT; tests stop by the handle.
    pub signals: bool,
    /// How often live updates look at the log and show that they live.
    pub pace: Pace,
    /// What may be under way at once.
    pub limits: LimitOptions,
}

impl Default for ServerOptions {
    fn default() -> Self {
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        Self { workers, shutdown: Duration::from_secs(10), signals: true, pace: Pace::default(), limits: LimitOptions::default() }
    }
}

/// Addresses that are not part of the described API. Mounted after it, and before the pages.
pub type Extra = fn(&mut web::ServiceConfig);

/// A running server, to stop it.
#[derive(Clone)]
pub struct Server {
    handle: ServerHandle,
    live: Live,
}

impl Server {
    /// Stops the server: open streams end, running requests are answered first when it is done gracefully.
    pub fn stop(&self, graceful: bool) -> impl Future<Output = ()> + use<> {
        self.live.close();
        self.handle.stop(graceful)
    }
}

/// Starts the server on a listening socket. The future runs until the server has stopped.
///
/// # Errors
/// When the settings are unsafe or the socket cannot be used.
pub fn serve(
    app: App,
    listener: TcpListener,
    options: ServerOptions,
    extra: Option<Extra>,
) -> io::Result<(Server, impl Future<Output = io::Result<()>>)> {
    app.settings.check().map_err(io::Error::other)?;
    let parts = Parts::of(app, options.pace, &options.limits);
    let live = parts.live.get_ref().clone();
    let limits = parts.limits.get_ref().clone();
    let make = move || web_app(&parts, extra);
    // Connections inherit it: the system ends one whose other end does not take what was sent, however it is sent.
    SockRef::from(&listener).set_tcp_user_timeout(Some(options.limits.send_timeout))?;
    let server = HttpServer::new(make)
        .on_connect(move |stream, extensions| limits.connected(stream, extensions))
        .workers(options.workers)
        .max_connections(1024)
        .client_request_timeout(Duration::from_secs(5))
        .shutdown_timeout(options.shutdown.as_secs());
    let server = if options.signals { server } else { server.disable_signals() };
    let server = server.listen(listener)?.run();
    Ok((Server { handle: server.handle(), live }, server))
}

/// What the description of the API says. Made when it is first asked for: it takes more time and memory than all the rest
/// of the start.
static DESCRIBED: LazyLock<Described> = LazyLock::new(|| Described::of(&openapi::document()));

/// What the threads share.
#[derive(Clone)]
pub(crate) struct Parts {
    app: Data<App>,
    tokens: Data<Tokens>,
    live: Data<Live>,
    limits: Data<Limits>,
}

impl Parts {
    pub(crate) fn of(app: App, pace: Pace, limits: &LimitOptions) -> Self {
        let limits = Data::new(Limits::new(limits));
        let live = Data::new(Live::new(app.clone(), pace));
        Self { tokens: Data::new(Tokens::new(&app.settings)), live, limits, app: Data::new(app) }
    }
}

/// The whole service: the API, health, documentation, pages, and the envelope around the API.
pub(crate) fn web_app(
    parts: &Parts,
    extra: Option<Extra>,
) -> WebApp<impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse, Error = Error, InitError = ()> + use<>> {
    let base = parts.app.settings.base_url.path();
    WebApp::new()
        .app_data(parts.app.clone())
        .app_data(parts.tokens.clone())
        .app_data(parts.live.clone())
        .app_data(parts.limits.clone())
        .route("/api/v1/openapi.json", web::get().to(description))
        .configure(routes::serve)
        .wrap(from_fn(envelope))
        .configure(crate::health::routes)
        .service(web::redirect("/api/docs", format!("{base}/api/docs/")))
        .service(
            SwaggerUi::new("/api/docs/{_:.*}").config(utoipa_swagger_ui::Config::from(format!("{base}/api/v1/openapi.json"))),
        )
        .configure(move |config| {
            if let Some(extra) = extra {
                extra(config);
            }
        })
        .default_service(web::to(unknown))
}

struct Described {
    /// The description as it is served.
    text: Bytes,
    /// The addresses of the API with their methods, for the answer 405.
    known: Vec<(ResourceDef, String)>,
}

impl Described {
    fn of(document: &utoipa::openapi::OpenApi) -> Self {
        let mut methods: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (method, path, _) in openapi::operations(document) {
            methods.entry(path).or_default().push(method);
        }
        let known = methods.into_iter().map(|(path, methods)| (ResourceDef::new(path), methods.join(", "))).collect();
        Self { text: openapi::text(document).into(), known }
    }
}

/// The description; below a path it names that as its server, to which the paths of the operations are relative.
async fn description(app: Data<App>) -> HttpResponse {
    let text = match app.settings.base_url.path() {
        "" => DESCRIBED.text.clone(),
        path => {
            let servers = format!("{{\n  \"servers\": [{{ \"url\": \"{path}\" }}],");
            String::from_utf8_lossy(&DESCRIBED.text).replacen('{', &servers, 1).into()
        }
    };
    HttpResponse::Ok().content_type("application/json").body(text)
}

/// What no route takes: a page, or nothing that there is.
async fn unknown(request: HttpRequest) -> HttpResponse {
    if let Some(page) = crate::pages::answer(&request) {
        return page;
    }
    match DESCRIBED.known.iter().find(|(pattern, _)| pattern.is_match(request.path())) {
        Some((_, methods)) => HttpResponse::MethodNotAllowed().insert_header(("Allow", methods.as_str())).finish(),
        None => HttpResponse::NotFound().finish(),
    }
}
