//! Configuration items: foreseen, baselined, requested, confirmed or returned (§5.9, D4).

use super::script::Script;
use crate::subjects::release::{decide::consequences::content_changed, in_force::plan_in_force};
use crate::{
    blocks::document::{DocumentContent, DocumentKind},
    ids::ConfigurationChangeId,
    people::role::Role,
    subject::refusal::{Code, Party, Refusal, Unmet},
    subjects::{
        event::{ConfigurationAction, ReleaseEvent},
        registers::configuration_item::{ConfigurationItem, ItemLifecycle},
        release::{
            Dossier, ExceptionKind,
            command::CommandName,
            documents::ReleasePlan,
            in_force::go_live_plan_in_force,
            procedure::rule,
            records::{ConfigurationChange, ConfigurationState, ItemState},
            stage::{Exit, Stage, Verdict},
        },
    },
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
        drop_reason: None,
        difference_reason: None,
    }
}

/// The item with this number, when it can belong to the release (9.2c).
fn registered<'a>(script: &Script<'a>, number: &str) -> Option<&'a ConfigurationItem> {
    script.item(number).filter(|item| item.serves(script.dossier.release.customer_id))
}

fn not_registered(number: &str) -> Refusal {
    let by = [Party::Role(Role::ConfigurationAdministrator)];
    Refusal::one(Unmet::new(Code::ConfigurationNotRegistered).with("item", number).by(by).at("configuration-items"))
}

fn listed<'s>(script: &'s Script<'_>, item: &str) -> Option<&'s ConfigurationChange> {
    script.dossier.configuration.iter().find(|c| c.item == item)
}

pub(super) fn plan(script: &mut Script<'_>, item: &str, version: &str, phase: Option<&str>) -> Result<(), Refusal> {
    let item =
        registered(script, item).filter(|item| item.state != ItemLifecycle::Retired).ok_or_else(|| not_registered(item))?;
    let item = item.number.as_str();
    let known = listed(script, item).cloned();
    if known.as_ref().is_some_and(ConfigurationChange::is_demanded) {
        return Err(Refusal::one(Unmet::new(Code::ConfigurationDuplicate).with("item", item)));
    }
    let change = match known {
        Some(dropped) => foreseen(dropped, version, phase),
        None => blank(script, item, version, phase),
    };
    script.emit(ReleaseEvent::Configuration { action: ConfigurationAction::Planned, change });
    if script.dossier.release.stage == Stage::ConfigurationUpdate {
        draft_requests(script);
    }
    content_changed(script, &format!("增加配置项：{item}"));
    Ok(())
}

/// A known item with another version or phase; one that was dropped belongs to the release again.
fn foreseen(known: ConfigurationChange, version: &str, phase: Option<&str>) -> ConfigurationChange {
    ConfigurationChange {
        planned_version: version.to_owned(),
        phase: phase.map(ToOwned::to_owned),
        state: ConfigurationState::Planned,
        drop_reason: None,
        decided_by: None,
        ..known
    }
}

/// Takes an item out of the release: it stays to be seen and is not demanded any more.
pub(super) fn drop_item(script: &mut Script<'_>, id: ConfigurationChangeId, reason: &str) -> Result<(), Refusal> {
    let updating = script.dossier.release.stage == Stage::ConfigurationUpdate;
    let is_open = |state: &ConfigurationState| updating != (*state == ConfigurationState::Planned);
    let states = rule(CommandName::DropConfigurationChange).items.iter().copied().filter(is_open);
    let change = change_in(script, id, &states.collect::<Vec<_>>())?;
    let item = change.item.clone();
    dropped(script, change, reason);
    if updating && script.dossier.configuration_demanded().all(|c| c.state == ConfigurationState::Confirmed) {
        script.leave(Exit::Updated, "");
    }
    content_changed(script, &format!("移除配置项：{item}（{reason}）"));
    Ok(())
}

fn dropped(script: &mut Script<'_>, change: ConfigurationChange, reason: &str) {
    let change = ConfigurationChange {
        state: ConfigurationState::Dropped,
        decided_by: Some((script.actor.user_id, script.now())),
        drop_reason: Some(reason.to_owned()),
        ..change
    };
    script.emit(ReleaseEvent::Configuration { action: ConfigurationAction::Dropped, change });
}

/// Which plan is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FromPlan {
    /// A plan that has just been approved: it decides what belongs to the release.
    New,
    /// The plan in force; what was dropped by hand since stays dropped.
    Known,
}

/// Takes over the items that the plan names, with version and phase; those that only an earlier revision named are
/// dropped.
pub(super) fn plan_from_document(script: &mut Script<'_>, plan_is: FromPlan) {
    let facts = script.facts();
    let Some(plan) = plan_in_force(&facts).cloned() else { return };
    let phases = go_live_plan_in_force(&facts).map(|p| p.phases.clone()).unwrap_or_default();
    for item in &plan.configuration_items {
        let in_phase = phases.iter().find(|p| p.configuration_items.iter().any(|i| i.key == item.key)).map(|p| p.key.clone());
        let phase = in_phase.or_else(|| Some(item.phase.clone()).filter(|p| !p.is_empty()));
        let known = listed(script, &item.identifier).cloned();
        if plan_is == FromPlan::Known && known.as_ref().is_some_and(|change| !change.is_demanded()) {
            continue;
        }
        let change = match known.clone() {
            Some(change) => foreseen(change, &item.planned_version, phase.as_deref()),
            None => blank(script, &item.identifier, &item.planned_version, phase.as_deref()),
        };
        if known.as_ref() != Some(&change) {
            script.emit(ReleaseEvent::Configuration { action: ConfigurationAction::Planned, change });
        }
    }
    drop_what_the_plan_dropped(script, &plan);
}

fn drop_what_the_plan_dropped(script: &mut Script<'_>, plan: &ReleasePlan) {
    let named_now = |item: &str| plan.configuration_items.iter().any(|i| i.identifier == item);
    let gone: Vec<ConfigurationChange> = script
        .dossier
        .configuration
        .iter()
        .filter(|c| c.state == ConfigurationState::Planned && !named_now(&c.item) && named_before(&script.dossier, &c.item))
        .cloned()
        .collect();
    for change in gone {
        dropped(script, change, "发布方案的新修订版不再包含该配置项");
    }
}

/// True when an earlier revision of the plan named the item: it was not added by hand.
fn named_before(dossier: &Dossier, item: &str) -> bool {
    let revisions = dossier.documents.get(&DocumentKind::ReleasePlan).map(|d| d.revisions.as_slice()).unwrap_or_default();
    revisions.iter().any(|revision| match revision.content.as_ref() {
        DocumentContent::ReleasePlan(plan) => plan.configuration_items.iter().any(|i| i.identifier == item),
        _ => false,
    })
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
    Err(Refusal::one(Unmet::new(Code::ConfigurationState).with("item", &change.item).with_text("state", change.state)))
}

/// Takes the baseline from the configuration database: what it says now is kept (5.2).
pub(super) fn record_baseline(
    script: &mut Script<'_>,
    id: ConfigurationChangeId,
    said: Option<&ItemState>,
) -> Result<(), Refusal> {
    let change = change_in(script, id, rule(CommandName::RecordBaseline).items)?;
    let present = registered(script, &change.item).ok_or_else(|| not_registered(&change.item))?.present_state();
    if said.is_some_and(|said| !same_state(said, &present)) {
        let unmet = Unmet::new(Code::BaselineDiffers).with("item", &change.item).with("present", present);
        let by = [script.facts().party(Role::ConfigurationAdministrator)];
        return Err(Refusal::one(unmet.by(by).at("configuration-items")));
    }
    let taken = Some((script.actor.user_id, script.now()));
    let change = ConfigurationChange { baseline: Some(present), baseline_by: taken, ..change };
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
    difference: &str,
) -> Result<(), Refusal> {
    let mut unmet = Vec::new();
    let actor = script.actor.user_id;
    let deployed = script.dossier.holder(Role::Implementer) == Some(actor)
        || script.dossier.run_sheet.iter().any(|e| e.performed_by == actor || e.recorded_by == actor);
    if deployed && !script.dossier.has_exception(ExceptionKind::ConfigurationAdministratorIsImplementer) {
        unmet.push(Unmet::new(Code::ConfigurationSelf).with_text("name", script.facts().names([actor])));
    }
    let change = match change_in(script, id, rule(CommandName::ConfirmConfigurationChange).items) {
        Ok(change) => change,
        Err(refusal) => {
            unmet.extend(refusal.unmet().iter().cloned());
            return Refusal::unless_empty(unmet);
        }
    };
    if registered(script, &change.item).is_none() {
        unmet.extend(not_registered(&change.item).unmet().iter().cloned());
    }
    let expected = script.dossier.expected_state(&change).filter(|expected| differs(script, expected, actual));
    let verdict = script.dossier.release.verdict.as_ref().map(|record| record.verdict);
    let unchanged = change.baseline.as_ref().is_some_and(|baseline| baseline.version.trim() == actual.version.trim());
    if verdict == Some(Verdict::Successful) && expected.is_some() && unchanged {
        unmet.push(Unmet::new(Code::ConfigurationNotUpdated).with("item", &change.item));
    }
    if let Some(expected) = expected.as_ref().filter(|_| difference.trim().is_empty()) {
        unmet.push(Unmet::new(Code::ConfigurationDiffers).with("item", &change.item).with("expected", expected));
    }
    Refusal::unless_empty(unmet)?;
    let change = ConfigurationChange {
        difference_reason: expected.map(|_| difference.to_owned()),
        state: ConfigurationState::Confirmed,
        actual: Some(actual.clone()),
        library_reference: library_reference.map(ToOwned::to_owned),
        decided_by: Some((actor, script.now())),
        ..change
    };
    script.emit(ReleaseEvent::Configuration { action: ConfigurationAction::Confirmed, change });
    if script.dossier.configuration_demanded().all(|c| c.state == ConfigurationState::Confirmed) {
        script.leave(Exit::Updated, "");
    }
    Ok(())
}

/// True when the item is not as expected: another version, or after a rollback other values than in the baseline (5.2).
fn differs(script: &Script<'_>, expected: &ItemState, actual: &ItemState) -> bool {
    let back = script.dossier.is_rolled_back();
    !same_words(&expected.version, &actual.version) || (back && !same_words(&expected.values, &actual.values))
}

fn same_words(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

fn same_state(one: &ItemState, other: &ItemState) -> bool {
    same_words(&one.version, &other.version) && (one.values.trim().is_empty() || same_words(&one.values, &other.values))
}

pub(super) fn give_back(script: &mut Script<'_>, id: ConfigurationChangeId, reason: &str) -> Result<(), Refusal> {
    let change = change_in(script, id, rule(CommandName::ReturnConfigurationChange).items)?;
    let change = ConfigurationChange {
        state: ConfigurationState::Returned,
        decided_by: Some((script.actor.user_id, script.now())),
        return_reason: Some(reason.to_owned()),
        ..change
    };
    script.emit(ReleaseEvent::Configuration { action: ConfigurationAction::Returned, change });
    Ok(())
}
