//! Who is asked: the panels that the administrator convenes (5.3a, 5.6a).

use super::{
    approvals::{Panel, open},
    configuration::FromPlan,
    retrospective::once,
    script::Script,
};
use crate::{
    blocks::{
        approval::{ApprovalKind, Capacity, Quorum},
        document::DocumentKind,
    },
    ids::{DepartmentId, UserId},
    people::role::Role,
    subject::refusal::{Code, Party, Refusal, Unmet},
    subjects::release::{
        ExceptionKind,
        archive::ArchiveRecord,
        command::{Convocation, Invitation},
        facts::Facts,
        panel::reviewer_for,
        stage::Exit,
    },
};
use std::collections::BTreeSet;

pub(super) fn convene_plan_review(script: &mut Script<'_>, convocation: &Convocation) -> Result<(), Refusal> {
    once(&script.dossier, ArchiveRecord::PlanReview, ApprovalKind::PlanReview)?;
    once(&script.dossier, ArchiveRecord::PlanReview, ApprovalKind::PlanApproval)?;
    let facts = script.facts();
    let mut members = convocation.members.clone();
    let mut unmet = add_departments(&facts, &mut members);
    unmet.extend(uncovered(&facts, &members));
    convene(script, convocation, ApprovalKind::PlanReview, DocumentKind::ReleasePlan, members, unmet, Exit::ReviewConvened)
}

/// Adds who reviews for each department concerned; nobody else speaks for a department, and the deputy head only when the
/// head cannot, or by an exception (5.3a, D19).
fn add_departments(facts: &Facts<'_>, members: &mut Vec<Invitation>) -> Vec<Unmet> {
    let department = |id: DepartmentId| facts.directory.departments.get(&id);
    let is_head = |id: DepartmentId, user: UserId| {
        department(id).is_some_and(|d| [d.head, d.deputy_head].contains(&Some(user)))
            && facts.directory.active_user(user).is_some()
    };
    let speaks_without_being_head = |m: &&Invitation| matches!(m.capacity, Capacity::Department(id) if !is_head(id, m.user_id));
    let mut unmet: Vec<Unmet> = members
        .iter()
        .filter(speaks_without_being_head)
        .map(|m| Unmet::new(Code::PanelMemberUnfit).with_text("name", facts.names([m.user_id])))
        .collect();
    let authors = facts.dossier.latest(DocumentKind::ReleasePlan).map(|r| r.contributors.clone()).unwrap_or_default();
    let lifted = facts.dossier.has_exception(ExceptionKind::DeputyHeadReviews);
    for id in facts.directory.involved_departments(&facts.dossier.release.service_objects) {
        let Some(concerned) = department(id).filter(|d| facts.directory.reviewer_of(d.id).is_some()) else {
            continue; // a department without head is notified by its gate
        };
        let Some(reviewer) = reviewer_for(facts, concerned, &authors) else {
            let clear = [Party::Role(Role::SystemAdministrator)];
            unmet.push(Unmet::new(Code::DepartmentMissing).with("department", &concerned.name).by(clear));
            continue;
        };
        let is_asked = |user: UserId| members.iter().any(|m| m.user_id == user);
        let substitute = members.iter().map(|m| m.user_id).find(|user| is_head(id, *user) && !authors.contains(user));
        match substitute {
            _ if is_asked(reviewer) => {
                // The head is asked for the department, however he was named.
                members.iter_mut().filter(|m| m.user_id == reviewer && m.capacity == Capacity::Stakeholder).for_each(|m| {
                    m.capacity = Capacity::Department(id);
                });
            }
            Some(_) if lifted || concerned.head != Some(reviewer) => {}
            Some(substitute) => {
                let head = facts.names([reviewer]);
                let unmet_head = Unmet::new(Code::DepartmentHeadReplaced).with_text("name", facts.names([substitute]));
                unmet.push(unmet_head.with("department", &concerned.name).with_text("head", head).by(ABOVE));
            }
            None => members.push(Invitation::of(reviewer, Capacity::Department(id))),
        }
    }
    unmet
}

/// Who grants what the procedure version does not foresee (D19).
const ABOVE: [Party; 2] = [Party::Role(Role::GeneralManager), Party::Role(Role::ProcessOwner)];

/// Every department reviews what the procedure version says, by default the whole plan, and together all of it is covered
/// (5.3a, D19).
fn uncovered(facts: &Facts<'_>, members: &[Invitation]) -> Vec<Unmet> {
    let Some(plan) = facts.dossier.latest(DocumentKind::ReleasePlan) else { return Vec::new() };
    if facts.dossier.has_exception(ExceptionKind::ReviewSectionsReduced) {
        return Vec::new();
    }
    let required: Vec<&String> = match facts.parameters.review_sections.as_slice() {
        [] => plan.sections.keys().collect(),
        some => plan.sections.keys().filter(|name| some.contains(name)).collect(),
    };
    let covers = |m: &Invitation, name: &String| m.sections.is_empty() || m.sections.contains(name);
    let heads = facts.directory.departments.values().flat_map(|d| [d.head, d.deputy_head]).flatten().collect::<BTreeSet<_>>();
    let speaks = |m: &&Invitation| matches!(m.capacity, Capacity::Department(_)) || heads.contains(&m.user_id);
    let mut all: Vec<Unmet> = members
        .iter()
        .filter(speaks)
        .filter(|m| !required.iter().all(|name| covers(m, name)))
        .map(|m| Unmet::new(Code::ReviewSectionsReduced).with_text("name", facts.names([m.user_id])).by(ABOVE))
        .collect();
    let covered = |name: &&String| members.iter().any(|m| covers(m, name));
    let left: Vec<&str> = plan.sections.keys().filter(|name| !covered(name)).map(String::as_str).collect();
    if !members.is_empty() && !left.is_empty() {
        all.push(Unmet::new(Code::ReviewSectionsUncovered).with("sections", left.join(", ")).by(ABOVE));
    }
    all
}

pub(super) fn convene_go_live(script: &mut Script<'_>, convocation: &Convocation) -> Result<(), Refusal> {
    let facts = script.facts();
    let is_member = |role| facts.holder(role).is_some_and(|id| convocation.members.iter().any(|m| m.user_id == id));
    let mut convocation = convocation.clone();
    let mut unmet = Vec::new();
    if let Some(owner) = facts.holder(Role::ReleaseOwner)
        && let Some(member) = convocation.members.iter_mut().find(|m| m.user_id == owner)
    {
        member.capacity = Capacity::Role(Role::ReleaseOwner); // whoever takes the role over is asked instead
        convocation.rule.must_include.extend(Some(owner).filter(|_| !convocation.rule.must_include.contains(&owner)));
        if !member.sections.is_empty() && !facts.dossier.has_exception(ExceptionKind::ReviewSectionsReduced) {
            unmet.push(
                Unmet::new(Code::ReviewSectionsReduced).of_clause("5.6a").with_text("name", facts.names([owner])).by(ABOVE),
            );
        }
    }
    let convocation = &convocation;
    if !is_member(Role::ReleaseOwner) {
        unmet.push(Unmet::new(Code::PanelOwnerMissing).by([facts.party(Role::ReleaseAdministrator)]));
    }
    if is_member(Role::ReleaseAdministrator) && convocation.members.len() == 1 {
        unmet.push(Code::PanelAdministratorOnly.into());
    }
    let document = facts.dossier.executed_document();
    let members = convocation.members.clone();
    let exit = if script.dossier.is_emergency() { Exit::EmergencyConvened } else { Exit::GoLiveConvened };
    convene(script, convocation, ApprovalKind::GoLiveApproval, document, members, unmet, exit)
}

fn convene(
    script: &mut Script<'_>,
    convocation: &Convocation,
    kind: ApprovalKind,
    document: DocumentKind,
    members: Vec<Invitation>,
    mut unmet: Vec<Unmet>,
    exit: Exit,
) -> Result<(), Refusal> {
    let Convocation { rule, place, due_at, .. } = convocation.clone();
    let panel = Panel { kind, document, phase: None, members, rule, place, due_at };
    unmet.extend(unfit_panel(script, &panel));
    Refusal::unless_empty(unmet)?;
    if kind == ApprovalKind::GoLiveApproval {
        // The panel looks at the list as the documents state it (3.3).
        super::configuration::plan_from_document(script, FromPlan::Known);
    }
    script.leave(exit, "");
    open(script, panel);
    Ok(())
}

fn unfit_panel(script: &Script<'_>, panel: &Panel) -> Vec<Unmet> {
    let facts = script.facts();
    let revision = facts.dossier.latest(panel.document);
    let mut all = Vec::new();
    if panel.members.is_empty() {
        all.push(Unmet::new(Code::PanelEmpty).of_clause(panel.kind.clause()));
    }
    for (n, member) in panel.members.iter().enumerate() {
        let twice = panel.members[..n].iter().any(|m| m.user_id == member.user_id);
        if twice || !facts.has_say(member.user_id) || !may_sit(&facts, member.user_id, member.capacity) {
            all.push(Unmet::new(Code::PanelMemberUnfit).with_text("name", facts.names([member.user_id])));
        }
        if revision.is_some_and(|r| r.contributors.contains(&member.user_id)) {
            all.push(Unmet::new(Code::Contributor).with_text("name", facts.names([member.user_id])));
        }
        let unknown = member.sections.iter().filter(|s| revision.is_none_or(|r| !r.sections.contains_key(*s)));
        all.extend(unknown.map(|s| Unmet::new(Code::PanelSection).with("section", s)));
    }
    let on_panel = |id: &UserId| panel.members.iter().any(|m| m.user_id == *id);
    let count = panel.rule.count.map_or(0, |n| n as usize);
    let reduced = panel.rule.quorum == Quorum::AtLeast && count < panel.members.len();
    let impossible = panel.rule.quorum == Quorum::AtLeast && (count == 0 || count > panel.members.len());
    if !panel.members.is_empty() && (impossible || !panel.rule.must_include.iter().all(on_panel)) {
        all.push(Code::PanelRule.into());
    } else if reduced && !facts.dossier.has_exception(ExceptionKind::ReviewQuorumReduced) {
        all.push(Unmet::new(Code::QuorumReduced).of_clause(panel.kind.clause()).by(ABOVE));
    }
    all
}

/// True when the person may sit on a panel in this capacity: a role is one that the person was granted.
fn may_sit(facts: &Facts<'_>, user: UserId, capacity: Capacity) -> bool {
    match capacity {
        Capacity::Role(Role::CustomerRepresentative) => facts.represents_customer(user),
        Capacity::Role(role) => facts.directory.holds(user, role),
        Capacity::Department(_) | Capacity::Stakeholder => true,
    }
}
