//! Who is sent which report when: arrangements as data, with the log of what was sent.

use crate::{AppError, Cx, Fault, FieldError, Rx, registers::difference};
use fabu_domain::{
    clock::company_day,
    ids::{ScheduleId, UserId},
    policy_registers::Operation,
    role::Role,
    schedule::{ReportSchedule, ScheduledReport},
    visibility::{Scope, scope_of},
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
            let pointer = format!("/users/{index}");
            match scope_of(&cx.directory, *id, company_day(cx.now)) {
                Scope::All => None,
                Scope::Customers(_) => {
                    let (zh, en) = ("公司的报告不发给客户", "a customer gets no report of the company");
                    Some(FieldError::invalid(pointer, zh, en))
                }
                Scope::Nothing => Some(FieldError::new(pointer, Fault::FieldUnknownId)),
            }
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

/// Adds an arrangement; needs a fresh password, since figures of the company go to addresses. Whom it names is told.
///
/// # Errors
/// Not permitted, password not fresh, invalid times or people, nobody to send to.
pub fn create_report_schedule(cx: &mut Cx<'_, '_>, fields: &ScheduleFields) -> Result<ReportSchedule, AppError> {
    cx.permit(Operation::CreateReportSchedule)?;
    cx.require_reauthentication()?;
    fields.check(cx)?;
    let schedule = fields.schedule(cx.new_id(), 1);
    let entry = cx.entry("report_schedule.created", subject(schedule.id), json!(schedule));
    cx.tx.insert_report_schedule(&schedule, &entry)?;
    cx.tell_concerned(&entry)?;
    Ok(schedule)
}

/// Replaces an arrangement; needs a fresh password. Whom it newly names is told.
///
/// # Errors
/// Not permitted, password not fresh, not found, stale, invalid times or people, nobody to send to.
pub fn update_report_schedule(
    cx: &mut Cx<'_, '_>,
    id: ScheduleId,
    seen: i64,
    fields: &ScheduleFields,
) -> Result<ReportSchedule, AppError> {
    cx.about(subject(id), None);
    cx.permit(Operation::UpdateReportSchedule)?;
    cx.require_reauthentication()?;
    let before = find(cx.tx, id)?;
    cx.fresh(seen, before.version)?;
    fields.check(cx)?;
    let mut after = fields.schedule(id, seen);
    let mut payload = difference(&before, &after);
    payload["schedule"] = before.name.as_str().into();
    let entry = cx.entry("report_schedule.updated", subject(id), payload);
    after.version = cx.tx.update_report_schedule(&after, seen, &entry)?;
    cx.tell_concerned(&entry)?;
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
