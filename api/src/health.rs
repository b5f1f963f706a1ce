//! `/livez` and `/readyz` for load balancers and supervisors, `/workerz` for whoever watches the background work. A process
//! stays ready while the worker is behind: people can go on, and another process may be the worker.

use actix_web::{HttpResponse, http::StatusCode, web};
use fabu_app::App;
use serde::{Deserialize, Serialize};

/// Mounts them; they are not part of the described API.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config.route("/livez", web::get().to(live)).route("/readyz", web::get().to(ready)).route("/workerz", web::get().to(worker));
}

#[derive(Debug, Deserialize)]
struct Verbosity {
    /// Present, with or without a value: show every check.
    verbose: Option<String>,
}

#[derive(Debug, Serialize)]
struct Check {
    name: &'static str,
    ok: bool,
    detail: String,
}

async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok")
}

async fn ready(app: web::Data<App>, query: web::Query<Verbosity>) -> HttpResponse {
    let checks: Vec<Check> = app.checks().await.into_iter().map(|(name, result)| check(name, result)).collect();
    let ok = checks.iter().all(|check| check.ok);
    let status = if ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    if query.verbose.is_some() {
        let (name, result) = app.worker_check().await;
        let checks: Vec<Check> = checks.into_iter().chain([check(name, result)]).collect();
        return HttpResponse::build(status).json(serde_json::json!({ "ready": ok, "checks": checks }));
    }
    HttpResponse::build(status).content_type("text/plain").body(if ok { "ready" } else { "not ready" })
}

async fn worker(app: web::Data<App>) -> HttpResponse {
    let (name, result) = app.worker_check().await;
    let check = check(name, result);
    let status = if check.ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    HttpResponse::build(status).json(check)
}

fn check(name: &'static str, result: Result<String, String>) -> Check {
    let ok = result.is_ok();
    Check { name, ok, detail: result.unwrap_or_else(|error| error) }
}
