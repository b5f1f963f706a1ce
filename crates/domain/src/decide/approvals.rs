//! Panels: who is asked, how votes are taken, what follows from the outcome (§5.3, §5.6, principles 1–5).

use super::{
    planning::represents,
    script::{Script, TaskDraft},
    who::contributors_of,
};
use crate::{
    approval::{Approval, ApprovalKind, ApprovalState, Capacity, Decision, Member, Quorum, Remark, Rule, Subject, Vote, outcome},
    command::{Ballot, Convocation, Invitation},
    documents::DocumentKind,
    event::ReleaseEvent,
    facts::Facts,
    gate::approval_text,
    ids::{ApprovalId, DepartmentId, UserId},
    refusal::{Code, Party, Refusal, Unmet},
    role::Role,
    stage::Stage,
    task::{Blocks, TaskKind},
};
use chrono::{DateTime, TimeDelta, Utc};

/// A panel to be opened.
pub(super) struct Panel {
    pub kind: ApprovalKind,
    pub document: DocumentKind,
    pub phase: Option<String>,
    pub members: Vec<Invitation>,
    pub rule: Rule,
    pub place: String,
    pub due_at: Option<DateTime<Utc>>,
}

fn invitation(user_id: UserId, capacity: Capacity) -> Invitation {
    Invitation { user_id, capacity, sections: Vec::new() }
}

pub(super) fn convene_plan_review(script: &mut Script<'_>, convocation: &Convocation) -> Result<(), Refusal> {
    let facts = script.facts();
    let mut members = convocation.members.clone();
    let unmet = add_departments(&facts, &mut members);
    convene(script, convocation, ApprovalKind::PlanReview, DocumentKind::ReleasePlan, members, unmet, Stage::PlanReview)
}

/// Adds the head of each department concerned, or the deputy head when the head has written in the plan; nobody else
/// speaks for a department (5.3a).
fn add_departments(facts: &Facts<'_>, members: &mut Vec<Invitation>) -> Vec<Unmet> {
    let heads = |id: DepartmentId| -> Vec<UserId> {
        let department = facts.directory.departments.get(&id);
        let heads = department.into_iter().flat_map(|d| [d.head, d.deputy_head]).flatten();
        heads.filter(|id| facts.directory.active_user(*id).is_some()).collect()
    };
    let speaks_without_being_head =
        |m: &&Invitation| matches!(m.capacity, Capacity::Department(id) if !heads(id).contains(&m.user_id));
    let mut unmet: Vec<Unmet> = members
        .iter()
        .filter(speaks_without_being_head)
        .map(|m| Unmet::new(Code::PanelMemberUnfit).with_text("name", facts.names([m.user_id])))
        .collect();
    let authors = facts.dossier.latest(DocumentKind::ReleasePlan).map(|r| r.contributors.clone()).unwrap_or_default();
    for department in facts.directory.involved_departments(&facts.dossier.release.service_objects) {
        let heads = heads(department);
        if heads.is_empty() || members.iter().any(|m| heads.contains(&m.user_id)) {
            continue; // a department without head is told by its gate
        }
        match heads.iter().find(|id| !authors.contains(id)) {
            Some(reviewer) => members.push(invitation(*reviewer, Capacity::Department(department))),
            None => {
                let name = facts.directory.departments.get(&department).map_or_else(String::new, |d| d.name.to_string());
                let clear = [Party::Role(Role::SystemAdministrator)];
                unmet.push(Unmet::new(Code::DepartmentMissing).with("department", name).by(clear));
            }
        }
    }
    unmet
}

pub(super) fn convene_go_live(script: &mut Script<'_>, convocation: &Convocation) -> Result<(), Refusal> {
    let facts = script.facts();
    let is_member = |role| facts.holder(role).is_some_and(|id| convocation.members.iter().any(|m| m.user_id == id));
    let mut convocation = convocation.clone();
    if let Some(owner) = facts.holder(Role::ReleaseOwner)
        && let Some(member) = convocation.members.iter_mut().find(|m| m.user_id == owner)
    {
        member.capacity = Capacity::Role(Role::ReleaseOwner); // whoever takes the role over is asked instead
        convocation.rule.must_include.extend(Some(owner).filter(|_| !convocation.rule.must_include.contains(&owner)));
    }
    let convocation = &convocation;
    let mut unmet = Vec::new();
    if !is_member(Role::ReleaseOwner) {
        unmet.push(Unmet::new(Code::PanelOwnerMissing).by([facts.party(Role::ReleaseAdministrator)]));
    }
    if is_member(Role::ReleaseAdministrator) && convocation.members.len() == 1 {
        unmet.push(Code::PanelAdministratorOnly.into());
    }
    let document = facts.dossier.executed_document();
    let members = convocation.members.clone();
    convene(script, convocation, ApprovalKind::GoLiveApproval, document, members, unmet, Stage::GoLiveApproval)
}

fn convene(
    script: &mut Script<'_>,
    convocation: &Convocation,
    kind: ApprovalKind,
    document: DocumentKind,
    members: Vec<Invitation>,
    mut unmet: Vec<Unmet>,
    stage: Stage,
) -> Result<(), Refusal> {
    let Convocation { rule, place, due_at, .. } = convocation.clone();
    let panel = Panel { kind, document, phase: None, members, rule, place, due_at };
    unmet.extend(unfit_panel(script, &panel));
    Refusal::unless_empty(unmet)?;
    script.go(stage, "");
    open(script, panel);
    Ok(())
}

/// Asks the owner of the release alone.
pub(super) fn ask_owner(script: &mut Script<'_>, kind: ApprovalKind, document: DocumentKind) {
    let owner = script.holder_or_actor(Role::ReleaseOwner);
    let members = vec![invitation(owner, Capacity::Role(Role::ReleaseOwner))];
    open(script, Panel { kind, document, phase: None, members, rule: Rule::default(), place: String::new(), due_at: None });
}

/// Asks the customer's representative to accept what was tested.
pub(super) fn ask_customer(script: &mut Script<'_>) {
    let representative = script.holder_or_actor(Role::CustomerRepresentative);
    let members = vec![invitation(representative, Capacity::Role(Role::CustomerRepresentative))];
    let (kind, document) = (ApprovalKind::CustomerAcceptance, DocumentKind::TestReport);
    open(script, Panel { kind, document, phase: None, members, rule: Rule::default(), place: String::new(), due_at: None });
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
        if twice || facts.directory.active_user(member.user_id).is_none() {
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
    let impossible = panel.rule.quorum == Quorum::AtLeast && (count == 0 || count > panel.members.len());
    if !panel.members.is_empty() && (impossible || !panel.rule.must_include.iter().all(on_panel)) {
        all.push(Code::PanelRule.into());
    }
    all
}

/// Opens a panel on the newest revision. Earlier agreement that covers only unchanged sections is taken over.
pub(super) fn open(script: &mut Script<'_>, panel: Panel) {
    let Some(revision) = script.dossier.latest(panel.document) else { return };
    let mut sections = revision.sections.clone();
    if panel.kind == ApprovalKind::GoLiveApproval {
        sections.extend(foundations(script, panel.document));
    }
    let subject = Subject {
        document: panel.document,
        revision: revision.revision,
        sha256: revision.sha256.clone(),
        sections,
        phase: panel.phase,
    };
    let earlier = script.dossier.approvals.iter().rev().find(|a| a.kind == panel.kind && a.subject.phase == subject.phase);
    let may_decide = |id: UserId| panel.kind == ApprovalKind::DeploymentConfirmation || !revision.contributors.contains(&id);
    let member = |i: Invitation| Member {
        vote: earlier
            .and_then(|a| a.carried_vote(i.user_id, &i.sections, &subject))
            .filter(|v| may_decide(v.by) && may_decide(i.user_id)),
        user_id: i.user_id,
        capacity: i.capacity,
        sections: i.sections,
    };
    let approval = Approval {
        id: ApprovalId::nth(script.dossier.release.id, script.dossier.approvals.len() + 1),
        kind: panel.kind,
        members: panel.members.into_iter().map(member).collect(),
        subject,
        rule: panel.rule,
        state: ApprovalState::Open,
        place: panel.place,
        opened_by: script.actor.user_id,
        opened_at: script.now(),
        due_at: panel.due_at.unwrap_or_else(|| script.in_working_days(script.parameters().escalation_working_days)),
        decided_at: None,
        void_reason: None,
        remarks: Vec::new(),
    };
    let id = approval.id;
    script.emit(ReleaseEvent::ApprovalOpened(approval));
    settle(script, id);
}

/// What a go-live approval rests on besides its own document: who agreed to all of it is asked again when one changes.
fn foundations(script: &Script<'_>, document: DocumentKind) -> Vec<(String, String)> {
    let others = [DocumentKind::ReleasePlan, DocumentKind::TestReport].into_iter().filter(|kind| *kind != document);
    others.filter_map(|kind| Some((kind.to_string(), script.dossier.latest(kind)?.sha256.clone()))).collect()
}

pub(super) fn cast_vote(script: &mut Script<'_>, approval_id: ApprovalId, ballot: &Ballot) -> Result<(), Refusal> {
    let Some(approval) = script.dossier.approval(approval_id).cloned() else { return Err(Refusal::one(Code::ApprovalUnknown)) };
    let member = script.principal();
    Refusal::unless_empty(unfit_ballot(script, &approval, ballot, member))?;
    let (by, at) = (script.actor.user_id, script.now());
    let newest = script.dossier.latest(approval.subject.document).map(|r| r.sha256.as_str());
    match approval.state {
        ApprovalState::Open if newest != Some(approval.subject.sha256.as_str()) => return Err(Refusal::one(Code::ApprovalStale)),
        ApprovalState::Void => return Err(Refusal::one(Code::ApprovalStale)),
        _ if repeats(&approval, member, by, ballot) => return Err(Refusal::one(Code::VoteRepeated)),
        ApprovalState::Open => {}
        ApprovalState::Passed | ApprovalState::Returned => {
            let text = format!("{}: {}", ballot.decision, ballot.comment);
            script.emit(ReleaseEvent::RemarkAdded { approval_id, remark: Remark { by, at, text } });
            return Ok(());
        }
    }
    let vote = Vote {
        decision: ballot.decision,
        comment: ballot.comment.clone(),
        conditions: ballot.conditions.clone(),
        by,
        at,
        reauthenticated: approval.kind.needs_reauthentication(),
        carried_from: None,
    };
    script.emit(ReleaseEvent::VoteCast { approval_id, member, vote });
    settle(script, approval_id);
    Ok(())
}

/// True when the same person has given the very same answer before: a second click is no second answer, and no remark.
fn repeats(approval: &Approval, member: UserId, by: UserId, ballot: &Ballot) -> bool {
    let given = approval.members.iter().find(|m| m.user_id == member).and_then(|m| m.vote.as_ref());
    given.is_some_and(|vote| {
        let same = vote.decision == ballot.decision && vote.comment == ballot.comment && vote.conditions == ballot.conditions;
        same && vote.by == by && vote.carried_from.is_none()
    })
}

fn unfit_ballot(script: &Script<'_>, approval: &Approval, ballot: &Ballot, member: UserId) -> Vec<Unmet> {
    let facts = script.facts();
    let actor = script.actor.user_id;
    let mut all = Vec::new();
    if approval.kind != ApprovalKind::DeploymentConfirmation {
        let authors = contributors_of(facts.dossier, approval.subject.document, approval.subject.revision);
        let barred = [actor, member].into_iter().filter(|id| authors.contains(id)).take(if actor == member { 1 } else { 2 });
        all.extend(barred.map(|id| Unmet::new(Code::Contributor).with_text("name", facts.names([id]))));
    }
    let is_member = |id| approval.members.iter().any(|m| m.user_id == id);
    if actor != member && is_member(actor) {
        all.push(Unmet::new(Code::OneVoteEach).with_text("name", facts.names([actor])));
    }
    let given = approval.members.iter().find(|m| m.user_id == member).and_then(|m| m.vote.as_ref());
    if approval.is_open() && given.is_some_and(|v| v.by != actor) {
        all.push(Unmet::new(Code::ApprovalAnswered).with_text("name", facts.names([member])));
    }
    if approval.kind == ApprovalKind::CustomerAcceptance && !represents(&facts, member) {
        all.push(Unmet::new(Code::NotRepresentative).with_text("name", facts.names([member])));
    }
    let minutes = script.parameters().reauthentication_minutes;
    let fresh = |at| script.now() - at <= TimeDelta::minutes(i64::from(minutes)) && at <= script.now();
    if approval.kind.needs_reauthentication() && !script.actor.reauthenticated_at.is_some_and(fresh) {
        all.push(Unmet::new(Code::ReauthenticationNeeded).with("minutes", minutes));
    }
    let conditional = ballot.decision == Decision::PassWithConditions;
    if ballot.decision != Decision::Pass && ballot.comment.trim().is_empty() {
        all.push(Code::VoteCommentRequired.into());
    }
    if conditional && (ballot.conditions.is_empty() || ballot.conditions.iter().any(|c| c.text.trim().is_empty())) {
        all.push(Code::VoteConditionRequired.into());
    }
    if !conditional && !ballot.conditions.is_empty() {
        all.push(Code::VoteConditionUnexpected.into());
    }
    let inactive = ballot.conditions.iter().filter_map(|c| c.assignee).filter(|id| facts.directory.active_user(*id).is_none());
    all.extend(inactive.map(|id| Unmet::new(Code::AssigneeUnfit).with_text("name", facts.names([id]))));
    all
}

/// Decides an approval when its rule is met or cannot be met any more, and does what follows.
fn settle(script: &mut Script<'_>, approval_id: ApprovalId) {
    let Some(approval) = script.dossier.approval(approval_id).filter(|a| a.is_open()).cloned() else { return };
    let state = outcome(&approval.rule, &approval.members);
    if state == ApprovalState::Open {
        return;
    }
    let at = script.now();
    script.emit(ReleaseEvent::ApprovalDecided { approval_id, state, at, reason: None });
    match state {
        ApprovalState::Passed => passed(script, &approval),
        _ => returned(script, &approval),
    }
}

fn passed(script: &mut Script<'_>, approval: &Approval) {
    conditions_to_tasks(script, approval);
    match approval.kind {
        ApprovalKind::PlanReview => ask_owner(script, ApprovalKind::PlanApproval, DocumentKind::ReleasePlan),
        ApprovalKind::PlanApproval => {
            super::configuration::plan_from_document(script);
            script.go(Stage::Testing, "");
        }
        ApprovalKind::CustomerAcceptance => {
            script.go(Stage::GoLivePlanning, "");
            super::documents::adopt_go_live_window(script);
        }
        ApprovalKind::GoLiveApproval => {
            super::configuration::plan_from_document(script);
            script.go(Stage::Readiness, "");
            super::tasks::open_readiness_tasks(script);
        }
        ApprovalKind::DeploymentConfirmation => {}
        ApprovalKind::ReportApproval => super::general::complete(script),
    }
}

fn returned(script: &mut Script<'_>, approval: &Approval) {
    let comment = |m: &Member| m.vote.as_ref().filter(|v| v.decision == Decision::Return).map(|v| v.comment.clone());
    let reason = approval.members.iter().filter_map(comment).collect::<Vec<_>>().join("; ");
    match approval.kind {
        ApprovalKind::PlanReview | ApprovalKind::PlanApproval | ApprovalKind::CustomerAcceptance => {
            script.go(Stage::Planning, &reason);
        }
        ApprovalKind::GoLiveApproval if script.dossier.is_emergency() => script.go(Stage::Planning, &reason),
        ApprovalKind::GoLiveApproval => script.go(Stage::GoLivePlanning, &reason),
        ApprovalKind::DeploymentConfirmation | ApprovalKind::ReportApproval => {}
    }
}

/// Conditions of agreement become tasks that stop a later step (5.3b).
fn conditions_to_tasks(script: &mut Script<'_>, approval: &Approval) {
    let blocks = match approval.kind {
        ApprovalKind::PlanReview | ApprovalKind::PlanApproval => Blocks::GoLiveApproval,
        ApprovalKind::CustomerAcceptance | ApprovalKind::GoLiveApproval => Blocks::DeploymentStart,
        ApprovalKind::DeploymentConfirmation | ApprovalKind::ReportApproval => Blocks::Closure,
    };
    // An emergency has no later approval at which conditions of the plan could be checked.
    let blocks = if script.dossier.is_emergency() && blocks == Blocks::GoLiveApproval { Blocks::DeploymentStart } else { blocks };
    let given = |m: &Member| {
        let vote = m.vote.clone().filter(|v| v.carried_from.is_none())?;
        Some((m.user_id, vote.conditions))
    };
    let all: Vec<_> = approval.members.iter().filter_map(given).collect();
    for (member, conditions) in all {
        for (n, condition) in conditions.into_iter().enumerate() {
            let due_at = condition.due.and_then(crate::clock::end_of_company_day).unwrap_or_else(|| script.in_working_days(5));
            script.open_task(TaskDraft {
                kind: TaskKind::Condition,
                title: condition.text,
                detail: approval_text(approval.kind).zh,
                assignee: condition.assignee.unwrap_or_else(|| script.holder_or_actor(Role::ReleaseAdministrator)),
                blocks,
                due_at,
                source: format!("approvals/{}/{member}/{n}", approval.id),
            });
        }
    }
}
