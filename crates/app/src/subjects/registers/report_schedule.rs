//! Whom an arrangement of reports may name, and when it may send.

use super::Checked;
use crate::{AppError, Cx, Fault, FieldError};
use fabu_domain::{
    ids::UserId,
    people::role::Role,
    subjects::{
        registers::report_schedule::{ReportSchedule, ReportScheduleStated},
        visibility::{Scope, scope_of},
    },
    time::clock::company_day,
};

impl Checked for ReportSchedule {
    fn check(cx: &mut Cx<'_, '_>, stated: &ReportScheduleStated, _: Option<&Self>) -> Result<Vec<FieldError>, AppError> {
        let mut errors = Vec::new();
        if stated.minute >= 24 * 60 {
            errors.push(FieldError::invalid("/minute", "0 至 1439", "0 to 1439"));
        }
        if !(1..=60).contains(&stated.working_day) {
            errors.push(FieldError::invalid("/working_day", "1 至 60", "1 to 60"));
        }
        if stated.roles.is_empty() && stated.users.is_empty() {
            errors.push(FieldError::new("/roles", Fault::FieldEmpty));
        }
        if stated.roles.contains(&Role::CustomerRepresentative) {
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
        errors.extend(stated.users.iter().enumerate().filter_map(unknown));
        Ok(errors)
    }
}
