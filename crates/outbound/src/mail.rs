//! Mail: made by [`build`], sent by a [`Mailer`].

mod build;
mod mailer;
mod smtp;

pub use build::{BuildError, Mail, MailContent, Recipient, build};
pub use mailer::{FailureClass, FileMailer, Mailer, SendError};
pub use smtp::{Credentials, LONGEST_TIMEOUT, MOST_CONNECTIONS, Security, SmtpMailer, SmtpSettings};
