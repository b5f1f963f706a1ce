//! From entries of the log to messages.

use super::{
    Message, tell,
    tell_group::{GroupMessage, tell_group},
};
use crate::{App, AppError};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::{
    ids::EventId,
    log::LogEntry,
    notice::Asks,
    step_mail::{rule_of, told, told_to_groups},
};

/// Mere news that are older when they are dispatched, after a long stop, are no news any more. What asks for something is.
const NEWS: TimeDelta = TimeDelta::days(3);

impl App {
    /// Puts in the messages that these entries ask for; their number. Running it again changes nothing: each message has
    /// its key.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn dispatch_events(&self, events: Vec<EventId>) -> Result<usize, AppError> {
        let app = self.clone();
        self.store
            .write(move |tx| {
                let (now, directory, robots) = (app.clock.now(), tx.directory()?, tx.robots()?);
                let mut messages = 0;
                for entry in tx.log_entries(&events)? {
                    let Some(release) = entry.release_id else { continue };
                    if !is_still_told(&entry, now) {
                        continue;
                    }
                    let Some(dossier) = tx.dossier(release)? else { continue };
                    if let Some(notice) = told_to_groups(&entry, &dossier, &directory) {
                        for robot in robots.iter().filter(|robot| robot.says(notice.kind, &dossier, &directory)) {
                            let cause = format!("event/{}", entry.id);
                            let message = GroupMessage { notice: notice.clone(), cause, event_id: Some(entry.id) };
                            messages += usize::from(tell_group(tx, app.ids.as_ref(), now, robot, message)?.is_some());
                        }
                    }
                    for told in told(&entry, &dossier, &directory, now) {
                        let part = told.instead_of.map_or_else(String::new, |named| format!("/for/{named}"));
                        let message = Message {
                            reader: told.reader,
                            notice: told.notice,
                            cause: format!("event/{}{part}", entry.id),
                            event_id: Some(entry.id),
                        };
                        messages += usize::from(tell(tx, app.ids.as_ref(), &directory, now, message)?);
                    }
                }
                Ok(messages)
            })
            .await
    }
}

fn is_still_told(entry: &LogEntry, now: DateTime<Utc>) -> bool {
    rule_of(entry).is_some_and(|rule| rule.kind.rule().asks != Asks::Nothing || now - entry.recorded_at <= NEWS)
}
