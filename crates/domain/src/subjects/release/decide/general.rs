//! The release as a whole: roles, exceptions, suspension, cancellation, archive, closure, comments (R0, RO2, §5.10).

use super::{approvals, script::Script};
use crate::{
    blocks::{
        approval::{Approval, ApprovalKind, ApprovalState, Capacity, Member},
        document::DocumentKind,
    },
    ids::UserId,
    people::role::Role,
    subject::refusal::{Code, Party, Refusal, Text, Unmet},
    subjects::{
        event::ReleaseEvent,
        release::{
            Assignment, Exception, ExceptionKind,
            archive::{self, ArchiveRecord, Presence},
            command::NewFile,
            decide::{consequences::void, who::unfit_holder},
            gate::Gate,
            stage::{Exit, Verdict},
        },
    },
};

pub(super) fn assign_role(script: &mut Script<'_>, role: Role, user_id: UserId, reason: &str) -> Result<(), Refusal> {
    Refusal::unless_empty(unfit_holder(&script.facts(), role, user_id))?;
    let facts = script.facts();
    if facts.holder(role) == Some(user_id) {
        let name = facts.names([user_id]);
        return Err(Refusal::one(Unmet::new(Code::AlreadyHolder).with_text("name", name).with_text("role", role)));
    }
    let controls = [Role::ReleaseOwner, Role::ReleaseTester, Role::CustomerRepresentative, Role::ConfigurationAdministrator];
    let was_held = facts.dossier.team.iter().any(|a| a.role == role);
    if user_id == script.actor.user_id && controls.contains(&role) && was_held {
        let name = facts.names([user_id]);
        return Err(Refusal::one(Unmet::new(Code::SelfAppointed).with_text("name", name).with_text("role", role)));
    }
    if facts.dossier.release.exceptions.iter().any(|exception| exception.mark.by == user_id) {
        return Err(Refusal::one(Unmet::new(Code::ExceptionGrantor).with_text("name", facts.names([user_id]))));
    }
    let before = Gate::DutiesSeparated.unmet(&facts);
    let assignment = Assignment {
        role,
        user_id,
        since: script.now(),
        until: None,
        assigned_by: script.actor.user_id,
        reason: reason.to_owned(),
    };
    script.emit(ReleaseEvent::RoleAssigned(assignment));
    let after = Gate::DutiesSeparated.unmet(&script.facts());
    Refusal::unless_empty(after.into_iter().filter(|unmet| !before.contains(unmet)).collect())?;
    ask_successor(script, role, user_id, reason);
    Ok(())
}

/// A panel that waits for the former holder of a role asks the new one instead; the votes of the others stay.
fn ask_successor(script: &mut Script<'_>, role: Role, user_id: UserId, reason: &str) {
    let waits = |m: &Member| m.capacity == Capacity::Role(role) && m.vote.is_none() && m.user_id != user_id;
    let seats: Vec<(Approval, UserId)> = script
        .dossier
        .approvals
        .iter()
        .filter(|a| a.is_open())
        .flat_map(|a| a.members.iter().filter(|m| waits(m)).map(|m| (a.clone(), m.user_id)))
        .collect();
    for (approval, former) in seats {
        super::members::take_seat(script, &approval, former, user_id, reason);
    }
}

pub(super) fn grant_exception(script: &mut Script<'_>, kind: ExceptionKind, reason: &str) -> Result<(), Refusal> {
    let facts = script.facts();
    let actor = script.actor.user_id;
    if facts.is_controlled(actor) {
        return Err(Refusal::one(Unmet::new(Code::ExceptionOwn).with_text("name", facts.names([actor]))));
    }
    let exception = Exception { kind, mark: script.stamp(reason) };
    script.emit(ReleaseEvent::ExceptionGranted(exception));
    Ok(())
}

pub(super) fn excuse_archive_record(script: &mut Script<'_>, record: &str, reason: &str) -> Result<(), Refusal> {
    if let Some(owed) = record.parse::<ArchiveRecord>().ok().filter(|r| script.dossier.is_emergency() && r.made_up()) {
        return Err(Refusal::one(Unmet::new(Code::ArchiveOwed).with_text("record", owed.text())));
    }
    let missing = archive::records(&script.dossier).into_iter().any(|(r, p)| r.as_str() == record && p == Presence::Missing);
    if !missing {
        return Err(Refusal::one(
            Unmet::new(Code::ArchiveNotMissing)
                .with_text("record", record.parse::<ArchiveRecord>().map_or_else(|_| Text::same(record), Text::from)),
        ));
    }
    let facts = script.facts();
    let success = facts.dossier.release.verdict.as_ref().is_none_or(|v| v.verdict == Verdict::Successful);
    let above = [Role::GeneralManager, Role::ProcessOwner];
    let decides = above.into_iter().any(|role| facts.directory.holds(script.actor.user_id, role))
        && !facts.is_controlled(script.actor.user_id);
    if record == ArchiveRecord::Confirmation.as_str()
        && !crate::subjects::release::gate::objections(&facts).is_empty()
        && (success || !decides)
    {
        return Err(Refusal::one(Unmet::new(Code::ObjectionAbove).by(above.map(Party::Role))));
    }
    let mark = script.stamp(reason);
    script.emit(ReleaseEvent::ArchiveExcused { record: record.to_owned(), mark });
    Ok(())
}

pub(super) fn close(script: &mut Script<'_>, note: &str) -> Result<(), Refusal> {
    let mark = script.stamp(note);
    script.emit(ReleaseEvent::Closed(mark));
    script.leave(Exit::Closed, "");
    // A report that was submitted before the release was reopened is asked about again.
    if script.dossier.latest_approval(ApprovalKind::ReportApproval).is_some_and(|a| a.state == ApprovalState::Void) {
        approvals::ask_owner(script, ApprovalKind::ReportApproval, DocumentKind::ReleaseReport);
    }
    Ok(())
}

pub(super) fn reopen(script: &mut Script<'_>, reason: &str) -> Result<(), Refusal> {
    void(script, &[ApprovalKind::ReportApproval], reason);
    let mark = script.stamp(reason);
    script.emit(ReleaseEvent::Reopened(mark));
    script.leave(Exit::Reopened, reason);
    Ok(())
}

pub(super) fn suspend(script: &mut Script<'_>, reason: &str) -> Result<(), Refusal> {
    let mark = script.stamp(reason);
    script.emit(ReleaseEvent::Suspended(mark));
    Ok(())
}

pub(super) fn resume(script: &mut Script<'_>, reason: &str) -> Result<(), Refusal> {
    let mark = script.stamp(reason);
    script.emit(ReleaseEvent::Resumed(mark));
    Ok(())
}

pub(super) fn cancel(script: &mut Script<'_>, reason: &str) -> Result<(), Refusal> {
    void(script, ApprovalKind::ALL, reason);
    script.cancel_tasks(|_| true);
    let mark = script.stamp(reason);
    script.emit(ReleaseEvent::Cancelled(mark));
    script.leave(Exit::Cancelled, reason);
    Ok(())
}

pub(super) fn attach_file(script: &mut Script<'_>, file: &NewFile) -> Result<(), Refusal> {
    let NewFile { id, file_name, size, sha256 } = file.clone();
    script.emit(ReleaseEvent::FileAttached { attachment_id: id, file_name, size, sha256 });
    Ok(())
}

pub(super) fn add_addendum(script: &mut Script<'_>, file: &NewFile, reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::one(Code::AddendumReason));
    }
    let NewFile { id, file_name, size, sha256 } = file.clone();
    let reason = reason.to_owned();
    script.emit(ReleaseEvent::AddendumAdded { attachment_id: id, file_name, size, sha256, reason });
    Ok(())
}

pub(super) fn comment(script: &mut Script<'_>, text: &str) -> Result<(), Refusal> {
    script.emit(ReleaseEvent::Commented { text: text.to_owned() });
    Ok(())
}
