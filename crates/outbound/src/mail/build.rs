//! One mail, made in one place.

use crate::{RenderError, SenderIdentity, clean, render, view::PICTURE_ID};
use chrono::{DateTime, Utc};
use fabu_domain::{
    language::Language,
    notifications::notice::{Enclosure, Notice},
};
use lettre::{
    Address, Message,
    message::{
        Attachment as Part, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::SystemTime,
};
use uuid::Uuid;

/// Who reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// The language.
    pub language: Language,
}

/// Everything that one mail is made of.
#[derive(Debug, Clone, Copy)]
pub struct MailContent<'a> {
    /// The delivery: its id is the Message-ID, the same on every attempt, so that a repeat shows as the same mail.
    pub delivery: Uuid,
    /// The attempt, from 1.
    pub attempt: u32,
    /// Who reads it.
    pub to: &'a Recipient,
    /// What it says.
    pub notice: &'a Notice,
    /// The notice's chart as PNG, in the language of the reader.
    pub picture: Option<&'a [u8]>,
    /// The files.
    pub files: &'a [Enclosure],
    /// The moment of sending: the date of the mail, from which the time left is counted.
    pub now: DateTime<Utc>,
}

/// A mail that is ready to go.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The delivery it belongs to.
    pub delivery: Uuid,
    pub(super) message: Message,
}

impl Mail {
    /// The mail as it goes over the wire.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.message.formatted()
    }
}

/// Why no mail could be made. No repeat helps.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The reader's address is none.
    #[error("\"{address}\" is no mail address: {reason}")]
    Recipient {
        /// What was given.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The sender's address is none: a fault of the settings.
    #[error("the sender's address \"{address}\" is no mail address: {reason}")]
    Sender {
        /// What is set.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The templates are broken.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The mail cannot be put together.
    #[error("the mail cannot be put together: {0}")]
    Parts(String),
}

/// Makes a mail: `mixed(related(alternative(text, html), picture), files)`, each level only where it is needed.
///
/// A panic of a library that meets text it cannot stand becomes an error, so that one mail never stops the queue.
///
/// # Errors
/// [`BuildError`]; none of them goes away by itself.
pub fn build(sender: &SenderIdentity, letter: &MailContent<'_>) -> Result<Mail, BuildError> {
    catch_unwind(AssertUnwindSafe(|| put_together(sender, letter)))
        .unwrap_or_else(|_| Err(BuildError::Parts("a library gave up on it".to_owned())))
}

fn put_together(sender: &SenderIdentity, letter: &MailContent<'_>) -> Result<Mail, BuildError> {
    let to = mailbox(&letter.to.name, &letter.to.address)
        .map_err(|reason| BuildError::Recipient { address: clean::line(&letter.to.address), reason })?;
    let from = mailbox(&sender.sender_name, &sender.sender_address)
        .map_err(|reason| BuildError::Sender { address: clean::line(&sender.sender_address), reason })?;
    let rendered = render(letter.notice, letter.to.language, sender, letter.now)?;
    let domain = clean::line(sender.domain());
    let mut head = Message::builder()
        .from(from)
        .to(to)
        .subject(rendered.subject)
        .date(SystemTime::from(letter.now))
        .message_id(Some(format!("<{}@{domain}>", letter.delivery)));
    if let Some(thread) = letter.notice.topic.thread() {
        // Nobody has the mail of this id: all mails on a topic point to it, and so fold together.
        let root = format!("<{thread}@{domain}>");
        head = head.in_reply_to(root.clone()).references(root);
    }
    let mut extra = vec![
        ("Auto-Submitted", "auto-generated".to_owned()),
        ("X-Auto-Response-Suppress", "All".to_owned()),
        ("X-Fabu-Kind", letter.notice.kind.to_string()),
        ("X-Fabu-Attempt", letter.attempt.to_string()),
    ];
    if letter.notice.kind.is_digest() {
        extra.push(("List-Unsubscribe", format!("<{}>", sender.url("/me"))));
    }
    for (name, value) in extra {
        let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|error| BuildError::Parts(error.to_string()))?;
        head = head.raw_header(HeaderValue::new(name, value));
    }
    let words = MultiPart::alternative_plain_html(rendered.text, rendered.html);
    let page = match letter.picture {
        Some(png) => MultiPart::related().multipart(words).singlepart(picture(png)?),
        None => words,
    };
    let body = match letter.files {
        [] => page,
        files => {
            let mut body = MultiPart::mixed().multipart(page);
            for file in files {
                body = body.singlepart(attachment(file)?);
            }
            body
        }
    };
    let message = head.multipart(body).map_err(|error| BuildError::Parts(error.to_string()))?;
    Ok(Mail { delivery: letter.delivery, message })
}

fn mailbox(name: &str, address: &str) -> Result<Mailbox, String> {
    let address: Address = address.trim().parse().map_err(|error: lettre::address::AddressError| error.to_string())?;
    let name = clean::line(name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address))
}

fn picture(png: &[u8]) -> Result<SinglePart, BuildError> {
    let name = format!("{PICTURE_ID}.png");
    Ok(Part::new_inline_with_name(PICTURE_ID.to_owned(), name).body(png.to_vec(), media_type("image/png")?))
}

fn attachment(file: &Enclosure) -> Result<SinglePart, BuildError> {
    Ok(Part::new(clean::file_name(&file.name)).body(file.bytes.clone(), media_type(&file.content_type)?))
}

fn media_type(text: &str) -> Result<ContentType, BuildError> {
    ContentType::parse(text).map_err(|error| BuildError::Parts(format!("\"{}\": {error}", clean::line(text))))
}
