//! Deployment: start inside the window, steps, phases with confirmation, the decision to roll back (§5.8, 5.2x).

use super::{
    approvals::{Panel, open},
    script::{Script, TaskDraft},
};
use crate::subjects::release::in_force::plan_in_force;
use crate::{
    blocks::{
        approval::{ApprovalKind, ApprovalState, Capacity, Rule},
        task::{Blocks, TaskKind},
    },
    ids::UserId,
    people::role::Role,
    subject::refusal::{Code, Refusal, Unmet},
    subjects::{
        event::ReleaseEvent,
        release::{
            DeployedUnit, Deployment, ExceptionKind,
            command::{Invitation, StepReport},
            documents::RollbackGroup,
            duty,
            facts::Facts,
            gate::{is_after_window, is_outside_window},
            records::{EntryKind, RunSheetEntry, StepResult},
            run,
            separation::{has_implemented, works_as},
            stage::Exit,
        },
    },
};

pub(super) fn start(script: &mut Script<'_>, units: &[DeployedUnit], note: &str) -> Result<(), Refusal> {
    let mut unmet: Vec<Unmet> = Vec::new();
    for unit in script.dossier.units_in_force() {
        match units.iter().find(|u| u.unit_id == unit.id) {
            None => unmet.push(Unmet::new(Code::UnitNotDeployed).with("unit", &unit.name)),
            Some(given) if given.sha256 != unit.sha256 => unmet.push(Unmet::new(Code::UnitHashDiffers).with("unit", &unit.name)),
            Some(_) => {}
        }
    }
    if units.iter().any(|u| script.dossier.unit(u.unit_id).is_none()) {
        unmet.push(Code::UnitUnknown.into());
    }
    unmet.extend(unprepared(&script.facts(), script.actor.user_id));
    Refusal::unless_empty(unmet)?;
    let deployment =
        Deployment { started: script.stamp(note), units: units.to_vec(), completed_phases: Vec::new(), rollback: None };
    script.emit(ReleaseEvent::DeploymentStarted(deployment));
    script.leave(Exit::DeploymentStarted, "");
    Ok(())
}

/// Whoever starts stands on the roster of the plan and has met the duty in person, also as somebody's deputy (5.7c, 5.7d). An
/// emergency has no such plan (D11).
fn unprepared(facts: &Facts<'_>, user: UserId) -> Option<Unmet> {
    let deputises = facts.holder(Role::Implementer) != Some(user); // the holder has a gate of his own
    let plan = crate::subjects::release::in_force::go_live_plan_in_force(facts)
        .filter(|_| deputises && !facts.dossier.is_emergency())?;
    let stands_in = plan.roster.iter().any(|row| row.deputy == Some(user));
    let prepared =
        stands_in || duty::expected(facts.dossier, plan).iter().any(|e| e.person == user && duty::is_met(facts.dossier, e));
    let unmet = Unmet::new(Code::ImplementerNotOnRoster).with_text("name", facts.names([user]));
    (!prepared).then(|| unmet.by([facts.party(Role::ReleaseAdministrator)]).at("documents/go_live_plan"))
}

pub(super) fn record_step(script: &mut Script<'_>, key: &str, report: &StepReport) -> Result<(), Refusal> {
    let dossier = &script.dossier;
    let steps = run::steps(dossier);
    let Some(step) = steps.iter().find(|s| s.key == key) else {
        return Err(Refusal::one(Unmet::new(Code::StepUnknown).with("step", key)));
    };
    let mut unmet = unfit_report(script, EntryKind::Step, key, report);
    let is_correction = report.corrects.is_some();
    if !is_correction && run::current_phase(dossier).as_deref() != Some(&step.phase) {
        unmet.push(Unmet::new(Code::StepOtherPhase).with("step", &step.title).with("phase", &step.phase));
    }
    let open = step.predecessors.iter().filter(|p| !run::is_done(dossier, EntryKind::Step, p));
    unmet.extend(open.map(|p| Unmet::new(Code::StepPredecessor).with("step", p)));
    Refusal::unless_empty(unmet)?;
    let phase = Some(step.phase.clone());
    enter(script, EntryKind::Step, key, phase, report);
    if is_correction {
        confirm_anew(script, &step.phase);
    }
    Ok(())
}

/// Who confirmed a result that is corrected since is asked again: the confirmation looked at the entries of its phase.
fn confirm_anew(script: &mut Script<'_>, phase: &str) {
    let in_force = |a: &&crate::blocks::approval::Approval| matches!(a.state, ApprovalState::Open | ApprovalState::Passed);
    let Some(confirmed) = script.dossier.confirmation(phase).filter(in_force).cloned() else { return };
    let (at, reason) = (script.now(), Some("执行记录已更正".to_owned()));
    script.emit(ReleaseEvent::ApprovalDecided { approval_id: confirmed.id, state: ApprovalState::Void, at, reason });
    confirmation(script, phase, invited(&confirmed));
}

/// The members of a panel, to be asked again.
fn invited(approval: &crate::blocks::approval::Approval) -> Vec<Invitation> {
    let invitation = |m: &crate::blocks::approval::Member| Invitation {
        user_id: m.user_id,
        capacity: m.capacity,
        sections: m.sections.clone(),
    };
    approval.members.iter().map(invitation).collect()
}

fn unfit_report(script: &Script<'_>, kind: EntryKind, key: &str, report: &StepReport) -> Vec<Unmet> {
    let dossier = &script.dossier;
    let facts = script.facts();
    let mut all = Vec::new();
    let deployment_start = dossier.release.deployment.as_ref().map(|d| d.started.at);
    let after_start = deployment_start.is_some_and(|start| report.started_at >= start);
    if !after_start || report.finished_at < report.started_at || report.finished_at > script.now() {
        all.push(Unmet::from(Code::StepTimes));
    }
    let irregular = report.result != StepResult::Done
        || report.corrects.is_some()
        || (kind == EntryKind::Step
            && (is_outside_window(&facts, report.started_at, report.finished_at) || is_after_window(&facts, facts.now)));
    if irregular && report.note.trim().is_empty() {
        all.push(Code::StepNoteRequired.into());
    }
    match report.corrects {
        Some(n) if !run::standing(dossier).any(|e| e.n == n && e.kind == kind && e.step == key) => {
            all.push(Unmet::new(Code::EntryUnknown).with("n", n));
        }
        None if run::is_done(dossier, kind, key) => all.push(Unmet::new(Code::StepDone).with("step", key)),
        _ => {}
    }
    if let Some(person) = report.performed_by.filter(|id| !may_perform(&facts, *id)) {
        all.push(Unmet::new(Code::PerformerUnfit).with_text("name", facts.names([person])));
    }
    all
}

/// True for whoever may carry out a step: somebody of the company with a say in releases who neither tests this one nor
/// accepts it for the customer (R0, 5.8).
fn may_perform(facts: &Facts<'_>, user: UserId) -> bool {
    let tests =
        works_as(facts.dossier, user, Role::ReleaseTester) && !facts.dossier.has_exception(ExceptionKind::TesterIsImplementer);
    facts.directory.acts_for_company(user) && !tests && facts.holder(Role::CustomerRepresentative) != Some(user)
}

fn enter(script: &mut Script<'_>, kind: EntryKind, step: &str, phase: Option<String>, report: &StepReport) {
    let entry = RunSheetEntry {
        n: u32::try_from(script.dossier.run_sheet.len()).unwrap_or(u32::MAX).saturating_add(1),
        kind,
        step: step.to_owned(),
        phase,
        result: Some(report.result),
        started_at: report.started_at,
        finished_at: report.finished_at,
        performed_by: report.performed_by.unwrap_or(script.actor.user_id),
        note: report.note.clone(),
        attachments: report.attachments.clone(),
        corrects: report.corrects,
        recorded_by: script.actor.user_id,
        recorded_at: script.now(),
    };
    script.emit(ReleaseEvent::EntryRecorded(entry));
}

/// An entry without a result: a decision or a deviation, made now by the caller.
fn remark(script: &mut Script<'_>, kind: EntryKind, step: &str, note: &str) {
    let now = script.now();
    let entry = RunSheetEntry {
        n: u32::try_from(script.dossier.run_sheet.len()).unwrap_or(u32::MAX).saturating_add(1),
        kind,
        step: step.to_owned(),
        phase: run::current_phase(&script.dossier),
        result: None,
        started_at: now,
        finished_at: now,
        performed_by: script.principal(),
        note: note.to_owned(),
        attachments: Vec::new(),
        corrects: None,
        recorded_by: script.actor.user_id,
        recorded_at: now,
    };
    script.emit(ReleaseEvent::EntryRecorded(entry));
}

pub(super) fn record_deviation(script: &mut Script<'_>, step: Option<&str>, note: &str) -> Result<(), Refusal> {
    if let Some(step) = step.filter(|key| run::steps(&script.dossier).iter().all(|known| known.key != *key)) {
        return Err(Refusal::one(Unmet::new(Code::StepUnknown).with("step", step)));
    }
    remark(script, EntryKind::Deviation, step.unwrap_or_default(), note);
    Ok(())
}

pub(super) fn decide_to_continue(script: &mut Script<'_>, ground: &str) -> Result<(), Refusal> {
    remark(script, EntryKind::Decision, "continue", ground);
    Ok(())
}

pub(super) fn complete_phase(script: &mut Script<'_>, phase: &str, stakeholders: &[UserId]) -> Result<(), Refusal> {
    if run::current_phase(&script.dossier).as_deref() != Some(phase) {
        return Err(Refusal::one(Unmet::new(Code::PhaseUnknown).with("phase", phase)));
    }
    let facts = script.facts();
    let unfit = stakeholders.iter().filter(|id| !facts.has_say(**id));
    let unfit = unfit.map(|id| Unmet::new(Code::PanelMemberUnfit).with_text("name", facts.names([*id])));
    Refusal::unless_empty(unfit.collect())?;
    script.emit(ReleaseEvent::PhaseCompleted { phase: phase.to_owned() });
    ask_to_confirm(script, phase, stakeholders);
    Ok(())
}

/// Asks the administrator, the customer and further stakeholders to confirm a result (5.8b); the owner too, when one of them
/// took part in the deployment.
pub(super) fn ask_to_confirm(script: &mut Script<'_>, phase: &str, stakeholders: &[UserId]) {
    let role = |role| (script.holder_or_actor(role), Capacity::Role(role));
    let named = [role(Role::ReleaseAdministrator), role(Role::CustomerRepresentative)];
    let mut members: Vec<Invitation> = Vec::new();
    for (user_id, capacity) in named.into_iter().chain(stakeholders.iter().map(|id| (*id, Capacity::Stakeholder))) {
        if !members.iter().any(|m| m.user_id == user_id) {
            members.push(Invitation { user_id, capacity, sections: Vec::new() });
        }
    }
    let implementer = script.holder_or_actor(Role::Implementer);
    let implements = |user: UserId| user == implementer || has_implemented(&script.dossier, user);
    let (user_id, capacity) = role(Role::ReleaseOwner);
    if members.iter().any(|m| implements(m.user_id)) && members.iter().all(|m| m.user_id != user_id) {
        members.push(Invitation { user_id, capacity, sections: Vec::new() });
    }
    confirmation(script, phase, members);
}

fn confirmation(script: &mut Script<'_>, phase: &str, members: Vec<Invitation>) {
    open(
        script,
        Panel {
            kind: ApprovalKind::DeploymentConfirmation,
            document: script.dossier.executed_document(),
            phase: Some(phase.to_owned()),
            members,
            rule: Rule::default(),
            place: String::new(),
            due_at: None,
        },
    );
}

pub(super) fn reconvene_confirmation(script: &mut Script<'_>, phase: &str, note: &str) -> Result<(), Refusal> {
    let last = script.dossier.confirmation(phase).filter(|a| a.state == ApprovalState::Returned);
    let Some(last) = last else { return Err(Refusal::one(Unmet::new(Code::NoObjection).with("phase", phase))) };
    let members = invited(last);
    remark(script, EntryKind::Decision, "reconvene", note);
    confirmation(script, phase, members);
    Ok(())
}

pub(super) fn start_rollback(script: &mut Script<'_>, ground: &str) -> Result<(), Refusal> {
    remark(script, EntryKind::Decision, "roll_back", ground);
    let mark = script.stamp(ground);
    script.emit(ReleaseEvent::RollbackStarted(mark));
    let contacts = plan_in_force(&script.facts()).map(|p| p.rollback.notifications.rows.clone()).unwrap_or_default();
    for contact in contacts {
        let assignee = script.holder_or_actor(Role::ReleaseAdministrator);
        let due_at = script.in_working_days(1);
        script.open_task(TaskDraft {
            kind: TaskKind::RollbackNotice,
            title: format!("回退通知：{}", contact.system),
            detail: format!("{}；{}", contact.contact, contact.channel),
            assignee,
            blocks: Blocks::RollbackVerdict,
            due_at,
            source: format!("rollback/{}", contact.key),
        });
    }
    Ok(())
}

pub(super) fn record_rollback(script: &mut Script<'_>, group: RollbackGroup, report: &StepReport) -> Result<(), Refusal> {
    Refusal::unless_empty(unfit_report(script, EntryKind::RollbackStep, group.as_str(), report))?;
    enter(script, EntryKind::RollbackStep, group.as_str(), None, report);
    Ok(())
}
