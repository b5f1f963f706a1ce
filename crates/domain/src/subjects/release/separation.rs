//! Segregation of duties (R0): which roles one person must not combine in a release, whether by holding them or by having
//! done their work as somebody's deputy.

use crate::{
    blocks::{
        approval::{Approval, ApprovalKind, Capacity, Member},
        document::DocumentKind,
    },
    ids::UserId,
    people::role::Role,
    subject::refusal::Text,
    subjects::release::{Dossier, ExceptionKind, records::EntryKind},
};

/// The pairs of roles that one person must not hold, and the exception that lifts each. Nothing makes the customer's voice that
/// of whoever plans, tests or deploys (5.4d, 5.8b).
pub const SEPARATED: [(Role, Role, Option<ExceptionKind>); 8] = [
    (Role::ReleaseTester, Role::Implementer, Some(ExceptionKind::TesterIsImplementer)),
    (Role::ReleaseTester, Role::ReleaseOwner, Some(ExceptionKind::TesterIsOwner)),
    (Role::ReleaseOwner, Role::ReleaseAdministrator, Some(ExceptionKind::OwnerIsAdministrator)),
    (Role::ConfigurationAdministrator, Role::Implementer, Some(ExceptionKind::ConfigurationAdministratorIsImplementer)),
    (Role::CustomerRepresentative, Role::ReleaseOwner, None),
    (Role::CustomerRepresentative, Role::ReleaseAdministrator, None),
    (Role::CustomerRepresentative, Role::ReleaseTester, None),
    (Role::CustomerRepresentative, Role::Implementer, None),
];

/// True when the person has done work of this role in the release, by whatever hat. What leaves no trace of its own counts
/// through what it leads to: votes, documents, test runs, run sheet, configuration.
#[must_use]
pub fn has_acted(dossier: &Dossier, user: UserId, role: Role) -> bool {
    let wrote = |kind: DocumentKind| dossier.documents.get(&kind).is_some_and(|d| d.contributors.contains(&user));
    let has_held = |role: Role| dossier.team.iter().any(|a| a.role == role && a.user_id == user);
    match role {
        Role::ReleaseTester => dossier.test_runs.iter().any(|run| run.run_by == user) || wrote(DocumentKind::TestReport),
        Role::Implementer => has_implemented(dossier, user),
        Role::ReleaseOwner => {
            let signed =
                |a: &Approval| a.members.iter().any(|m| owner_seat(a, m) && m.vote.as_ref().is_some_and(|v| v.by == user));
            dossier.approvals.iter().any(signed)
                || dossier.release.accepted_risks.iter().any(|risk| risk.mark.by == user)
                || wrote(DocumentKind::FailureReview)
        }
        Role::ReleaseAdministrator => {
            let convened =
                |a: &Approval| matches!(a.kind, ApprovalKind::PlanReview | ApprovalKind::GoLiveApproval) && a.opened_by == user;
            [DocumentKind::ReleasePlan, DocumentKind::GoLivePlan, DocumentKind::ReleaseReport].into_iter().any(wrote)
                || dossier.release.test_report_received.as_ref().is_some_and(|mark| mark.by == user)
                || (dossier.approvals.iter().any(convened) && !has_held(Role::ReleaseOwner))
        }
        Role::ConfigurationAdministrator => {
            dossier.configuration.iter().any(|change| change.decided_by.is_some_and(|(by, _)| by == user))
        }
        Role::CustomerRepresentative => {
            let spoke = |m: &Member| m.capacity == Capacity::Role(role) && m.vote.as_ref().is_some_and(|vote| vote.by == user);
            dossier.approvals.iter().any(|a| a.members.iter().any(spoke))
        }
        _ => false,
    }
}

fn owner_seat(approval: &Approval, member: &Member) -> bool {
    member.capacity == Capacity::Role(Role::ReleaseOwner)
        || matches!(approval.kind, ApprovalKind::PlanApproval | ApprovalKind::ReportApproval)
}

/// True when the person started the deployment, or carried out or entered one of its steps (5.8).
#[must_use]
pub fn has_implemented(dossier: &Dossier, user: UserId) -> bool {
    let administered = dossier.team.iter().any(|a| a.role == Role::ReleaseAdministrator && a.user_id == user);
    let is_step = |kind: EntryKind| matches!(kind, EntryKind::Step | EntryKind::RollbackStep);
    dossier.release.deployment.as_ref().is_some_and(|d| d.started.by == user)
        || dossier
            .run_sheet
            .iter()
            .any(|e| is_step(e.kind) && (e.performed_by == user || (e.recorded_by == user && !administered)))
}

/// True when the person holds the role now or has done its work.
#[must_use]
pub fn works_as(dossier: &Dossier, user: UserId, role: Role) -> bool {
    dossier.holder(role) == Some(user) || has_acted(dossier, user, role)
}

/// The roles that keep a person from working in `role`: held or worked in, separated from it, and not lifted by an exception.
#[must_use]
pub fn conflicts(dossier: &Dossier, user: UserId, role: Role) -> Vec<Text> {
    let other = |(a, b, exception): &(Role, Role, Option<ExceptionKind>)| {
        let other = if *a == role { *b } else { *a };
        let concerned = (*a == role || *b == role) && !exception.is_some_and(|kind| dossier.has_exception(kind));
        (concerned && works_as(dossier, user, other)).then(|| other.into())
    };
    let mut all: Vec<Text> = SEPARATED.iter().filter_map(other).collect();
    let is_author = || dossier.documents.get(&DocumentKind::ReleasePlan).is_some_and(|d| d.contributors.contains(&user));
    if role == Role::ReleaseTester && !dossier.has_exception(ExceptionKind::TesterIsPlanAuthor) && is_author() {
        all.push(plan_author());
    }
    all
}

/// The author of the release plan, for a sentence.
#[must_use]
pub fn plan_author() -> Text {
    Text::new("方案编写人", "author of the plan")
}
