//! Reports that go out: by schedule, once for each slot, or by hand.

use super::{
    digests,
    outgoing::{Outgoing, Prepared},
    prepare::{outgoing, report_slot},
    schedules::find,
};
use crate::{
    App, AppError, Caller, Cx, Fault,
    deliveries::{Message, key_of, notify},
};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::{
    ids::{EventId, ScheduleId, UserId},
    notifications::preferences::is_digest_time,
    people::directory::Directory,
    subject::operation::Operation,
    subjects::registers::{
        Register,
        report_schedule::{ReportSchedule, ScheduledReport},
    },
    time::{clock::company_day, quarter::Quarter},
};
use fabu_store::{Delivery, Reader, Sending};
use serde_json::json;
use std::{collections::BTreeSet, sync::Arc};

/// How long after it was due a report still goes out by itself: long enough for any stop, short enough that a new arrangement
/// does not send the history.
const FRESH: TimeDelta = TimeDelta::days(92);

/// A slot of a schedule that is due.
struct Due {
    schedule: ReportSchedule,
    slot: String,
    /// The revision, if it is of a report.
    which: Option<(Quarter, u32)>,
}

impl App {
    /// Sends what every arrangement owes by now, and to everybody else what is held and due; the number of messages put in.
    /// Any number of processes may do so at once, also late: each slot is sent once, and nobody gets two digests a day.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn send_due_reports(&self) -> Result<usize, AppError> {
        let (now, caller) = (self.clock.now(), Caller::system("send_due_reports"));
        let (due, others) = self.store.read(move |tx| Ok::<_, AppError>((due(tx, now)?, others_wait(tx, now)?))).await?;
        let mut sent = 0;
        for Due { schedule, slot, which } in due {
            let messages = self.write(&caller, move |cx| send_slot(cx, &schedule, &slot, which));
            sent += messages.await.map_err(|failure| failure.error)?;
        }
        if others {
            let messages = self.write(&caller, send_to_others);
            sent += messages.await.map_err(|failure| failure.error)?;
        }
        Ok(sent)
    }
}

/// The slots that have come and were not sent.
fn due(tx: &mut Reader<'_>, now: DateTime<Utc>) -> Result<Vec<Due>, AppError> {
    let directory = tx.directory()?;
    let mut all = Vec::new();
    for schedule in tx.records::<ReportSchedule>()? {
        all.extend(due_of(tx, &directory, &schedule, now)?);
    }
    Ok(all)
}

/// Of a schedule: today's digest, the reports that were approved of late.
fn due_of(
    tx: &mut Reader<'_>,
    directory: &Directory,
    schedule: &ReportSchedule,
    now: DateTime<Utc>,
) -> Result<Vec<Due>, AppError> {
    let calendar = &directory.calendar;
    let due = |slot: String, which| Due { schedule: schedule.clone(), slot, which };
    let mut all = Vec::new();
    match schedule.report {
        ScheduledReport::DailyDigest => {
            if let Some(day) = schedule.digest_day(calendar, now).map(|day| day.to_string())
                && !tx.was_sent(schedule.id, &day)?
            {
                all.push(due(day, None));
            }
        }
        ScheduledReport::QuarterlyReport => {
            for (quarter, revision) in tx.approved_reports()? {
                let slot = report_slot(quarter, revision);
                if tx.was_sent(schedule.id, &slot)? {
                    continue;
                }
                let report = tx.quarterly_reports_of(quarter)?.into_iter().find(|report| report.revision == revision);
                let approved = report.and_then(|report| report.approved()).map(|mark| mark.at);
                let due_at = approved.and_then(|at| schedule.report_due(quarter, at, calendar));
                if due_at.is_some_and(|at| at <= now && now - at <= FRESH) {
                    all.push(due(slot, Some((quarter, revision))));
                }
            }
        }
    }
    Ok(all)
}

/// Puts the messages of a slot in; 0 when the slot was sent before.
fn send_slot(
    cx: &mut Cx<'_, '_>,
    schedule: &ReportSchedule,
    slot: &str,
    which: Option<(Quarter, u32)>,
) -> Result<usize, AppError> {
    let mut all = prepared(cx, schedule, which)?;
    let cause = match schedule.report {
        ScheduledReport::DailyDigest => digest_cause(cx.now),
        ScheduledReport::QuarterlyReport => format!("report/{slot}"),
    };
    // Who got it by another arrangement does not get it again.
    let mut fresh = Vec::new();
    for message in all.messages {
        if !cx.tx.has_delivery(&key_of(&cause, message.reader))? {
            fresh.push(message);
        }
    }
    all.messages = fresh;
    Ok(record(cx, schedule, slot, &cause, all)?.map_or(0, |sending| sending.recipients.len()))
}

/// What is to be sent; what was held for it belongs to this transaction.
fn prepared(cx: &mut Cx<'_, '_>, schedule: &ReportSchedule, which: Option<(Quarter, u32)>) -> Result<Outgoing, AppError> {
    let directory = Arc::clone(&cx.directory);
    let held = match schedule.report {
        ScheduledReport::DailyDigest => cx.tx.held_deliveries_for_update()?,
        ScheduledReport::QuarterlyReport => Vec::new(),
    };
    outgoing(cx.tx, &directory, schedule, which, held, cx.now)
}

/// One a day, by whatever way.
fn digest_cause(now: DateTime<Utc>) -> String {
    format!("digest/{}", company_day(now))
}

/// Takes the slot and puts its messages in; none when it was taken before.
fn record(
    cx: &mut Cx<'_, '_>,
    schedule: &ReportSchedule,
    slot: &str,
    cause: &str,
    all: Outgoing,
) -> Result<Option<Sending>, AppError> {
    let sending = Sending { slot: slot.to_owned(), sent_at: cx.now, recipients: all.messages.iter().map(|m| m.reader).collect() };
    let payload = json!({ "slot": slot, "report": schedule.report, "recipients": sending.recipients });
    let entry = cx.entry("report_schedule.sent", ReportSchedule::subject(schedule.id), payload);
    if !cx.tx.record_sending(schedule.id, &sending, &entry)? {
        return Ok(None);
    }
    put_in(cx, cause, Some(entry.id), all)?;
    Ok(Some(sending))
}

/// Puts messages in, and marks what they take up.
fn put_in(cx: &mut Cx<'_, '_>, cause: &str, event_id: Option<EventId>, all: Outgoing) -> Result<usize, AppError> {
    let (directory, mut messages) = (Arc::clone(&cx.directory), 0);
    cx.tx.merge_deliveries(&all.settled)?;
    for Prepared { reader, notice, takes } in all.messages {
        let message = Message { reader, notice, cause: cause.to_owned(), event_id };
        if notify(cx.tx, cx.ids, &directory, cx.now, message)? {
            cx.tx.merge_deliveries(&takes)?;
            messages += 1;
        }
    }
    Ok(messages)
}

/// Who gets a digest by some arrangement.
fn served(tx: &mut Reader<'_>, directory: &Directory) -> Result<BTreeSet<UserId>, AppError> {
    let digests = tx.records::<ReportSchedule>()?.into_iter().filter(|s| s.active && s.report == ScheduledReport::DailyDigest);
    Ok(digests.flat_map(|schedule| schedule.recipients(directory)).collect())
}

/// True when it is time for digests and something is due for somebody who gets none by arrangement.
fn others_wait(tx: &mut Reader<'_>, now: DateTime<Utc>) -> Result<bool, AppError> {
    let directory = tx.directory()?;
    if !is_digest_time(&directory.calendar, now) {
        return Ok(false);
    }
    let (held, served) = (tx.held_deliveries()?, served(tx, &directory)?);
    let due = |delivery: &Delivery| delivery.next_at.is_some_and(|at| at <= now);
    Ok(held.iter().any(|held| due(held) && held.recipient_id.is_some_and(|id| !served.contains(&UserId(id)))))
}

/// The digests of those whom no arrangement sends one.
fn send_to_others(cx: &mut Cx<'_, '_>) -> Result<usize, AppError> {
    let directory = Arc::clone(&cx.directory);
    let (served, held) = (served(cx.tx, &directory)?, cx.tx.held_deliveries_for_update()?);
    let all = digests::of_others(cx.tx, &directory, &served, held, cx.now)?;
    put_in(cx, &digest_cause(cx.now), None, all)
}

/// Sends at once what an arrangement has to say, whatever the time; once a minute, however many ask for it.
///
/// # Errors
/// Not permitted, not found, nothing to send, sent in this minute.
pub fn send_report_schedule(cx: &mut Cx<'_, '_>, id: ScheduleId) -> Result<Sending, AppError> {
    cx.about(ReportSchedule::subject(id), None);
    cx.permit(Operation::SendReportSchedule)?;
    let schedule = find(cx.tx, id)?;
    let all = prepared(cx, &schedule, None)?;
    if all.messages.is_empty() {
        return Err(Fault::ScheduleNothingToSend.into());
    }
    let slot = format!("{}/{}", all.slot, cx.now.format("%Y-%m-%dT%H:%MZ"));
    let cause = format!("sending/{id}/{slot}");
    let sending = record(cx, &schedule, &slot, &cause, all)?;
    sending.ok_or_else(|| Fault::ScheduleJustSent.into())
}
