//! From entries of the log to messages.

use super::{
    Message,
    event_subject::EventSubject,
    notify,
    notify_group::{GroupMessage, notify_group},
};
use crate::{
    App, AppError, Cx,
    jobs::{Ask, DISPATCH_EVENTS, enqueue},
};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::{
    ids::EventId,
    notifications::{
        account_mail,
        notice::{Asks, NoticeGroup},
        step_mail::rules_of,
    },
    subject::log::LogEntry,
    subjects::registers::robot::ChatRobot,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Mere news that are older when they are dispatched, after a long stop, are no news any more. What asks for something is,
/// and so is what concerns a report.
const NEWS: TimeDelta = TimeDelta::days(3);

/// Jobs of the kind that one does at once: under many writers its turn comes seldom.
const TOGETHER: usize = 100;

/// The payload of a job that dispatches.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Dispatched {
    /// Entries of the log.
    pub events: Vec<EventId>,
}

/// True when somebody may have to be notified of the entry.
pub(crate) fn is_notified(entry: &LogEntry) -> bool {
    account_mail::concerns_somebody(entry) || rules_of(entry).next().is_some()
}

impl App {
    /// Puts in the messages that these entries ask for, and those of other jobs that are due as well; their number. Running it
    /// again changes nothing: each message has its key.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn dispatch_events(&self, events: Vec<EventId>) -> Result<usize, AppError> {
        let app = self.clone();
        self.store
            .write(move |tx| {
                let (now, directory, robots) = (app.clock.now(), tx.directory()?, tx.records::<ChatRobot>()?);
                let mut messages = 0;
                let mut events = events.clone();
                for job in tx.take_along(DISPATCH_EVENTS.name, now, TOGETHER)? {
                    match serde_json::from_value::<Dispatched>(job.payload) {
                        Ok(also) => events.extend(also.events),
                        // It would fail whenever it is tried, and take the others along.
                        Err(error) => tracing::error!(job = %job.id, %error, "a job to dispatch entries cannot be read"),
                    }
                }
                for entry in tx.log_entries(&events)? {
                    if !is_still_notified(&entry, now) {
                        continue;
                    }
                    for told in account_mail::messages(&entry, &directory) {
                        let cause = format!("event/{}", entry.id);
                        let message = Message { reader: told.reader, notice: told.notice, cause, event_id: Some(entry.id) };
                        messages += usize::from(notify(tx, app.ids.as_ref(), &directory, now, message)?);
                    }
                    let Some(about) = EventSubject::of(tx, &entry, &directory, now)? else { continue };
                    if let Some((notice, dossier)) = about.group_notice(&entry) {
                        for robot in robots.iter().filter(|robot| robot.says(notice.kind, dossier, &directory)) {
                            let cause = format!("event/{}", entry.id);
                            let message = GroupMessage { notice: notice.clone(), cause, event_id: Some(entry.id) };
                            messages += usize::from(notify_group(tx, app.ids.as_ref(), now, robot, message)?.is_some());
                        }
                    }
                    for told in about.notifications(&entry, &directory, now) {
                        let part = told.instead_of.map_or_else(String::new, |named| format!("/for/{named}"));
                        let message = Message {
                            reader: told.reader,
                            notice: told.notice,
                            cause: format!("event/{}{part}", entry.id),
                            event_id: Some(entry.id),
                        };
                        messages += usize::from(notify(tx, app.ids.as_ref(), &directory, now, message)?);
                    }
                }
                Ok(messages)
            })
            .await
    }
}

fn is_still_notified(entry: &LogEntry, now: DateTime<Utc>) -> bool {
    account_mail::concerns_somebody(entry)
        || rules_of(entry).any(|row| {
            let rule = row.kind.rule();
            rule.asks != Asks::Nothing || rule.group == NoticeGroup::Reports || now - entry.recorded_at <= NEWS
        })
}

/// Asks the worker to tell people and tools about these entries; in the same transaction, so that nothing is told that
/// did not happen and nothing that happened stays untold.
pub(crate) fn enqueue_dispatch(cx: &mut Cx<'_, '_>, entries: &[LogEntry]) -> Result<(), AppError> {
    let told: Vec<&LogEntry> = entries.iter().filter(|entry| is_notified(entry)).collect();
    let Some(first) = told.first() else { return Ok(()) };
    let ask = Ask {
        payload: json!(Dispatched { events: told.iter().map(|entry| entry.id).collect() }),
        unique_key: Some(format!("{}:{}", DISPATCH_EVENTS.name, first.id)),
        run_at: None,
    };
    enqueue(cx.tx, cx.ids, cx.now, &DISPATCH_EVENTS, ask)?;
    Ok(())
}
