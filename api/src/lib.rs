//! The HTTP shell: extractors, routes, DTOs, problems, OpenAPI. It holds no rules; `docs/ADDING-AN-ENDPOINT.md` shows how
//! an endpoint is added.

mod address;
pub mod answer;
mod base_path;
mod cookies;
mod drawn_mail;
pub mod dto;
pub mod envelope;
mod etag;
pub mod extract;
mod health;
mod language;
pub mod limits;
pub mod live;
pub mod local;
pub mod mount;
pub mod openapi;
mod pages;
pub mod problem;
pub mod routes;
pub mod server;
pub mod tokens;

pub use local::Local;
pub use openapi::openapi;
pub use server::{Server, ServerOptions, serve};
