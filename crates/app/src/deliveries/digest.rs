//! The daily digest: one mail for each person with everything that was held for it.

use super::{Message, tell};
use crate::{App, AppError};
use chrono::{DateTime, Utc};
use fabu_domain::{
    clock::company_day,
    ids::{DeliveryId, UserId},
    notice::{Notice, NoticeKind, Section, Topic, Wanted},
    refusal::Text,
};
use fabu_store::{Delivery, Writer};
use std::collections::BTreeMap;

/// The most messages that one run takes up; the next run takes the rest.
const AT_ONCE: i64 = 2000;

impl App {
    /// Puts what was held until now into one digest for each person; the number of digests.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn send_digests(&self) -> Result<usize, AppError> {
        let app = self.clone();
        self.store
            .write(move |tx| {
                let now = app.clock.now();
                let mut of: BTreeMap<UserId, Vec<Delivery>> = BTreeMap::new();
                for held in tx.held_deliveries(now, AT_ONCE)? {
                    if let Some(reader) = held.recipient_id {
                        of.entry(UserId(reader)).or_default().push(held);
                    }
                }
                let mut digests = 0;
                for (reader, held) in of {
                    digests += usize::from(app.send_digest(tx, reader, &held, now)?);
                }
                Ok(digests)
            })
            .await
    }

    fn send_digest(&self, tx: &mut Writer<'_>, reader: UserId, held: &[Delivery], now: DateTime<Utc>) -> Result<bool, AppError> {
        let directory = tx.directory()?;
        let ids: Vec<DeliveryId> = held.iter().map(|one| one.id).collect();
        let first = held.first().map(|one| one.id.to_string()).unwrap_or_default();
        tx.merge_deliveries(&ids)?;
        let notice = digest(held, now);
        // The first message taken up names the digest: a second run finds other ones or none.
        let message = Message { reader, notice, cause: format!("digest/{first}"), event_id: None };
        tell(tx, self.ids.as_ref(), &directory, now, message)
    }
}

/// One section for each topic, one line for each message.
fn digest(held: &[Delivery], now: DateTime<Utc>) -> Notice {
    let count = held.len();
    let what = Text::new(format!("自上次摘要以来有 {count} 条消息。"), format!("{count} messages since the last digest."));
    let topic = Topic::Day { day: company_day(now) };
    let mut notice = Notice::new(NoticeKind::Digest, topic, Wanted::Know { what });
    for one in held {
        let Ok(part) = serde_json::from_value::<Notice>(one.notice.clone()) else { continue };
        let (heading, line) = (part.topic.name(), part.wanted.sentence());
        match notice.sections.iter_mut().find(|section| section.heading == heading) {
            Some(section) => section.lines.push(line),
            None => notice.sections.push(Section { heading, lines: vec![line], table: None }),
        }
    }
    notice
}
