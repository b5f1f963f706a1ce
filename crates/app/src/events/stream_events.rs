use crate::{AppError, Rx};
use fabu_domain::{
    ids::{ReleaseId, UserId},
    subject::operation::Operation,
    subjects::{
        policy::permit,
        visibility::{Scope, VisiblePerson},
    },
};
use fabu_store::{LogFilter, LogRecord};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};
use uuid::Uuid;

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

/// What the caller may be told of these entries: changes of releases and of registers that the caller may read now. Who
/// signed in, and what was refused to whom, is nobody's hint.
///
/// # Errors
/// Not permitted, the session has ended.
pub fn stream_events(rx: &mut Rx<'_, '_>, records: &[LogRecord]) -> Result<Vec<Hint>, AppError> {
    rx.permit(Operation::StreamEvents)?;
    let scope = rx.scope();
    let mut named: Option<BTreeSet<UserId>> = None;
    let mut known: HashMap<ReleaseId, bool> = HashMap::new();
    let mut hints = Vec::new();
    for LogRecord { seq, entry, .. } in records {
        let Some(seq) = *seq else { continue };
        let told = match entry.release_id {
            _ if entry.kind.starts_with("attempt.") || entry.kind.starts_with("session.") => false,
            Some(_) if scope.is_all() => true,
            Some(id) => match known.get(&id) {
                Some(told) => *told,
                None => {
                    let told = rx.tx.dossier(id)?.is_some_and(|dossier| scope.has_release(&dossier));
                    known.insert(id, told);
                    told
                }
            },
            None => {
                let (family, key) = entry.subject.split_once('/').unwrap_or_default();
                let operation = REGISTERS.iter().find(|(name, _)| *name == family).map(|(_, operation)| *operation);
                operation.is_some_and(|operation| permit(&rx.directory, rx.caller.user_id, operation, None).is_ok())
                    && (scope.is_all() || is_visible(rx, &scope, &mut named, family, key)?)
            }
        };
        if told {
            hints.push(Hint { seq, kind: entry.kind.clone(), subject: entry.subject.clone() });
        }
    }
    Ok(hints)
}

/// True when an outsider may know of this row of a register.
fn is_visible(
    rx: &mut Rx<'_, '_>,
    scope: &Scope,
    named: &mut Option<BTreeSet<UserId>>,
    family: &str,
    key: &str,
) -> Result<bool, AppError> {
    let directory = Arc::clone(&rx.directory);
    let reader = rx.caller.user_id;
    let Ok(id) = key.parse::<Uuid>() else { return Ok(false) };
    Ok(match family {
        "customers" => scope.has_customer(Some(id.into())),
        "service-objects" => scope.has_service_object(&directory, id.into()),
        "departments" => scope.departments(&directory).contains(&id.into()),
        "deputies" => directory.deputies.iter().any(|deputy| deputy.id == id.into() && scope.has_deputy(reader, deputy)),
        "changes" => rx.tx.change(id.into())?.is_some_and(|change| scope.change(&directory, change).is_some()),
        "users" => {
            let named = match named {
                Some(named) => named,
                None => named.insert(rx.people_named()?),
            };
            directory.users.get(&id.into()).is_some_and(|user| VisiblePerson::of(scope, reader, named, user).is_some())
        }
        _ => false,
    })
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
