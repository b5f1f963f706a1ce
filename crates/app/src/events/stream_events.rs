use crate::{AppError, Rx};
use fabu_domain::{
    ids::ReleaseId,
    policy_registers::{Operation, permit},
    visibility::{Scope, may_read, scope_of},
};
use fabu_store::{LogFilter, LogRecord};
use std::collections::HashMap;

/// That something changed. No content: whoever is told reads it anew, with the checks of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The number of the entry.
    pub seq: i64,
    /// What happened: `release.stage_changed`.
    pub kind: String,
    /// To what: `releases/REL-2026-0007`.
    pub subject: String,
}

/// Registers outside releases, with the operation whose readers may know that something in them changed.
const REGISTERS: [(&str, Operation); 6] = [
    ("users", Operation::ListUsers),
    ("departments", Operation::ListDepartments),
    ("customers", Operation::ListCustomers),
    ("service-objects", Operation::ListServiceObjects),
    ("deputies", Operation::ListDeputies),
    ("changes", Operation::ListChanges),
];

/// What the caller may be told of these entries: changes of releases and of registers that the caller may read. Who signed
/// in, and what was refused to whom, is nobody's hint.
///
/// # Errors
/// Not permitted, the session has ended.
pub fn stream_events(rx: &mut Rx<'_, '_>, records: &[LogRecord]) -> Result<Vec<Hint>, AppError> {
    rx.permit(Operation::StreamEvents)?;
    let everything = scope_of(&rx.directory, rx.caller.user_id) == Scope::All;
    let mut known: HashMap<ReleaseId, bool> = HashMap::new();
    let mut hints = Vec::new();
    for LogRecord { seq, entry, .. } in records {
        let Some(seq) = *seq else { continue };
        let told = match entry.release_id {
            _ if entry.kind.starts_with("attempt.") || entry.kind.starts_with("session.") => false,
            Some(_) if everything => true,
            Some(id) => match known.get(&id) {
                Some(told) => *told,
                None => {
                    let told = rx.tx.dossier(id)?.is_some_and(|it| may_read(&rx.directory, rx.caller.user_id, &it));
                    known.insert(id, told);
                    told
                }
            },
            None => {
                let family = entry.subject.split('/').next().unwrap_or_default();
                let operation = REGISTERS.iter().find(|(name, _)| *name == family).map(|(_, operation)| *operation);
                operation.is_some_and(|operation| permit(&rx.directory, rx.caller.user_id, operation, None).is_ok())
            }
        };
        if told {
            hints.push(Hint { seq, kind: entry.kind.clone(), subject: entry.subject.clone() });
        }
    }
    Ok(hints)
}

/// The number of the last entry that may be told; 0 before the first.
///
/// # Errors
/// [`AppError`] of the database.
pub fn last_event(rx: &mut Rx<'_, '_>) -> Result<i64, AppError> {
    Ok(rx.tx.head()?.map_or(0, |head| head.seq))
}

/// Entries after `after`, in sequence, at most `limit`: for the one reader that serves all streams of a process.
///
/// # Errors
/// [`AppError`] of the database.
pub fn events_after(rx: &mut Rx<'_, '_>, after: i64, limit: usize) -> Result<Vec<LogRecord>, AppError> {
    Ok(rx.tx.log_after(Some(after), &LogFilter::default(), limit)?)
}
