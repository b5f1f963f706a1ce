//! Records of the company: found by what an approval, a task or an entry of the log names, and saved with what happened to them.

use crate::{AppError, Cx, deliveries::enqueue_dispatch};
use fabu_domain::{
    ids::ReportId,
    people::directory::Directory,
    subject::{CompanyRecord, Step, Subject, SubjectKind, log::LogEntry, operation::Operation, refusal::Unmet},
    subjects::{
        policy::permit,
        procedure_version::{ProcedureVersion, VersionLabel},
        quarterly_report::QuarterlyReport,
    },
    time::quarter::Quarter,
};
use fabu_store::{Reader, StoreError, Writer};
use std::sync::Arc;

/// A record of any kind.
pub(crate) type Record = Arc<dyn CompanyRecord>;

/// Something that can be done with a record, and what is in the way for the reader.
#[derive(Debug, Clone)]
pub struct RecordAction {
    /// The operation.
    pub operation: Operation,
    /// Everything in the way; empty means allowed.
    pub blocked_by: Vec<Unmet>,
}

/// The operation that whoever may know of such a thing is permitted.
pub(crate) const fn reading(kind: SubjectKind) -> Operation {
    match kind {
        SubjectKind::Release => Operation::ReadReleases,
        SubjectKind::QuarterlyReport => Operation::ViewQuarterlyReport,
        SubjectKind::ProcedureVersion => Operation::ViewProcedureVersion,
    }
}

/// The record that a subject is; none for a release.
pub(crate) fn find(tx: &mut Reader<'_>, subject: &Subject) -> Result<Option<Record>, AppError> {
    Ok(match subject.kind {
        SubjectKind::Release => None,
        SubjectKind::QuarterlyReport => tx.quarterly_report(ReportId(subject.id))?.map(|report| Arc::new(report) as Record),
        SubjectKind::ProcedureVersion => {
            tx.procedure_versions()?.into_iter().find(|version| version.id.0 == subject.id).map(|version| Arc::new(version) as _)
        }
    })
}

/// Every record with this address, oldest first.
pub(crate) fn at(tx: &mut Reader<'_>, address: &str) -> Result<Vec<Record>, AppError> {
    fn records<R: CompanyRecord + 'static>(found: impl IntoIterator<Item = R>) -> Vec<Record> {
        found.into_iter().map(|record| Arc::new(record) as Record).collect()
    }
    if let Some(quarter) = SubjectKind::QuarterlyReport.key_at::<Quarter>(address) {
        return Ok(records(tx.quarterly_reports_of(quarter)?));
    }
    let label = SubjectKind::ProcedureVersion.key_at::<VersionLabel>(address);
    Ok(match label {
        Some(label) => records(tx.procedure_versions()?.into_iter().filter(|version| version.label == label)),
        None => Vec::new(),
    })
}

/// Refuses a part of a record to whoever may not know of the record.
pub(crate) fn permit_part(cx: &mut Cx<'_, '_>, about: &Subject, what: &'static str) -> Result<(), AppError> {
    cx.permit(Operation::ActOnRelease)?;
    let may_read = permit(&cx.directory, cx.caller.user_id, reading(about.kind), None);
    may_read.map_err(|_| AppError::NotFound { what })?;
    cx.about(&about.address, None);
    Ok(())
}

/// A record that the store keeps.
pub(crate) trait Stored: CompanyRecord + Clone {
    /// Replaces the old record; its new version.
    fn replace(tx: &mut Writer<'_>, old: &Self, new: &mut Self, entries: &[LogEntry]) -> Result<(), StoreError>;
}

impl Stored for QuarterlyReport {
    fn replace(tx: &mut Writer<'_>, old: &Self, new: &mut Self, entries: &[LogEntry]) -> Result<(), StoreError> {
        new.version = tx.update_quarterly_report(old, new, entries)?;
        Ok(())
    }
}

impl Stored for ProcedureVersion {
    fn replace(tx: &mut Writer<'_>, old: &Self, new: &mut Self, entries: &[LogEntry]) -> Result<(), StoreError> {
        new.version = tx.update_procedure_version(old, new, entries)?;
        Ok(())
    }
}

/// A step on a record at this moment.
pub(crate) fn begin<'a, R: Stored>(cx: &Cx<'_, '_>, directory: &'a Directory, record: &R) -> Step<'a, R> {
    Step::new(directory, directory.procedures.at(cx.now), cx.now, cx.caller.user_id, record.clone())
}

/// The entries of a step: its own, if it has a name, then what happened to document, approvals and tasks.
pub(crate) fn entries<R: Stored>(cx: &Cx<'_, '_>, step: &Step<'_, R>, own: Option<LogEntry>) -> Vec<LogEntry> {
    let address = step.record.subject().address;
    let of_parts = step.events.iter().map(|event| {
        let (kind, payload) = event.to_log();
        cx.entry(&kind, &address, payload)
    });
    own.into_iter().chain(of_parts).map(|entry| LogEntry { on_behalf_of: step.on_behalf_of, ..entry }).collect()
}

/// Ends a step.
pub(crate) fn finish<R: Stored>(cx: &mut Cx<'_, '_>, old: &R, step: Step<'_, R>, own: Option<LogEntry>) -> Result<R, AppError> {
    let entries = entries(cx, &step, own);
    let mut record = step.record;
    R::replace(cx.tx, old, &mut record, &entries)?;
    enqueue_dispatch(cx, &entries)?;
    Ok(record)
}
