//! Configuration items: foreseen, baselined, requested, confirmed or returned (§5.9, D4).

use super::{documents::plan_of, script::Script};
use crate::{
    event::{ConfigurationAction, ReleaseEvent},
    gate::go_live_plan_in_force,
    ids::ConfigurationChangeId,
    records::{ConfigurationChange, ConfigurationState, ItemState},
    refusal::{Code, Refusal, Unmet},
    release::ExceptionKind,
    role::Role,
    stage::Stage,
};

fn blank(script: &Script<'_>, item: &str, version: &str, phase: Option<&str>) -> ConfigurationChange {
    ConfigurationChange {
        id: ConfigurationChangeId::nth(script.dossier.release.id, script.dossier.configuration.len() + 1),
        item: item.to_owned(),
        phase: phase.map(ToOwned::to_owned),
        planned_version: version.to_owned(),
        baseline: None,
        baseline_by: None,
        actual: None,
        library_reference: None,
        state: ConfigurationState::Planned,
        requested_by: None,
        due_at: None,
        decided_by: None,
        return_reason: None,
    }
}

fn is_listed(script: &Script<'_>, item: &str) -> bool {
    script.dossier.configuration.iter().any(|c| c.item == item)
}

pub(super) fn plan(script: &mut Script<'_>, item: &str, version: &str, phase: Option<&str>) -> Result<(), Refusal> {
    if is_listed(script, item) {
        return Err(Refusal::one(Unmet::new(Code::ConfigurationDuplicate).with("item", item)));
    }
    let change = blank(script, item, version, phase);
    script.emit(ReleaseEvent::Configuration { action: ConfigurationAction::Planned, change });
    if script.dossier.release.stage == Stage::ConfigurationUpdate {
        draft_requests(script);
    }
    Ok(())
}

/// Takes over the items that the plan names; later plans update the version and phase foreseen.
pub(super) fn plan_from_document(script: &mut Script<'_>) {
    let facts = script.facts();
    let Some(plan) = plan_of(&facts).cloned() else { return };
    let phases = go_live_plan_in_force(&facts).map(|p| p.phases.clone()).unwrap_or_default();
    for item in &plan.configuration_items {
        let in_phase = phases.iter().find(|p| p.configuration_items.iter().any(|i| i.key == item.key)).map(|p| p.key.clone());
        let phase = in_phase.or_else(|| Some(item.phase.clone()).filter(|p| !p.is_empty()));
        let known = script.dossier.configuration.iter().find(|c| c.item == item.identifier).cloned();
        let base = known.clone().unwrap_or_else(|| blank(script, &item.identifier, "", None));
        let change = ConfigurationChange { planned_version: item.planned_version.clone(), phase, ..base };
        if known.as_ref() != Some(&change) {
            script.emit(ReleaseEvent::Configuration { action: ConfigurationAction::Planned, change });
        }
    }
}

/// Deployment has ended: the update requests are drafted, to be sent by the implementer or the administrator (D4).
pub(super) fn draft_requests(script: &mut Script<'_>) {
    let due_at = Some(script.in_working_days(script.parameters().configuration_update_working_days));
    let planned: Vec<_> =
        script.dossier.configuration.iter().filter(|c| c.state == ConfigurationState::Planned).cloned().collect();
    for change in planned {
        let change = ConfigurationChange { state: ConfigurationState::Drafted, due_at, ..change };
        script.emit(ReleaseEvent::Configuration { action: ConfigurationAction::Drafted, change });
    }
}

fn change_in(
    script: &Script<'_>,
    id: ConfigurationChangeId,
    states: &[ConfigurationState],
) -> Result<ConfigurationChange, Refusal> {
    let Some(change) = script.dossier.configuration_change(id) else { return Err(Refusal::one(Code::ConfigurationUnknown)) };
    if states.contains(&change.state) {
        return Ok(change.clone());
    }
    Err(Refusal::one(Unmet::new(Code::ConfigurationState).with("item", &change.item).with("state", change.state)))
}

pub(super) fn record_baseline(script: &mut Script<'_>, id: ConfigurationChangeId, state: &ItemState) -> Result<(), Refusal> {
    let change = change_in(script, id, &[ConfigurationState::Planned])?;
    let taken = Some((script.actor.user_id, script.now()));
    let change = ConfigurationChange { baseline: Some(state.clone()), baseline_by: taken, ..change };
    script.emit(ReleaseEvent::Configuration { action: ConfigurationAction::Baselined, change });
    Ok(())
}

pub(super) fn send_request(script: &mut Script<'_>, note: &str) -> Result<(), Refusal> {
    let waiting = |c: &&ConfigurationChange| matches!(c.state, ConfigurationState::Drafted | ConfigurationState::Returned);
    let to_send: Vec<_> = script.dossier.configuration.iter().filter(waiting).cloned().collect();
    if to_send.is_empty() {
        return Err(Refusal::one(Code::ConfigurationNothing));
    }
    let sent = Some((script.actor.user_id, script.now()));
    let due_at = Some(script.in_working_days(script.parameters().configuration_update_working_days));
    for change in to_send {
        let change = ConfigurationChange { state: ConfigurationState::Requested, requested_by: sent, due_at, ..change };
        script.emit(ReleaseEvent::Configuration { action: ConfigurationAction::Requested, change });
    }
    if !note.is_empty() {
        script.emit(ReleaseEvent::Commented { text: note.to_owned() });
    }
    Ok(())
}

pub(super) fn confirm(
    script: &mut Script<'_>,
    id: ConfigurationChangeId,
    actual: &ItemState,
    library_reference: Option<&str>,
) -> Result<(), Refusal> {
    let mut unmet = Vec::new();
    let actor = script.actor.user_id;
    let deployed = script.dossier.holder(Role::Implementer) == Some(actor)
        || script.dossier.run_sheet.iter().any(|e| e.performed_by == actor || e.recorded_by == actor);
    if deployed && !script.dossier.has_exception(ExceptionKind::ConfigurationAdministratorIsImplementer) {
        unmet.push(Unmet::new(Code::ConfigurationSelf).with_text("name", script.facts().names([actor])));
    }
    let change = match change_in(script, id, &[ConfigurationState::Requested]) {
        Ok(change) => change,
        Err(refusal) => {
            unmet.extend(refusal.unmet().iter().cloned());
            return Refusal::unless_empty(unmet);
        }
    };
    Refusal::unless_empty(unmet)?;
    let change = ConfigurationChange {
        state: ConfigurationState::Confirmed,
        actual: Some(actual.clone()),
        library_reference: library_reference.map(ToOwned::to_owned),
        decided_by: Some((actor, script.now())),
        ..change
    };
    script.emit(ReleaseEvent::Configuration { action: ConfigurationAction::Confirmed, change });
    if script.dossier.configuration.iter().all(|c| c.state == ConfigurationState::Confirmed) {
        script.go(Stage::Closure, "");
    }
    Ok(())
}

pub(super) fn give_back(script: &mut Script<'_>, id: ConfigurationChangeId, reason: &str) -> Result<(), Refusal> {
    let change = change_in(script, id, &[ConfigurationState::Requested])?;
    let change = ConfigurationChange {
        state: ConfigurationState::Returned,
        decided_by: Some((script.actor.user_id, script.now())),
        return_reason: Some(reason.to_owned()),
        ..change
    };
    script.emit(ReleaseEvent::Configuration { action: ConfigurationAction::Returned, change });
    Ok(())
}
