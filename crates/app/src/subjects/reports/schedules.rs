//! What was sent by an arrangement: see [`fabu_domain::subjects::registers::report_schedule`].

use crate::{AppError, Rx};
use fabu_domain::{
    ids::ScheduleId,
    subject::operation::Operation,
    subjects::registers::{Register, report_schedule::ReportSchedule},
};
use fabu_store::{Reader, Sending};

pub(super) fn find(tx: &mut Reader<'_>, id: ScheduleId) -> Result<ReportSchedule, AppError> {
    tx.record(id)?.ok_or(AppError::NotFound { what: ReportSchedule::DECLARED.kind })
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
