//! The least that the web server can do for a request: the limit against which `cargo xtask bench http` holds Fabu.

use actix_web::{App, HttpResponse, HttpServer, web};
use std::net::TcpListener;

/// Listens on a free port, prints the address, and greets until it is ended. Workers as in `fabu serve`.
#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let app = || App::new().route("/", web::get().to(async || HttpResponse::Ok().content_type("text/plain").body("hello")));
    HttpServer::new(app).workers(workers).listen(listener)?.run().await
}
