//! Who is sent which report when: arrangements as data, with the log of what was sent.

use crate::{AppError, Cx, Fault, FieldError, Rx, registers::difference};
use fabu_domain::{
    ids::{ScheduleId, UserId},
    policy_registers::Operation,
    role::Role,
    schedule::{ReportSchedule, ScheduledReport},
};
use fabu_store::{Reader, Sending};
use serde_json::json;
use std::collections::BTreeSet;

/// What people state about an arrangement.
#[derive(Debug, Clone)]
pub struct ScheduleFields {
    /// What people call it.
    pub name: String,
    /// What is sent.
    pub report: ScheduledReport,
    /// To holders of these roles.
    pub roles: BTreeSet<Role>,
    /// And to these people.
    pub users: BTreeSet<UserId>,
    /// Not before this minute of the day.
    pub minute: u32,
    /// A quarterly report: not before this working day after the quarter.
    pub working_day: u32,
    /// False: it rests.
    pub active: bool,
}

impl ScheduleFields {
    fn check(&self, cx: &Cx<'_, '_>) -> Result<(), AppError> {
        let mut errors = Vec::new();
        if self.minute >= 24 * 60 {
            errors.push(FieldError::invalid("/minute", "0 至 1439", "0 to 1439"));
        }
        if !(1..=60).contains(&self.working_day) {
            errors.push(FieldError::invalid("/working_day", "1 至 60", "1 to 60"));
        }
        if self.roles.is_empty() && self.users.is_empty() {
            errors.push(FieldError::new("/roles", Fault::FieldEmpty));
        }
        if self.roles.contains(&Role::CustomerRepresentative) {
            let (zh, en) = ("公司的报告不发给客户", "a customer gets no report of the company");
            errors.push(FieldError::invalid("/roles", zh, en));
        }
        let unknown = |(index, id): (usize, &UserId)| {
            let known = cx.directory.active_user(*id).is_some();
            (!known).then(|| FieldError::new(format!("/users/{index}"), Fault::FieldUnknownId))
        };
        errors.extend(self.users.iter().enumerate().filter_map(unknown));
        AppError::unless_empty(errors)
    }

    fn schedule(&self, id: ScheduleId, version: i64) -> ReportSchedule {
        let Self { name, report, roles, users, minute, working_day, active } = self.clone();
        ReportSchedule { id, name, report, roles, users, minute, working_day, active, version }
    }
}

pub(super) fn subject(id: ScheduleId) -> String {
    format!("reports/schedules/{id}")
}

pub(super) fn find(tx: &mut Reader<'_>, id: ScheduleId) -> Result<ReportSchedule, AppError> {
    tx.report_schedule(id)?.ok_or(AppError::NotFound { what: "schedule" })
}

/// Every arrangement.
///
/// # Errors
/// Not permitted.
pub fn list_report_schedules(rx: &mut Rx<'_, '_>) -> Result<Vec<ReportSchedule>, AppError> {
    rx.permit(Operation::ListReportSchedules)?;
    Ok(rx.tx.report_schedules()?)
}

/// An arrangement.
///
/// # Errors
/// Not permitted, not found.
pub fn view_report_schedule(rx: &mut Rx<'_, '_>, id: ScheduleId) -> Result<ReportSchedule, AppError> {
    rx.permit(Operation::ViewReportSchedule)?;
    find(rx.tx, id)
}

/// Adds an arrangement.
///
/// # Errors
/// Not permitted, invalid times or people, nobody to send to.
pub fn create_report_schedule(cx: &mut Cx<'_, '_>, fields: &ScheduleFields) -> Result<ReportSchedule, AppError> {
    cx.permit(Operation::CreateReportSchedule)?;
    fields.check(cx)?;
    let schedule = fields.schedule(cx.new_id(), 1);
    let entry = cx.entry("report_schedule.created", subject(schedule.id), json!(schedule));
    cx.tx.insert_report_schedule(&schedule, &entry)?;
    Ok(schedule)
}

/// Replaces an arrangement.
///
/// # Errors
/// Not permitted, not found, stale, invalid times or people, nobody to send to.
pub fn update_report_schedule(
    cx: &mut Cx<'_, '_>,
    id: ScheduleId,
    seen: i64,
    fields: &ScheduleFields,
) -> Result<ReportSchedule, AppError> {
    cx.about(subject(id), None);
    cx.permit(Operation::UpdateReportSchedule)?;
    let before = find(cx.tx, id)?;
    cx.fresh(seen, before.version)?;
    fields.check(cx)?;
    let mut after = fields.schedule(id, seen);
    let entry = cx.entry("report_schedule.updated", subject(id), difference(&before, &after));
    after.version = cx.tx.update_report_schedule(&after, seen, &entry)?;
    Ok(after)
}

/// Ends an arrangement; what it sent stays on record.
///
/// # Errors
/// Not permitted, not found, stale.
pub fn delete_report_schedule(cx: &mut Cx<'_, '_>, id: ScheduleId, seen: i64) -> Result<(), AppError> {
    cx.about(subject(id), None);
    cx.permit(Operation::DeleteReportSchedule)?;
    let before = find(cx.tx, id)?;
    cx.fresh(seen, before.version)?;
    let entry = cx.entry("report_schedule.deleted", subject(id), json!(before));
    Ok(cx.tx.delete_report_schedule(id, seen, &entry)?)
}

/// What an arrangement has sent, newest first.
///
/// # Errors
/// Not permitted, not found.
pub fn list_report_sendings(rx: &mut Rx<'_, '_>, id: ScheduleId) -> Result<Vec<Sending>, AppError> {
    rx.permit(Operation::ListReportSendings)?;
    find(rx.tx, id)?;
    Ok(rx.tx.report_sendings(id)?)
}
