//! What leaves the company: mail and the messages of chat robots, made of a [`fabu_domain::notifications::notice::Notice`].
//!
//! [`mail::build`] is the only place that makes a mail and [`mail::Mailer`] the only one that sends one; [`robots`] speaks to
//! chat groups. Nothing here knows the queue: a failure says whether it is worth another try, and with what words.

pub mod clean;
pub mod mail;
mod render;
pub mod robots;
mod view;

pub use render::{RenderError, Rendered, render};

/// Where the messages come from: one per installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderIdentity {
    /// The address of the pages, without a slash at its end: `https://fabu.example.cn`.
    pub base_url: String,
    /// The name that mails come from: `发布管理`.
    pub sender_name: String,
    /// The address that mails come from.
    pub sender_address: String,
    /// The name of the company, in the foot of every mail.
    pub company: String,
}

impl SenderIdentity {
    /// The whole address of a page.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}/{}", self.base_url.trim_end_matches('/'), clean::path(path))
    }

    /// The part of the sender's address behind the `@`, in which message ids are made.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.sender_address.rsplit_once('@').map_or("localhost", |(_, domain)| domain)
    }
}
