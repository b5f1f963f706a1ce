//! Mail: made by [`build`], sent by a [`Mailer`].

mod build;
mod mailer;
mod smtp;

pub use build::{BuildError, Letter, Mail, Recipient, build};
pub use mailer::{FailureClass, FileMailer, Mailer, SendError};
pub use smtp::{Credentials, LONGEST_TIMEOUT, MOST_CONNECTIONS, Security, SmtpMailer, SmtpSettings};
