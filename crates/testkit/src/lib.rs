//! For tests: a real server on its own database with its own clock, people who call it, and a company made through it.

#![expect(clippy::expect_used, reason = "a test that cannot be prepared has failed")]

mod actor;
mod answer;
mod app;
mod calls;
mod company;
mod cutting_proxy;
mod raw;
mod robot_server;
mod smtp;
mod tls_front;
mod voyage;

pub use actor::Actor;
pub use answer::Answered;
pub use app::{TestApp, notify_by_mail};
pub use calls::{Call, Calls};
pub use company::{Company, PASSWORD};
pub use cutting_proxy::CuttingProxy;
/// The description of the API, as it is generated from the code.
pub use fabu_api::{limits::LimitOptions, openapi};
pub use raw::RawRequest;
pub use robot_server::{RobotServer, Said};
pub use smtp::{SmtpServer, Taken, Turn};
pub use tls_front::TlsFront;
pub use voyage::Voyage;

/// A database of one's own for every test, on the engine that `FABU_TEST_DATABASE` names.
pub use fabu_store::testing::{OldProgram, TestDatabase};
/// The background work as a process runs it.
pub use fabu_worker::{Options as WorkerOptions, jobs::Context as WorkerContext, mailer, run as run_worker};

/// How far a test goes that is a short one here: what the environment says for the whole proof, else `here`.
#[must_use]
pub fn proof<T: std::str::FromStr>(name: &str, here: T) -> T {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(here)
}
