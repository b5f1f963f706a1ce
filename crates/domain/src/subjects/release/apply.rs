//! How an event changes a dossier. No rule is decided here: what happened, happened.

use crate::{
    blocks::{approval::Approval, document::Document, task::Task},
    ids,
    subjects::{event::ReleaseEvent, release::Dossier},
};
use std::collections::BTreeSet;

fn replace<T>(list: &mut Vec<T>, item: T, same: impl Fn(&T) -> bool) {
    match list.iter_mut().find(|x| same(x)) {
        Some(old) => *old = item,
        None => list.push(item),
    }
}

/// Brings the approvals and tasks of a subject to the state after `event`; other events leave them as they are.
pub(crate) fn apply_to_parts(approvals: &mut Vec<Approval>, tasks: &mut Vec<Task>, event: &ReleaseEvent) {
    use ReleaseEvent as E;
    fn find(id: ids::ApprovalId, approvals: &mut [Approval]) -> Option<&mut Approval> {
        approvals.iter_mut().find(|approval| approval.id == id)
    }
    match event {
        E::ApprovalOpened(approval) => approvals.push(approval.clone()),
        E::VoteCast { approval_id, member, vote } => {
            if let Some(approval) = find(*approval_id, approvals)
                && let Some(member) = approval.members.iter_mut().find(|m| m.user_id == *member)
            {
                member.vote = Some(vote.clone());
            }
        }
        E::MemberAdded { approval_id, member, .. } => {
            if let Some(approval) = find(*approval_id, approvals) {
                approval.members.push(member.clone());
            }
        }
        E::MemberReplaced { approval_id, member, successor, .. } => {
            if let Some(approval) = find(*approval_id, approvals) {
                approval.replace_member(*member, *successor);
            }
        }
        E::RemarkAdded { approval_id, remark } => {
            if let Some(approval) = find(*approval_id, approvals) {
                approval.remarks.push(remark.clone());
            }
        }
        E::ApprovalDecided { approval_id, state, at, reason } => {
            if let Some(approval) = find(*approval_id, approvals) {
                approval.state = *state;
                approval.decided_at = Some(*at);
                approval.void_reason.clone_from(reason);
            }
        }
        E::Task { task, .. } => {
            let before = tasks.iter().find(|t| t.id == task.id);
            let changes = before.map_or(0, |task| task.changes + 1);
            replace(tasks, Task { changes, ..task.clone() }, |t| t.id == task.id);
        }
        _ => {}
    }
}

impl Dossier {
    /// Brings the dossier to the state after `event`.
    pub fn apply(&mut self, event: &ReleaseEvent) {
        use ReleaseEvent as E;
        match event {
            E::Created(dossier) => *self = (**dossier).clone(),
            E::RoleAssigned(assignment) => {
                self.vacate(assignment.role, assignment.since);
                self.team.push(assignment.clone());
            }
            E::RoleVacated { role, at } => self.vacate(*role, *at),
            E::ExceptionGranted(exception) => self.release.exceptions.push(exception.clone()),
            E::RiskAccepted(risk) => self.release.accepted_risks.push(risk.clone()),
            E::ConflictAccepted(accepted) => self.release.accepted_conflicts.push(accepted.clone()),
            E::FreezeExcepted(exception) => self.release.freeze_exceptions.push(exception.clone()),
            E::ChangeAdded(change) => self.changes.push(change.clone()),
            E::ServiceObjectsAdded { service_objects } => self.release.service_objects.extend(service_objects),
            E::ChangeRemoved { change_id, .. } => self.changes.retain(|c| c.id != *change_id),
            E::GroupingConfirmed(mark) => self.release.grouping = Some(mark.clone()),
            E::StageChanged { to, .. } => self.release.stage = *to,
            E::WindowSet(window) => self.release.window = Some(*window),
            E::Suspended(mark) => self.release.suspension = Some(mark.clone()),
            E::Resumed(_) => self.release.suspension = None,
            E::Cancelled(mark) => self.release.cancelled = Some(mark.clone()),
            E::TestRoundRaised { round } => {
                self.release.test_round = *round;
                self.release.test_report_received = None;
            }
            E::TestReportReceived(mark) => self.release.test_report_received = Some(mark.clone()),
            E::DraftSaved { document, number, draft } => self.document_mut(*document, number).save(draft),
            E::DocumentSubmitted { document, number, revision } => self.document_mut(*document, number).freeze(revision),
            E::ApprovalOpened(_)
            | E::VoteCast { .. }
            | E::MemberAdded { .. }
            | E::MemberReplaced { .. }
            | E::RemarkAdded { .. }
            | E::ApprovalDecided { .. }
            | E::Task { .. } => apply_to_parts(&mut self.approvals, &mut self.tasks, event),
            E::UnitRegistered(unit) => replace(&mut self.units, unit.clone(), |u| u.id == unit.id),
            E::UnitWithdrawn { unit_id, .. } => {
                self.units.iter_mut().filter(|u| u.id == *unit_id).for_each(|u| u.withdrawn = true)
            }
            E::TestCaseAdded(case) => self.test_cases.push(case.clone()),
            E::TestRunRecorded(run) => self.test_runs.push(run.clone()),
            E::Configuration { change, .. } => replace(&mut self.configuration, change.clone(), |c| c.id == change.id),
            E::DeploymentStarted(deployment) => self.release.deployment = Some(deployment.clone()),
            E::EntryRecorded(entry) => self.run_sheet.push(entry.clone()),
            E::PhaseCompleted { phase } => {
                if let Some(deployment) = &mut self.release.deployment {
                    deployment.completed_phases.push(phase.clone());
                }
            }
            E::RollbackStarted(mark) => {
                if let Some(deployment) = &mut self.release.deployment {
                    deployment.rollback = Some(mark.clone());
                }
            }
            E::VerdictRecorded(record) => self.release.verdict = Some(record.clone()),
            E::ArchiveExcused { record, mark } => {
                self.release.archive_excuses.insert(record.clone(), mark.clone());
            }
            E::Closed(mark) => self.release.closed = Some(mark.clone()),
            E::Reopened(_) => self.release.closed = None,
            E::Completed { at } => self.release.completed_at = Some(*at),
            E::Commented { .. } | E::FileAttached { .. } | E::AddendumAdded { .. } => {}
        }
    }

    fn vacate(&mut self, role: crate::people::role::Role, at: chrono::DateTime<chrono::Utc>) {
        self.team.iter_mut().filter(|a| a.role == role && a.until.is_none()).for_each(|a| a.until = Some(at));
    }

    fn document_mut(&mut self, kind: crate::blocks::document::DocumentKind, number: &str) -> &mut Document {
        self.documents.entry(kind).or_insert_with(|| Document {
            kind,
            number: number.to_owned(),
            draft: None,
            saves: 0,
            contributors: BTreeSet::new(),
            revisions: Vec::new(),
        })
    }
}
