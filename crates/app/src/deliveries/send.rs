//! What the sending job asks and reports.

use super::{Endpoint, audience::may_still_be_notified};
use crate::{App, AppError};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::{
    ids::DeliveryId,
    language::Language,
    notifications::{
        delivery::{AttemptOutcome, DeliveryState},
        notice::{AttachmentSource, Notice},
    },
    people::directory::Directory,
    subjects::quarterly_report::QuarterlyReport,
};
use fabu_store::{Delivery, DeliveryOutcome, Reader, Writer};
use std::sync::Arc;

/// How long a message waits after each temporary failure, in seconds (RELIABILITY 4.4): 5 s, 5 min, 30 min, 2 h, 5 h, 10 h,
/// 10 h. After the last one it has failed.
const WAITS: [i64; 7] = [5, 300, 1800, 7200, 18_000, 36_000, 36_000];

/// A message that is to be sent now.
#[derive(Debug, Clone, PartialEq)]
pub struct OutgoingMail {
    /// The delivery.
    pub id: DeliveryId,
    /// The try that begins, from 1.
    pub attempt: i32,
    /// The reader's name.
    pub name: String,
    /// The reader's address.
    pub address: String,
    /// The reader's language.
    pub language: Language,
    /// What is said.
    pub notice: Notice,
    /// The reports whose workbooks go with it, as they were signed.
    pub reports: Vec<QuarterlyReport>,
    /// People, whose names are in the workbooks.
    pub directory: Arc<Directory>,
}

/// How a try ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// The server took it, with these words.
    Accepted(String),
    /// It may work later.
    Later(String),
    /// Nothing got through to the server.
    Unreached(String),
    /// Refused for good, for this recipient or this mail.
    Refused(String),
    /// No mail can be made of it.
    Unbuildable(String),
    /// It was not tried: the way is closed until this instant.
    NotYet(DateTime<Utc>),
}

impl App {
    /// The message, if it is still to be sent. A message that cannot be read, and one whose reader may no longer know of the
    /// thing it is about (D21), is parked, and there is none.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn outgoing_mail(&self, id: DeliveryId) -> Result<Option<OutgoingMail>, AppError> {
        let now = self.clock.now();
        let found = self.store.read(move |tx| {
            let Some(delivery) = tx.delivery(id)?.filter(|delivery| delivery.state == DeliveryState::Pending) else {
                return Ok(None);
            };
            let directory = tx.directory()?;
            if !may_still_be_notified(tx, &directory, &delivery, now)? {
                return Ok(Some(Err("its reader may no longer know of it".to_owned())));
            }
            let name = delivery.recipient_id.and_then(|id| directory.users.get(&id.into())).map(|user| user.name.to_string());
            let notice: Result<Notice, _> = serde_json::from_value(delivery.notice);
            let reports = notice.as_ref().map_or_else(|_| Ok(Vec::new()), |notice| reports_of(tx, notice))?;
            Ok::<_, AppError>(Some(notice.map_err(|error| format!("the message cannot be read: {error}")).map(|notice| {
                OutgoingMail {
                    id,
                    attempt: delivery.attempts + 1,
                    name: name.unwrap_or_default(),
                    address: delivery.address,
                    language: delivery.language,
                    notice,
                    reports,
                    directory,
                }
            })))
        });
        match found.await?.transpose() {
            Ok(letter) => Ok(letter),
            Err(error) => {
                self.record_delivery(id, Sent::Unbuildable(error)).await?;
                Ok(None)
            }
        }
    }

    /// Writes down how a try ended, and when the next one is due, if one is. Called right after the server's answer, before
    /// anything else: the row is the truth about what was sent.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn record_delivery(&self, id: DeliveryId, sent: Sent) -> Result<Option<DateTime<Utc>>, AppError> {
        let app = self.clone();
        self.store
            .write(move |tx| {
                let now = app.clock.now();
                let Some(delivery) = tx.delivery_for_update(id)? else { return Ok(None) };
                let sent = own_trouble(tx, &delivery, sent.clone())?;
                match outcome(&delivery, sent, now) {
                    Ok(end) => {
                        tx.record_attempt(id, &end, now)?;
                        Ok(end.next_at)
                    }
                    Err(until) => {
                        tx.put_off_delivery(id, until)?;
                        Ok(Some(until))
                    }
                }
            })
            .await
    }
}

/// The revisions whose workbooks go with a message.
pub(super) fn reports_of(tx: &mut Reader<'_>, notice: &Notice) -> Result<Vec<QuarterlyReport>, AppError> {
    let mut reports = Vec::new();
    for AttachmentSource::QuarterlyWorkbook { quarter, revision } in &notice.attachments {
        reports.extend(tx.quarterly_reports_of(*quarter)?.into_iter().filter(|report| report.revision == *revision));
    }
    Ok(reports)
}

/// What becomes of the message.
///
/// # Errors
/// No try was made: the instant of the next one.
fn outcome(delivery: &Delivery, sent: Sent, now: DateTime<Utc>) -> Result<DeliveryOutcome, DateTime<Utc>> {
    let (outcome, detail, state, next_at) = match sent {
        Sent::Accepted(words) => (AttemptOutcome::Accepted, words, DeliveryState::Sent, None),
        Sent::Refused(words) => (AttemptOutcome::Refused, words, DeliveryState::Parked, None),
        Sent::Unbuildable(words) => (AttemptOutcome::Unbuildable, words, DeliveryState::Parked, None),
        Sent::NotYet(until) => return Err(until),
        Sent::Later(words) => later(delivery, AttemptOutcome::Deferred, words, now),
        Sent::Unreached(words) => later(delivery, AttemptOutcome::Unreachable, words, now),
    };
    Ok(DeliveryOutcome { outcome, detail, state, next_at })
}

type End = (AttemptOutcome, String, DeliveryState, Option<DateTime<Utc>>);

fn later(delivery: &Delivery, outcome: AttemptOutcome, words: String, now: DateTime<Utc>) -> End {
    match wait(delivery) {
        Some(wait) => (outcome, words, DeliveryState::Pending, Some(now + wait)),
        None => (outcome, words, DeliveryState::Failed, None),
    }
}

/// When the way was found open since the message was tried before, it is not the way that is closed but this message that
/// does not get through: it waits for its own next try, so that it does not use up its tries at every look.
fn own_trouble(tx: &mut Writer<'_>, delivery: &Delivery, sent: Sent) -> Result<Sent, AppError> {
    let (Sent::Unreached(words), Some(endpoint)) = (&sent, Endpoint::of_delivery(delivery)) else { return Ok(sent) };
    let before = tx.last_tried_at(delivery.id)?;
    let opened = tx.endpoint_opened_at(&endpoint.name())?;
    let own = before.is_some_and(|before| opened.is_some_and(|opened| opened > before));
    Ok(if own { Sent::Later(words.clone()) } else { sent })
}

/// The wait after the try that has just failed, up to a fifth longer or shorter so that a server that comes back is not
/// stormed. The difference is drawn from the id, so that it is the same whoever asks.
fn wait(delivery: &Delivery) -> Option<TimeDelta> {
    let tried = usize::try_from(delivery.attempts).ok()?;
    let seconds = *WAITS.get(tried % (WAITS.len() + 1))?;
    let drawn = i64::from(delivery.id.0.as_bytes()[15 - tried % 4]) * 400 / 255 - 200;
    Some(TimeDelta::milliseconds(seconds * (1000 + drawn)))
}

/// Parks a message whose job was given up: what it did to its workers it would do again.
pub(crate) fn park(tx: &mut Writer<'_>, id: DeliveryId, why: &str, now: DateTime<Utc>) -> Result<(), AppError> {
    let detail = format!("its job was given up: {why}");
    let end = DeliveryOutcome { outcome: AttemptOutcome::Unbuildable, detail, state: DeliveryState::Parked, next_at: None };
    tx.record_attempt(id, &end, now)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use fabu_domain::{ids::IdSource, notifications::delivery::Channel};

    fn tried(attempts: i32) -> Delivery {
        let now = DateTime::UNIX_EPOCH;
        Delivery {
            id: DeliveryId(fabu_domain::ids::TimeOrderedIds.next()),
            dedupe_key: String::new(),
            channel: Channel::Mail,
            recipient_id: None,
            address: String::new(),
            kind: String::new(),
            release_id: None,
            event_id: None,
            language: Language::Chinese,
            notice: serde_json::Value::Null,
            state: DeliveryState::Pending,
            attempts,
            next_at: Some(now),
            sent_at: None,
            last_error: None,
            created_at: now,
            version: 1,
        }
    }

    #[test]
    fn waits_as_long_as_promised_give_or_take_a_fifth() {
        for (attempts, seconds) in (0..).zip(WAITS) {
            for _ in 0..200 {
                let wait = wait(&tried(attempts)).unwrap().num_milliseconds();
                assert!((seconds * 800..=seconds * 1200).contains(&wait), "{attempts}: {wait}");
            }
        }
        assert_eq!(wait(&tried(7)), None, "the eighth try was the last");
    }
}
