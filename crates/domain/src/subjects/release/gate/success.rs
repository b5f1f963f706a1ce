//! When a deployment may be called successful (10a, D8, D17): a word that counts needs facts that carry it.

use crate::{
    blocks::{
        approval::{ApprovalKind, ApprovalState},
        task::{Task, TaskState},
    },
    ids::UserId,
    people::role::Role,
    subject::refusal::{Code, Party, Unmet},
    subjects::release::{
        facts::Facts,
        panel::unable_members,
        records::{EntryKind, RunSheetEntry, StepResult},
        run::{self, RunStep},
        separation::has_implemented,
    },
};
use chrono::{DateTime, TimeDelta, Utc};

/// Everything that stands against the verdict "successful": a rollback, an outstanding phase, a confirmation that is
/// open, missing or an objection, and every step that is missing, failed, repaired, outside the window, or left out or
/// corrected without a deviation that names it.
pub(super) fn success_allowed(facts: &Facts<'_>) -> Vec<Unmet> {
    let mut all: Vec<Unmet> = Vec::new();
    if facts.dossier.is_rolled_back() {
        all.push(Code::VerdictContradicts.into());
    }
    all.extend(phases(facts));
    all.extend(conditions(facts));
    all.extend(run::steps(facts.dossier).iter().flat_map(|step| against_step(facts, step)));
    all
}

fn phases(facts: &Facts<'_>) -> Vec<Unmet> {
    let completed = facts.dossier.release.deployment.as_ref().map(|d| d.completed_phases.as_slice()).unwrap_or_default();
    let open =
        |phase: &String| Unmet::new(Code::PhaseOpen).with("phase", phase).by([facts.party(Role::Implementer)]).at("run-sheet");
    let known = run::phases(facts.dossier);
    let mut all: Vec<Unmet> = known
        .iter()
        .filter_map(|phase| if completed.contains(phase) { not_confirmed(facts, phase) } else { Some(open(phase)) })
        .collect();
    // Whoever was asked about anything else, or again, is waited for as well.
    let waiting = |a: &&crate::blocks::approval::Approval| {
        a.kind == ApprovalKind::DeploymentConfirmation
            && a.state == ApprovalState::Open
            && !a.subject.phase.as_ref().is_some_and(|phase| known.contains(phase))
    };
    all.extend(facts.dossier.approvals.iter().filter(waiting).map(|a| {
        let phase = a.subject.phase.as_deref().unwrap_or_default();
        Unmet::new(Code::PhaseNotConfirmed).with("phase", phase).by(a.awaited().map(Party::User)).at("approvals")
    }));
    all
}

/// Conditions under which a result was confirmed: whatever is to be done about it was no part of the plan (D8).
fn conditions(facts: &Facts<'_>) -> Vec<Unmet> {
    let of_result = |task: &&Task| {
        let approval = task.condition_of().and_then(|(approval, _)| facts.dossier.approval(approval));
        approval.is_some_and(|approval| approval.kind == ApprovalKind::DeploymentConfirmation)
            && !matches!(task.state, TaskState::Waived | TaskState::Cancelled)
    };
    let unmet = |task: &Task| {
        let unmet = Unmet::new(Code::ConfirmationConditions).with_text("task", task.name());
        unmet.by(facts.waivers(task).into_iter().map(Party::User)).at("tasks")
    };
    facts.dossier.tasks.iter().filter(of_result).map(unmet).collect()
}

/// Why the result of a phase is not confirmed by everybody asked, if it is not.
pub(crate) fn not_confirmed(facts: &Facts<'_>, phase: &str) -> Option<Unmet> {
    let unmet = Unmet::new(Code::PhaseNotConfirmed).with("phase", phase).at("approvals");
    match facts.dossier.confirmation(phase) {
        Some(approval) if approval.state == ApprovalState::Passed => None,
        Some(approval) => {
            let replaces = unable_members(facts, approval).into_iter().flat_map(|unmet| unmet.who).next();
            Some(unmet.by(approval.awaited().map(Party::User).chain(replaces)))
        }
        None => Some(unmet.by([facts.party(Role::Implementer)])),
    }
}

fn against_step(facts: &Facts<'_>, step: &RunStep) -> Vec<Unmet> {
    let of_step = |e: &&RunSheetEntry| e.kind == EntryKind::Step && e.step == step.key;
    let unmet = |code| Unmet::new(code).with("step", &step.title).at("run-sheet");
    let by_implementer = [facts.party(Role::Implementer)];
    let Some(current) = run::result_of(facts.dossier, EntryKind::Step, &step.key) else {
        return vec![unmet(Code::StepOpen).by(by_implementer)];
    };
    let standing: Vec<&RunSheetEntry> = run::standing(facts.dossier).filter(of_step).collect();
    let mut all = Vec::new();
    let unplanned = |e: &&RunSheetEntry| matches!(e.result, Some(StepResult::Failed | StepResult::DoneWithDeviation));
    if standing.iter().any(unplanned) {
        all.push(unmet(Code::UnplannedFix));
    }
    if standing.iter().any(|entry| is_outside_window(facts, entry.started_at, entry.finished_at)) {
        let window =
            facts.dossier.release.window.map_or_else(String::new, |w| format!("{} – {}", facts.time(w.start), facts.time(w.end)));
        all.push(unmet(Code::StepOutsideWindow).with("window", window));
    }
    let left_out = current.result == Some(StepResult::Excused);
    if left_out && !step.units.is_empty() {
        all.push(unmet(Code::StepNotInstalled).by(by_implementer));
    }
    let corrected = facts.dossier.run_sheet.iter().filter(of_step).any(|entry| entry.corrects.is_some());
    let late = standing.iter().any(|entry| is_after_window(facts, entry.recorded_at));
    if (left_out || corrected || late) && !is_countersigned(facts, step) {
        let command = [facts.party(Role::ReleaseAdministrator), facts.party(Role::ReleaseOwner)];
        all.push(unmet(Code::StepDeviationMissing).by(command));
    }
    all
}

/// True when a deviation names the step that was recorded after everything entered of it, by somebody who neither carried it
/// out nor entered it and stands on no implementer's side (D17, principle 10).
fn is_countersigned(facts: &Facts<'_>, step: &RunStep) -> bool {
    let entries = || facts.dossier.run_sheet.iter().filter(|e| e.kind == EntryKind::Step && e.step == step.key);
    let newest = entries().map(|e| e.n).max().unwrap_or_default();
    let other = |by: UserId| {
        entries().all(|e| e.performed_by != by && e.recorded_by != by)
            && facts.holder(Role::Implementer) != Some(by)
            && !has_implemented(facts.dossier, by)
    };
    run::deviations(facts.dossier, &step.key)
        .any(|deviation| deviation.n > newest && other(deviation.recorded_by) && other(deviation.performed_by))
}

/// True when work done in this time is not work inside the approved window (5.8a, principle 6). A start within the
/// tolerance of the procedure version is inside.
pub(crate) fn is_outside_window(facts: &Facts<'_>, started_at: DateTime<Utc>, finished_at: DateTime<Utc>) -> bool {
    let early = TimeDelta::minutes(facts.parameters.start_tolerance_minutes.into());
    let too_early = facts.dossier.release.window.is_none_or(|window| started_at + early < window.start);
    too_early || is_after_window(facts, finished_at)
}

/// True once the window is over; its end itself belongs to it.
pub(crate) fn is_after_window(facts: &Facts<'_>, at: DateTime<Utc>) -> bool {
    facts.dossier.release.window.is_none_or(|window| at > window.end)
}
