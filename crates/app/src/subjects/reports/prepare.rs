//! What an arrangement has to say at a moment, and to whom: the same for the preview and for the sending.

use super::{digests, schedules::find};
use crate::{
    AppError, Rx,
    subjects::reports::{Prepared, outgoing::Outgoing},
};
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::ScheduleId,
    notifications::preferences::Route,
    people::directory::Directory,
    subject::operation::Operation,
    subjects::{
        quarterly_report::{QuarterlyReport, ReportState},
        registers::report_schedule::{ReportSchedule, ScheduledReport},
    },
    time::{clock::company_day, quarter::Quarter},
};
use fabu_store::{Delivery, Reader};
use std::sync::Arc;

/// What an arrangement would send now: every recipient's digest, or the newest approved report to everybody.
///
/// # Errors
/// Not permitted, not found.
pub fn preview_report_schedule(rx: &mut Rx<'_, '_>, id: ScheduleId) -> Result<Vec<Prepared>, AppError> {
    rx.permit(Operation::PreviewReportSchedule)?;
    let schedule = find(rx.tx, id)?;
    let (directory, held) = (Arc::clone(&rx.directory), rx.tx.held_deliveries()?);
    Ok(outgoing(rx.tx, &directory, &schedule, None, held, rx.now)?.messages)
}

/// What a schedule has to say at this moment, to those who want it; of the quarterly reports this revision, else the newest
/// approved one.
pub(super) fn outgoing(
    tx: &mut Reader<'_>,
    directory: &Arc<Directory>,
    schedule: &ReportSchedule,
    which: Option<(Quarter, u32)>,
    held: Vec<Delivery>,
    now: DateTime<Utc>,
) -> Result<Outgoing, AppError> {
    let recipients = schedule.recipients(directory);
    match schedule.report {
        ScheduledReport::DailyDigest => {
            let digests = digests::of_recipients(tx, directory, &recipients, held, now)?;
            Ok(Outgoing { slot: company_day(now).to_string(), ..digests })
        }
        ScheduledReport::QuarterlyReport => {
            let Some(report) = approved(tx, which)? else { return Ok(Outgoing::default()) };
            let (notice, mut messages) = (report.notice(), Vec::new());
            for reader in recipients {
                let (choices, _) = tx.notification_choices(reader)?;
                if choices.route(notice.kind, &directory.calendar, now) != Route::Off {
                    messages.push(Prepared { reader, notice: notice.clone(), takes: Vec::new() });
                }
            }
            let slot = report_slot(report.quarter, report.revision);
            Ok(Outgoing { slot, messages, settled: Vec::new() })
        }
    }
}

/// The slot of a revision.
pub(super) fn report_slot(quarter: Quarter, revision: u32) -> String {
    format!("{quarter}/{revision}")
}

fn approved(tx: &mut Reader<'_>, which: Option<(Quarter, u32)>) -> Result<Option<QuarterlyReport>, AppError> {
    let mut reports = match which {
        Some((quarter, _)) => tx.quarterly_reports_of(quarter)?,
        None => match tx.approved_reports()?.into_iter().max() {
            Some((quarter, _)) => tx.quarterly_reports_of(quarter)?,
            None => Vec::new(),
        },
    };
    reports.retain(|report| report.state() == ReportState::Approved);
    Ok(reports.into_iter().rfind(|report| which.is_none_or(|(_, revision)| report.revision == revision)))
}
