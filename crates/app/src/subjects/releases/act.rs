//! The way of every command: lock, load, check what the caller saw, decide, save with the events, enqueue.

use super::{
    attachments::require_attachments,
    context::{ReleaseContext, find},
};
use crate::{
    AppError, Cx,
    deliveries::enqueue_dispatch,
    subjects::releases::{context::lock, entries::entries},
};
use fabu_domain::{
    blocks::document::DocumentKind,
    ids::{ApprovalId, AttachmentId, ReleaseId, TaskId},
    subject::log::LogEntry,
    subjects::release::{
        Dossier,
        command::Command,
        decide::{Outcome, decide},
    },
};
use std::sync::Arc;

/// What the caller saw, by version: it must still be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// The release.
    Release(i64),
    /// A document of it (0: none yet).
    Document(DocumentKind, i64),
    /// An approval.
    Approval(ApprovalId, i64),
    /// A task.
    Task(TaskId, i64),
    /// Nothing: the command only adds.
    Nothing,
}

impl Seen {
    /// What was asked for.
    const fn what(self) -> &'static str {
        match self {
            Self::Approval(..) => "approval",
            Self::Task(..) => "task",
            Self::Release(_) | Self::Document(..) | Self::Nothing => "release",
        }
    }

    fn check(self, cx: &Cx<'_, '_>, dossier: &Dossier) -> Result<(), AppError> {
        match self {
            Self::Release(seen) => cx.fresh(seen, dossier.release.version),
            Self::Document(kind, seen) => cx.fresh(seen, dossier.documents.get(&kind).map_or(0, |d| d.version())),
            Self::Approval(id, seen) => {
                let current = dossier.approval(id).ok_or(AppError::NotFound { what: "approval" })?.version();
                cx.fresh(seen, current)
            }
            Self::Task(id, seen) => {
                let current = dossier.task(id).ok_or(AppError::NotFound { what: "task" })?.version();
                cx.fresh(seen, current)
            }
            Self::Nothing => Ok(()),
        }
    }
}

/// Gives a command to the release with this number.
///
/// # Errors
/// Not found, stale, refused with every reason.
pub fn act_on_release(cx: &mut Cx<'_, '_>, number: &str, seen: Seen, command: &Command) -> Result<ReleaseContext, AppError> {
    let id = find(cx.tx, number)?;
    take_step(cx, id, seen, command)
}

/// One command, whole.
pub(crate) fn take_step(cx: &mut Cx<'_, '_>, id: ReleaseId, seen: Seen, command: &Command) -> Result<ReleaseContext, AppError> {
    Ok(take_logged_step(cx, id, seen, command)?.0)
}

/// One command, whole, with the entries that it left in the log.
pub(super) fn take_logged_step(
    cx: &mut Cx<'_, '_>,
    id: ReleaseId,
    seen: Seen,
    command: &Command,
) -> Result<(ReleaseContext, Vec<LogEntry>), AppError> {
    let before = lock(cx, id, seen.what())?;
    seen.check(cx, &before)?;
    require_attachments(cx, id, attachments_of(command))?;
    let context = ReleaseContext::for_command(cx.tx, before, Arc::clone(&cx.directory), cx.now, Some(command))?;
    let outcome = decide(&context.facts(), &cx.as_actor(), command)?;
    let entries = save(cx, &context.dossier, &outcome)?;
    let after = Arc::new(outcome.dossier);
    // A command may take the release out of the caller's own sight: the answer then still shows it.
    let seen = cx.scope().release(Arc::clone(&after)).unwrap_or(after);
    Ok((ReleaseContext::new(cx.tx, seen, context.directory, cx.now)?, entries))
}

/// The files that a command names.
fn attachments_of(command: &Command) -> &[AttachmentId] {
    match command {
        Command::RecordTestRun { run } => &run.attachments,
        Command::CompleteTask { attachments, .. } => attachments,
        Command::RecordStep { report, .. } | Command::RecordRollback { report, .. } => &report.attachments,
        _ => &[],
    }
}

fn save(cx: &mut Cx<'_, '_>, before: &Dossier, outcome: &Outcome) -> Result<Vec<LogEntry>, AppError> {
    let entries = entries(cx, outcome);
    cx.tx.save_release(before, &outcome.dossier, &entries)?;
    enqueue_dispatch(cx, &entries)?;
    super::items::write_confirmed(cx, outcome)?;
    super::items::reopen_changes(cx, outcome)?;
    super::watch::look_after_change(cx, before, &outcome.dossier)?;
    super::flags::clear_settled(cx, &outcome.dossier)?;
    Ok(entries)
}
