//! Gates of deployment, configuration update and closure (§5.8–§5.10).

use super::{approval_text, require};
use crate::{
    approval::{ApprovalKind, ApprovalState, Decision},
    archive,
    facts::Facts,
    records::ConfigurationState,
    refusal::{Code, Party, Unmet},
    role::Role,
};

pub(super) fn is_rolling_back(facts: &Facts<'_>) -> bool {
    facts.dossier.release.deployment.as_ref().is_some_and(|d| d.rollback.is_some())
}

pub(super) fn baselines_taken(facts: &Facts<'_>) -> Vec<Unmet> {
    let by = [facts.party(Role::ConfigurationAdministrator)];
    facts
        .dossier
        .configuration
        .iter()
        .filter(|c| c.baseline.is_none())
        .map(|c| Unmet::new(Code::BaselineMissing).with("item", &c.item).by(by).at("configuration-changes"))
        .collect()
}

pub(super) fn no_open_approval(facts: &Facts<'_>) -> Vec<Unmet> {
    let open = facts.dossier.approvals.iter().filter(|a| a.is_open());
    open.map(|a| {
        Unmet::new(Code::ApprovalOpen)
            .of_clause(a.kind.clause())
            .with_text("approval", approval_text(a.kind))
            .with_text("who", facts.names(a.awaited()))
            .by(a.awaited().map(Party::User))
            .at("approvals")
    })
    .collect()
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
            let objects = |m: &&crate::approval::Member| m.vote.as_ref().is_some_and(|v| v.decision == Decision::Return);
            (phase.to_owned(), a.members.iter().filter(objects).map(|m| m.user_id).collect())
        })
        .collect()
}

pub(super) fn no_objection(facts: &Facts<'_>) -> Vec<Unmet> {
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
        .configuration
        .iter()
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
