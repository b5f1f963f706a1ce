//! A company and its releases over HTTP, as the people who hold the roles would work.
//!
//! A [`Transport`] carries requests: over the network ([`Network`], feature `network`) or inside a process. An [`Instance`] is a
//! running server with its company; [`Instance::found`] makes the company on an empty one. A [`Drive`] takes one release
//! along its [`Journey`](crate::Journey). The [`Timeline`] says what time it is, so that the same journey runs now, or
//! in the past on a server whose clock is set.

mod changes;
mod client;
mod company;
mod drive;
mod media;
#[cfg(feature = "network")]
mod network;
mod people;
mod requests;
mod statistics;
mod timeline;
mod transport;
mod views;

pub use changes::NewChange;
pub use client::{Client, HttpError};
pub use company::{Instance, PASSWORD};
pub use drive::{Drive, Opening};
#[cfg(feature = "network")]
pub use network::{Network, RealTime, client_builder};
pub use people::People;
pub use requests::{Guard, Sending};
pub use statistics::{Kind, Statistics, percentile};
pub use timeline::{SetTime, Timeline};
pub use transport::{Method, Request, Response, Transport};
