//! Votes: how a panel opens, how votes are taken, what follows from the outcome (§5.3, §5.6, principles 1–5).

use super::{conditions, configuration::FromPlan, consequences, script::Script};
use crate::{
    blocks::{
        approval::{
            Approval, ApprovalKind, ApprovalState, Capacity, Decision, Member, Quorum, Remark, Rule, SignedContent, Vote, outcome,
        },
        document::DocumentKind,
    },
    ids::{ApprovalId, UserId},
    people::role::Role,
    subject::refusal::{Code, Refusal, Unmet},
    subjects::{
        event::ReleaseEvent,
        release::{
            Dossier,
            command::{Ballot, Invitation},
            covered::covered,
            seat::Seat,
            stage::Exit,
        },
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{BTreeMap, BTreeSet};

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

/// Asks the owner of the release alone.
pub(super) fn ask_owner(script: &mut Script<'_>, kind: ApprovalKind, document: DocumentKind) {
    let owner = script.holder_or_actor(Role::ReleaseOwner);
    let members = vec![Invitation::of(owner, Capacity::Role(Role::ReleaseOwner))];
    open(script, Panel { kind, document, phase: None, members, rule: Rule::default(), place: String::new(), due_at: None });
}

/// Asks the customer's representative to accept what was tested.
pub(super) fn ask_customer(script: &mut Script<'_>) {
    let representative = script.holder_or_actor(Role::CustomerRepresentative);
    let members = vec![Invitation::of(representative, Capacity::Role(Role::CustomerRepresentative))];
    let (kind, document) = (ApprovalKind::CustomerAcceptance, DocumentKind::TestReport);
    open(script, Panel { kind, document, phase: None, members, rule: Rule::default(), place: String::new(), due_at: None });
}

/// Whoever returned the matter is asked again and must agree, as long as the person can act (5.3c, D19).
fn ask_dissenters(script: &Script<'_>, panel: &mut Panel) {
    let facts = script.facts();
    let same = |a: &&Approval| a.kind == panel.kind && a.subject.phase == panel.phase;
    let unsettled = |a: &&Approval| a.state != ApprovalState::Passed;
    let earlier: Vec<&Approval> = facts.dossier.approvals.iter().filter(same).rev().take_while(unsettled).collect();
    let mut answers: BTreeMap<UserId, (&Approval, &Member)> = BTreeMap::new();
    for (approval, member) in earlier.iter().rev().flat_map(|a| a.members.iter().map(move |m| (*a, m))) {
        if member.vote.is_some() {
            answers.insert(member.user_id, (approval, member));
        }
    }
    for (user_id, (approval, member)) in answers {
        let returned = member.vote.as_ref().is_some_and(|vote| vote.decision == Decision::Return);
        let may_act = facts.has_say(user_id) && facts.acting(user_id, user_id, Seat::Member(approval, member)).is_ok();
        let writes = facts.dossier.latest(panel.document).is_some_and(|r| r.contributors.contains(&user_id));
        if !returned || !may_act || (writes && panel.kind != ApprovalKind::DeploymentConfirmation) {
            continue;
        }
        if !panel.members.iter().any(|invitation| invitation.user_id == user_id) {
            let sections = member.sections.clone();
            panel.members.push(Invitation { user_id, capacity: member.capacity, sections });
        }
        if panel.rule.quorum == Quorum::AtLeast && !panel.rule.must_include.contains(&user_id) {
            panel.rule.must_include.push(user_id);
        }
    }
}

/// Opens a panel on the newest revision. Earlier agreement that covers only unchanged sections is taken over.
pub(super) fn open(script: &mut Script<'_>, mut panel: Panel) {
    ask_dissenters(script, &mut panel);
    let Some(revision) = script.dossier.latest(panel.document) else { return };
    let mut sections = revision.sections.clone();
    sections.extend(covered(&script.dossier, panel.kind, panel.document, panel.phase.as_deref()));
    let subject = SignedContent {
        document: panel.document,
        revision: revision.revision,
        sha256: revision.sha256.clone(),
        sections,
        phase: panel.phase,
    };
    let earlier = script.dossier.approvals.iter().rev().find(|a| a.kind == panel.kind && a.subject.phase == subject.phase);
    let may_decide = |id: UserId| panel.kind == ApprovalKind::DeploymentConfirmation || !revision.contributors.contains(&id);
    let asked: Vec<UserId> = panel.members.iter().map(|i| i.user_id).collect();
    let mut voices: BTreeSet<UserId> = BTreeSet::new();
    let mut member = |i: Invitation| Member {
        vote: earlier
            .and_then(|a| a.carried_vote(i.user_id, &i.sections, &subject))
            .filter(|v| may_decide(v.by) && may_decide(i.user_id))
            // One person, one voice: whoever is asked in person now no longer speaks for another (D16).
            .filter(|v| (v.by == i.user_id || !asked.contains(&v.by)) && voices.insert(v.by)),
        user_id: i.user_id,
        capacity: i.capacity,
        sections: i.sections,
    };
    let approval = Approval {
        id: ApprovalId::nth(script.dossier.release.id, script.dossier.approvals.len() + 1),
        kind: panel.kind,
        members: panel.members.into_iter().map(&mut member).collect(),
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

pub(super) fn cast_vote(script: &mut Script<'_>, approval_id: ApprovalId, ballot: &Ballot) -> Result<(), Refusal> {
    let Some(approval) = script.dossier.approval(approval_id).cloned() else { return Err(Refusal::one(Code::ApprovalUnknown)) };
    let member = script.principal();
    Refusal::unless_empty(unfit_ballot(script, &approval, ballot, member))?;
    let (by, at) = (script.actor.user_id, script.now());
    let newest = script.dossier.latest(approval.subject.document).map(|r| r.sha256.as_str());
    match approval.state {
        ApprovalState::Open if newest != Some(approval.subject.sha256.as_str()) => return Err(Refusal::one(Code::ApprovalStale)),
        ApprovalState::Void => return Err(Refusal::one(Code::ApprovalStale)),
        ApprovalState::Passed | ApprovalState::Returned if script.dossier.release.stage.is_closed() => {
            return Err(Refusal::one(Unmet::new(Code::ReleaseClosed).with_text("stage", script.dossier.release.stage)));
        }
        _ if repeats(&approval, member, by, ballot) => return Err(Refusal::one(Code::VoteRepeated)),
        ApprovalState::Open => {}
        ApprovalState::Passed if takes_back(&script.dossier, &approval, ballot) => {}
        ApprovalState::Passed | ApprovalState::Returned => {
            let conditions: String = ballot.conditions.iter().map(|condition| format!("\n- {}", condition.text)).collect();
            let text = format!("{}: {}{conditions}", ballot.decision, ballot.comment);
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
    conditions::open_tasks(script);
    if approval.is_open() {
        settle(script, approval_id);
    } else if ballot.decision == Decision::Return {
        script.emit(ReleaseEvent::ApprovalDecided { approval_id, state: ApprovalState::Returned, at, reason: None });
    }
    Ok(())
}

/// True when somebody takes back, wholly or under conditions, what can still be acted on: the acceptance and the go-live
/// approval until the deployment, the confirmation of a result until the closure (5.4d, 5.6b, 5.8b, D17). To a review of the
/// plan a late answer is a remark (5.3b).
fn takes_back(dossier: &Dossier, approval: &Approval, ballot: &Ballot) -> bool {
    let phase = approval.subject.phase.as_deref().unwrap_or_default();
    let is = |newest: Option<&Approval>| newest.is_some_and(|newest| newest.id == approval.id);
    let in_time = match approval.kind {
        ApprovalKind::DeploymentConfirmation => is(dossier.confirmation(phase)),
        ApprovalKind::CustomerAcceptance | ApprovalKind::GoLiveApproval => {
            dossier.release.deployment.is_none() && is(dossier.latest_approval(approval.kind))
        }
        ApprovalKind::PlanReview
        | ApprovalKind::PlanApproval
        | ApprovalKind::ReportApproval
        | ApprovalKind::QuarterlyReportApproval
        | ApprovalKind::ProcedureApproval => false,
    };
    in_time && ballot.decision != Decision::Pass
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
        let authors = facts.dossier.contributors_of(approval.subject.document, approval.subject.revision);
        let barred = BTreeSet::from([actor, member]).into_iter().filter(|id| authors.contains(id));
        all.extend(barred.map(|id| Unmet::new(Code::Contributor).with_text("name", facts.names([id]))));
    }
    let given = approval.members.iter().find(|m| m.user_id == member).and_then(|m| m.vote.as_ref());
    if approval.is_open() && given.is_some_and(|v| v.by != actor) {
        all.push(Unmet::new(Code::ApprovalAnswered).with_text("name", facts.names([member])));
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
    let unfit = ballot.conditions.iter().filter_map(|c| c.assignee).filter(|id| !facts.has_say(*id));
    all.extend(unfit.map(|id| Unmet::new(Code::AssigneeUnfit).with_text("name", facts.names([id]))));
    all
}

/// Decides an approval when its rule is met or cannot be met any more, and does what follows.
pub(super) fn settle(script: &mut Script<'_>, approval_id: ApprovalId) {
    let Some(approval) = script.dossier.approval(approval_id).filter(|a| a.is_open()).cloned() else { return };
    let state = outcome(&approval.rule, &approval.members);
    if state == ApprovalState::Open {
        return;
    }
    let at = script.now();
    script.emit(ReleaseEvent::ApprovalDecided { approval_id, state, at, reason: None });
    conditions::open_tasks(script);
    match state {
        ApprovalState::Passed => passed(script, &approval),
        _ => returned(script, &approval),
    }
}

fn passed(script: &mut Script<'_>, approval: &Approval) {
    match approval.kind {
        ApprovalKind::PlanReview => ask_owner(script, ApprovalKind::PlanApproval, DocumentKind::ReleasePlan),
        ApprovalKind::PlanApproval => {
            if script.dossier.release.deployment.is_none() {
                super::configuration::plan_from_document(script, FromPlan::New);
            }
            script.leave(Exit::PlanApproved, "");
        }
        ApprovalKind::CustomerAcceptance => {
            script.leave(Exit::Accepted, "");
            consequences::adopt_go_live_window(script);
        }
        ApprovalKind::GoLiveApproval => {
            script.leave(Exit::GoLiveApproved, "");
            super::tasks::open_readiness_tasks(script);
        }
        ApprovalKind::DeploymentConfirmation | ApprovalKind::QuarterlyReportApproval | ApprovalKind::ProcedureApproval => {}
        ApprovalKind::ReportApproval => consequences::complete(script),
    }
}

fn returned(script: &mut Script<'_>, approval: &Approval) {
    let comment = |m: &Member| m.vote.as_ref().filter(|v| v.decision == Decision::Return).map(|v| v.comment.clone());
    let reason = approval.members.iter().filter_map(comment).collect::<Vec<_>>().join("; ");
    match approval.kind {
        ApprovalKind::PlanReview | ApprovalKind::PlanApproval | ApprovalKind::CustomerAcceptance => {
            script.leave(Exit::PlanReturned, &reason);
        }
        ApprovalKind::GoLiveApproval if script.dossier.is_emergency() => script.leave(Exit::PlanReturned, &reason),
        ApprovalKind::GoLiveApproval => script.leave(Exit::GoLivePlanReturned, &reason),
        ApprovalKind::DeploymentConfirmation
        | ApprovalKind::ReportApproval
        | ApprovalKind::QuarterlyReportApproval
        | ApprovalKind::ProcedureApproval => {}
    }
}
