//! Who may decide and who must do it himself: what holds of every vote, condition and duty, whatever deputies, hand-overs,
//! deactivations, recalls and replacements came before (5.3b, 5.7d, D16).

use fabu_domain::{
    blocks::{
        approval::{Approval, ApprovalKind, Capacity, Member, Vote},
        document::DocumentContent,
        task::{TaskKind, TaskState, condition_source},
    },
    ids::{ApprovalId, UserId},
    people::role::Role,
    subjects::{
        event::ReleaseEvent,
        release::{
            Dossier,
            separation::{conflicts, has_implemented},
        },
    },
};
use fabu_scenario::World;

type Check = Result<(), String>;

fn ensure(holds: bool, problem: impl FnOnce() -> String) -> Check {
    if holds { Ok(()) } else { Err(problem()) }
}

pub fn hold(before: &Dossier, world: &World, events: &[ReleaseEvent]) -> Check {
    for event in events {
        match event {
            ReleaseEvent::VoteCast { approval_id, member, vote } => {
                voted_by_the_right_person(before, world, *approval_id, *member, vote)?
            }
            ReleaseEvent::DeploymentStarted(_) => duties_are_met_in_person(&world.dossier)?,
            ReleaseEvent::Task { task, .. } if task.kind == TaskKind::Condition && task.state == TaskState::Waived => {
                let lifted = task.waiver.as_ref().map(|waiver| waiver.by);
                let old = before.task(task.id).ok_or("a condition lifted as it was set")?;
                let may = world.around.directory.holders(Role::GeneralManager);
                let facts = world.facts();
                let acts =
                    |by: UserId| facts.waivers(old).into_iter().any(|w| w == by || facts.directory.is_deputy(by, w, facts.now));
                ensure(lifted.is_some_and(|by| may.contains(&by) || acts(by)), || {
                    "a condition lifted by somebody else".to_owned()
                })?;
            }
            _ => {}
        }
    }
    no_condition_is_lost(&world.dossier)?;
    panels_count_people(&world.dossier)
}

/// Every condition of every vote that ever stood is a task, and ends by being met, lifted, or with its release.
fn no_condition_is_lost(dossier: &Dossier) -> Check {
    for approval in &dossier.approvals {
        for (member, vote) in approval.members.iter().filter_map(|m| Some((m.user_id, m.vote.as_ref()?))) {
            let source = condition_source(vote.carried_from.unwrap_or(approval.id), member);
            for condition in &vote.conditions {
                let task = dossier.tasks.iter().find(|t| t.source.starts_with(&source) && t.title == condition.text);
                let task =
                    task.ok_or_else(|| format!("the condition {} of the {} has no task", condition.text, approval.kind))?;
                let ended_with_release = dossier.release.cancelled.is_some();
                let lost = task.state == TaskState::Cancelled && !ended_with_release;
                ensure(!lost, || format!("the condition {} was lost", condition.text))?;
                let verified = task.verification.as_ref().is_some_and(|v| Some(v.by) != task.evidence.as_ref().map(|e| e.by));
                ensure(task.state != TaskState::Done || verified, || "a condition ended unverified".to_owned())?;
            }
        }
    }
    Ok(())
}

/// One person, one voice in each panel.
fn panels_count_people(dossier: &Dossier) -> Check {
    for approval in &dossier.approvals {
        let mut voices: Vec<UserId> = approval.members.iter().filter_map(|m| m.vote.as_ref().map(|v| v.by)).collect();
        let all = voices.len();
        voices.sort_unstable();
        voices.dedup();
        ensure(voices.len() == all, || format!("somebody speaks twice in the {}", approval.kind))?;
    }
    Ok(())
}

fn voted_by_the_right_person(before: &Dossier, world: &World, id: ApprovalId, member: UserId, vote: &Vote) -> Check {
    let facts = world.facts();
    let approval = before.approval(id).ok_or("a vote in an unknown panel")?;
    let seat = approval.members.iter().find(|m| m.user_id == member).ok_or("a vote of nobody's seat")?;
    if approval.kind != ApprovalKind::DeploymentConfirmation {
        let authors = before.contributors_of(approval.subject.document, approval.subject.revision);
        let author = [member, vote.by].into_iter().find(|who| authors.contains(who));
        ensure(author.is_none(), || format!("an author voted: {author:?}"))?;
    }
    if seat.capacity == Capacity::Role(Role::CustomerRepresentative) {
        let entitled = [member, vote.by].into_iter().all(|who| facts.represents_customer(who));
        ensure(entitled, || "somebody without entitlement spoke for the customer".to_owned())?;
    }
    if vote.by != member {
        deputy_is_fit(before, world, approval, seat, vote.by)?;
    }
    Ok(())
}

fn deputy_is_fit(before: &Dossier, world: &World, approval: &Approval, seat: &Member, deputy: UserId) -> Check {
    let facts = world.facts();
    ensure(facts.directory.is_deputy(deputy, seat.user_id, facts.now), || "no deputy answered for somebody".to_owned())?;
    let roles = facts.directory.active_user(deputy).map(|u| u.roles.iter().collect::<Vec<_>>()).unwrap_or_default();
    let say = roles.iter().any(|role| !matches!(role, Role::SystemAdministrator | Role::Auditor));
    ensure(say, || "somebody without a say answered as a deputy".to_owned())?;
    if let Capacity::Role(role) = seat.capacity {
        let conflicts = conflicts(before, deputy, role);
        ensure(conflicts.is_empty(), || format!("a deputy separated from the seat voted: {conflicts:?}"))?;
    }
    let implements = before.holder(Role::Implementer) == Some(deputy) || has_implemented(before, deputy);
    let confirms = approval.kind == ApprovalKind::DeploymentConfirmation;
    ensure(!(confirms && implements), || "who deployed confirmed for somebody else".to_owned())
}

/// Everybody on the roster or with a step said in person what the duty is, and somebody else verified it.
fn duties_are_met_in_person(dossier: &Dossier) -> Check {
    let plan = dossier.latest(dossier.executed_document()).map(|r| r.content.as_ref());
    let Some(DocumentContent::GoLivePlan(plan)) = plan else { return Ok(()) };
    let on_roster = plan.roster.iter().filter_map(|row| row.person);
    for person in on_roster.chain(plan.run_steps.iter().filter_map(|step| step.person)) {
        let met = dossier.tasks.iter().any(|t| {
            let own = t.evidence.as_ref().is_some_and(|e| e.by == person);
            let checked = t.verification.as_ref().is_some_and(|v| v.by != person);
            t.kind == TaskKind::DutyAcknowledgement && t.state == TaskState::Done && t.assignee == person && own && checked
        });
        ensure(met, || format!("started although {person} has not met the duty in person"))?;
    }
    Ok(())
}
