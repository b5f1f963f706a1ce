//! What stands against the window of a release (5.5.4).

use crate::{
    blocks::document::{DocumentContent, DocumentKind},
    people::role::Role,
    subject::refusal::{Code, Party, Unmet},
    subjects::release::{
        conflicts::{Conflict, ConflictKind, Severity},
        documents::GoLivePlan,
        facts::Facts,
        stage::Stage,
    },
};

/// Hard conflicts refuse, soft ones need a reason by name. Of two releases whoever comes later to its approval gives it, so that
/// afterwards a soft conflict with another release asks nothing more of the earlier one; what is made up after an emergency is no
/// window any more.
pub(super) fn no_conflict(facts: &Facts<'_>) -> Vec<Unmet> {
    if facts.dossier.is_retrospective() {
        return Vec::new();
    }
    let approved = matches!(facts.dossier.release.stage, Stage::GoLiveApproval | Stage::Readiness);
    let counts = |conflict: &&Conflict| !approved || conflict.severity == Severity::Hard || !conflict.kind.is_with_release();
    facts.conflicts.iter().filter(counts).filter(|conflict| !is_cleared(facts, conflict)).map(|c| unmet(facts, c)).collect()
}

fn is_cleared(facts: &Facts<'_>, conflict: &Conflict) -> bool {
    if conflict.severity == Severity::Hard {
        return false;
    }
    let release = &facts.dossier.release;
    let accepted = release.accepted_conflicts.iter().any(|a| a.conflict == conflict.key && Some(a.window) == release.window);
    let reasoned = || written_plan(facts).is_some_and(|plan| has_reason(plan, conflict));
    facts.dossier.is_emergency() || accepted || reasoned()
}

/// The reason in the plan: in the row of the conflict; before there were rows, one reason for all other releases of the same object.
fn has_reason(plan: &GoLivePlan, conflict: &Conflict) -> bool {
    let row = plan.conflict_reasons.iter().any(|row| row.conflict == conflict.key && !row.reason.trim().is_empty());
    row || (conflict.kind == ConflictKind::SameObject && !plan.conflict_reason.trim().is_empty())
}

/// The go-live plan as it is written: its draft, else its newest revision.
fn written_plan<'a>(facts: &Facts<'a>) -> Option<&'a GoLivePlan> {
    let document = facts.dossier.documents.get(&DocumentKind::GoLivePlan)?;
    let draft = document.draft.as_ref().map(|draft| draft.content.as_ref());
    match draft.or_else(|| document.latest().map(|revision| revision.content.as_ref()))? {
        DocumentContent::GoLivePlan(plan) => Some(plan),
        _ => None,
    }
}

fn unmet(facts: &Facts<'_>, conflict: &Conflict) -> Unmet {
    let administrator = facts.party(Role::ReleaseAdministrator);
    let plan = format!("documents/{}", facts.dossier.executed_document());
    let code = match (conflict.kind, conflict.severity) {
        (ConflictKind::Freeze, _) => Code::WindowFrozen,
        (_, Severity::Hard) => Code::WindowConflict,
        (_, Severity::Soft) => Code::WindowReasonMissing,
    };
    let owner = [facts.party(Role::ReleaseOwner)].into_iter().filter(|_| code == Code::WindowReasonMissing);
    let by: Vec<Party> = conflict.cleared_by.iter().copied().chain([administrator]).chain(owner).collect();
    Unmet::new(code).with_text("conflict", conflict.sentence.clone()).by(by).at(plan)
}
