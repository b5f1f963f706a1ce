//! The run sheet read as a whole: phases, steps and how far they are (§5.8, 5.5.2).

use crate::{
    blocks::{approval::ApprovalState, document::DocumentContent},
    subjects::release::{
        Dossier,
        documents::go_live::GoLiveWay,
        records::{EntryKind, RunSheetEntry, StepResult},
    },
};
use std::collections::HashSet;

/// The name of the only phase of a deployment in one go.
pub const FULL: &str = "full";

/// A step to be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunStep {
    /// Key, unique in the plan.
    pub key: String,
    /// What is done.
    pub title: String,
    /// Phase.
    pub phase: String,
    /// Steps that must be done before.
    pub predecessors: Vec<String>,
    /// Names of the release units it installs.
    pub units: Vec<String>,
}

/// The phases in order: those of a phased go-live plan, else [`FULL`].
#[must_use]
pub fn phases(dossier: &Dossier) -> Vec<String> {
    match dossier.latest(dossier.executed_document()).map(|r| r.content.as_ref()) {
        Some(DocumentContent::GoLivePlan(plan)) if plan.way == Some(GoLiveWay::Phased) => {
            let mut phases: Vec<_> = plan.phases.iter().collect();
            phases.sort_by_key(|p| p.order);
            phases.into_iter().map(|p| p.key.clone()).collect()
        }
        _ => vec![FULL.to_owned()],
    }
}

/// The steps of the document that is carried out.
#[must_use]
pub fn steps(dossier: &Dossier) -> Vec<RunStep> {
    let phases = phases(dossier);
    let phase = |given: &str| if phases.iter().any(|p| p == given) { given.to_owned() } else { phases[0].clone() };
    match dossier.latest(dossier.executed_document()).map(|r| r.content.as_ref()) {
        Some(DocumentContent::GoLivePlan(plan)) => plan
            .run_steps
            .iter()
            .map(|s| RunStep {
                key: s.key.clone(),
                title: s.title.clone(),
                phase: phase(&s.phase),
                predecessors: s.predecessors.clone(),
                units: s.units.clone(),
            })
            .collect(),
        Some(DocumentContent::ReleasePlan(plan)) => plan
            .steps
            .iter()
            .map(|s| RunStep {
                key: s.key.clone(),
                title: s.title.clone(),
                phase: phase(&s.phase),
                predecessors: s.predecessors.clone(),
                units: s.units.clone(),
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Entries that no later entry corrects.
pub fn standing(dossier: &Dossier) -> impl Iterator<Item = &RunSheetEntry> {
    let corrected: HashSet<u32> = dossier.run_sheet.iter().filter_map(|e| e.corrects).collect();
    dossier.run_sheet.iter().filter(move |e| !corrected.contains(&e.n))
}

/// The newest standing entry of a step.
#[must_use]
pub fn result_of<'a>(dossier: &'a Dossier, kind: EntryKind, step: &str) -> Option<&'a RunSheetEntry> {
    standing(dossier).filter(|e| e.kind == kind && e.step == step).last()
}

/// The deviations that name the step (5.8a).
pub fn deviations<'a>(dossier: &'a Dossier, step: &str) -> impl Iterator<Item = &'a RunSheetEntry> {
    dossier.run_sheet.iter().filter(move |e| e.kind == EntryKind::Deviation && e.step == step)
}

/// True when the step needs nothing more.
#[must_use]
pub fn is_done(dossier: &Dossier, kind: EntryKind, step: &str) -> bool {
    let result = result_of(dossier, kind, step).and_then(|e| e.result);
    matches!(result, Some(StepResult::Done | StepResult::DoneWithDeviation | StepResult::Excused))
}

/// The phase whose turn it is: the first that is not completed, once all before it are confirmed.
#[must_use]
pub fn current_phase(dossier: &Dossier) -> Option<String> {
    let completed = &dossier.release.deployment.as_ref()?.completed_phases;
    let confirmed = |phase: &String| dossier.confirmation(phase).is_some_and(|a| a.state == ApprovalState::Passed);
    let phases = phases(dossier);
    let next = phases.iter().position(|p| !completed.contains(p))?;
    phases[..next].iter().all(confirmed).then(|| phases[next].clone())
}
