//! The way out, and what a failure means.

use super::{Mail, SmtpMailer};
use crate::clean;
use std::path::PathBuf;
use tokio::{fs, io::AsyncWriteExt};

/// At most so much of what a server says is kept, in characters.
const WORDS: usize = 500;

/// Whether another try may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureClass {
    /// The server, the network or the settings: nothing gets through at present. Here also a refused login, which no mail
    /// can help and which ends when somebody corrects the password.
    Unreachable,
    /// This mail is not taken now: try again later.
    Temporary,
    /// This recipient will never get it: park this delivery, alone.
    Recipient,
    /// This mail will never go, to anybody.
    Permanent,
}

/// A mail that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct SendError {
    /// Whether another try may help.
    pub class: FailureClass,
    /// What the server or the system said.
    pub words: String,
}

impl SendError {
    /// A failure with what was said about it.
    #[must_use]
    pub fn new(class: FailureClass, words: &impl ToString) -> Self {
        Self { class, words: clean::cut(&words.to_string(), WORDS) }
    }
}

impl From<std::io::Error> for SendError {
    /// A full disk and a missing folder get mended.
    fn from(error: std::io::Error) -> Self {
        Self::new(FailureClass::Unreachable, &error)
    }
}

/// The way that mails take.
#[derive(Debug, Clone)]
pub enum Mailer {
    /// To a mail server. The queue limits how many go at once to the connections of the pool.
    Smtp(SmtpMailer),
    /// Into a folder, to be looked at: the default while no server is set.
    Files(FileMailer),
}

impl Mailer {
    /// Sends one mail and says what the server answered. Once this is `Ok` the mail is accepted: the caller records that
    /// before anything else.
    ///
    /// # Errors
    /// [`SendError`] with the class of the failure.
    pub async fn send(&self, mail: &Mail) -> Result<String, SendError> {
        match self {
            Self::Smtp(smtp) => smtp.send(mail).await,
            Self::Files(files) => files.send(mail).await,
        }
    }

    /// Tries the way without sending anything.
    ///
    /// # Errors
    /// [`SendError`] as for a mail.
    pub async fn check(&self) -> Result<(), SendError> {
        match self {
            Self::Smtp(smtp) => smtp.check().await,
            Self::Files(files) => Ok(fs::create_dir_all(&files.folder).await?),
        }
    }
}

/// Mails as files `<delivery>.eml`. A repeat replaces the file, so that nothing is there twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileMailer {
    /// The folder; made when it is missing.
    pub folder: PathBuf,
}

impl FileMailer {
    async fn send(&self, mail: &Mail) -> Result<String, SendError> {
        fs::create_dir_all(&self.folder).await?;
        let place = self.folder.join(format!("{}.eml", mail.delivery));
        let draft = self.folder.join(format!(".{}.tmp", mail.delivery));
        let mut file = fs::File::create(&draft).await?;
        file.write_all(&mail.bytes()).await?;
        file.sync_all().await?;
        drop(file);
        fs::rename(&draft, &place).await?;
        Ok(format!("written to {}", place.display()))
    }
}
