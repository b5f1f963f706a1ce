//! Gates of planning and review (§5.1–§5.3, R0, 9.1).

use super::require;
use crate::{
    blocks::{approval::ApprovalState, document::DocumentKind, task::TaskKind},
    people::role::Role,
    subject::refusal::{Code, Party, Text, Unmet},
    subjects::{
        change::{ChangeKind, ChangeState},
        release::{
            ExceptionKind,
            facts::Facts,
            procedure::document_rule,
            separation::{SEPARATED, plan_author, works_as},
        },
    },
};

pub(super) fn submitted(facts: &Facts<'_>, kind: DocumentKind) -> Vec<Unmet> {
    let author = facts.party(document_rule(kind).author);
    let unmet = |code| {
        Unmet::new(code)
            .of_clause(document_rule(kind).clause)
            .with_text("document", kind)
            .by([author])
            .at(format!("documents/{kind}"))
    };
    let document = facts.dossier.documents.get(&kind);
    let Some(revision) = document.and_then(|d| d.latest()) else { return vec![unmet(Code::DocumentNotSubmitted)] };
    let mut all = require(!document.is_some_and(|d| d.has_unsubmitted_changes()), unmet(Code::DocumentDraftNewer));
    let returned = |a: &&crate::blocks::approval::Approval| {
        a.state == ApprovalState::Returned
            && a.subject.document == kind
            && a.subject.phase.is_none()
            && a.subject.revision == revision.revision
    };
    // A plan that was carried out is not rewritten: its review is convened again on the same revision (D18).
    if !facts.dossier.is_retrospective() && facts.dossier.approvals.iter().any(|a| returned(&a)) {
        all.push(unmet(Code::DocumentReturned).with("revision", revision.revision));
    }
    all
}

pub(super) fn team_complete(facts: &Facts<'_>) -> Vec<Unmet> {
    let administrator = facts.party(Role::ReleaseAdministrator);
    Role::TEAM
        .iter()
        .filter_map(|role| match facts.holder(*role) {
            None => Some(Unmet::new(Code::RoleMissing).with_text("role", *role)),
            Some(user) if !facts.directory.holds(user, *role) => {
                Some(Unmet::new(Code::RoleNotGranted).with_text("name", facts.names([user])).with_text("role", *role))
            }
            Some(_) => None,
        })
        .map(|unmet| unmet.by([administrator]).at("team"))
        .collect()
}

/// The short route is for emergencies: by their changes, or by a recorded exception of the general manager (D11).
pub(super) fn emergency_founded(facts: &Facts<'_>) -> Vec<Unmet> {
    if !facts.dossier.is_emergency() || facts.dossier.has_exception(ExceptionKind::EmergencyRoute) {
        return Vec::new();
    }
    let by = [Party::Role(Role::GeneralManager)];
    let normal = facts.dossier.changes.iter().filter(|c| c.kind != ChangeKind::Emergency);
    normal.map(|c| Unmet::new(Code::EmergencyUnfounded).with("number", &c.number).by(by).at("changes")).collect()
}

pub(super) fn duties_separated(facts: &Facts<'_>) -> Vec<Unmet> {
    let clear = [facts.party(Role::ReleaseAdministrator), Party::Role(Role::GeneralManager)];
    let unmet = |code, roles: Text, user| {
        Unmet::new(code).with_text("roles", roles).with_text("name", facts.names([user])).by(clear).at("team")
    };
    // A pair of holders is named once, by the first of the two; work done in the other role counts for either.
    let pair = |(a, b, exception): &(Role, Role, Option<ExceptionKind>)| {
        let lifted = exception.is_some_and(|kind| facts.dossier.has_exception(kind));
        let code = if exception.is_some() { Code::DutiesNotSeparated } else { Code::CustomerNotSeparated };
        let holds = |role: Role, other: Role| {
            let user = facts.holder(role).filter(|user| !lifted && works_as(facts.dossier, *user, other))?;
            Some(unmet(code, Text::list(&[(*a).into(), (*b).into()]), user))
        };
        let first = holds(*a, *b);
        let second = holds(*b, *a).filter(|second| first.as_ref() != Some(second));
        first.into_iter().chain(second)
    };
    let mut all: Vec<Unmet> = SEPARATED.iter().flat_map(pair).collect();
    let authors = facts.dossier.documents.get(&DocumentKind::ReleasePlan).map(|d| &d.contributors);
    if let Some(tester) = facts.holder(Role::ReleaseTester)
        && authors.is_some_and(|a| a.contains(&tester))
        && !facts.dossier.has_exception(ExceptionKind::TesterIsPlanAuthor)
    {
        all.push(unmet(Code::DutiesNotSeparated, Text::list(&[Role::ReleaseTester.into(), plan_author()]), tester));
    }
    all
}

pub(super) fn changes_approved(facts: &Facts<'_>) -> Vec<Unmet> {
    let by = [Party::Role(Role::ChangeManager)];
    if facts.dossier.changes.is_empty() {
        return vec![Unmet::new(Code::ChangeNone).by(by).at("changes")];
    }
    facts
        .dossier
        .changes
        .iter()
        .filter(|c| c.state != ChangeState::Approved)
        .map(|c| Unmet::new(Code::ChangeNotApproved).with("number", &c.number).with_text("state", c.state).by(by).at("changes"))
        .collect()
}

pub(super) fn grouping_confirmed(facts: &Facts<'_>) -> Vec<Unmet> {
    let confirmed = facts.dossier.changes.len() < 2 || facts.dossier.release.grouping.is_some();
    require(confirmed, Unmet::new(Code::GroupingUnconfirmed).by([Party::Role(Role::ChangeManager)]).at("changes"))
}

pub(super) fn opinions_asked(facts: &Facts<'_>) -> Vec<Unmet> {
    let none_concerned = facts.directory.involved_departments(&facts.dossier.release.service_objects).is_empty();
    let asked = facts.dossier.tasks.iter().any(|t| t.kind == TaskKind::OpinionRequest);
    require(asked || none_concerned, Unmet::new(Code::OpinionNone).by([facts.party(Role::ReleaseAdministrator)]).at("tasks"))
}

pub(super) fn departments_have_reviewers(facts: &Facts<'_>) -> Vec<Unmet> {
    let concerned = facts.directory.involved_departments(&facts.dossier.release.service_objects);
    if concerned.is_empty() {
        let registrars = [Role::SystemAdministrator, Role::ProcessOwner].map(Party::Role);
        return vec![Unmet::new(Code::DepartmentNone).by(registrars).at("service-objects")];
    }
    concerned
        .into_iter()
        .filter(|id| facts.directory.reviewer_of(*id).is_none())
        .map(|id| {
            let name = facts.directory.departments.get(&id).map_or_else(|| id.to_string(), |d| d.name.to_string());
            Unmet::new(Code::DepartmentNoReviewer).with("department", name).by([Party::Role(Role::SystemAdministrator)])
        })
        .collect()
}
