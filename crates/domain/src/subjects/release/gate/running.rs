//! Gates of deployment, configuration update and closure (§5.8–§5.10).

use super::{require, success::not_confirmed};
use crate::{
    blocks::approval::{ApprovalKind, ApprovalState, Decision},
    people::role::Role,
    subject::refusal::{Code, Party, Unmet},
    subjects::release::{
        archive,
        facts::Facts,
        panel::{unable, unable_members},
        records::{ConfigurationChange, ConfigurationState, EntryKind},
        run,
        stage::Verdict,
    },
};

pub(super) fn baselines_taken(facts: &Facts<'_>) -> Vec<Unmet> {
    let by = [facts.party(Role::ConfigurationAdministrator)];
    let unmet = |change: &ConfigurationChange| {
        let Some(baseline) = &change.baseline else { return Some(Unmet::new(Code::BaselineMissing)) };
        let present = facts.item(&change.item)?.present_state();
        (present != *baseline).then(|| Unmet::new(Code::BaselineOutdated).with("present", present))
    };
    let demanded = facts.dossier.configuration_demanded();
    let found = demanded.filter_map(|change| Some(unmet(change)?.with("item", &change.item)));
    found.map(|unmet| unmet.by(by).at("configuration-changes")).collect()
}

/// What keeps the phase whose turn it is from being completed: open steps, or that it is no phase's turn.
pub(super) fn phase_done(facts: &Facts<'_>) -> Vec<Unmet> {
    let dossier = facts.dossier;
    if let Some(phase) = run::current_phase(dossier) {
        let open = |step: &run::RunStep| step.phase == phase && !run::is_done(dossier, EntryKind::Step, &step.key);
        let by = [facts.party(Role::Implementer)];
        let unmet = |step: run::RunStep| Unmet::new(Code::StepOpen).with("step", step.title).by(by).at("run-sheet");
        return run::steps(dossier).into_iter().filter(open).map(unmet).collect();
    }
    let completed = dossier.release.deployment.as_ref().map(|d| d.completed_phases.as_slice()).unwrap_or_default();
    let phases = run::phases(dossier);
    if phases.iter().all(|phase| completed.contains(phase)) {
        return vec![Code::PhaseNoneLeft.into()];
    }
    let unconfirmed = phases.iter().filter(|phase| completed.contains(phase)).filter_map(|phase| not_confirmed(facts, phase));
    unconfirmed.collect()
}

pub(super) fn no_open_approval(facts: &Facts<'_>) -> Vec<Unmet> {
    let open = facts.dossier.approvals.iter().filter(|a| a.is_open());
    open.flat_map(|a| {
        let waiting = Unmet::new(Code::ApprovalOpen)
            .of_clause(a.kind.clause())
            .with_text("approval", a.kind)
            .with_text("who", facts.names(a.awaited()))
            .by(a.awaited().map(Party::User))
            .at("approvals");
        std::iter::once(waiting).chain(unable_members(facts, a))
    })
    .collect()
}

pub(super) fn some_member_is_unable(facts: &Facts<'_>) -> bool {
    facts.dossier.approvals.iter().any(|a| a.members.iter().any(|m| unable(facts, a, m).is_some()))
}

/// The phases of which the newest confirmation holds an objection, with those who object.
pub(crate) fn objections(facts: &Facts<'_>) -> Vec<(String, Vec<crate::ids::UserId>)> {
    let mut phases: Vec<&str> = Vec::new();
    for approval in facts.dossier.approvals.iter().filter(|a| a.kind == ApprovalKind::DeploymentConfirmation) {
        if let Some(phase) = approval.subject.phase.as_deref()
            && !phases.contains(&phase)
        {
            phases.push(phase);
        }
    }
    let newest = phases.iter().filter_map(|phase| Some((*phase, facts.dossier.confirmation(phase)?)));
    newest
        .filter(|(_, a)| a.state == ApprovalState::Returned)
        .map(|(phase, a)| {
            let objects = |m: &&crate::blocks::approval::Member| m.vote.as_ref().is_some_and(|v| v.decision == Decision::Return);
            (phase.to_owned(), a.members.iter().filter(objects).map(|m| m.user_id).collect())
        })
        .collect()
}

pub(super) fn no_objection(facts: &Facts<'_>) -> Vec<Unmet> {
    // Somebody above the release has decided that what is no success ends without the confirmation (5.10a).
    let success = facts.dossier.release.verdict.as_ref().is_none_or(|v| v.verdict == Verdict::Successful);
    let decided = facts.dossier.release.archive_excuses.get(archive::ArchiveRecord::Confirmation.as_str());
    let newest = |a: &crate::blocks::approval::Approval| a.members.iter().filter_map(|m| m.vote.as_ref()).map(|v| v.at).max();
    let objected =
        facts.dossier.approvals.iter().filter(|a| a.kind == ApprovalKind::DeploymentConfirmation).filter_map(newest).max();
    if !success && decided.is_some_and(|mark| objected.is_none_or(|at| at < mark.at)) {
        return Vec::new();
    }
    let administrator = facts.party(Role::ReleaseAdministrator);
    objections(facts)
        .into_iter()
        .map(|(phase, who)| {
            Unmet::new(Code::Objection)
                .with("phase", phase)
                .with_text("who", facts.names(who.iter().copied()))
                .by(who.into_iter().map(Party::User).chain([administrator]))
                .at("approvals")
        })
        .collect()
}

pub(super) fn configuration_confirmed(facts: &Facts<'_>) -> Vec<Unmet> {
    facts
        .dossier
        .configuration_demanded()
        .filter(|c| c.state != ConfigurationState::Confirmed)
        .map(|c| {
            let waits_for_sender = matches!(c.state, ConfigurationState::Drafted | ConfigurationState::Returned);
            let role = if waits_for_sender { Role::Implementer } else { Role::ConfigurationAdministrator };
            Unmet::new(Code::ConfigurationPending).with("item", &c.item).by([facts.party(role)]).at("configuration-changes")
        })
        .collect()
}

pub(super) fn archive_complete(facts: &Facts<'_>) -> Vec<Unmet> {
    let by = [facts.party(Role::ReleaseAdministrator)];
    archive::records(facts.dossier)
        .into_iter()
        .flat_map(|(record, present)| {
            let unmet = Unmet::new(Code::ArchiveMissing).with_text("record", record.text()).by(by).at("archive");
            require(present != archive::Presence::Missing, unmet)
        })
        .collect()
}
